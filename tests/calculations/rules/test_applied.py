"""Fuel and gas of an application as accrual lines: replayed from what is stored, part by part."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.explaining.stages import stages_of
from calculations.rules.applied import BOTTLED_GAS, SOLID_FUEL
from calculations.rules.captions import describe
from calculations.rules.faults import LineFault, MissingArea, MissingFuel, MissingNorm, MissingTariff
from calculations.rules.fuel import FuelItem, FuelKind, FuelOrder, NormKind, SaleNorm, Stove, calculate_fuel
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, UnknownServiceKind
from calculations.rules.line import apply_rule
from calculations.rules.parts import MonthlyPart
from calculations.rules.result import LineResult, ReasonCode
from calculations.rules.stored import from_stored, replay, to_stored
from calculations.rules.trace import Recording, StepCode
from tests.calculations.rules.samples import HALF

COAL = SaleNorm(NormKind.PER_HOUSEHOLD, quantity=Decimal(2), area=Decimal(30), further=Decimal("0.07"))
KINDLING = SaleNorm(NormKind.PER_HOUSEHOLD, quantity=Decimal(1), area=Decimal(30))
FACTS = Facts(Holder.ADULT, Group.SECOND, Stock.PRIVATE)
YEAR = 12


def coal(applied: str = "2", *, norm: SaleNorm = COAL, price: str = "7800") -> FuelItem:
    return FuelItem(FuelKind.COAL, Decimal(applied), norm, Decimal(price), norm_act="№ 12", price_act="прайс")


def kindling() -> FuelItem:
    return FuelItem(FuelKind.KINDLING, Decimal(1), KINDLING, Decimal(1450))


def fuel(*items: FuelItem, area: str = "30", entitled: int = 1, residents: int = 1, people: int = 1) -> LineInputs:
    applied = sum((item.applied * item.price for item in items), Decimal(0))
    period = Period(
        parts=(BilledPart(applied),),
        facts=FACTS,
        entitled=entitled,
        residents=residents,
        days=1,
        days_in_month=1,
        fuel=FuelOrder(items, Decimal(area), people),
    )
    return LineInputs(ServiceKind.SOLID_FUEL, (period,))


def gas(cylinders: str = "4", price: str = "1150") -> LineInputs:
    part = BilledPart(Decimal(cylinders) * Decimal(price), Decimal(cylinders), Decimal(price))
    return LineInputs(ServiceKind.BOTTLED_GAS, (Period((part,), FACTS, 1, 1, 1, 1),))


def replayed(inputs: LineInputs, *, name: str = "solid_fuel", number: int = 1, of: int = 1) -> LineResult:
    return replay(name, 1, to_stored(inputs, HALF, part=MonthlyPart(number, of)))


@pytest.mark.parametrize(
    ("area", "months", "parts"),
    [
        pytest.param("30", 12, ["710.42"] * 8 + ["710.41"] * 4, id="EX-8, a year"),
        pytest.param("30", 7, ["1217.86"] * 5 + ["1217.85"] * 2, id="EX-8, June to December"),
        pytest.param("30", 1, ["8525.00"], id="EX-8, at once"),
    ],
)
def test_replays_each_part_of_a_years_fuel(area: str, months: int, parts: list[str]) -> None:
    inputs = fuel(coal(), kindling(), area=area)
    replays = [replayed(inputs, number=number, of=months) for number in range(1, months + 1)]
    assert [one.cash_equivalent for one in replays] == [Decimal(part) for part in parts]
    assert sum(one.base for one in replays) == sum(one.billed for one in replays) == Decimal("17050.00")


def test_cuts_fuel_to_the_norm_of_its_area_and_says_so() -> None:
    result = replayed(fuel(coal("4"), kindling(), area="46"))
    assert (result.base, result.cash_equivalent) == (Decimal("25786.00"), Decimal("12893.00"))
    assert result.reason is not None
    assert result.reason.code is ReasonCode.OVER_SALE_NORM
    assert "сверх нормы продажи топлива населению" in result.reason.text


def test_pays_half_of_the_cylinders() -> None:
    assert replayed(gas(), name="bottled_gas").cash_equivalent == Decimal("2300.00")
    assert replayed(gas(), name="bottled_gas", number=3, of=3).cash_equivalent == Decimal("766.66")


def test_stores_an_order_to_the_last_digit() -> None:
    bands = SaleNorm(NormKind.BY_BAND, bands=((Decimal("9.50"), Decimal("0.8")), (Decimal(18), Decimal("1.3"))))
    inputs = fuel(coal("0.123456", norm=bands), area="18.00", people=3)
    stored = from_stored(to_stored(inputs, HALF, part=MonthlyPart(2, 7)))
    assert (stored.inputs, stored.part) == (inputs, MonthlyPart(2, 7))


def test_tells_every_number_of_the_way() -> None:
    trace = Recording()
    replay("solid_fuel", 1, to_stored(fuel(coal("4"), area="46"), HALF, part=MonthlyPart(3, 12)), trace)
    told = {step.code: describe(step).text.replace("\N{NO-BREAK SPACE}", " ") for step in trace.steps}
    assert told[StepCode.FUEL_APPLIED] == "уголь: 4 т × 7 800 ₽ = 31 200,00 ₽"
    assert told[StepCode.FUEL_NORM] == (
        "уголь: 2 т на семью до 30 м² + 0,07 т × 16 м² = 3,12 т; учтено 3,12 т × 7 800 ₽ = 24 336,00 ₽"
    )
    assert told[StepCode.PART] == "12 168,00 ₽ на 12 мес. равными частями, часть 3: 1 014,00 ₽"


@pytest.mark.parametrize(
    ("norm", "told"),
    [
        (SaleNorm(NormKind.PER_METER, quantity=Decimal("0.137")), "0,137 т на м² × 30 м² = 4,11 т"),
        (SaleNorm(NormKind.PER_PERSON, quantity=Decimal("3.55")), "3,55 т на человека × 2 чел. = 7,1 т"),
        (SaleNorm(NormKind.BY_BAND, bands=((Decimal(30), Decimal(1)),)), "для площади 30 м² = 1 т"),
        (COAL, "2 т на семью = 2 т"),
    ],
)
def test_tells_each_kind_of_norm(norm: SaleNorm, told: str) -> None:
    trace = Recording()
    replay("solid_fuel", 1, to_stored(fuel(coal(norm=norm), people=2), HALF), trace)
    (step,) = [one for one in trace.steps if one.code is StepCode.FUEL_NORM]
    assert describe(step).text.startswith(f"уголь: {told}; учтено ")


@pytest.mark.parametrize(
    ("inputs", "fault"),
    [
        (fuel(), MissingFuel),
        (fuel(coal("0")), MissingFuel),
        (fuel(coal(price="0")), MissingTariff),
        (fuel(coal(), area="0"), MissingArea),
        (fuel(coal(norm=SaleNorm(NormKind.BY_BAND, bands=((Decimal(9), Decimal(1)),)))), MissingNorm),
        (fuel(coal(norm=SaleNorm(NormKind.PER_PERSON))), MissingNorm),
    ],
)
def test_names_what_an_order_lacks(inputs: LineInputs, fault: type[LineFault]) -> None:
    with pytest.raises(fault):
        apply_rule(SOLID_FUEL, inputs, HALF)


@pytest.mark.parametrize(("cylinders", "price", "fault"), [("0", "1", MissingFuel), ("1", "0", MissingTariff)])
def test_names_what_cylinders_lack(cylinders: str, price: str, fault: type[LineFault]) -> None:
    with pytest.raises(fault):
        apply_rule(BOTTLED_GAS, gas(cylinders, price), HALF)


@pytest.mark.parametrize("part", [MonthlyPart(0, 7), MonthlyPart(8, 7)])
def test_has_no_part_outside_its_months(part: MonthlyPart) -> None:
    with pytest.raises(ValueError, match="part"):
        replay("solid_fuel", 1, to_stored(fuel(coal()), HALF, part=part))


@pytest.mark.parametrize("kind", ["solid_fuel", "bottled_gas"])
def test_takes_no_bill_for_what_is_applied_for(kind: str) -> None:
    with pytest.raises(UnknownServiceKind):
        ServiceKind.named(kind)


@given(
    st.decimals("0.001", "20", places=3),
    st.decimals("10", "200", places=2),
    st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))),
)
@settings(max_examples=60)
def test_agrees_with_the_sum_of_the_application(applied: Decimal, area: Decimal, people: tuple[int, int]) -> None:
    item = replace(coal(), applied=applied)
    entitled, residents = people
    stove = Stove(area, residents, entitled, has_central_heating=False)
    sum_of_year = calculate_fuel([item], stove=stove, discount=HALF.discount, is_shared=True)
    inputs = fuel(item, area=str(area), entitled=entitled, residents=residents, people=residents)
    parts = [replayed(inputs, number=number, of=YEAR) for number in range(1, YEAR + 1)]
    assert sum(part.cash_equivalent for part in parts) == sum_of_year.cash_equivalent
    assert all(part.cash_equivalent <= part.base <= part.billed for part in parts)


def test_shows_only_what_the_norm_cut_of_a_part() -> None:
    trace = Recording()
    inputs = fuel(coal("4"), area="46", entitled=1, residents=2)
    result = replay("solid_fuel", 1, to_stored(inputs, HALF, part=MonthlyPart(1, 12)), trace)
    stages = stages_of(
        billed=result.billed, inputs=inputs, steps=trace.steps, accrued=result.cash_equivalent, is_part=True
    )
    assert stages.covered == stages.in_days == Decimal("2600.00")
    assert (stages.shared, stages.due) == (Decimal("1300.00"), Decimal("1014.00"))
