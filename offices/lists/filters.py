"""Filters of a list: fields of the query, read by a form, told in words."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from offices.templatetags import ui


class Tick(forms.CheckboxInput):
    """A tick that stands in the query as `1` and is not there otherwise."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["value"] = "1"
        return context


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of the choices; «Категория: все» stands for none of them."""

    def __init__(self, *, label: str, every: str = "все", **options: Any) -> None:
        super().__init__(label=label, empty_label=f"{label}: {every}", **options)


class RowFilter(django_filters.ModelChoiceFilter):
    """One of the rows of a short directory."""

    def __init__(self, *, label: str, every: str = "все", **options: Any) -> None:
        super().__init__(label=label, empty_label=f"{label}: {every}", **options)


class FlagFilter(django_filters.BooleanFilter):
    """A tick; `keep` names the method of the filters that keeps the rows when it stands."""

    def __init__(self, *, label: str, keep: str, **options: Any) -> None:
        super().__init__(label=label, widget=Tick(), **options)
        self.keep = keep

    def filter(self, qs: Any, value: Any) -> Any:
        return getattr(self.parent, self.keep)(qs) if value else qs


class TextFilter(django_filters.CharFilter):
    """A word to look for; how is said by `method` or `lookup_expr`."""

    def __init__(self, *, label: str, **options: Any) -> None:
        super().__init__(label=label, widget=forms.TextInput(attrs={"placeholder": label}), **options)


class ListFilter(django_filters.FilterSet):
    """Filters of rows of the database. What cannot be read keeps nothing."""

    @property
    def qs(self) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().qs if self.form.is_valid() else self.queryset.none()
        return rows


class RowsFilter(forms.Form):
    """Filters of a sequence of ready rows: a form, and which rows it keeps."""

    def __init__(self, data: Mapping[str, Any], *, queryset: Sequence[Any], request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request
        self._all = queryset

    @property
    def form(self) -> "RowsFilter":
        return self

    @property
    def qs(self) -> list[Any]:
        if not self.is_valid():
            return []
        asked = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}
        return [row for row in self._all if self.keeps(row, asked)]

    def keeps(self, row: Any, asked: dict[str, Any]) -> bool:
        """Tell whether the row fits what is asked; `asked` holds the filled fields only."""
        return all(getattr(row, name) == value for name, value in asked.items())


Filters = Callable[..., Any]


def words_of(form: forms.Form) -> list[str]:
    """Tell in words what a form keeps: «Категория: инвалид I группы», «Новые»."""
    if not form.is_valid():
        return []
    told = ((form.fields[name], value) for name, value in form.cleaned_data.items())
    return [_told(field, value) for field, value in told if value not in (None, "", False) and str(field.label)]


def _told(field: forms.Field, value: Any) -> str:
    label = str(field.label)
    if value is True:
        return label
    return f"{label}: {_value_in_words(field, value)}"


def _value_in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, dt.date):
        return str(ui.day(value))
    choices: Iterable[tuple[Any, Any]] = getattr(field, "choices", ())
    return next((str(word) for code, word in choices if str(code) == str(value)), str(value))
