"""What of the directories the rule of a service takes: which norm limits it, and the value of a month by its days."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from calculations.rules.kinds import ServiceKind, UnknownServiceKind, line_kind
from calculations.rules.terms import days_of

PER_AREA = frozenset({ServiceKind.HEATING, ServiceKind.CAPITAL_REPAIR})


def normed_as(kind: str, /) -> str:
    """Return the kind whose norm limits a service: that of electricity for its zones, else its own."""
    try:
        return line_kind(ServiceKind.named(kind)).value
    except UnknownServiceKind:
        return kind


def is_normed_by_area(kind: str, /) -> bool:
    """Say whether the rule of a service takes its norm per m²."""
    return kind in PER_AREA


def is_normed_by_tariff(kind: str, /) -> bool:
    """Say whether the region's price per m² limits a service that the directory has no norm of: capital repair."""
    return kind == ServiceKind.CAPITAL_REPAIR


def of_the_month(month: dt.date, spans: Sequence[tuple[Decimal, int]], /) -> Decimal | None:
    """Weigh values by their days; None where they do not cover the month to the last day."""
    days = sum(length for _, length in spans)
    if days != days_of(month):
        return None
    return spans[0][0] if len(spans) == 1 else sum((value * length for value, length in spans), Decimal(0)) / days
