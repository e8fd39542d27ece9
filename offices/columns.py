"""Columns and constraints that many models share: roubles, months, texts of fixed shape."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractDay
from django.db.models.lookups import Exact

MOST_ROUBLES = Decimal("9999999.99")
FIRST_MONTH = dt.date(2007, 1, 1)
END_OF_MONTHS = dt.date(2100, 1, 1)
MOST_TURNOVER = Decimal("9999999999.99")


def roubles(verbose_name: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """A column of roubles and kopecks: NUMERIC(12, 2)."""
    return models.DecimalField(verbose_name, max_digits=12, decimal_places=2, **options)


def received(verbose_name: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """A column for a value as a provider sent it: NUMERIC(18, 6)."""
    return models.DecimalField(verbose_name, max_digits=18, decimal_places=6, **options)


def rate(verbose_name: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """A column of a tariff or norm of ours: NUMERIC(12, 4)."""
    return models.DecimalField(verbose_name, max_digits=12, decimal_places=4, **options)


def between(
    name: str,
    field: str,
    low: Decimal | int,
    high: Decimal | int,
    message: str,
) -> models.CheckConstraint:
    """Hold a number within bounds, both inclusive; the upper one also keeps NaN out."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        name=name,
        violation_error_message=message,
    )


def first_of_month(name: str, field: str = "month") -> models.CheckConstraint:
    """Require a month column to hold a first day between 2007 and 2100."""
    return models.CheckConstraint(
        condition=Q(_is_first_day(field)) & Q(**{f"{field}__gte": FIRST_MONTH, f"{field}__lt": END_OF_MONTHS}),
        name=name,
        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
    )


def _is_first_day(field: str) -> Any:
    return Exact(ExtractDay(field), 1)


def together(name: str, *fields: str, message: str) -> models.CheckConstraint:
    """Require the columns to be all empty or all filled."""
    empty = Q(**{f"{field}__isnull": True for field in fields})
    filled = Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=empty | filled, name=name, violation_error_message=message)
