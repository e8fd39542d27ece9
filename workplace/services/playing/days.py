"""The days of a demo: which months are played whole, which one is in progress, and when things happen in it."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.timezone import get_default_timezone

from offices.calendar import ProductionCalendar
from offices.months import month_of, next_month, shift_month
from workplace.services.playing.timetable import Moment, Timetable

WHOLE_MONTHS = 2
FEWEST_DAYS, MOST_DAYS = 3, 9  # working days that the answers of the month in progress are spread over
EXPECTED_DAYS_AGO, LAST_EXPECTED = 6, 20  # since when providers' answers are expected by the schedule
ONE_DAY = dt.timedelta(days=1)
OPENS, CLOSES = 9, 18

# Where on the way from the first answer to last evening a moment lies, in thousandths.
PLACES = {
    Moment.RETURNS: 0,
    Moment.RECEIVING_CLOSED: 400,
    Moment.VERIFICATION: 460,
    Moment.PROTOCOLS: 520,
    Moment.LOADING: 560,
    Moment.CALCULATION: 640,
    Moment.SUBMISSION: 700,
    Moment.REVIEW: 760,
    Moment.RETURNED_RUN: 790,
    Moment.CALCULATION_AGAIN: 810,
    Moment.SUBMISSION_AGAIN: 830,
    Moment.REVIEW_AGAIN: 850,
    Moment.APPROVAL: 880,
    Moment.HEIRS: 900,
    Moment.HEIRS_CONFIRMED: 910,
    Moment.LISTS: 930,
    Moment.LISTS_HANDED: 950,
    Moment.WAITING: 960,
    Moment.PAYMENT_REGISTERS: 970,
    Moment.RELEASE: 980,
    Moment.NEW_REQUISITES: 983,
    Moment.ANSWERS: 985,
    Moment.CLARIFICATIONS: 990,
}
A_DAY_LATER, ARRIVALS = 70, 180


@dataclass(frozen=True, slots=True)
class DemoDays:
    """What a demo of one day shows: months billed, and the working days of the answers in the last of them.

    `expected_on` is the day of the month from which the schedule expects the answers.
    """

    today: dt.date
    in_progress: dt.date
    working_days: tuple[dt.date, ...]
    expected_on: int

    @property
    def whole(self) -> tuple[dt.date, ...]:
        """Return the months played to their end, the earliest first."""
        return tuple(shift_month(self.in_progress, -place) for place in range(WHOLE_MONTHS, 0, -1))


def days_of(*, today: dt.date, calendar: ProductionCalendar) -> DemoDays:
    """Tell what the demo of a day shows.

    The answers for a month billed come in the month after. On its first days too little has happened yet, and the
    month before is shown instead.
    """
    month = shift_month(month_of(today), -1)
    days = _working_days(month_of(today), today, calendar)
    if len(days) < FEWEST_DAYS:
        month = shift_month(month, -1)
        days = _working_days(next_month(month), today, calendar)
        expected_on = LAST_EXPECTED
    else:
        expected_on = min(max(today.day - EXPECTED_DAYS_AGO, 1), LAST_EXPECTED)
    return DemoDays(today, month, days[-MOST_DAYS:], expected_on)


def _working_days(start: dt.date, end: dt.date, calendar: ProductionCalendar) -> tuple[dt.date, ...]:
    days = (start + ONE_DAY * place for place in range((end - start).days))
    return tuple(day for day in days if calendar.is_working(day))


@dataclass(frozen=True, slots=True)
class LivingTimetable(Timetable):
    """The moments of the month in progress: its answers fill the working days before the demo's day.

    `delay` tells one district's moments from another's.
    """

    days: tuple[dt.date, ...] = ()
    delay: dt.timedelta = field(default=dt.timedelta())

    def at(self, moment: Moment, *, days_later: int = 0) -> dt.datetime:
        """Return a moment: up to the requests as in every month, then by its place on the way."""
        place = PLACES.get(moment)
        if place is None:
            return Timetable.at(self, moment, days_later=days_later)
        return self._on_the_way(place + days_later * A_DAY_LATER)

    def arrival(self, place: int, whole: int, *, days_later: int = 0) -> dt.datetime:
        """Return when a provider's file arrives: one after another, over the first days of the answers."""
        return self._on_the_way(ARRIVALS * place // whole + days_later * A_DAY_LATER)

    def _on_the_way(self, thousandths: int) -> dt.datetime:
        whole, rest = divmod(thousandths * len(self.days), 1000)
        opening = dt.datetime.combine(self.days[whole], dt.time(OPENS), tzinfo=get_default_timezone())
        return opening + dt.timedelta(minutes=rest * (CLOSES - OPENS) * 60 // 1000) + self.delay
