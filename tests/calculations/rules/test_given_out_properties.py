"""What holds for sums that are cut, withheld, shared out or corrected; and each of these laws written another way."""

import calendar
import datetime as dt
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.rules.corrections import Correction, corrected
from calculations.rules.fuel import (
    FuelItem,
    FuelKind,
    NormKind,
    SaleNorm,
    Stove,
    calculate_bottled_gas,
    calculate_fuel,
)
from calculations.rules.inheritance import last_day_to_claim, shared_among
from calculations.rules.inputs import LineInputs
from calculations.rules.parts import equal_parts
from calculations.rules.regimes import Regime
from calculations.rules.withholding import plan, withhold
from offices.calendar import ProductionCalendar
from tests.calculations.rules.samples import HALF
from tests.calculations.rules.test_line_properties import calculated, decimals, kopecks_by_the_book, lines

KOPECK = Decimal("0.01")
roubles = decimals(90_000, 2)
percents = decimals(100, 1, lowest=1)
norms = st.builds(
    SaleNorm,
    kind=st.sampled_from([NormKind.PER_HOUSEHOLD, NormKind.PER_METER, NormKind.PER_PERSON]),
    quantity=decimals(9, 3, lowest=1),
    area=decimals(60, 1),
    further=decimals(1, 3),
)
fuels = st.builds(
    FuelItem,
    kind=st.sampled_from(FuelKind),
    applied=decimals(40, 3, lowest=1),
    norm=norms,
    price=decimals(12_000, 2, lowest=1),
)
households = st.builds(
    lambda area, people, entitled: Stove(area, people, min(entitled, people), has_central_heating=False),
    decimals(150, 1, lowest=1),
    st.integers(1, 8),
    st.integers(1, 8),
)


def fuel_by_the_book(items: list[FuelItem], household: Stove) -> Fraction:
    """Half of min(applied, norm) x price, in fractions; the norm's four ways written anew."""
    total, area = Fraction(0), Fraction(household.area)
    for item in items:
        norm = Fraction(item.norm.quantity)
        if item.norm.kind is NormKind.PER_METER:
            norm *= area
        elif item.norm.kind is NormKind.PER_PERSON:
            norm *= household.residents
        elif area > item.norm.area:
            norm += Fraction(item.norm.further) * (area - Fraction(item.norm.area))
        total += min(Fraction(item.applied), norm) * Fraction(item.price)
    return total / 2


@settings(max_examples=300, deadline=None)
@given(items=st.lists(fuels, min_size=1, max_size=4), household=households, is_shared=st.booleans(), data=st.data())
def test_pays_fuel_by_the_formula_in_any_order_and_never_over_half(
    items: list[FuelItem], household: Stove, is_shared: bool, data: st.DataObject
) -> None:
    share = Fraction(household.entitled, household.residents) if is_shared else Fraction(1)
    paid = calculate_fuel(items, stove=household, discount=HALF.discount, is_shared=is_shared)
    assert paid.cash_equivalent == kopecks_by_the_book(fuel_by_the_book(items, household) * share)
    shuffled = data.draw(st.permutations(items))
    other = calculate_fuel(shuffled, stove=household, discount=HALF.discount, is_shared=is_shared)
    assert other.cash_equivalent == paid.cash_equivalent
    applied = sum((Fraction(item.applied) * Fraction(item.price) for item in items), Fraction(0))
    assert paid.cash_equivalent <= kopecks_by_the_book(applied * share / 2)


@settings(max_examples=200, deadline=None)
@given(item=fuels, more=decimals(5, 3), household=households)
def test_never_pays_less_for_more_fuel(item: FuelItem, more: Decimal, household: Stove) -> None:
    bigger = FuelItem(item.kind, item.applied + more, item.norm, item.price)
    less, most = (
        calculate_fuel([one], stove=household, discount=HALF.discount, is_shared=False) for one in (item, bigger)
    )
    assert less.cash_equivalent <= most.cash_equivalent


@given(cylinders=st.integers(1, 60), price=decimals(3_000, 2, lowest=1), people=st.integers(1, 9))
def test_pays_gas_by_the_formula(cylinders: int, price: Decimal, people: int) -> None:
    paid = calculate_bottled_gas(cylinders, price=price, discount=HALF.discount, entitled=1, residents=people)
    assert paid == kopecks_by_the_book(Fraction(price) * cylinders / (2 * people))


@given(amount=roubles, months=st.integers(1, 60))
def test_cuts_a_sum_into_parts_that_add_up_the_larger_ones_first(amount: Decimal, months: int) -> None:
    parts = equal_parts(amount, months=months)
    assert (len(parts), sum(parts)) == (months, amount)
    assert all(Decimal(0) <= before - after <= KOPECK for before, after in pairwise(parts))
    assert parts[0] - parts[-1] <= KOPECK
    assert all(abs(Fraction(part) - Fraction(amount) / months) < Fraction(1, 100) for part in parts)


@given(due=roubles, balance=roubles, percent=percents)
def test_withholds_the_most_whole_kopecks_that_the_percentage_and_the_debt_allow(
    due: Decimal, balance: Decimal, percent: Decimal
) -> None:
    month = withhold(due, balance=balance, percent=percent)
    allowed = min(Fraction(due) * Fraction(percent) / 100, Fraction(balance))
    assert 0 <= allowed - Fraction(month.withheld) < Fraction(1, 100)
    assert month.withheld == min((due * percent / 100).quantize(KOPECK, ROUND_FLOOR), balance)
    assert (month.paid + month.withheld, month.balance + month.withheld) == (due, balance)


@given(dues=st.lists(roubles, max_size=30), balance=roubles, percent=percents)
def test_withholds_a_debt_once_and_stops(dues: list[Decimal], balance: Decimal, percent: Decimal) -> None:
    months = list(plan(dues, balance=balance, percent=percent))
    taken = sum((month.withheld for month in months), Decimal(0))
    assert taken <= balance
    assert taken == balance or len(months) == len(dues)
    assert taken + (months[-1].balance if months else balance) == balance
    assert all(month.balance for month in months[:-1])


@given(unpaid=st.lists(roubles, min_size=1, max_size=9), claimants=st.integers(1, 6))
def test_gives_claimants_their_kopecks_one_after_another(unpaid: list[Decimal], claimants: int) -> None:
    """Written anew: the kopecks of all sums are dealt round the table, each sum's in whole rounds first."""
    shares = shared_among(unpaid, claimants=claimants)
    seat = 0
    for number, amount in enumerate(unpaid):
        each, odd = divmod(int(amount * 100), claimants)
        lucky = {(seat + one) % claimants for one in range(odd)}
        expected = [Decimal(each + (person in lucky)) / 100 for person in range(claimants)]
        assert [share[number] for share in shares] == expected
        seat = (seat + odd) % claimants


@given(died_on=st.dates(dt.date(2008, 1, 1), dt.date(2030, 12, 31)))
def test_ends_the_term_on_the_same_day_of_the_fourth_month_or_the_next_working_one(died_on: dt.date) -> None:
    month = died_on.replace(day=1)
    for _ in range(4):
        month = (month + dt.timedelta(days=31)).replace(day=1)
    day = month.replace(day=min(died_on.day, calendar.monthrange(month.year, month.month)[1]))
    while day.weekday() >= 5:
        day += dt.timedelta(days=1)
    assert last_day_to_claim(died_on, calendar_of_work=ProductionCalendar()) == day


@settings(max_examples=100, deadline=None)
@given(versions=st.lists(lines(), min_size=1, max_size=4))
def test_arrives_at_the_last_version_whatever_was_corrected_before(versions: list[LineInputs]) -> None:
    """Corrections of corrections: what was accrued and every difference add up to the month as it is known last."""
    accrued = Decimal("100.00")
    for inputs in versions:
        result = calculated(Regime.FEDERAL_2016, inputs, HALF)
        accrued += corrected(result, Correction(accrued=accrued, right="1")).cash_equivalent
        assert accrued == result.cash_equivalent
