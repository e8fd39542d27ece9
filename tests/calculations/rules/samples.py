"""Lines as tests need them: everything in order, one thing changed at a time."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, Zone
from calculations.rules.parameters import Parameters

HALF = Parameters(
    discount=Decimal("0.5"),
    capital_repair_groups=frozenset({Group.FIRST, Group.SECOND, Group.CHILD}),
    decree="ст. 17 Закона № 181-ФЗ",
)

FACTS = Facts(holder=Holder.ADULT, group=Group.SECOND, stock=Stock.MUNICIPAL)

# Cold water of the dossier's EX-2: 14 m³ billed to three residents, norm 12.96 m³.
PART = BilledPart(billed=Decimal("364.84"), quantity=Decimal(14), tariff=Decimal("26.06"), metered=True)
PERIOD = Period(
    parts=(PART,),
    facts=FACTS,
    entitled=1,
    residents=3,
    days=30,
    days_in_month=30,
    norm=Decimal("4.32"),
    area=Decimal(54),
)


def line(
    kind: ServiceKind = ServiceKind.COLD_WATER, *, part: Mapping[str, Any] | None = None, **period: Any
) -> LineInputs:
    """Return cold water of EX-2 with the given fields of its part and its period changed."""
    changed = replace(PERIOD, parts=(replace(PART, **(part or {})),))
    return LineInputs(kind=kind, periods=(replace(changed, **period),))


def zones(**period: Any) -> LineInputs:
    """Return the two-zone electricity of EX-7."""
    day = BilledPart(billed=Decimal("653.80"), quantity=Decimal(140), tariff=Decimal("4.67"), zone=Zone.DAY)
    night = BilledPart(billed=Decimal("163.20"), quantity=Decimal(60), tariff=Decimal("2.72"), zone=Zone.NIGHT)
    return line(ServiceKind.ELECTRICITY, **{"parts": (day, night), "norm": Decimal(46), **period})
