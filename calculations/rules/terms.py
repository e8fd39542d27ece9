"""How many days of a month a right covers, and where a month is split."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise


class ChangeRule(StrEnum):
    """When a change inside a month begins to count: a dated parameter of the regime."""

    FIRST_OF_NEXT_MONTH = "first_of_next_month"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Span:
    """Some days of one month, from `first_day`, in which nothing changed."""

    first_day: dt.date
    days: int


def days_covered(month: dt.date, *, valid_from: dt.date, valid_to: dt.date | None, change_rule: ChangeRule) -> int:
    """Return how many days of the month a right covers; the period is half-open.

    DAILY counts the days. FIRST_OF_NEXT_MONTH looks at the first day only: a right that began later waits
    for the next month, a right that ended later keeps the whole month.

    Source: dossier 1.1 (`change_rule`), 1.3 (month of death).
    """
    first, after = month.replace(day=1), _next_month(month)
    begins, ends = max(valid_from, first), min(valid_to or after, after)
    if change_rule is ChangeRule.FIRST_OF_NEXT_MONTH:
        return days_of(month) if begins == first and ends > first else 0
    return max((ends - begins).days, 0)


def spans(month: dt.date, *, changed_on: Iterable[dt.date], change_rule: ChangeRule) -> tuple[Span, ...]:
    """Split a month at the days on which the household or its facts changed.

    Under FIRST_OF_NEXT_MONTH a change waits for the next month, so this one stays whole.
    """
    first, after = month.replace(day=1), _next_month(month)
    starts = [first]
    if change_rule is ChangeRule.DAILY:
        starts += sorted({day for day in changed_on if first < day < after})
    return tuple(Span(first_day=start, days=(end - start).days) for start, end in pairwise([*starts, after]))


@cache
def days_of(month: dt.date) -> int:
    """Return the number of days in the calendar month."""
    return calendar.monthrange(month.year, month.month)[1]


def _next_month(day: dt.date) -> dt.date:
    return day.replace(day=1) + dt.timedelta(days=days_of(day))
