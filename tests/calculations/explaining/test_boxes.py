"""The boxes of «Почему не половина квитанции» add up to the kopeck, whatever the lines."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.explaining.boxes import Box, ServiceBill, chain_of
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock
from calculations.rules.money import to_kopecks
from tests.calculations.explaining.replayed import billed_by, lines, replayed, service_bills

HALF = Decimal("0.5")
ZERO = Decimal("0.00")


def sums(*bills: ServiceBill) -> dict[Box, Decimal]:
    return {one.box: one.roubles for one in chain_of(bills, discount=HALF)}


def bill_of(inputs: LineInputs, *, recalculated: str = "0.00") -> ServiceBill:
    return ServiceBill(billed_by(inputs), Decimal(recalculated), (replayed(inputs)[0],))


def water(
    billed: str = "319.60", *, norm: str = "9", residents: int = 2, days: int = 30, **facts: object
) -> LineInputs:
    period = Period(
        parts=(BilledPart(billed=Decimal(billed), quantity=Decimal("9.4"), tariff=Decimal("34.00")),),
        facts=Facts(Holder.ADULT, Group.SECOND, Stock.MUNICIPAL),
        entitled=1,
        residents=residents,
        days=days,
        days_in_month=30,
        norm=Decimal(norm),
    )
    return LineInputs(kind=ServiceKind.COLD_WATER, periods=(period,))


def repair(billed: str = "300.00", stock: Stock = Stock.MUNICIPAL) -> LineInputs:
    period = replace(water(billed).periods[0], facts=Facts(Holder.ADULT, Group.SECOND, stock), area=Decimal(50))
    return LineInputs(kind=ServiceKind.CAPITAL_REPAIR, periods=(period,))


@settings(max_examples=100, deadline=None)
@given(bills=st.lists(service_bills(), max_size=9))
def test_adds_up_from_the_half_to_the_sum_to_be_paid(bills: list[ServiceBill]) -> None:
    chain = chain_of(bills, discount=HALF)
    assert [chain[0].box, chain[1].box, chain[-1].box] == [Box.BILLED, Box.HALF, Box.PAYABLE]
    assert chain[1].roubles + sum((one.roubles for one in chain[2:-1]), ZERO) == chain[-1].roubles
    assert chain[-1].roubles == sum((line.accrued for bill in bills for line in bill.lines), ZERO)


@settings(max_examples=60, deadline=None)
@given(bills=st.lists(service_bills(), max_size=9))
def test_shows_whole_kopecks_and_no_empty_deduction(bills: list[ServiceBill]) -> None:
    chain = chain_of(bills, discount=HALF)
    assert all(one.roubles == to_kopecks(one.roubles) for one in chain)
    assert all(one.roubles for one in chain[2:-1])
    assert len({one.box for one in chain}) == len(chain)


@settings(max_examples=60, deadline=None)
@given(inputs=lines())
def test_takes_away_and_never_adds_for_a_line_of_the_whole_month(inputs: LineInputs) -> None:
    period = replace(inputs.periods[0], days=30)
    found = sums(bill_of(replace(inputs, periods=(period,))))
    for box in (Box.NOT_IN_MEASURE, Box.SHARE, Box.NORM):
        assert found.get(box, ZERO) <= 0
    assert Box.DAYS not in found
    assert abs(found.get(Box.ROUNDING, ZERO)) <= Decimal("0.01")


@settings(max_examples=40, deadline=None)
@given(bills=st.lists(service_bills(), max_size=9), order=st.randoms())
def test_does_not_depend_on_the_order_of_services(bills: list[ServiceBill], order) -> None:
    shuffled = [*bills]
    order.shuffle(shuffled)
    assert chain_of(bills, discount=HALF) == chain_of(shuffled, discount=HALF)


def test_takes_off_the_part_of_those_without_the_right_and_what_is_over_the_norm() -> None:
    assert sums(bill_of(water(norm="4.48"))) == {
        Box.BILLED: Decimal("319.60"),
        Box.HALF: Decimal("159.80"),
        Box.SHARE: Decimal("-79.90"),
        Box.NORM: Decimal("-3.74"),
        Box.PAYABLE: Decimal("76.16"),
    }


def test_pays_half_where_nothing_is_taken_off() -> None:
    assert sums(bill_of(water(norm="99", residents=1))) == {
        Box.BILLED: Decimal("319.60"), Box.HALF: Decimal("159.80"), Box.PAYABLE: Decimal("159.80"),
    }  # fmt: skip


def test_names_the_days_without_the_right() -> None:
    assert sums(bill_of(water("300.00", norm="99", residents=1, days=10)))[Box.DAYS] == Decimal("-100.00")


@pytest.mark.parametrize("is_postponed", [True, False], ids=["postponed", "not in the measure"])
def test_names_a_bill_without_a_line(is_postponed: bool) -> None:
    left_out = ServiceBill(Decimal("300.00"), ZERO, (), is_postponed=is_postponed)
    found = sums(bill_of(water(norm="99", residents=1)), left_out)
    assert found[Box.HALF] == Decimal("309.80")
    assert found[Box.POSTPONED if is_postponed else Box.NOT_IN_MEASURE] == Decimal("-150.00")
    assert found[Box.PAYABLE] == Decimal("159.80")


def test_names_a_line_that_gives_no_right() -> None:
    assert sums(bill_of(repair()))[Box.NOT_IN_MEASURE] == Decimal("-150.00")


def test_leaves_the_providers_recalculation_out() -> None:
    found = sums(bill_of(water(norm="99", residents=1), recalculated="-19.60"))
    assert (found[Box.BILLED], found[Box.HALF]) == (Decimal("300.00"), Decimal("150.00"))
    assert (found[Box.RECALCULATED], found[Box.PAYABLE]) == (Decimal("9.80"), Decimal("159.80"))


def test_names_the_kopecks_of_rounding_each_service() -> None:
    odd = bill_of(water("100.01", norm="99", residents=1))
    assert sums(odd, odd, odd)[Box.ROUNDING] == Decimal("0.01")  # three times 50.005 is 150.015


def test_counts_a_bill_shared_by_two_rights_once() -> None:
    stages, _ = replayed(water(norm="99"))
    found = sums(ServiceBill(Decimal("319.60"), ZERO, (stages, stages)))
    assert (found[Box.BILLED], found[Box.HALF], found[Box.PAYABLE]) == (
        Decimal("319.60"), Decimal("159.80"), Decimal("159.80"),
    )  # fmt: skip
    assert Box.SHARE not in found


@settings(max_examples=40, deadline=None)
@given(
    bills=st.lists(service_bills(), max_size=5),
    corrected=st.decimals(-999, 999, places=2),
    carried=st.decimals(-99, 99, places=2),
)
def test_adds_corrections_and_what_is_carried_over(
    bills: list[ServiceBill], corrected: Decimal, carried: Decimal
) -> None:
    alone = chain_of(bills, discount=HALF)[-1].roubles
    chain = chain_of(bills, discount=HALF, corrected=corrected, carried=carried)
    assert chain[-1].roubles == alone + corrected + carried
    assert chain[1].roubles + sum((one.roubles for one in chain[2:-1]), ZERO) == chain[-1].roubles
    found = {one.box: one.roubles for one in chain}
    assert (found.get(Box.CORRECTED, ZERO), found.get(Box.CARRIED_OVER, ZERO)) == (corrected, carried)
