"""«Как получилось 76,16 ₽»: the replayed steps of a line in words, with names, acts and the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculations.explaining.steps import ToldStep, told_steps
from calculations.rules.regimes import rule_named
from workplace.selectors.card.sources import Replayed


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """How the sum of one right came about; `whose` is empty where the recipient has one right.

    `fault` says why the sum did not come out again; it is empty when it did. `replayed` is what came out instead.
    """

    whose: str
    accrued: Decimal
    rule: str
    steps: tuple[ToldStep, ...]
    reason: str
    basis: str
    fault: str
    replayed: Decimal | None


def explained(one: Replayed, *, persons: Mapping[str, str], whose: str) -> ExplainedLine:
    """Put a replayed line into words."""
    line = one.line
    if one.explanation is None or one.stored is None:
        return ExplainedLine(whose, line.accrued, "", (), line.reason, "", one.fault, None)
    rule = rule_named(line.rule, line.rule_version)
    fault = "" if one.is_faithful else "по тем же данным правило даёт другой результат"
    since = f"тариф действует с {line.tariff.valid_from:%d.%m.%Y}" if line.tariff else ""
    return ExplainedLine(
        whose=whose,
        accrued=line.accrued,
        rule=rule.title,
        steps=tuple(told_steps(one.explanation.steps, one.stored.inputs.periods, persons=persons, since=since)),
        reason=line.reason,
        basis="; ".join(dict.fromkeys(filter(None, [rule.source, one.stored.parameters.decree]))),
        fault=fault,
        replayed=None if one.is_faithful else one.explanation.result.cash_equivalent,
    )
