"""The days of a demo: which months, which working days, where the moments of the month in progress lie."""

import datetime as dt
from itertools import pairwise

import pytest

from workplace.demo.calendar import production_calendar
from workplace.services.playing.days import DemoDays, LivingTimetable, days_of
from workplace.services.playing.timetable import Moment

ROAD = (
    Moment.RETURNS, Moment.RECEIVING_CLOSED, Moment.VERIFICATION, Moment.PROTOCOLS, Moment.LOADING, Moment.CALCULATION,
    Moment.SUBMISSION, Moment.REVIEW, Moment.RETURNED_RUN, Moment.CALCULATION_AGAIN, Moment.SUBMISSION_AGAIN,
    Moment.REVIEW_AGAIN, Moment.APPROVAL, Moment.LISTS, Moment.LISTS_HANDED, Moment.WAITING,
)  # fmt: skip


def demo(today: dt.date) -> DemoDays:
    return days_of(today=today, calendar=production_calendar())


def test_shows_the_month_before_in_progress_after_two_whole_ones() -> None:
    days = demo(dt.date(2026, 11, 22))
    assert days.in_progress == dt.date(2026, 10, 1)
    assert days.whole == (dt.date(2026, 8, 1), dt.date(2026, 9, 1))
    assert days.expected_on == 16
    assert (days.working_days[0], days.working_days[-1]) == (dt.date(2026, 11, 10), dt.date(2026, 11, 20))
    assert len(days.working_days) == 9


@pytest.mark.parametrize(
    ("today", "in_progress", "expected_on"),
    [
        pytest.param(dt.date(2026, 12, 1), dt.date(2026, 10, 1), 20, id="nothing has come yet on the first day"),
        pytest.param(dt.date(2026, 12, 3), dt.date(2026, 10, 1), 20, id="two working days are too few"),
        pytest.param(dt.date(2026, 12, 4), dt.date(2026, 11, 1), 1, id="three are enough"),
        pytest.param(dt.date(2026, 12, 31), dt.date(2026, 11, 1), 20, id="the last day"),
        pytest.param(dt.date(2027, 1, 9), dt.date(2026, 11, 1), 20, id="the holidays are no working days"),
        pytest.param(dt.date(2027, 3, 1), dt.date(2027, 1, 1), 20, id="the shortest month"),
    ],
)
def test_goes_a_month_back_while_too_little_has_happened(
    today: dt.date, in_progress: dt.date, expected_on: int
) -> None:
    days = demo(today)
    assert (days.in_progress, days.expected_on) == (in_progress, expected_on)
    assert days.whole[-1] < days.in_progress


@pytest.mark.parametrize("today", [dt.date(2026, 11, 22), dt.date(2026, 12, 4), dt.date(2027, 1, 9)])
def test_lets_everything_happen_in_order_in_working_hours_before_the_day(today: dt.date) -> None:
    days = demo(today)
    timetable = LivingTimetable(days.in_progress, days.working_days, dt.timedelta(minutes=52))
    moments = [timetable.at(moment) for moment in ROAD]
    assert all(before < after for before, after in pairwise(moments))
    assert timetable.at(Moment.RETURNS, days_later=3) < timetable.at(Moment.RECEIVING_CLOSED)
    assert timetable.at(Moment.ACKNOWLEDGED) < moments[0]
    assert all(moment.date() in days.working_days and 9 <= moment.hour < 19 for moment in moments)
    assert moments[-1].date() < today
    assert {timetable.at(moment).utcoffset() for moment in ROAD} == {dt.timedelta(hours=3)}


def test_lets_files_arrive_one_after_another_before_the_receiving_ends() -> None:
    days = demo(dt.date(2026, 11, 22))
    timetable = LivingTimetable(days.in_progress, days.working_days, dt.timedelta(minutes=52))
    arrivals = [timetable.arrival(place, 70, days_later=3 if place > 60 else 0) for place in range(70)]
    assert arrivals == sorted(arrivals)
    assert len({one.date() for one in arrivals}) >= 3
    assert timetable.at(Moment.RETURNS) == arrivals[0] < arrivals[-1] < timetable.at(Moment.RECEIVING_CLOSED)
