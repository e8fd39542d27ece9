"""What a whole file shows: the season of heating, and a column of meters that a program leaves at nought."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from exchange.checks.expectations import Expected, ExpectedService
from exchange.checks.habits import Habits, habits_of
from exchange.checks.rows import check_row
from exchange.layouts.exchanged import ParsedRow
from tests.exchange.checks.made import COLD_WATER, expected, line, row

PRICE = Decimal("3032.61")
HEATING = ExpectedService("21", "Отопление", tariffs=(PRICE,), kind="heating", is_metered=False)


def heated(*, month: int, before: str | None = "1819.57", **changes: object) -> Expected:
    before_ = None if before is None else Decimal(before)
    service = replace(HEATING, billed_before=before_, **changes)
    return expected(month=dt.date(2026, month, 1), services={"21": service})


def heats(quantity: str) -> ParsedRow:
    billed = (PRICE * Decimal(quantity)).quantize(Decimal("0.01"))
    return row(lines=(line(service="21", tariff=PRICE, quantity=Decimal(quantity), billed=billed),))


def codes(sent: ParsedRow, of: Expected, habits: Habits) -> list[str]:
    return [found.code.value for found in check_row(sent, expected=of, habits=habits)]


EVEN = Habits(heats_evenly=True)


@pytest.mark.parametrize("month", [4, 5, 9, 10], ids=["last month", "after it", "before the first", "first month"])
def test_says_nothing_of_the_season(month: int) -> None:
    assert codes(row(lines=()), heated(month=month), Habits()) == []
    assert codes(heats("0"), heated(month=month), Habits()) == []
    assert codes(heats("0.1"), heated(month=month), Habits()) == []
    assert codes(heats("1.8"), heated(month=month), Habits()) == []


@pytest.mark.parametrize(("month", "habits"), [(1, Habits()), (10, EVEN), (7, EVEN)], ids=["winter", "even", "summer"])
def test_tells_of_heating_that_stops_where_it_should_not(month: int, habits: Habits) -> None:
    assert codes(row(lines=()), heated(month=month), habits) == ["E41"]
    assert codes(heats("0"), heated(month=month), habits) == ["E51"]
    assert codes(heats("1.8"), heated(month=month), habits) == ["E50"]


def test_lets_the_first_whole_month_differ_from_the_one_the_season_began_in() -> None:
    assert codes(heats("1.8"), heated(month=11), Habits()) == []
    assert codes(row(lines=()), heated(month=11), Habits()) == ["E41"]


@pytest.mark.parametrize(
    ("billed", "before", "evenly"),
    [(3, 3, True), (1, 3, False), (3, 1, False), (2, 2, True)],
    ids=["all", "hardly any now", "hardly any before", "most"],
)
def test_knows_a_provider_that_bills_heating_evenly_by_most_of_its_rows(billed: int, before: int, evenly: bool) -> None:
    rows = [
        (
            heats("0.6") if place < billed else row(lines=()),
            heated(month=7, before="1819.57" if place < before else None),
        )
        for place in range(3)
    ]
    assert habits_of(rows).heats_evenly is evenly
    assert not habits_of(rows[:2]).heats_evenly


def test_believes_no_column_of_meters_that_is_never_filled() -> None:
    metered = replace(COLD_WATER, is_metered=True, norm_volume=Decimal("12.96"))
    of = expected(services={"10": metered})
    blank = row(lines=(line(metered=False),))
    silent = habits_of([(blank, of)])
    assert codes(blank, of, silent) == []
    assert codes(blank, of, habits_of([(blank, of), (row(lines=(line(metered=True),)), of)])) == ["E16", "E14"]


def test_holds_a_volume_to_the_norm_where_neither_side_knows_a_meter() -> None:
    of = expected(services={"10": replace(COLD_WATER, is_metered=False, norm_volume=Decimal("12.96"))})
    blank = row(lines=(line(metered=False),))
    assert codes(blank, of, habits_of([(blank, of)])) == ["E14"]
