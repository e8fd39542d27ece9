"""How the administration's lists show months, sums and the ends of periods."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html

from offices.dated import last_valid_day
from offices.models import BillingMonth
from offices.money import format_quantity, format_sum, to_kopecks
from offices.months import month_name


def column(model: type[models.Model], name: Any) -> Any:
    """Return the column as it is, or a function that shows its value as a specialist reads it."""
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    if isinstance(field, models.DecimalField):
        return _shown(field, _number, str(field.verbose_name))
    if is_month(field):
        return _shown(field, month_name, str(field.verbose_name))
    if field.name == "valid_to":
        return _shown(field, last_valid_day, "действует по")
    return name


def filtered(name: Any) -> Any:
    """Return the filter as it is; by months it offers the months that were opened."""
    return (name, MonthFilter) if isinstance(name, str) and name.split("__")[-1] == "month" else name


def is_month(field: Any) -> bool:
    """Say whether the column holds the first day of a month for the whole month."""
    return type(field) is models.DateField and (field.name == "month" or field.name.endswith("_month"))


def _number(value: Decimal) -> str:
    shown = format_sum(value) if value == to_kopecks(value) else format_quantity(value)
    return format_html('<span class="number">{}</span>', shown)


def _shown(field: Any, show: Callable[[Any], Any], title: str) -> Callable[[models.Model], Any]:
    @admin.display(description=title, ordering=field.name, empty_value="—")
    def shown(row: models.Model) -> Any:
        value = getattr(row, field.attname)
        return None if value is None else show(value)

    shown.__name__ = field.name
    return shown


class MonthFilter(admin.FieldListFilter):
    """The months that were opened, the last one first."""

    def __init__(self, field: Any, request: Any, params: Any, model: Any, model_admin: Any, field_path: str) -> None:
        self.parameter = field_path
        super().__init__(field, request, params, model, model_admin, field_path)
        given: Any = self.used_parameters.get(field_path, [])
        self.chosen = [str(value) for value in given]
        self.months: list[dt.date] = list(BillingMonth.objects.order_by("-month").values_list("month", flat=True))

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter]

    def has_output(self) -> bool:
        return bool(self.months)

    def choices(self, changelist: Any) -> Iterator[Any]:
        yield {
            "selected": not self.chosen,
            "query_string": changelist.get_query_string(remove=[self.parameter]),
            "display": "Все",
        }
        for month in self.months:
            yield {
                "selected": str(month) in self.chosen,
                "query_string": changelist.get_query_string({self.parameter: month}),
                "display": month_name(month),
            }
