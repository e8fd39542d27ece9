"""Every fault of a line with its period and part, all of them, in order; and their thresholds."""

from dataclasses import replace
from decimal import Decimal

import pytest

from calculations.rules.applied import BOTTLED_GAS, SOLID_FUEL
from calculations.rules.faults import (
    LineFault,
    MissingArea,
    MissingMinimumContribution,
    MissingNorm,
    MissingQuantity,
    MissingTariff,
    NoResidents,
    given,
    known,
    shape_faults,
)
from calculations.rules.fuel import NormKind, SaleNorm
from calculations.rules.inputs import LineInputs, Period
from calculations.rules.kinds import ServiceKind, Stock, UnknownServiceKind, Zone
from calculations.rules.line import line_faults
from calculations.rules.regimes import Regime, rule_for
from calculations.rules.rule import Rule
from calculations.rules.trace import SILENT
from tests.calculations.rules.samples import FACTS, HALF, PART, PERIOD, line, zones
from tests.calculations.rules.test_applied import coal, fuel, gas

GOOD = replace(PERIOD, days=0)
OWNER = replace(FACTS, stock=Stock.PRIVATE)


def placed(faults: object) -> list[tuple[str, int, int | None]]:
    return [(type(fault).__name__, fault.period, fault.part) for fault in faults]


def second(kind: ServiceKind = ServiceKind.COLD_WATER, **changed: object) -> LineInputs:
    """A good period of no days, and one with the given fields changed."""
    return LineInputs(kind, (GOOD, replace(PERIOD, **changed)))


NEGATIVE = replace(PART, billed=Decimal("-0.01"))


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (LineInputs(ServiceKind.GAS, ()), [("NoPeriods", 0, None)]),
        (second(), []),
        (second(entitled=1, residents=1), []),
        (second(entitled=3, residents=3), []),
        (second(residents=0), [("NoResidents", 1, None)]),
        (second(entitled=0), [("NobodyEntitled", 1, None)]),
        (second(entitled=0, residents=0), [("NoResidents", 1, None), ("NobodyEntitled", 1, None)]),
        (second(entitled=4), [("MoreEntitledThanResidents", 1, None)]),
        (second(entitled=2, residents=1), [("MoreEntitledThanResidents", 1, None)]),
        (second(entitled=0, residents=1), [("NobodyEntitled", 1, None)]),
        (second(entitled=2, family=1), [("WrongFamily", 1, None)]),
        (second(family=4), [("WrongFamily", 1, None)]),
        (second(entitled=3, family=4), [("WrongFamily", 1, None)]),
        (second(family=3), []),
        (second(family=1), []),
        (second(days=-1), [("DaysOutsideMonth", 1, None)]),
        (second(days=31), [("DaysOutsideMonth", 1, None), ("MoreDaysThanMonth", 1, None)]),
        (LineInputs(ServiceKind.GAS, (replace(PERIOD, days=31),)), [("DaysOutsideMonth", 0, None)]),
        (second(parts=()), [("WrongParts", 1, None)]),
        (second(ServiceKind.ELECTRICITY, parts=()), [("WrongParts", 1, None)]),
        (second(parts=(PART, PART)), [("WrongParts", 1, None)]),
        (second(parts=(NEGATIVE,)), [("WrongBilled", 1, 0)]),
        (
            second(ServiceKind.ELECTRICITY, parts=(replace(PART, zone=Zone.DAY), replace(NEGATIVE, zone=Zone.NIGHT))),
            [("WrongBilled", 1, 1)],
        ),
        (second(parts=(replace(PART, billed=Decimal(0)),)), []),
        (LineInputs(ServiceKind.GAS, (GOOD, GOOD, PERIOD, replace(PERIOD, days=1))), [("MoreDaysThanMonth", 3, None)]),
        (LineInputs(ServiceKind.GAS, (replace(PERIOD, days=29), replace(PERIOD, days=1))), []),
        (
            LineInputs(ServiceKind.GAS, (PERIOD, replace(PERIOD, days=1, days_in_month=31))),
            [("MoreDaysThanMonth", 1, None)],
        ),
    ],
)
def test_places_every_fault_of_a_lines_shape(inputs: LineInputs, expected: list[tuple[str, int, int | None]]) -> None:
    assert placed(shape_faults(inputs)) == expected


BARE = replace(PART, tariff=None, quantity=None)
DAY, NIGHT = (replace(BARE, zone=zone) for zone in (Zone.DAY, Zone.NIGHT))


@pytest.mark.parametrize(
    ("kind", "period", "expected"),
    [
        (ServiceKind.COLD_WATER, {"norm": None, "parts": (BARE,)}, [("MissingNorm", 1, None), ("MissingTariff", 1, 0)]),
        (
            ServiceKind.HEATING,
            {"norm": None, "area": None, "parts": (BARE,)},
            [("MissingNorm", 1, None), ("MissingTariff", 1, 0), ("MissingArea", 1, None)],
        ),
        (
            ServiceKind.ELECTRICITY,
            {"norm": None, "parts": (DAY, NIGHT)},
            [
                ("MissingNorm", 1, None), ("MissingTariff", 1, 0), ("MissingTariff", 1, 1),
                ("MissingQuantity", 1, 0), ("MissingQuantity", 1, 1),
            ],
        ),
        (ServiceKind.ELECTRICITY, {"parts": (replace(BARE, tariff=Decimal(4)),)}, []),
        (
            ServiceKind.CAPITAL_REPAIR,
            {"norm": None, "area": None, "facts": OWNER},
            [("MissingMinimumContribution", 1, None), ("MissingArea", 1, None)],
        ),
    ],
)  # fmt: skip
def test_places_what_a_rule_lacks(
    kind: ServiceKind, period: dict[str, object], expected: list[tuple[str, int, int | None]]
) -> None:
    good = {"parts": zones().periods[0].parts} if kind is ServiceKind.ELECTRICITY else {}
    periods = (replace(PERIOD, days=0, facts=OWNER, **good), replace(PERIOD, **period))
    assert placed(line_faults(rule_for(Regime.FEDERAL_2016, kind), LineInputs(kind, periods), HALF)) == expected


BARE_OF_ALL = replace(PERIOD, norm=None, area=None, parts=(BARE,))
ZONED = replace(PERIOD, parts=(DAY, NIGHT))


@pytest.mark.parametrize(
    ("kind", "period", "fault"),
    [
        (ServiceKind.COLD_WATER, BARE_OF_ALL, MissingNorm),
        (ServiceKind.COLD_WATER, replace(PERIOD, parts=(BARE,)), MissingTariff),
        (ServiceKind.HEATING, BARE_OF_ALL, MissingNorm),
        (ServiceKind.HEATING, replace(PERIOD, parts=(BARE,), area=None), MissingArea),
        (ServiceKind.HEATING, replace(PERIOD, parts=(BARE,)), MissingTariff),
        (ServiceKind.ELECTRICITY, ZONED, MissingQuantity),
        (ServiceKind.ELECTRICITY, replace(zones().periods[0], norm=None), MissingNorm),
        (
            ServiceKind.ELECTRICITY,
            replace(PERIOD, parts=tuple(replace(part, quantity=Decimal(1)) for part in (DAY, NIGHT))),
            MissingTariff,
        ),
        (ServiceKind.CAPITAL_REPAIR, BARE_OF_ALL, MissingMinimumContribution),
        (ServiceKind.CAPITAL_REPAIR, replace(PERIOD, area=None), MissingArea),
    ],
)
def test_raises_the_fault_by_its_name_where_nobody_looked_before(
    kind: ServiceKind, period: Period, fault: type[LineFault]
) -> None:
    with pytest.raises(fault):
        rule_for(Regime.FEDERAL_2016, kind).base(period, kind, SILENT)


NO_NORM = SaleNorm(NormKind.PER_PERSON)


@pytest.mark.parametrize(
    ("rule", "periods", "expected"),
    [
        (SOLID_FUEL, [fuel(coal()), fuel()], [("MissingFuel", 1, None)]),
        (SOLID_FUEL, [fuel(coal()), fuel(coal(), area="0")], [("MissingArea", 1, None)]),
        (
            SOLID_FUEL,
            [fuel(coal()), fuel(coal("0"), coal(price="0"), coal())],
            [("MissingFuel", 1, None), ("MissingTariff", 1, None)],
        ),
        (SOLID_FUEL, [fuel(coal()), fuel(coal(norm=NO_NORM))], [("MissingNorm", 1, None)]),
        (BOTTLED_GAS, [gas(), gas("0", "0")], [("MissingTariff", 1, 0), ("MissingFuel", 1, 0)]),
    ],
)
def test_places_what_an_application_lacks(
    rule: Rule, periods: list[LineInputs], expected: list[tuple[str, int, int | None]]
) -> None:
    found = [fault for number, one in enumerate(periods) for fault in rule.needs(number, one.periods[0])]
    assert placed(found) == expected


def test_places_the_second_of_two_bills_of_gas() -> None:
    period: Period = replace(gas().periods[0], parts=(PART, replace(PART, tariff=None, quantity=None)))
    assert placed(BOTTLED_GAS.needs(2, period)) == [("MissingTariff", 2, 1), ("MissingFuel", 2, 1)]


def test_puts_a_fault_at_the_first_period_where_nobody_says_otherwise() -> None:
    fault = NoResidents()
    assert (fault.period, fault.part, str(fault)) == (0, None, NoResidents.sentence)


@pytest.mark.parametrize(
    ("value", "is_known"),
    [(None, False), ("NaN", False), ("Infinity", False), ("0", False), ("-1", False), ("0.0001", True), ("1", True)],
)
def test_knows_a_value_above_zero(value: str | None, is_known: bool) -> None:
    assert known(None if value is None else Decimal(value)) is is_known


@pytest.mark.parametrize("fault", [MissingArea, MissingNorm, MissingTariff])
def test_raises_the_fault_of_what_is_absent(fault: type[LineFault]) -> None:
    assert given(Decimal(0), fault) == 0
    with pytest.raises(fault):
        given(None, fault)


@pytest.mark.parametrize("code", ["antenna", "solid_fuel", "bottled_gas"])
def test_carries_the_code_that_no_provider_bills(code: str) -> None:
    assert ServiceKind.named("gas") is ServiceKind.GAS
    with pytest.raises(UnknownServiceKind) as raised:
        ServiceKind.named(code)
    assert (raised.value.code, str(raised.value)) == (code, f"вид услуги «{code}» не известен")


def test_looks_no_further_where_the_parts_do_not_fit() -> None:
    rule = rule_for(Regime.FEDERAL_2016, ServiceKind.COLD_WATER)
    assert placed(line_faults(rule, line(parts=(), norm=None), HALF)) == [("WrongParts", 0, None)]
    both = line(parts=(), residents=0, norm=None)
    assert placed(line_faults(rule, both, HALF)) == [("NoResidents", 0, None), ("WrongParts", 0, None)]
    assert placed(line_faults(rule, line(residents=0, norm=None), HALF)) == [
        ("NoResidents", 0, None), ("MissingNorm", 0, None)
    ]  # fmt: skip
