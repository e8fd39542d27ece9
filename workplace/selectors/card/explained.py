"""«Как получилось 76,16 ₽»: the replayed steps of a line in words, with names, acts and the law."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculations.rules.captions import Caption
from calculations.rules.inputs import Period
from calculations.rules.regimes import rule_named
from calculations.rules.trace import Step, StepCode
from workplace.selectors.card.sources import Replayed

_SAID_TWICE = "в расчёт принято "
_TOLD_ELSEWHERE = (StepCode.RULE, StepCode.ROUNDED)


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step: what was done, with which numbers; `note` is whom or since when, `act` what it stands on."""

    title: str
    text: str
    note: str
    act: str


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """How the sum of one right came about; `whose` is empty where the recipient has one right.

    `fault` says why the sum did not come out again; it is empty when it did. `replayed` is what came out instead.
    """

    whose: str
    accrued: Decimal
    rule: str
    steps: tuple[ExplainedStep, ...]
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
    return ExplainedLine(
        whose=whose,
        accrued=line.accrued,
        rule=rule.title,
        steps=tuple(_steps(one, one.stored.inputs.periods, persons)),
        reason=line.reason,
        basis="; ".join(dict.fromkeys(filter(None, [rule.source, one.stored.parameters.decree]))),
        fault=fault,
        replayed=None if one.is_faithful else one.explanation.result.cash_equivalent,
    )


def _steps(one: Replayed, periods: Sequence[Period], persons: Mapping[str, str]) -> Iterator[ExplainedStep]:
    assert one.explanation is not None, "only a line that was replayed has steps"
    number, part = 0, 0
    rounded = [step.code for step in one.explanation.steps].index(StepCode.ROUNDED)
    for step, caption in zip(one.explanation.steps, one.explanation.captions, strict=True):
        if step.code in _TOLD_ELSEWHERE:
            continue
        if step.code is StepCode.BILLED:
            yield _billed(one, caption, act=periods[number].parts[part].tariff_act)
            part += 1
        elif step.code is StepCode.BASE:
            yield ExplainedStep(caption.title, caption.text.removeprefix(_SAID_TWICE), "", "")
        elif step.code is StepCode.DISCOUNT:
            yield ExplainedStep(caption.title, _sentence(caption.text), one.explanation.captions[rounded].text, "")
        elif step.code is StepCode.SHARE:
            yield ExplainedStep(caption.title, _sentence(caption.text), _people(periods[number], persons), "")
        else:
            yield ExplainedStep(caption.title, _sentence(caption.text), "", caption.source)
        if _ends_period(step, periods[number]):
            number, part = min(number + 1, len(periods) - 1), 0


def _ends_period(step: Step, period: Period) -> bool:
    if step.code is StepCode.DENIED or step.code is StepCode.DAYS:
        return True
    return step.code is StepCode.SHARE and period.days == period.days_in_month


def _billed(one: Replayed, caption: Caption, *, act: str) -> ExplainedStep:
    tariff = one.line.tariff
    since = f"тариф действует с {tariff.valid_from:%d.%m.%Y}" if tariff and act else ""
    return ExplainedStep(caption.title, _sentence(caption.text), since, act)


def _people(period: Period, persons: Mapping[str, str]) -> str:
    entitled = _named(period.entitled_ids, persons)
    others = _named([pk for pk in period.resident_ids if pk not in period.entitled_ids], persons)
    told = [f"право: {entitled}"] if entitled else []
    told += [f"без права на меру: {others}"] if others else []
    return "; ".join(told)


def _named(ids: Sequence[str], persons: Mapping[str, str]) -> str:
    return ", ".join(persons[pk] for pk in ids if pk in persons)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
