import datetime as dt

import pytest

from workplace.demo.calendar import calendar_days, production_calendar


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        pytest.param(dt.date(2026, 1, 9), False, id="moved from Saturday 3 January by the Government"),
        pytest.param(dt.date(2026, 1, 12), True, id="the first working day of 2026"),
        pytest.param(dt.date(2026, 3, 9), False, id="moved from Sunday 8 March by the Labour Code"),
        pytest.param(dt.date(2026, 5, 11), False, id="moved from Saturday 9 May"),
        pytest.param(dt.date(2026, 11, 3), True, id="the day before a holiday is worked"),
        pytest.param(dt.date(2026, 11, 4), False, id="a holiday in the week"),
        pytest.param(dt.date(2026, 11, 5), True, id="the day after it"),
        pytest.param(dt.date(2026, 12, 31), False, id="moved from Sunday 4 January"),
        pytest.param(dt.date(2027, 5, 3), False, id="moved from Saturday 1 May"),
        pytest.param(dt.date(2027, 6, 14), False, id="moved from Saturday 12 June"),
        pytest.param(dt.date(2027, 1, 11), True, id="nothing of January is moved by the Labour Code"),
    ],
)
def test_knows_the_working_days_of_the_country(day: dt.date, is_working: bool) -> None:
    assert production_calendar().is_working(day) is is_working


def test_counts_the_working_days_of_2026_as_the_country_does() -> None:
    assert production_calendar().between(dt.date(2026, 1, 1), dt.date(2027, 1, 1)) == 247


def test_names_the_act_of_every_day_and_what_is_not_entered_yet() -> None:
    days = calendar_days()
    assert [one.day for one in days] == sorted({one.day for one in days})
    assert all("ТК РФ" in one.note or "№ 1466" in one.note for one in days)
    assert all("переносы Правительства на 2027 год не внесены" in one.note for one in days if one.day.year == 2027)
    assert max(len(one.note) for one in days) <= 200
