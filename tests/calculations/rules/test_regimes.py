import datetime as dt
from decimal import Decimal

import pytest

from calculations.rules.kinds import APPLIED_FOR, TITLES, UNITS, ServiceKind, line_kind
from calculations.rules.line import calculate_line
from calculations.rules.regimes import RULES_BY_KIND, Regime, regime_of
from tests.calculations.rules.samples import HALF, line


@pytest.mark.parametrize(
    ("month", "regime"),
    [
        (dt.date(2007, 11, 1), Regime.REGULATION_2007),
        (dt.date(2015, 12, 1), Regime.REGULATION_2007),
        (dt.date(2015, 12, 31), Regime.REGULATION_2007),
        (dt.date(2016, 1, 1), Regime.FEDERAL_2016),
        (dt.date(2026, 10, 1), Regime.FEDERAL_2016),
    ],
)
def test_chooses_the_regime_by_the_month_billed(month: dt.date, regime: Regime) -> None:
    assert regime_of(month) is regime


@pytest.mark.parametrize(
    ("month", "equivalent"), [(dt.date(2015, 11, 1), "60.81"), (dt.date(2016, 4, 1), "56.29")], ids=["2007", "2016"]
)
def test_calculates_by_the_law_of_its_month(month: dt.date, equivalent: str) -> None:
    assert calculate_line(month, line(), HALF).cash_equivalent == Decimal(equivalent)


@pytest.mark.parametrize("regime", Regime)
def test_has_a_rule_for_every_line_and_for_nothing_else(regime: Regime) -> None:
    assert set(RULES_BY_KIND[regime]) == {line_kind(kind) for kind in ServiceKind if kind not in APPLIED_FOR}


def test_knows_a_title_and_a_unit_of_every_kind() -> None:
    assert set(TITLES) == set(UNITS) == set(ServiceKind)


@pytest.mark.parametrize("regime", Regime)
def test_names_the_source_of_every_rule(regime: Regime) -> None:
    for rule in RULES_BY_KIND[regime].values():
        assert "181-ФЗ" in rule.source
        assert rule.title
        assert rule.version >= 1
