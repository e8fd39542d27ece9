"""Twenty thousand months at random, calculated by the rules and by the dossier's formulas in exact fractions."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, Zone
from calculations.rules.line import calculate_line
from calculations.rules.parameters import NormCap, Parameters, ShareRule
from calculations.rules.regimes import Regime
from calculations.rules.terms import days_of
from tests.calculations.rules.samples import HALF
from tests.calculations.rules.test_line_properties import LINE_KINDS, month_by_the_book

MONTHS = 20_000
ZONES = ((Zone.WHOLE,), (Zone.DAY, Zone.NIGHT), (Zone.DAY, Zone.NIGHT, Zone.PEAK))
DISCOUNTS = (Decimal("0.5"), Decimal("0.5"), Decimal("0.3"), Decimal("0.333"), Decimal(1))


def decimal(random: Random, highest: int, places: int) -> Decimal:
    return Decimal(random.randint(1, highest * 10**places)).scaleb(-places)


def part(random: Random, zone: Zone, *, is_used: bool) -> BilledPart:
    return BilledPart(
        billed=random.choice((Decimal(0), decimal(random, 2, 2), decimal(random, 9_000, 2))),
        quantity=decimal(random, 900, 3) if is_used else Decimal(0),
        tariff=decimal(random, 60, 4),
        metered=random.random() < 0.5,
        zone=zone,
    )


def period(random: Random, kind: ServiceKind, *, days: int, days_in_month: int) -> Period:
    zones = random.choice(ZONES) if kind is ServiceKind.ELECTRICITY else (Zone.WHOLE,)
    residents = random.randint(1, 9)
    entitled = random.randint(1, residents)
    return Period(
        parts=tuple(part(random, zone, is_used=not place or random.random() < 0.8) for place, zone in enumerate(zones)),
        facts=Facts(random.choice(list(Holder)), random.choice(list(Group)), random.choice(list(Stock))),
        entitled=entitled,
        residents=residents,
        days=days,
        days_in_month=days_in_month,
        norm=decimal(random, 50, 4),
        area=decimal(random, 120, 1),
        family=random.choice((None, random.randint(entitled, residents))),
    )


def month_at_random(random: Random) -> tuple[dt.date, LineInputs, Parameters]:
    month = dt.date(random.choice((2008, 2015, 2016, 2024, 2026)), random.randint(1, 12), 1)
    length, kind = days_of(month), random.choice(LINE_KINDS)
    first = random.randint(0, length)
    days = random.choice(((length,), (first,), (first, random.randint(0, length - first))))
    inputs = LineInputs(kind, tuple(period(random, kind, days=count, days_in_month=length) for count in days))
    parameters = replace(
        HALF,
        discount=random.choice(DISCOUNTS),
        share_rule=random.choice(list(ShareRule)),
        norm_cap=random.choice(list(NormCap)),
    )
    return month, inputs, parameters


@pytest.mark.slow
def test_agrees_with_another_formulation_on_twenty_thousand_months() -> None:
    random = Random(2026)
    paid = Decimal(0)
    for _ in range(MONTHS):
        month, inputs, parameters = month_at_random(random)
        result = calculate_line(month, inputs, parameters)
        regime = Regime.REGULATION_2007 if month.year < 2016 else Regime.FEDERAL_2016
        expected = month_by_the_book(regime, inputs, parameters)
        assert (result.cash_equivalent, result.base) == expected, (month, inputs, parameters)
        paid += result.cash_equivalent
    assert paid > MONTHS, "months that come to nothing prove nothing"
