import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculations.rules.terms import ChangeRule, Span, days_covered, days_of, spans

DAY = dt.date
OCTOBER = DAY(2026, 10, 1)
days = st.dates(DAY(2008, 1, 1), DAY(2030, 12, 31))


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "by_month", "daily"),
    [
        pytest.param(DAY(2026, 9, 1), None, 31, 31, id="began before, has no end"),
        pytest.param(DAY(2026, 10, 1), DAY(2026, 11, 1), 31, 31, id="exactly the month"),
        pytest.param(DAY(2026, 10, 2), None, 0, 30, id="began on the second"),
        pytest.param(DAY(2026, 10, 31), None, 0, 1, id="began on the last day"),
        pytest.param(DAY(2026, 11, 1), None, 0, 0, id="begins next month"),
        pytest.param(DAY(2026, 1, 1), DAY(2026, 10, 1), 0, 0, id="ended before the month"),
        pytest.param(DAY(2026, 1, 1), DAY(2026, 10, 2), 31, 1, id="ended after one day"),
        pytest.param(DAY(2026, 1, 1), DAY(2026, 10, 19), 31, 18, id="died on the 18th, EX-12"),
        pytest.param(DAY(2026, 10, 5), DAY(2026, 10, 10), 0, 5, id="inside the month"),
        pytest.param(DAY(2026, 1, 1), DAY(2026, 12, 1), 31, 31, id="ends later"),
    ],
)
def test_counts_the_days_a_right_covers(
    valid_from: dt.date, valid_to: dt.date | None, by_month: int, daily: int
) -> None:
    period = {"valid_from": valid_from, "valid_to": valid_to}
    assert days_covered(OCTOBER, **period, change_rule=ChangeRule.FIRST_OF_NEXT_MONTH) == by_month
    assert days_covered(OCTOBER, **period, change_rule=ChangeRule.DAILY) == daily


@given(valid_from=days, length=st.integers(1, 400), month=days.map(lambda day: day.replace(day=1)))
def test_counts_daily_what_a_walk_over_the_days_counts(valid_from: dt.date, length: int, month: dt.date) -> None:
    valid_to = valid_from + dt.timedelta(days=length)
    walk = [month + dt.timedelta(days=number) for number in range(days_of(month))]
    counted = days_covered(month, valid_from=valid_from, valid_to=valid_to, change_rule=ChangeRule.DAILY)
    assert counted == sum(valid_from <= day < valid_to for day in walk)


def test_splits_the_month_where_the_household_changed() -> None:
    assert spans(DAY(2015, 6, 1), changed_on=[DAY(2015, 6, 16)], change_rule=ChangeRule.DAILY) == (
        Span(first_day=DAY(2015, 6, 1), days=15),
        Span(first_day=DAY(2015, 6, 16), days=15),
    )


def test_keeps_the_month_whole_when_changes_wait_for_the_next() -> None:
    assert spans(DAY(2015, 6, 1), changed_on=[DAY(2015, 6, 16)], change_rule=ChangeRule.FIRST_OF_NEXT_MONTH) == (
        Span(first_day=DAY(2015, 6, 1), days=30),
    )


@given(changes=st.lists(days, max_size=8), month=days.map(lambda day: day.replace(day=1)))
def test_splits_a_month_into_spans_that_follow_each_other(changes: list[dt.date], month: dt.date) -> None:
    found = spans(month, changed_on=changes, change_rule=ChangeRule.DAILY)
    assert sum(span.days for span in found) == days_of(month)
    assert [span.first_day + dt.timedelta(days=span.days) for span in found[:-1]] == [
        span.first_day for span in found[1:]
    ]
    assert all(span.days > 0 for span in found)
