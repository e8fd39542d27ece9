"""«Почему не половина квитанции»: from the bill to the sum to be paid, box by box, adding up to the kopeck."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from calculations.explaining.stages import NOTHING, Stages
from calculations.rules.money import to_kopecks

ZERO: Final = Decimal("0.00")


class Box(StrEnum):
    """A step of the chain; all but the first and the last are differences, in roubles of the equivalent."""

    BILLED = "billed"
    HALF = "half"
    RECALCULATED = "recalculated"
    NOT_IN_MEASURE = "not_in_measure"
    POSTPONED = "postponed"
    DAYS = "days"
    SHARE = "share"
    NORM = "norm"
    ROUNDING = "rounding"
    CORRECTED = "corrected"
    CARRIED_OVER = "carried_over"
    PAYABLE = "payable"


@dataclass(frozen=True, slots=True)
class BoxSum:
    """A box with its roubles; what is taken away is negative."""

    box: Box
    roubles: Decimal


@dataclass(frozen=True, slots=True)
class ServiceBill:
    """What a provider billed for one service, in roubles, and what each right makes of it.

    `recalculated` is the provider's own recalculation of other months, which the measure leaves out. A bill without
    lines is not in the measure, or waits for a correction (`is_postponed`).
    """

    billed: Decimal
    recalculated: Decimal
    lines: tuple[Stages, ...]
    is_postponed: bool = False


def chain_of(
    bills: Sequence[ServiceBill], *, discount: Decimal, corrected: Decimal = ZERO, carried: Decimal = ZERO
) -> tuple[BoxSum, ...]:
    """Return the boxes of a month: what was billed, its discounted part, every deduction that is not zero, the sum.

    A deduction is the difference between two running totals over all bills, each rounded half up to the kopeck, so
    HALF and the deductions add up to PAYABLE exactly. PAYABLE is the sum of the lines as they were stored: each of
    them is rounded by itself, and what that makes is the box ROUNDING. `corrected` is what corrections of past months
    add, `carried` what is put off to the next runs less what is taken back of earlier ones.
    """
    received = sum((bill.billed + bill.recalculated for bill in bills), ZERO)
    totals = list(_running_totals(bills, Fraction(discount)))
    half = to_kopecks(Fraction(received) * Fraction(discount))
    deductions = []
    before = half
    for box, exact in totals:
        after = to_kopecks(exact)
        deductions.append(BoxSum(box, after - before))
        before = after
    accrued = sum((line.accrued for bill in bills for line in bill.lines), ZERO)
    deductions.append(BoxSum(Box.ROUNDING, accrued - before))
    deductions.append(BoxSum(Box.CORRECTED, corrected))
    deductions.append(BoxSum(Box.CARRIED_OVER, carried))
    return (
        BoxSum(Box.BILLED, to_kopecks(received)),
        BoxSum(Box.HALF, half),
        *(one for one in deductions if one.roubles),
        BoxSum(Box.PAYABLE, accrued + corrected + carried),
    )


def _running_totals(bills: Sequence[ServiceBill], discount: Fraction) -> Iterator[tuple[Box, Fraction]]:
    """Give what is left after each reason, in roubles of the equivalent.

    A bill that several rights share counts once until their parts of it are taken.
    """
    counted = [bill for bill in bills if bill.lines]
    postponed = sum((Fraction(bill.billed) for bill in bills if not bill.lines and bill.is_postponed), NOTHING)
    covered = sum((max(line.covered for line in bill.lines) for bill in counted), NOTHING)
    in_days = sum((max(line.in_days for line in bill.lines) for bill in counted), NOTHING)
    lines = [line for bill in counted for line in bill.lines]
    yield Box.RECALCULATED, sum((Fraction(bill.billed) for bill in bills), NOTHING) * discount
    yield Box.NOT_IN_MEASURE, (covered + postponed) * discount
    yield Box.POSTPONED, covered * discount
    yield Box.DAYS, in_days * discount
    yield Box.SHARE, sum((line.shared * line.discount for line in lines), NOTHING)
    yield Box.NORM, sum((line.due * line.discount for line in lines), NOTHING)
