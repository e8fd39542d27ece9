"""Why a line is what it is: the same rule run again over the stored inputs, telling its steps."""

from dataclasses import dataclass

from calculations.models import AccrualLine
from calculations.rules import stored
from calculations.rules.captions import Caption, describe
from calculations.rules.result import LineResult
from calculations.rules.trace import Recording, Step


@dataclass(frozen=True, slots=True)
class Explanation:
    """A replayed line: the steps with their numbers, the same in Russian, and whether the stored sum is theirs."""

    steps: tuple[Step, ...]
    captions: tuple[Caption, ...]
    result: LineResult
    equals_stored: bool


def replay(*, line: AccrualLine) -> Explanation:
    """Calculate a stored line again by the rule and version that it names.

    Raises UnknownRule, UnreadableStoredLine, or the LineFault of the line.
    """
    recording = Recording()
    result = stored.replay(line.rule, line.rule_version, line.inputs, recording)
    return Explanation(
        steps=tuple(recording.steps),
        captions=tuple(describe(step) for step in recording.steps),
        result=result,
        equals_stored=_equals(line, result),
    )


def _equals(line: AccrualLine, result: LineResult) -> bool:
    reason = result.reason.text if result.reason else ""
    return (line.accrued, line.base, line.share, line.reason) == (
        result.cash_equivalent,
        result.base,
        result.share,
        reason,
    )
