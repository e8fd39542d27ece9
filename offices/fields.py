"""Form fields that take days and sums as people type them, and show them back as the house writes them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate

from offices.entered import NotADay, NotASum, read_day, read_sum
from offices.money import format_sum


class DayField(forms.CharField):
    """A day; an empty one is None where it may be left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": "numeric", "size": 12})} | options)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        try:
            return read_day(str(value), today=localdate())
        except NotADay as reason:
            raise forms.ValidationError(str(reason)) from reason

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value


class RoublesField(forms.CharField):
    """Roubles to the kopeck; an empty sum is None where it may be left out.

    `least` and `most` bound the sum, both inclusive.
    """

    def __init__(self, *, least: Decimal | None = None, most: Decimal | None = None, **options: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": "decimal", "size": 12})} | options)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        try:
            return read_sum(str(value))
        except NotASum as reason:
            raise forms.ValidationError(str(reason)) from reason

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and self.least is not None and value < self.least:
            raise forms.ValidationError(f"Введите сумму не меньше {format_sum(self.least)} ₽.")
        if value is not None and self.most is not None and value > self.most:
            raise forms.ValidationError(f"Введите сумму не больше {format_sum(self.most)} ₽.")

    def prepare_value(self, value: Any) -> Any:
        return format_sum(value) if isinstance(value, Decimal) else value
