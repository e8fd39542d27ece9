"""A past month's line calculated anew: only the difference to what was accrued for it counts now."""

from dataclasses import dataclass, replace
from decimal import Decimal

from calculations.rules.result import LineResult
from calculations.rules.trace import SILENT, StepCode, Trace


@dataclass(frozen=True, slots=True)
class Correction:
    """What was accrued for a past month's line before, in roubles, earlier corrections with it; of which right."""

    accrued: Decimal
    right: str


def corrected(result: LineResult, correction: Correction, trace: Trace = SILENT) -> LineResult:
    """Return a line calculated anew with the difference as its equivalent; negative where too much was accrued.

    Source: dossier 1.2, item 6 (recompute); EX-6.
    """
    difference = result.cash_equivalent - correction.accrued
    trace.step(StepCode.CORRECTED, recalculated=result.cash_equivalent, accrued=correction.accrued, result=difference)
    return replace(result, cash_equivalent=difference)
