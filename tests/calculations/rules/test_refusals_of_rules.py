"""What the rules answer to figures that make no sense, to the letter, and the last figure that still does."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from calculations.rules.faults import WrongMonthLength
from calculations.rules.fuel import (
    FuelFault,
    FuelItem,
    FuelKind,
    NormKind,
    SaleNorm,
    Stove,
    calculate_bottled_gas,
    calculate_fuel,
    norm_of,
)
from calculations.rules.inputs import LineInputs
from calculations.rules.kinds import ServiceKind, Stock, UnknownServiceKind
from calculations.rules.line import calculate_line
from calculations.rules.parts import MonthlyPart, equal_parts, parted
from calculations.rules.regimes import Regime, UnknownRule, rule_for, rule_named
from calculations.rules.result import Reason, ReasonCode
from calculations.rules.terms import ChangeRule, Span, spans
from calculations.rules.withholding import Owed, withhold, withhold_in_turn
from tests.calculations.rules.samples import FACTS, HALF, PERIOD, line

HALF_OFF = Decimal("0.5")
NORM = SaleNorm(NormKind.PER_PERSON, quantity=Decimal(2))
COAL = FuelItem(FuelKind.COAL, Decimal(1), NORM, Decimal(7800))
STOVE = Stove(Decimal(30), residents=3, entitled=1, has_central_heating=False)


def exactly(sentence: str) -> str:
    return f"^{re.escape(sentence)}$"


@pytest.mark.parametrize(
    ("items", "stove", "sentence"),
    [
        (
            [COAL],
            {"has_central_heating": True},
            "в жилье есть центральное отопление: твёрдое топливо не компенсируется",
        ),
        ([COAL], {"entitled": 0}, "имеющих право 0, а зарегистрировано 3"),
        ([COAL], {"entitled": 4}, "имеющих право 4, а зарегистрировано 3"),
        ([], {}, "в заявлении не указано топливо"),
        ([replace(COAL, applied=Decimal(0))], {}, "количество топлива 0 не подходит"),
        ([replace(COAL, applied=Decimal("NaN"))], {}, "количество топлива NaN не подходит"),
        ([replace(COAL, applied=Decimal("Infinity"))], {}, "количество топлива Infinity не подходит"),
        ([replace(COAL, price=Decimal(0))], {}, "цены на день обращения нет"),
        ([replace(COAL, price=Decimal("-0.01"))], {}, "цены на день обращения нет"),
        ([replace(COAL, price=Decimal("Infinity"))], {}, "цены на день обращения нет"),
        (
            [replace(COAL, norm=SaleNorm(NormKind.BY_BAND, bands=((Decimal(29), Decimal(1)),)))],
            {},
            "норматива продажи топлива для площади 30 м² нет",
        ),
    ],
)
def test_refuses_fuel_in_these_words(items: list[FuelItem], stove: dict[str, object], sentence: str) -> None:
    with pytest.raises(FuelFault, match=exactly(sentence)):
        calculate_fuel(items, stove=replace(STOVE, **stove), discount=HALF_OFF, is_shared=False)


@pytest.mark.parametrize(("applied", "price", "paid"), [("0.001", "10", "0.01"), ("1", "0.01", "0.01")])
def test_counts_the_smallest_order(applied: str, price: str, paid: str) -> None:
    item = replace(COAL, applied=Decimal(applied), price=Decimal(price))
    counted = calculate_fuel([item], stove=STOVE, discount=HALF_OFF, is_shared=False)
    assert (counted.cash_equivalent, counted.share) == (Decimal(paid), "1")
    assert (counted.items[0].kind, counted.items[0].cost) == (FuelKind.COAL, Decimal(applied) * Decimal(price))
    everyone = calculate_fuel([item], stove=replace(STOVE, entitled=3), discount=HALF_OFF, is_shared=True)
    assert (everyone.cash_equivalent, everyone.share) == (Decimal(paid), "3/3")


@pytest.mark.parametrize(
    ("cylinders", "given", "sentence"),
    [
        (0, {}, "в заявлении не указано число баллонов"),
        (1, {"entitled": 0}, "имеющих право 0, а зарегистрировано 1"),
        (1, {"entitled": 2, "residents": 1}, "имеющих право 2, а зарегистрировано 1"),
    ],
)
def test_refuses_gas_in_these_words(cylinders: int, given: dict[str, int], sentence: str) -> None:
    with pytest.raises(FuelFault, match=exactly(sentence)):
        calculate_bottled_gas(cylinders, price=Decimal(1150), discount=HALF_OFF, **given)


def test_pays_gas_whole_where_no_people_are_given() -> None:
    assert calculate_bottled_gas(1, price=Decimal(1150), discount=HALF_OFF) == Decimal("575.00")
    assert calculate_bottled_gas(1, price=Decimal(1150), discount=HALF_OFF, entitled=2, residents=2) == 575


def test_multiplies_long_norms_without_rounding() -> None:
    """Decimal's own 28 digits would round this product, and the kopeck after it."""
    long = SaleNorm(NormKind.PER_METER, quantity=Decimal("0.1234567890123456789"))
    area = Decimal("54.1234567890123456789")
    assert norm_of(long, area=area, residents=1) == Decimal("6.68190818541990549735019051998750190521")
    item = FuelItem(
        FuelKind.COAL,
        Decimal("1.123456789012345678901"),
        SaleNorm(NormKind.PER_PERSON, Decimal(9)),
        Decimal("7800.123456789"),
    )
    (counted,) = calculate_fuel([item], stove=STOVE, discount=HALF_OFF, is_shared=False).items
    assert counted.cost.as_tuple().exponent == -30


@pytest.mark.parametrize(
    ("amount", "months", "sentence"),
    [("1.00", 0, "1.00 in 0 parts"), ("-0.01", 2, "-0.01 in 2 parts"), ("0.001", 2, "0.001 in 2 parts")],
)
def test_refuses_parts_in_these_words(amount: str, months: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=exactly(sentence)):
        equal_parts(Decimal(amount), months=months)


def test_cuts_a_sum_of_any_length() -> None:
    """EXACT holds two hundred digits; Decimal's own twenty-eight would lose kopecks of this one."""
    amount = Decimal("12345678901234567890123456789.01")
    assert equal_parts(amount, months=1) == (amount,)
    assert equal_parts(Decimal("0.00"), months=2) == (Decimal("0.00"), Decimal("0.00"))


@pytest.mark.parametrize(("number", "of"), [(0, 7), (8, 7), (-1, 1)])
def test_refuses_a_part_that_there_is_not(number: int, of: int) -> None:
    result = calculate_line(dt.date(2026, 4, 1), line(), HALF)
    with pytest.raises(ValueError, match=exactly(f"part {number} of {of}")):
        parted(result, MonthlyPart(number, of))


def test_cuts_every_sum_of_a_line_into_parts() -> None:
    result = calculate_line(dt.date(2026, 4, 1), line(), HALF)
    first, last = (parted(result, MonthlyPart(number, 3)) for number in (1, 3))
    assert (first.billed, first.base, first.cash_equivalent) == (
        Decimal("121.62"), Decimal("112.58"), Decimal("18.77")
    )  # fmt: skip
    assert (last.billed, last.base, last.cash_equivalent) == (Decimal("121.61"), Decimal("112.58"), Decimal("18.76"))
    assert (last.share, last.reason, last.rule) == (result.share, result.reason, result.rule)


@pytest.mark.parametrize(
    ("due", "balance", "percent", "sentence"),
    [
        ("1", "1", "0", "0 % of 1 against 1"),
        ("1", "1", "100.01", "100.01 % of 1 against 1"),
        ("-0.01", "1", "20", "20 % of -0.01 against 1"),
        ("1", "-0.01", "20", "20 % of 1 against -0.01"),
    ],
)
def test_refuses_to_withhold_in_these_words(due: str, balance: str, percent: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=exactly(sentence)):
        withhold(Decimal(due), balance=Decimal(balance), percent=Decimal(percent))


def test_withholds_to_the_limits_of_its_figures() -> None:
    assert withhold(Decimal(0), balance=Decimal(0), percent=Decimal("0.01")).withheld == 0
    assert withhold(Decimal("9.99"), balance=Decimal(99), percent=Decimal(100)).paid == 0
    assert withhold(Decimal("0.99"), balance=Decimal("0.50"), percent=Decimal(100)).withheld == Decimal("0.50")


def test_withholds_from_a_sum_of_any_length() -> None:
    due = Decimal("12345678901234567890123456789.01")
    assert withhold(due, balance=due * 2, percent=Decimal(100)).withheld == due


def test_holds_the_limit_of_a_payment_below_one_percent() -> None:
    """A consent may be for a part of a percent; nothing raises it to a whole one."""
    taken = withhold_in_turn(Decimal("100.00"), [Owed(Decimal(50), percent=Decimal(20), most=Decimal("0.5"))])
    assert taken == (Decimal("0.50"),)


def test_adds_bills_of_any_length() -> None:
    """A line is counted with two hundred digits; with Decimal's own twenty-eight the kopeck would be lost."""
    billed = Decimal("12345678901234567890123456789.01")
    result = calculate_line(dt.date(2026, 4, 1), line(ServiceKind.WASTE, part={"billed": billed}), HALF)
    assert (result.billed, result.base) == (billed, billed)


def test_multiplies_a_long_price_without_rounding() -> None:
    """With Decimal's own 28 digits the product of this price is half a kopeck more."""
    price = Decimal("0.00333333333333333333333333333333333")
    assert calculate_bottled_gas(3, price=price, discount=HALF_OFF) == Decimal("0.00")


def test_places_a_period_of_another_month() -> None:
    periods = (replace(PERIOD, days=1), replace(PERIOD, days=1, days_in_month=31))
    with pytest.raises(WrongMonthLength) as raised:
        calculate_line(dt.date(2026, 4, 1), LineInputs(ServiceKind.WASTE, periods), HALF)
    assert raised.value.period == 1


def test_cuts_no_month_at_the_day_after_it() -> None:
    month, after = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
    assert spans(month, changed_on=[month, after], change_rule=ChangeRule.DAILY) == (Span(month, 30),)


def test_names_a_rule_that_is_not_there() -> None:
    with pytest.raises(UnknownRule, match=exactly("правило «сто процентов» версии 3 не известно")):
        rule_named("сто процентов", 3)
    with pytest.raises(UnknownServiceKind) as raised:
        rule_for(Regime.FEDERAL_2016, ServiceKind.ELECTRICITY_DAY)
    assert raised.value.code == "electricity_day"


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (line(ServiceKind.WASTE), None),
        (line(ServiceKind.WASTE, days=0), Reason(ReasonCode.NO_DAYS, "в этом месяце нет ни одного дня права")),
        (
            line(ServiceKind.WASTE, part={"billed": Decimal(0)}, days=29),
            Reason(
                ReasonCode.NOTHING_BILLED,
                "предприятие ничего не начислило; право действовало 29 из 30 дней месяца",
            ),
        ),
        (
            line(ServiceKind.WASTE, part={"billed": Decimal("0.02")}),
            Reason(ReasonCode.BELOW_HALF_KOPECK, "половина доли меньше полкопейки"),
        ),
        (line(ServiceKind.WASTE, part={"billed": Decimal("0.03")}), None),
        (
            line(ServiceKind.WASTE, part={"billed": Decimal("0.02")}, days=1),
            Reason(ReasonCode.PART_OF_MONTH, "право действовало 1 из 30 дней месяца"),
        ),
        (
            line(ServiceKind.RENT, facts=replace(FACTS, stock=Stock.PRIVATE), days=15),
            Reason(
                ReasonCode.NOT_PUBLIC_STOCK,
                "в частном жилищном фонде эта плата не компенсируется; право действовало 15 из 30 дней месяца",
            ),
        ),
        (
            LineInputs(
                ServiceKind.RENT,
                (replace(PERIOD, days=15, facts=replace(FACTS, stock=Stock.PRIVATE)), replace(PERIOD, days=15)),
            ),
            Reason(ReasonCode.NOT_PUBLIC_STOCK, "в частном жилищном фонде эта плата не компенсируется"),
        ),
    ],
)
def test_gives_the_reason_to_the_letter(inputs: LineInputs, expected: Reason | None) -> None:
    assert calculate_line(dt.date(2026, 4, 1), inputs, HALF).reason == expected
