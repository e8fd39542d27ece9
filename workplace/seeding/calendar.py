"""The production calendar, by which terms are planned."""

from offices.models import CalendarDay
from workplace.demo.calendar import calendar_days


def seed_calendar() -> None:
    """Write the days off that no weekend explains, and holidays."""
    CalendarDay.objects.bulk_create(
        CalendarDay(day=one.day, is_working=one.is_working, note=one.note) for one in calendar_days()
    )
