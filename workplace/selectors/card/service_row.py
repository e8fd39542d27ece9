"""A row of the table «По услугам», and the same bill as the boxes take it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from calculations.explaining.boxes import ServiceBill
from workplace.selectors.card.explained import ExplainedLine
from workplace.selectors.card.sources import Source


@dataclass(frozen=True, slots=True)
class Tag:
    """A word beside the provider: its colour and the word."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service of the month, in roubles. `accepted` is the part within norm and share, before the discount.

    `billed` is None for a service of the month before only, and where an earlier month is billed: `corrects_month`, or
    a recalculation names no month: `is_unmonthed`. `why_not` says in words why nothing is paid, `advice` what may be
    done, `notes` why a recalculation changes nothing. `change` is None while there is no month to compare with.
    """

    title: str
    provider: str
    quantity: str
    billed: Decimal | None
    recalculated: Decimal
    accepted: Decimal
    accrued: Decimal
    change: Decimal | None
    tags: tuple[Tag, ...]
    why_not: str
    advice: str
    explained: tuple[ExplainedLine, ...]
    sources: tuple[Source, ...]
    corrects_month: dt.date | None = None
    is_unmonthed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_billed_now(self) -> bool:
        return bool(self.billed) and self.corrects_month is None


@dataclass(frozen=True, slots=True)
class Made:
    """A row with its bill; None where the row is no bill of the month."""

    row: ServiceRow
    bill: ServiceBill | None
