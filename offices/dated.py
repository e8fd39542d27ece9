"""Dated rows: what was true from which day until which.

In the database a period is half-open: `valid_from` belongs to it, `valid_to` does not. Screens and
files show the last day inclusive; `last_valid_day` and `open_end` convert.
"""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable


class DateRange(models.Func):
    """The half-open range of two dates; an absent end means without end."""

    function = "daterange"
    output_field = DateRangeField()


PERIOD = DateRange("valid_from", "valid_to")


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that carry a period of validity."""

    def valid_on(self, day: dt.date) -> Self:
        """Keep the rows in force on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def touching(self, start: dt.date, end: dt.date) -> Self:
        """Keep the rows in force on some day of the half-open period from `start` to `end`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start), valid_from__lt=end)


class DatedRow(models.Model):
    """A fact with a half-open period of validity."""

    valid_from = models.DateField("действует с")
    valid_to = models.DateField("действует до (не включая)", null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def not_empty(name: str) -> models.CheckConstraint:
    """Require the period to hold at least one day."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
        name=name,
        violation_error_message="Период заканчивается раньше, чем начинается.",
    )


def no_overlap(
    name: str,
    *keys: str | Combinable,
    message: str,
    condition: Q | None = None,
) -> ExclusionConstraint:
    """Forbid two rows with equal `keys` whose periods share a day."""
    expressions: list[tuple[str | Combinable, str]] = [(key, RangeOperators.EQUAL) for key in keys]
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (PERIOD, RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )


def last_valid_day(open_end: dt.date | None) -> dt.date | None:
    """Turn the stored open end into the last day inclusive."""
    return None if open_end is None else open_end - dt.timedelta(days=1)


def open_end(last_day: dt.date | None) -> dt.date | None:
    """Turn a last day inclusive into the stored open end."""
    return None if last_day is None else last_day + dt.timedelta(days=1)
