"""The day of a moment; working days by the week's pattern and the production calendar."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.timezone import get_current_timezone

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def day_of(moment: dt.datetime) -> dt.date:
    """Return the calendar day of a moment in the region's time zone."""
    return moment.astimezone(get_current_timezone()).date()


@dataclass(frozen=True, slots=True)
class ProductionCalendar:
    """Days that differ from the week's pattern: True is a moved working day, False a day off."""

    exceptions: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_working(self, day: dt.date) -> bool:
        """Tell whether offices work on the day."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def on_or_after(self, day: dt.date) -> dt.date:
        """Return the first working day from `day` on: a term that ends on a day off ends then.

        Source: Civil Code, article 193.
        """
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: dt.date) -> dt.date:
        """Return the last working day up to `day`: for what must be ready by then."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add(self, day: dt.date, *, working_days: int) -> dt.date:
        """Return the day so many working days later, or earlier for a negative number.

        The day itself is not counted; adding none returns it as it is.
        """
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Count the working days of the half-open period."""
        days = (start + ONE_DAY * place for place in range((end - start).days))
        return sum(self.is_working(day) for day in days)
