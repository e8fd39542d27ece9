"""What past months of recipients are worth now, beside what was accrued for them; in roubles."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ServiceDifference:
    """A service of an account in a past month, in roubles: accrued until now, and what it is worth."""

    service: str
    account_id: int
    accrued: Decimal
    recalculated: Decimal

    @property
    def difference(self) -> Decimal:
        return self.recalculated - self.accrued


@dataclass(frozen=True, slots=True)
class MonthDifference:
    """A past month of a recipient with the services that differ; sums are theirs, in roubles."""

    recipient_id: int
    month: dt.date
    services: tuple[ServiceDifference, ...]

    @property
    def accrued(self) -> Decimal:
        return sum((one.accrued for one in self.services), ZERO)

    @property
    def recalculated(self) -> Decimal:
        return sum((one.recalculated for one in self.services), ZERO)

    @property
    def difference(self) -> Decimal:
        return self.recalculated - self.accrued


def to_json(services: Iterable[ServiceDifference]) -> list[dict[str, str]]:
    """Return the services of a month as plain values; sums are kept as text."""
    return [
        {
            "service": one.service,
            "account": str(one.account_id),
            "accrued": str(one.accrued),
            "recalculated": str(one.recalculated),
        }
        for one in services
    ]


def services_seen(stored: Iterable[Mapping[str, str]]) -> tuple[ServiceDifference, ...]:
    """Read back what `to_json` wrote."""
    return tuple(
        ServiceDifference(
            service=one["service"],
            account_id=int(one["account"]),
            accrued=Decimal(one["accrued"]),
            recalculated=Decimal(one["recalculated"]),
        )
        for one in stored
    )
