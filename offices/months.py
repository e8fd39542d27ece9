"""Months are dates: the first day stands for the whole month."""

import datetime as dt
import re


class NotAMonth(ValueError):
    """The text does not name a month as YYYY-MM."""


def month_of(day: dt.date) -> dt.date:
    """Return the first day of the month `day` lies in."""
    return day.replace(day=1)


def shift_month(month: dt.date, by: int) -> dt.date:
    """Return the first day of the month `by` months away, negative for the past."""
    index = month.year * 12 + month.month - 1 + by
    return dt.date(index // 12, index % 12 + 1, 1)


def next_month(month: dt.date) -> dt.date:
    """Return the first day of the month after; it is also the open end of `month`."""
    return shift_month(month, 1)


def next_day(day: dt.date) -> dt.date:
    """Return the day after; it is also the open end of a period that ends on `day`."""
    return day + dt.timedelta(days=1)


def last_day(month: dt.date) -> dt.date:
    """Return the last day of the month, inclusive."""
    return next_month(month) - dt.timedelta(days=1)


def days_in(month: dt.date) -> int:
    """Count the calendar days of the month."""
    return last_day(month).day


def parse_month(text: str) -> dt.date:
    """Read YYYY-MM as the first day of that month.

    Raises NotAMonth for anything else.
    """
    if not re.fullmatch(r"(?!0000)\d{4}-(0[1-9]|1[0-2])", text):
        raise NotAMonth(f"«{text}» не месяц: нужно ГГГГ-ММ, например 2026-10.")
    return dt.date(int(text[:4]), int(text[5:]), 1)


MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def month_name(month: dt.date) -> str:
    """Name the month for a screen or a form: «октябрь 2026»."""
    return f"{MONTHS[month.month - 1]} {month.year}"
