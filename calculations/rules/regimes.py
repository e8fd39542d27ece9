"""The law by month: which regime, and in it which rule for which service."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from itertools import chain
from typing import Final

from calculations.rules import applied, as_billed, capped, housing
from calculations.rules.corrections import TAKEN_BACK, WITHOUT_MONTH
from calculations.rules.kinds import ServiceKind, UnknownServiceKind
from calculations.rules.parameters import NormCap
from calculations.rules.rule import Rule


class Regime(StrEnum):
    REGULATION_2007 = "regulation_2007"
    FEDERAL_2016 = "federal_2016"


class UnknownRule(ValueError):
    """A stored line names a rule or version that the code does not have."""

    def __init__(self, name: str, version: int) -> None:
        super().__init__(f"правило «{name}» версии {version} не известно")


FEDERAL_STARTS: Final = dt.date(2016, 1, 1)
"""The first month under the law of 29.06.2015 No 176-FZ. Source: dossier 1.2."""

RULES_BY_KIND: Final[Mapping[Regime, Mapping[ServiceKind, Rule]]] = {
    Regime.REGULATION_2007: {
        ServiceKind.RENT: housing.RENT_AND_MAINTENANCE_2007,
        ServiceKind.MAINTENANCE: housing.RENT_AND_MAINTENANCE_2007,
        ServiceKind.CAPITAL_REPAIR: housing.CAPITAL_REPAIR_2007,
        ServiceKind.COLD_WATER: as_billed.UTILITY_2007,
        ServiceKind.HOT_WATER: as_billed.UTILITY_2007,
        ServiceKind.HOT_WATER_HEAT: as_billed.UTILITY_2007,
        ServiceKind.SEWERAGE: as_billed.UTILITY_2007,
        ServiceKind.ELECTRICITY: as_billed.UTILITY_2007,
        ServiceKind.GAS: as_billed.UTILITY_2007,
        ServiceKind.HEATING: as_billed.UTILITY_2007,
        ServiceKind.WASTE: as_billed.UTILITY_2007,
        ServiceKind.COMMON_COLD_WATER: as_billed.UTILITY_2007,
        ServiceKind.COMMON_HOT_WATER: as_billed.UTILITY_2007,
        ServiceKind.COMMON_ELECTRICITY: as_billed.UTILITY_2007,
        ServiceKind.COMMON_SEWERAGE: as_billed.UTILITY_2007,
    },
    Regime.FEDERAL_2016: {
        ServiceKind.RENT: housing.RENT_AND_MAINTENANCE,
        ServiceKind.MAINTENANCE: housing.RENT_AND_MAINTENANCE,
        ServiceKind.CAPITAL_REPAIR: housing.CAPITAL_REPAIR,
        ServiceKind.COLD_WATER: capped.UTILITY,
        ServiceKind.HOT_WATER: capped.UTILITY,
        ServiceKind.HOT_WATER_HEAT: capped.UTILITY,
        ServiceKind.SEWERAGE: capped.UTILITY,
        ServiceKind.ELECTRICITY: capped.ELECTRICITY,
        ServiceKind.GAS: capped.UTILITY,
        ServiceKind.HEATING: capped.HEATING,
        ServiceKind.WASTE: as_billed.WASTE,
        ServiceKind.COMMON_COLD_WATER: as_billed.COMMON_PROPERTY,
        ServiceKind.COMMON_HOT_WATER: as_billed.COMMON_PROPERTY,
        ServiceKind.COMMON_ELECTRICITY: as_billed.COMMON_PROPERTY,
        ServiceKind.COMMON_SEWERAGE: as_billed.COMMON_PROPERTY,
    },
}

WITHOUT_NORM: Final[Mapping[str, Rule]] = {
    rule.name: as_billed.UTILITY_WITHOUT_NORM for rule in (capped.UTILITY, capped.HEATING, capped.ELECTRICITY)
}
"""What stands in for a rule, by its name, where a region's parameter says that norms do not cap."""

RULES_BY_APPLICATION: Final[Mapping[ServiceKind, Rule]] = {
    ServiceKind.SOLID_FUEL: applied.SOLID_FUEL,
    ServiceKind.BOTTLED_GAS: applied.BOTTLED_GAS,
}
"""The rules of what no provider bills; the same in both regimes."""

RULES: Final[Mapping[tuple[str, int], Rule]] = {
    (rule.name, rule.version): rule
    for rule in chain(
        *(rules.values() for rules in (*RULES_BY_KIND.values(), RULES_BY_APPLICATION)),
        WITHOUT_NORM.values(),
        (TAKEN_BACK, WITHOUT_MONTH),
    )
}
"""Every rule by the name and version that accrual lines store. A replaced version stays here."""


def regime_of(month: dt.date) -> Regime:
    """Return the regime of a month billed: the Regulation until 2015-12, the federal law after."""
    return Regime.FEDERAL_2016 if month >= FEDERAL_STARTS else Regime.REGULATION_2007


def rule_for(regime: Regime, kind: ServiceKind, norm_cap: NormCap = NormCap.NORM) -> Rule:
    """Return the regime's rule for a line of this kind, the region's own where norms do not cap.

    Raises UnknownServiceKind for a kind without a line of its own, as a zone of electricity.
    """
    try:
        rule = RULES_BY_KIND[regime][kind]
    except KeyError:
        raise UnknownServiceKind(kind) from None
    return WITHOUT_NORM.get(rule.name, rule) if norm_cap is NormCap.NONE else rule


def rule_named(name: str, version: int) -> Rule:
    """Return the rule that a stored line names. Raises UnknownRule."""
    try:
        return RULES[name, version]
    except KeyError:
        raise UnknownRule(name, version) from None
