import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from calculations.rules.faults import (
    DaysOutsideMonth,
    LineFault,
    MissingArea,
    MissingMinimumContribution,
    MissingNorm,
    MissingQuantity,
    MissingTariff,
    MoreDaysThanMonth,
    MoreEntitledThanResidents,
    NobodyEntitled,
    NoPeriods,
    NoResidents,
    WrongBilled,
    WrongMonthLength,
    WrongParts,
)
from calculations.rules.inputs import LineInputs
from calculations.rules.kinds import Group, ServiceKind, Stock, UnknownServiceKind, Zone
from calculations.rules.line import apply_rule, calculate_line, line_faults
from calculations.rules.regimes import Regime, rule_for
from tests.calculations.rules.samples import FACTS, HALF, PART, PERIOD, line, zones

SEPTEMBER = dt.date(2020, 9, 1)
OWNER = replace(FACTS, stock=Stock.PRIVATE)


@pytest.mark.parametrize(
    ("inputs", "fault", "field"),
    [
        pytest.param(line(residents=0), NoResidents, "residents", id="shared among nobody"),
        pytest.param(line(residents=-1), NoResidents, "residents", id="fewer than nobody"),
        pytest.param(line(entitled=0), NobodyEntitled, "entitled", id="nobody entitled"),
        pytest.param(line(entitled=4), MoreEntitledThanResidents, "entitled", id="more entitled than residents"),
        pytest.param(line(days=31), DaysOutsideMonth, "days", id="one day too many"),
        pytest.param(line(days=-1), DaysOutsideMonth, "days", id="negative days"),
        pytest.param(line(part={"billed": Decimal("-0.01")}), WrongBilled, "billed", id="negative bill"),
        pytest.param(line(part={"billed": Decimal("NaN")}), WrongBilled, "billed", id="bill that is no number"),
        pytest.param(line(part={"billed": Decimal("Infinity")}), WrongBilled, "billed", id="endless bill"),
        pytest.param(line(part={"tariff": None}), MissingTariff, "tariff", id="no tariff"),
        pytest.param(line(part={"tariff": Decimal(0)}), MissingTariff, "tariff", id="tariff of zero"),
        pytest.param(line(norm=None), MissingNorm, "norm", id="no norm"),
        pytest.param(line(norm=Decimal(0)), MissingNorm, "norm", id="norm of zero"),
        pytest.param(line(norm=Decimal("NaN")), MissingNorm, "norm", id="norm that is no number"),
        pytest.param(line(ServiceKind.HEATING, area=None), MissingArea, "area", id="heating without an area"),
        pytest.param(line(ServiceKind.HEATING, norm=None), MissingNorm, "norm", id="heating without a norm"),
        pytest.param(
            line(ServiceKind.CAPITAL_REPAIR, norm=None, facts=OWNER),
            MissingMinimumContribution,
            "norm",
            id="capital repair without the minimum contribution",
        ),
        pytest.param(
            line(ServiceKind.CAPITAL_REPAIR, area=None, facts=OWNER),
            MissingArea,
            "area",
            id="capital repair without an area",
        ),
        pytest.param(zones(norm=None), MissingNorm, "norm", id="zones without a norm"),
        pytest.param(LineInputs(ServiceKind.GAS, ()), NoPeriods, "days", id="no periods"),
        pytest.param(line(parts=()), WrongParts, "service", id="no parts"),
        pytest.param(line(parts=(PART, PART)), WrongParts, "service", id="two bills of one service"),
        pytest.param(line(part={"zone": Zone.DAY}), WrongParts, "service", id="a zone of cold water"),
        pytest.param(
            zones(parts=(PART, replace(PART, zone=Zone.DAY))), WrongParts, "service", id="a zone beside the whole"
        ),
        pytest.param(zones(parts=(replace(PART, zone=Zone.DAY),) * 2), WrongParts, "service", id="one zone twice"),
    ],
)
def test_refuses_with_a_named_fault(inputs: LineInputs, fault: type[LineFault], field: str) -> None:
    with pytest.raises(fault) as raised:
        calculate_line(SEPTEMBER, inputs, HALF)
    assert raised.value.field == field
    assert raised.value.args[0] == fault.sentence


def test_names_the_period_and_the_part_at_fault() -> None:
    whole = zones().periods[0]
    short = replace(whole, days=10)
    faulty = replace(short, parts=(whole.parts[0], replace(whole.parts[1], tariff=None)))
    inputs = LineInputs(ServiceKind.ELECTRICITY, (short, faulty))
    with pytest.raises(MissingTariff) as raised:
        calculate_line(SEPTEMBER, inputs, HALF)
    assert (raised.value.period, raised.value.part) == (1, 1)


def test_finds_every_fault_at_once() -> None:
    rule = rule_for(Regime.FEDERAL_2016, ServiceKind.HEATING)
    faults = line_faults(rule, line(ServiceKind.HEATING, norm=None, area=None, part={"tariff": None}), HALF)
    assert [type(fault) for fault in faults] == [MissingNorm, MissingTariff, MissingArea]


@pytest.mark.parametrize(("first", "second", "accepted"), [(15, 15, True), (15, 16, False), (30, 1, False)])
def test_refuses_periods_longer_than_the_month(first: int, second: int, accepted: bool) -> None:
    inputs = LineInputs(ServiceKind.GAS, (replace(PERIOD, days=first), replace(PERIOD, days=second)))
    if accepted:
        assert calculate_line(SEPTEMBER, inputs, HALF).cash_equivalent == Decimal("56.29")
        return
    with pytest.raises(MoreDaysThanMonth):
        calculate_line(SEPTEMBER, inputs, HALF)


def test_refuses_a_period_of_another_month() -> None:
    with pytest.raises(WrongMonthLength):
        calculate_line(dt.date(2020, 10, 1), line(), HALF)


@pytest.mark.parametrize(
    "kind", [ServiceKind.ELECTRICITY_DAY, ServiceKind.ELECTRICITY_NIGHT, ServiceKind.ELECTRICITY_PEAK]
)
def test_refuses_a_zone_as_a_line_of_its_own(kind: ServiceKind) -> None:
    with pytest.raises(UnknownServiceKind, match=kind):
        calculate_line(SEPTEMBER, line(kind), HALF)


def test_refuses_a_service_that_nobody_knows() -> None:
    with pytest.raises(UnknownServiceKind, match="antenna"):
        ServiceKind.named("antenna")


@pytest.mark.parametrize("quantity", [None, Decimal(-1), Decimal("NaN")], ids=["absent", "negative", "no number"])
def test_cannot_share_the_norm_among_zones_of_unknown_use(quantity: Decimal | None) -> None:
    day, night = zones().periods[0].parts
    with pytest.raises(MissingQuantity) as raised:
        calculate_line(SEPTEMBER, zones(parts=(day, replace(night, quantity=quantity))), HALF)
    assert raised.value.part == 1


def test_cannot_share_the_norm_among_zones_billed_without_use() -> None:
    parts = tuple(replace(part, quantity=Decimal(0)) for part in zones().periods[0].parts)
    with pytest.raises(MissingQuantity):
        calculate_line(SEPTEMBER, zones(parts=parts), HALF)


@pytest.mark.parametrize(
    ("inputs", "regime"),
    [
        pytest.param(
            line(norm=None, area=None, part={"tariff": None}), Regime.REGULATION_2007, id="2007 knows no norm"
        ),
        pytest.param(
            line(ServiceKind.WASTE, norm=None, part={"tariff": None}), Regime.FEDERAL_2016, id="waste has no norm"
        ),
        pytest.param(
            line(ServiceKind.CAPITAL_REPAIR, norm=None, area=None, facts=replace(OWNER, group=Group.THIRD)),
            Regime.FEDERAL_2016,
            id="a denied line has nothing to cap",
        ),
    ],
)
def test_asks_only_for_what_the_rule_needs(inputs: LineInputs, regime: Regime) -> None:
    rule = rule_for(regime, inputs.kind)
    assert list(line_faults(rule, inputs, HALF)) == []
    assert apply_rule(rule, inputs, HALF).rule == rule.name
