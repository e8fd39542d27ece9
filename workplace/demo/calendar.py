"""The production calendar of 2026 and 2027: holidays, and days off moved by the Labour Code and the Government."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from offices.calendar import SATURDAY, ProductionCalendar
from workplace.demo.reading import read

ONE_DAY = dt.timedelta(days=1)
JANUARY = 1


@dataclass(frozen=True, slots=True)
class DemoCalendarDay:
    """A day that differs from the week's pattern, and the act that says so."""

    day: dt.date
    is_working: bool
    note: str


@cache
def calendar_days() -> tuple[DemoCalendarDay, ...]:
    """Return the days off of both years that no weekend explains, and holidays, by day.

    Source: Labour Code, article 112; Resolution of the Government 1466 of 24.09.2025.
    """
    days = (day for year in read("calendar")["years"] for day in _days_of(year))
    return tuple(sorted(days, key=lambda one: one.day))


@cache
def production_calendar() -> ProductionCalendar:
    """Return the working days of both years."""
    return ProductionCalendar({one.day: one.is_working for one in calendar_days()})


def _days_of(year: dict[str, object]) -> Iterator[DemoCalendarDay]:
    holidays = {
        dt.date.fromisoformat(f"{year['year']}-{day}"): str(group["title"])
        for group in read("calendar")["holidays"]
        for day in group["days"]
    }
    for day, title in holidays.items():
        yield DemoCalendarDay(day, is_working=False, note=f"{title} ({year['note']})")
    for day, title in holidays.items():
        if day.month != JANUARY and day.weekday() >= SATURDAY:
            rest = _next_working(day, holidays)
            note = f"{title}, перенос с {day:%d.%m.%Y} ({year['note']})"
            yield DemoCalendarDay(rest, is_working=False, note=note)
    moved = year["moved"]
    assert isinstance(moved, list), "the moved days are pairs"
    for since, to in moved:
        note = f"выходной, перенос с {dt.date.fromisoformat(since):%d.%m.%Y} ({year['moved_note']})"
        yield DemoCalendarDay(dt.date.fromisoformat(to), is_working=False, note=note)


def _next_working(day: dt.date, holidays: dict[dt.date, str]) -> dt.date:
    while day.weekday() >= SATURDAY or day in holidays:
        day += ONE_DAY
    return day
