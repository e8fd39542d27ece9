"""A provider's recalculation that names no month: a part of its sum by this month's share, as the dossier allows."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from calculations.rules.corrections import WITHOUT_MONTH
from calculations.rules.inputs import LineInputs
from calculations.rules.line import apply_rule
from calculations.rules.parameters import Parameters
from calculations.rules.result import LineResult, Reason, ReasonCode
from calculations.rules.rule import Rule
from calculations.rules.trace import SILENT, StepCode, Trace

_NO_MONTH: Final = "предприятие не указало месяц перерасчёта"


@dataclass(frozen=True, slots=True)
class Unmonthed:
    """A recalculation in signed roubles whose month is not told; `rule` and `version` name the service's own rule."""

    roubles: Decimal
    rule: str
    version: int


def without_month(
    told: Unmonthed, own: Rule, inputs: LineInputs, parameters: Parameters, trace: Trace = SILENT
) -> LineResult:
    """Return the naive part of a recalculation: discount x sum x entitled / residents x days / days in month.

    The parts of `inputs` bill the sum without its sign; half a kopeck is rounded away from nothing. What the service's
    `own` rule denies gives nothing, neither more nor less; no norm caps it, so it is right only below the norm.

    Source: dossier 1.2, item 6 (naive). Raises the first LineFault that makes the line impossible.
    """
    result = apply_rule(replace(WITHOUT_MONTH, denial=own.denial), inputs, parameters, trace)
    equivalent = -result.cash_equivalent if told.roubles < 0 else result.cash_equivalent
    trace.step(StepCode.WITHOUT_MONTH, told=told.roubles, result=equivalent)
    text = f"{_NO_MONTH}; {result.reason.text}" if result.reason else _NO_MONTH
    return replace(result, cash_equivalent=equivalent, reason=Reason(ReasonCode.NO_MONTH, text))
