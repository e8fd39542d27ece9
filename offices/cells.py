"""How the administration shows months, sums, ends of periods, codes and what was received as it came."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html, format_html_join

from offices.dated import last_valid_day
from offices.models import BillingMonth, Office
from offices.money import NBSP, format_amount, format_number
from offices.months import month_name

NOTHING = "—"
COUNTS = (models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.BigIntegerField)
Words = Mapping[str, str]


def column(model: type[models.Model], name: Any, words: Words | None = None) -> Any:
    """Return the column of a list as it is, or a function that shows its value as a specialist reads it."""
    found = _field(model, name)
    if found is not None and found.remote_field and found.remote_field.model is Office:
        return _shown(found, short_name, whole_row=True)
    return field(model, name, words)


def field(model: type[models.Model], name: Any, words: Words | None = None) -> Any:
    """Return the field of a page that is only read as it is, or a function that shows its value."""
    found = _field(model, name)
    show = None if found is None else _way_of_showing(found, words)
    return name if show is None else _shown(found, show)


def filtered(name: Any, worded: Mapping[str, Words]) -> Any:
    """Return the filter as it is, or one whose choices a specialist understands."""
    if isinstance(name, tuple):
        path, kind = name
        return (path, FilledFilter) if kind is admin.EmptyFieldListFilter else name
    if not isinstance(name, str):
        return name
    if name in worded:
        return (name, WordedFilter)
    last = name.split("__")[-1]
    return (name, {"month": MonthFilter, "office": OfficeFilter}[last]) if last in {"month", "office"} else name


def short_name(row: models.Model, key: str) -> str:
    """Name an office by its district, a unit by its name."""
    office: Office | None = getattr(row, key)
    if office is None:
        return NOTHING
    return office.district.name if office.district is not None else office.name


def _field(model: type[models.Model], name: Any) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _way_of_showing(found: Any, words: Words | None) -> Callable[[Any], Any] | None:
    if isinstance(found, models.JSONField):
        return lambda value: _received(value, words or {})
    if words is not None:
        return lambda code: words.get(code, code)
    if found.choices or found.primary_key or found.remote_field:
        return None
    if isinstance(found, models.DecimalField):
        return lambda value: _right(format_amount(value))
    if isinstance(found, models.BooleanField):
        return lambda value: "да" if value else "нет"
    if type(found) in COUNTS and found.name != "year":
        return lambda value: _right(format_number(value, places=0))
    if type(found) is models.DateField and (found.name == "month" or found.name.endswith("_month")):
        return lambda month: month_name(month).replace(" ", NBSP)
    return BY_NAME.get(found.name)


def _shown(found: Any, show: Callable[..., Any], *, whole_row: bool = False) -> Callable[[models.Model], Any]:
    title = "действует по" if found.name == "valid_to" else str(found.verbose_name)

    @admin.display(description=title, ordering=found.name, empty_value=NOTHING)
    def shown(row: models.Model) -> Any:
        if whole_row:
            return show(row, found.name)
        value = getattr(row, found.attname)
        return None if value is None or value == "" else show(value)

    shown.__name__ = found.name
    return shown


def _right(text: str) -> str:
    return format_html('<span class="number">{}</span>', text)


def _last_day(open_end: dt.date) -> str:
    return f"{last_valid_day(open_end):%d.%m.%Y}"


def _snils(digits: str) -> str:
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"


def _received(value: Any, words: Words) -> Any:
    if isinstance(value, dict):
        rows = ((words.get(name, name), _received(part, words)) for name, part in value.items())
        return format_html("<dl>{}</dl>", format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows))
    if isinstance(value, list) and not any(isinstance(part, dict | list) for part in value):
        return ", ".join(str(_received(part, words)) for part in value) or NOTHING
    if isinstance(value, list):
        return format_html_join("", "{}", ((_received(part, words),) for part in value))
    if value is None or value == "":
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


BY_NAME: Mapping[str, Callable[[Any], Any]] = {"valid_to": _last_day, "snils": _snils}


class OfferedFilter(admin.FieldListFilter):
    """Values offered without asking a long table which of them it holds."""

    def __init__(self, field: Any, request: Any, params: Any, model: Any, model_admin: Any, field_path: str) -> None:
        self.parameter = field_path
        super().__init__(field, request, params, model, model_admin, field_path)
        given: Any = self.used_parameters.get(field_path, [])
        self.chosen = [str(value) for value in given]
        self.offered = self.offers(model_admin)

    def offers(self, model_admin: Any) -> Words:
        raise NotImplementedError

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter]

    def has_output(self) -> bool:
        return bool(self.offered)

    def choices(self, changelist: Any) -> Iterator[Any]:
        yield {
            "selected": not self.chosen,
            "query_string": changelist.get_query_string(remove=[self.parameter]),
            "display": "Все",
        }
        for value, words in self.offered.items():
            yield {
                "selected": value in self.chosen,
                "query_string": changelist.get_query_string({self.parameter: value}),
                "display": words,
            }


class MonthFilter(OfferedFilter):
    """The months that were opened, the last one first."""

    def offers(self, model_admin: Any) -> Words:
        opened: Iterable[dt.date] = BillingMonth.objects.order_by("-month").values_list("month", flat=True)
        return {str(month): month_name(month) for month in opened}


class WordedFilter(OfferedFilter):
    """Codes in words, as the page has them."""

    def offers(self, model_admin: Any) -> Words:
        words: Words = model_admin.words[self.parameter]
        return words


class OfficeFilter(admin.RelatedFieldListFilter):
    """The district offices by their districts, then the units of the department."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[Any]:
        offices = Office.objects.select_related("district").order_by("district__name", "name")  # units come last
        return [(str(office.pk), office.district.name if office.district else office.name) for office in offices]


class FilledFilter(admin.EmptyFieldListFilter):
    """Whether something is said at all."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice, display in zip(super().choices(changelist), ("Все", "не указано", "указано"), strict=True):
            yield {**choice, "display": display}
