"""A past month's line calculated anew: only the difference to what was accrued for it counts now."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from calculations.rules.as_billed import as_billed
from calculations.rules.inputs import Facts
from calculations.rules.parameters import Parameters
from calculations.rules.result import LineResult, ReasonCode
from calculations.rules.rule import Rule
from calculations.rules.trace import SILENT, StepCode, Trace


class Ground(StrEnum):
    """Why a past month's service is calculated anew: a late answer, a provider's recalculation, our own order."""

    LATE = "late"
    TOLD = "told"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class ToldLater:
    """A recalculation that a provider told of the month later, in signed roubles, with its charge, file and row."""

    charge_id: int
    roubles: Decimal
    origin: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What was accrued for a past month's line before, in roubles, earlier corrections with it; of which right.

    `month` is YYYY-MM. `billed` is what the provider billed for it, in roubles, before the recalculations `told` later;
    `stands` what it is billed by with them, never less than nothing.
    Lines of the first kind know neither the month nor the grounds.
    """

    accrued: Decimal
    right: str
    month: str = ""
    grounds: tuple[Ground, ...] = ()
    billed: Decimal | None = None
    stands: Decimal | None = None
    told: tuple[ToldLater, ...] = ()


def tell_recalculations(correction: Correction, trace: Trace = SILENT) -> None:
    """Tell what the month was billed by and what the provider recalculated since, where it did."""
    if not correction.told:
        return
    trace.step(
        StepCode.RECALCULATED,
        month=correction.month,
        billed=correction.billed,
        told=sum(one.roubles for one in correction.told),
        result=correction.stands,
        source="; ".join(dict.fromkeys(one.origin for one in correction.told)),
    )


def corrected(result: LineResult, correction: Correction, trace: Trace = SILENT) -> LineResult:
    """Return a line calculated anew with the difference as its equivalent; negative where too much was accrued.

    Source: dossier 1.2, item 6 (recompute); EX-6.
    """
    difference = result.cash_equivalent - correction.accrued
    trace.step(
        StepCode.CORRECTED,
        month=correction.month,
        grounds=",".join(correction.grounds),
        recalculated=result.cash_equivalent,
        accrued=correction.accrued,
        result=difference,
    )
    return replace(result, cash_equivalent=difference)


def nobody_any_more(facts: Facts, parameters: Parameters) -> ReasonCode:
    """Deny what the month gave before and gives no more."""
    return ReasonCode.NOT_DUE


TAKEN_BACK: Final = Rule(
    name="taken_back",
    version=1,
    title="Мера за этот месяц по этой услуге не положена: начисленное прежде снимается",
    source="Регламент (постановление от 30.10.2007 № 369), п. 2.4.2 и 3.16.1",
    base=as_billed,
    denial=nobody_any_more,
)
"""The rule of a line that was accrued and is not due: the right, the dwelling or the bill of the month is gone."""

WITHOUT_MONTH: Final = Rule(
    name="recalculation_without_month",
    version=1,
    title="Перерасчёт предприятия без указания месяца: скидка с него по доле этого месяца",
    source="Регламент (постановление от 30.10.2007 № 369), п. 2.4.2 и 3.10.1 (в)",
    base=as_billed,
)
"""The rule of what a provider recalculates without naming the month; a line of its own beside the month's bill."""
