"""Every step a rule tells, with every value: the explanation stands on nothing else."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from calculations.rules.applied import SOLID_FUEL
from calculations.rules.as_billed import WASTE
from calculations.rules.capped import ELECTRICITY, HEATING, UTILITY
from calculations.rules.fuel import NormKind, SaleNorm
from calculations.rules.housing import CAPITAL_REPAIR, RENT_AND_MAINTENANCE
from calculations.rules.inputs import LineInputs
from calculations.rules.kinds import ServiceKind, Stock, Zone
from calculations.rules.line import apply_rule, calculate_line
from calculations.rules.parameters import ShareRule
from calculations.rules.parts import MonthlyPart, parted
from calculations.rules.rule import Rule
from calculations.rules.trace import Recording, StepCode
from tests.calculations.rules.samples import FACTS, HALF, PERIOD, line, zones
from tests.calculations.rules.test_applied import coal, fuel

APRIL = dt.date(2026, 4, 1)
OWNER = replace(FACTS, stock=Stock.PRIVATE)
Told = tuple[StepCode, dict[str, Any]]


def told_by(inputs: LineInputs, parameters: Any = HALF) -> list[Told]:
    trace = Recording()
    calculate_line(APRIL, inputs, parameters, trace)
    return [(step.code, step.values) for step in trace.steps]


def beginning(rule: Rule, kind: ServiceKind) -> Told:
    return StepCode.RULE, {"service": kind, "title": rule.title, "source": rule.source}


def billed(
    kind: ServiceKind,
    roubles: str = "364.84",
    quantity: str = "14",
    tariff: str = "26.06",
    *,
    zone: Zone = Zone.WHOLE,
    source: str = "",
) -> Told:
    return StepCode.BILLED, {
        "zone": zone, "quantity": Decimal(quantity), "service": kind, "tariff": Decimal(tariff),
        "result": Decimal(roubles), "source": source,
    }  # fmt: skip


def shared(base: Decimal | Fraction, *, entitled: int = 1, residents: int = 3) -> list[Told]:
    result = Fraction(base) * entitled / residents
    values = {"base": base, "entitled": entitled, "residents": residents, "result": result}
    return [(StepCode.BASE, {"result": base}), (StepCode.SHARE, values)]


def ending(due: Fraction, rounded: str) -> list[Told]:
    halved = {"due": due, "discount": Decimal("0.5"), "result": due / 2, "source": HALF.decree}
    return [(StepCode.DISCOUNT, halved), (StepCode.ROUNDED, {"result": Decimal(rounded)})]


def test_tells_a_norm_by_people() -> None:
    kind, base = ServiceKind.COLD_WATER, Decimal("337.7376")
    limit = {
        "norm": Decimal("4.32"), "service": kind, "residents": 3, "tariff": Decimal("26.06"), "result": base,
        "source": "решение; тариф",
    }  # fmt: skip
    assert told_by(line(part={"tariff_act": "тариф", "origin": "файл"}, norm_act="решение")) == [
        beginning(UTILITY, kind),
        billed(kind, source="файл"),
        (StepCode.NORM_PER_PERSON, limit),
        *shared(base),
        *ending(Fraction(base) / 3, "56.29"),
    ]


def test_tells_a_norm_by_area() -> None:
    kind, tariff = ServiceKind.HEATING, "1660.22"
    inputs = line(
        kind, norm=Decimal("0.01"), norm_act="решение", part={"tariff": Decimal(tariff), "tariff_act": "тариф"}
    )
    limit = {
        "norm": Decimal("0.01"), "service": kind, "area": Decimal(54), "tariff": Decimal(tariff),
        "result": Decimal("896.5188"), "source": "решение; тариф",
    }  # fmt: skip
    assert told_by(inputs) == [
        beginning(HEATING, kind),
        billed(kind, tariff=tariff),
        (StepCode.NORM_PER_METER, limit),
        *shared(Decimal("364.84")),
        *ending(Fraction("364.84") / 3, "60.81"),
    ]


def test_tells_a_norm_shared_out_among_zones() -> None:
    kind, norm, used, base = ServiceKind.ELECTRICITY, Decimal(138), Decimal(200), Fraction("563.73")
    inputs = zones(norm_act="решение")
    day, night = (replace(part, tariff_act="тариф") for part in inputs.periods[0].parts)
    whole = {
        "norm": Decimal(46), "service": kind, "residents": 3, "used": used, "result": norm, "source": "решение"
    }  # fmt: skip
    zone = {"norm": norm, "used": used, "service": kind, "source": "тариф"}
    assert told_by(zones(norm_act="решение", parts=(day, night))) == [
        beginning(ELECTRICITY, kind),
        billed(kind, "653.80", "140", "4.67", zone=Zone.DAY),
        billed(kind, "163.20", "60", "2.72", zone=Zone.NIGHT),
        (StepCode.NORM_OF_ZONES, whole),
        (
            StepCode.ZONE,
            zone
            | {"zone": Zone.DAY, "quantity": Decimal(140), "tariff": Decimal("4.67"), "result": Fraction("451.122")},
        ),
        (
            StepCode.ZONE,
            zone
            | {"zone": Zone.NIGHT, "quantity": Decimal(60), "tariff": Decimal("2.72"), "result": Fraction("112.608")},
        ),
        *shared(base),
        *ending(base / 3, "93.96"),
    ]


def test_tells_electricity_without_zones_by_people() -> None:
    kind, base = ServiceKind.ELECTRICITY, Decimal("337.7376")
    limit = {
        "norm": Decimal("4.32"), "service": kind, "residents": 3, "tariff": Decimal("26.06"), "result": base, "source": ""
    }  # fmt: skip
    assert told_by(line(kind))[1:3] == [billed(kind), (StepCode.NORM_PER_PERSON, limit)]


def test_tells_a_minimum_contribution() -> None:
    kind = ServiceKind.CAPITAL_REPAIR
    limit = {"rate": Decimal(6), "area": Decimal(54), "result": Decimal(324), "source": "решение"}
    assert told_by(line(kind, norm=Decimal(6), norm_act="решение", facts=OWNER)) == [
        beginning(CAPITAL_REPAIR, kind),
        billed(kind),
        (StepCode.MINIMUM_CONTRIBUTION, limit),
        *shared(Decimal(324)),
        *ending(Fraction(108), "54.00"),
    ]


def test_tells_what_the_facts_deny() -> None:
    kind, source = ServiceKind.RENT, RENT_AND_MAINTENANCE.source
    text = "в частном жилищном фонде эта плата не компенсируется"
    assert told_by(line(kind, facts=OWNER)) == [
        beginning(RENT_AND_MAINTENANCE, kind),
        (StepCode.DENIED, {"text": text, "result": Decimal(0), "source": source}),
        *ending(Fraction(0), "0.00"),
    ]


def test_tells_each_period_with_its_days() -> None:
    kind, bill = ServiceKind.WASTE, Decimal("364.84")
    inputs = LineInputs(kind, (replace(PERIOD, days=10, residents=2), replace(PERIOD, days=15, family=2)))
    for_two, for_three = Fraction(bill) / 2, Fraction(bill) / 3
    assert told_by(inputs) == [
        beginning(WASTE, kind),
        (StepCode.PERIOD, {"number": 1, "of": 2, "days": 10, "days_in_month": 30}),
        billed(kind),
        *shared(bill, residents=2),
        (StepCode.DAYS, {"shared": for_two, "days": 10, "days_in_month": 30, "result": for_two / 3}),
        (StepCode.PERIOD, {"number": 2, "of": 2, "days": 15, "days_in_month": 30}),
        billed(kind),
        *shared(bill),
        (StepCode.DAYS, {"shared": for_three, "days": 15, "days_in_month": 30, "result": for_three / 2}),
        *ending(for_two / 3 + for_three / 2, "60.81"),
    ]


def test_tells_one_period_only_where_it_is_not_the_whole_month() -> None:
    whole, short = told_by(line(ServiceKind.WASTE)), told_by(line(ServiceKind.WASTE, days=29))
    assert StepCode.PERIOD not in dict(whole)
    assert dict(short)[StepCode.PERIOD] == {"number": 1, "of": 1, "days": 29, "days_in_month": 30}
    halves = told_by(LineInputs(ServiceKind.WASTE, (PERIOD, replace(PERIOD, days=0))))
    assert [values["number"] for code, values in halves if code is StepCode.PERIOD] == [1, 2]


def test_tells_the_share_of_a_family_as_such() -> None:
    values = dict(told_by(line(ServiceKind.WASTE, family=2), replace(HALF, share_rule=ShareRule.ALL_FAMILY)))
    assert values[StepCode.FAMILY_SHARE] == {
        "base": Decimal("364.84"), "entitled": 2, "residents": 3, "result": Fraction("364.84") * 2 / 3
    }  # fmt: skip


def test_tells_each_fuel_as_applied_for_and_within_its_norm() -> None:
    trace = Recording()
    apply_rule(SOLID_FUEL, fuel(coal("4"), area="46", people=2), HALF, trace)
    assert [(step.code, step.values) for step in trace.steps[1:3]] == [
        (
            StepCode.FUEL_APPLIED,
            {"fuel": "coal", "quantity": Decimal(4), "price": Decimal(7800), "result": Decimal(31200), "source": "прайс"},
        ),
        (
            StepCode.FUEL_NORM,
            {
                "fuel": "coal", "way": "per_household", "area": Decimal(46), "residents": 2, "limit": Decimal("3.12"),
                "counted": Decimal("3.12"), "price": Decimal(7800), "result": Decimal(24336), "source": "№ 12",
                "quantity": Decimal(2), "up_to": Decimal(30), "further": Decimal("0.07"),
            },
        ),
    ]  # fmt: skip


def test_tells_the_norm_of_a_band_as_its_quantity() -> None:
    trace = Recording()
    bands = SaleNorm(NormKind.BY_BAND, quantity=Decimal(7), bands=((Decimal(9), Decimal(1)), (Decimal(46), Decimal(3))))
    apply_rule(SOLID_FUEL, fuel(coal("4", norm=bands), area="46"), HALF, trace)
    (norm,) = [step.values for step in trace.steps if step.code is StepCode.FUEL_NORM]
    assert (norm["quantity"], norm["limit"], norm["counted"]) == (Decimal(3), Decimal(3), Decimal(3))


def test_tells_a_months_part() -> None:
    trace = Recording()
    result = apply_rule(SOLID_FUEL, fuel(coal("4"), area="46"), HALF)
    parted(result, MonthlyPart(3, 7), trace)
    (step,) = trace.steps
    part = {"whole": Decimal("12168.00"), "number": 3, "of": 7, "result": Decimal("1738.29")}
    assert (step.code, step.values) == (StepCode.PART, part)


@pytest.mark.parametrize("parts", [(Decimal(0), Decimal(0)), (Decimal(1), Decimal(0))], ids=["none used", "one used"])
def test_shares_no_norm_where_nothing_was_used_or_billed(parts: tuple[Decimal, ...]) -> None:
    day, night = zones().periods[0].parts
    unused = tuple(
        replace(part, billed=Decimal(0), quantity=used) for part, used in zip((day, night), parts, strict=True)
    )
    result = calculate_line(APRIL, zones(parts=unused), HALF)
    assert (result.base, result.cash_equivalent) == (Decimal("0.00"), Decimal("0.00"))
