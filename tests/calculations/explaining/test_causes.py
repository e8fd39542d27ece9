"""The causes of «Что изменилось к прошлому месяцу» add up to the difference, whatever the lines."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.explaining.causes import Cause, MonthLine, effects_of
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock
from calculations.rules.regimes import Regime, rule_for
from tests.calculations.explaining.replayed import HALF, month_lines, replayed

ZERO = Decimal("0.00")
months = st.lists(month_lines(), max_size=7)


def line(inputs: LineInputs, *, service: str = "10", right: int = 1, account: int = 1, **given: object) -> MonthLine:
    rule = rule_for(Regime.FEDERAL_2016, inputs.kind)
    made = {"accrued": replayed(inputs)[1]} | given
    return MonthLine(right, service, account, rule, inputs, HALF, **made)


def water(quantity: str = "8", tariff: str = "30.00", billed: str | None = None, **period: object) -> LineInputs:
    part = BilledPart(
        billed=Decimal(billed) if billed else Decimal(quantity) * Decimal(tariff),
        quantity=Decimal(quantity),
        tariff=Decimal(tariff),
    )
    made = {"entitled": 1, "residents": 2, "norm": Decimal(99)} | period
    facts = Facts(Holder.ADULT, Group.SECOND, Stock.MUNICIPAL)
    return LineInputs(
        kind=ServiceKind.COLD_WATER,
        periods=(Period(parts=(part,), facts=facts, days=30, days_in_month=30, **made),),
    )


def found(before: LineInputs, now: LineInputs) -> dict[Cause, Decimal]:
    return {one.cause: one.roubles for one in effects_of([line(before)], [line(now)])}


@settings(max_examples=100, deadline=None)
@given(before=months, now=months)
def test_adds_up_to_the_difference_of_the_months(before: list[MonthLine], now: list[MonthLine]) -> None:
    effects = effects_of(before, now)
    difference = sum((one.accrued for one in now), ZERO) - sum((one.accrued for one in before), ZERO)
    assert sum((one.roubles for one in effects), ZERO) == difference
    assert all(one.roubles for one in effects)


@settings(max_examples=60, deadline=None)
@given(was=month_lines(), now=month_lines())
def test_adds_up_for_one_line_that_changed_in_everything(was: MonthLine, now: MonthLine) -> None:
    same = replace(now, right=was.right, service=was.service, corrects_month=None, is_unmonthed=False)
    effects = effects_of([replace(was, corrects_month=None, is_unmonthed=False)], [same])
    assert sum((one.roubles for one in effects), ZERO) == now.accrued - was.accrued


@settings(max_examples=40, deadline=None)
@given(month=months)
def test_finds_nothing_where_nothing_changed(month: list[MonthLine]) -> None:
    unlike = {
        (one.right, one.service, one.account): replace(one, corrects_month=None, is_unmonthed=False) for one in month
    }
    assert effects_of([*unlike.values()], [*unlike.values()]) == ()


@settings(max_examples=40, deadline=None)
@given(month=months)
def test_tells_the_way_back_as_the_opposite(month: list[MonthLine]) -> None:
    there = sum((one.roubles for one in effects_of([], month)), ZERO)
    back = sum((one.roubles for one in effects_of(month, [])), ZERO)
    assert there == -back


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (water(tariff="36.00"), {Cause.TARIFF: "12.00"}),
        (water(quantity="10"), {Cause.VOLUME: "15.00"}),
        (water(billed="260.00"), {Cause.BILLING: "5.00"}),
        (water(residents=1), {Cause.HOUSEHOLD: "60.00"}),
        (water(norm=Decimal(2)), {Cause.NORM: "-30.00"}),
        (water(tariff="36.00", quantity="10"), {Cause.TARIFF: "12.00", Cause.VOLUME: "18.00"}),
        (water(tariff="36.00", residents=1), {Cause.HOUSEHOLD: "60.00", Cause.TARIFF: "24.00"}),
        (water(tariff="36.00", billed="288.03"), {Cause.TARIFF: "12.01"}),
    ],
    ids=["price", "volume", "bill", "household", "norm", "price and volume", "household and price", "rounded bill"],
)
def test_names_what_changed(now: LineInputs, expected: dict[Cause, str]) -> None:
    assert found(water(), now) == {cause: Decimal(roubles) for cause, roubles in expected.items()}


def test_tells_a_service_that_began_from_one_that_ended() -> None:
    kept = line(water())
    new = line(water(), service="21")
    began = effects_of([kept], [kept, new])
    ended = effects_of([kept, new], [kept])
    assert [(one.cause, one.roubles, one.before) for one in began] == [(Cause.BEGAN, new.accrued, None)]
    assert [(one.cause, one.roubles, one.now) for one in ended] == [(Cause.ENDED, -new.accrued, None)]


def test_tells_a_new_right_from_a_new_service() -> None:
    kept, of_a_child = line(water()), line(water(), right=2)
    assert [one.cause for one in effects_of([kept], [kept, of_a_child])] == [Cause.RIGHT]
    assert [one.cause for one in effects_of([kept, of_a_child], [kept])] == [Cause.RIGHT]


def test_matches_a_service_whose_account_changed() -> None:
    effects = effects_of([line(water(), account=1)], [line(water(tariff="36.00"), account=2)])
    assert [one.cause for one in effects] == [Cause.TARIFF]


def test_names_a_correction_of_another_month() -> None:
    kept, correction = line(water()), line(water("1"), corrects_month=dt.date(2026, 8, 1))
    assert [one.cause for one in effects_of([kept], [kept, correction])] == [Cause.CORRECTION]


def test_tells_a_recalculation_without_a_month_from_the_services_own_line() -> None:
    """Taken away in October, not repeated in November: each month it is a cause of its own, the water is the same."""
    kept, taken = line(water()), line(water("1"), is_unmonthed=True, accrued=Decimal("-7.50"))
    there, back = effects_of([kept], [kept, taken]), effects_of([kept, taken], [kept])
    assert [(one.cause, one.roubles) for one in (*there, *back)] == [
        (Cause.CORRECTION, Decimal("-7.50")),
        (Cause.CORRECTION, Decimal("7.50")),
    ]


def test_says_other_where_the_stored_sum_is_not_the_rules() -> None:
    now = line(water(), accrued=Decimal("61.00"))
    assert [(one.cause, one.roubles) for one in effects_of([line(water())], [now])] == [(Cause.OTHER, Decimal("1.00"))]
