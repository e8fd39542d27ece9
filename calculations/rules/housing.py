"""Rules of the housing payment: rent, maintenance, the contribution to capital repair."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from calculations.rules.as_billed import as_billed
from calculations.rules.faults import LineFault, MissingArea, MissingMinimumContribution, given, known
from calculations.rules.inputs import Facts, Period
from calculations.rules.kinds import ServiceKind, Stock
from calculations.rules.parameters import Parameters
from calculations.rules.result import ReasonCode
from calculations.rules.rule import Rule
from calculations.rules.trace import StepCode, Trace


def only_public_stock(facts: Facts, parameters: Parameters) -> ReasonCode | None:
    """Deny rent and maintenance of a private dwelling.

    Source: Law 181-FZ, article 17: "в домах государственного или муниципального жилищного фонда".
    """
    return ReasonCode.NOT_PUBLIC_STOCK if facts.stock is Stock.PRIVATE else None


def only_owners_of_covered_groups(facts: Facts, parameters: Parameters) -> ReasonCode | None:
    """Deny capital repair to tenants and to groups that the parameters leave out.

    Source: Law 181-FZ, article 17, as in force from 2016; dossier 1.2, item 3.
    """
    if facts.stock is not Stock.PRIVATE:
        return ReasonCode.NOT_OWNER
    if facts.group not in parameters.capital_repair_groups:
        return ReasonCode.GROUP_NOT_COVERED
    return None


def nobody_before_2016(facts: Facts, parameters: Parameters) -> ReasonCode:
    """Deny capital repair in the months before the law knew it."""
    return ReasonCode.NOT_COVERED_BEFORE_2016


def minimum_contribution(period: Period, kind: ServiceKind, trace: Trace) -> Decimal:
    """Return the bill, not above the minimum contribution for the area, in roubles.

    Source: Law 181-FZ, article 17: the discount is taken from the minimum contribution
    per square meter of the occupied total area.
    """
    billed = as_billed(period, kind, trace)
    rate = given(period.norm, MissingMinimumContribution)
    area = given(period.area, MissingArea)
    limit = rate * area
    trace.step(StepCode.MINIMUM_CONTRIBUTION, rate=rate, area=area, result=limit, source=period.norm_act)
    return min(billed, limit)


def needs_minimum_contribution(number: int, period: Period) -> Iterator[LineFault]:
    """Find a contribution or area that was not given."""
    if not known(period.norm):
        yield MissingMinimumContribution(period=number)
    if not known(period.area):
        yield MissingArea(period=number)


RENT_AND_MAINTENANCE_2007: Final = Rule(
    name="housing_as_billed_2007",
    version=1,
    title="Плата за жильё: только государственный и муниципальный фонд",
    source="Регламент (постановление от 30.10.2007 № 369), п. 1.1 и 2.4.2; ст. 17 Закона № 181-ФЗ в редакции до 2016 года",
    base=as_billed,
    denial=only_public_stock,
)

RENT_AND_MAINTENANCE: Final = Rule(
    name="housing_as_billed",
    version=1,
    title="Плата за жильё: только государственный и муниципальный фонд",
    source="ст. 17 Закона № 181-ФЗ (наём и содержание жилого помещения)",
    base=as_billed,
    denial=only_public_stock,
)

CAPITAL_REPAIR_2007: Final = Rule(
    name="capital_repair_not_covered_2007",
    version=1,
    title="Взнос на капитальный ремонт: до 2016 года не входил в меру",
    source="ст. 17 Закона № 181-ФЗ в редакции до 2016 года",
    base=as_billed,
    denial=nobody_before_2016,
)

CAPITAL_REPAIR: Final = Rule(
    name="capital_repair_minimum",
    version=1,
    title="Взнос на капитальный ремонт: не выше минимального размера за площадь",
    source="ст. 17 Закона № 181-ФЗ (взнос на капитальный ремонт, инвалиды I и II групп, дети-инвалиды)",
    base=minimum_contribution,
    denial=only_owners_of_covered_groups,
    needs=needs_minimum_contribution,
    cut=ReasonCode.OVER_MINIMUM,
)
