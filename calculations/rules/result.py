"""What a rule gives back for one accrual line."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from calculations.rules.kinds import ServiceKind


class ReasonCode(StrEnum):
    NOT_PUBLIC_STOCK = "not_public_stock"
    NOT_OWNER = "not_owner"
    GROUP_NOT_COVERED = "group_not_covered"
    NOT_COVERED_BEFORE_2016 = "not_covered_before_2016"
    NO_DAYS = "no_days"
    NOTHING_BILLED = "nothing_billed"
    BELOW_HALF_KOPECK = "below_half_kopeck"
    OVER_NORM = "over_norm"
    OVER_MINIMUM = "over_minimum"
    OVER_SALE_NORM = "over_sale_norm"
    PART_OF_MONTH = "part_of_month"
    NOT_DUE = "not_due"
    NO_MONTH = "no_month"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line is zero or smaller than half of the entitled people's part of the bill."""

    code: ReasonCode
    text: str


@dataclass(frozen=True, slots=True)
class LineResult:
    """The equivalent of one line, in roubles.

    `billed` and `base` are the sums over periods of the full month's figures x days / days
    in month, each rounded for show; the equivalent is computed from the exact ones.
    `share` is "entitled/residents", periods joined by ";". Of a correction the equivalent is a difference.
    """

    kind: ServiceKind
    billed: Decimal
    base: Decimal
    share: str
    cash_equivalent: Decimal
    rule: str
    version: int
    reason: Reason | None
