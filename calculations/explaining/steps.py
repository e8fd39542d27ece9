"""The steps of a replayed line as an explanation tells them: nothing twice, whom the share counts, since when a tariff holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from calculations.rules.captions import Caption, describe
from calculations.rules.inputs import Period
from calculations.rules.trace import Step, StepCode

_SAID_TWICE: Final = "в расчёт принято "
_TOLD_ELSEWHERE: Final = (StepCode.RULE, StepCode.ROUNDED)
_SHARES: Final = (StepCode.SHARE, StepCode.FAMILY_SHARE)


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step: what was done, with which numbers; `note` is whom or since when, `act` what it stands on.

    The note of a step that `is_share` names people.
    """

    code: StepCode
    title: str
    text: str
    note: str
    act: str

    @property
    def is_share(self) -> bool:
        return self.code in _SHARES


def told_steps(
    steps: Sequence[Step], periods: Sequence[Period], *, persons: Mapping[str, str], since: str = ""
) -> Iterator[ToldStep]:
    """Put recorded steps into words; the rule's title and the final rounding are told with the others.

    `persons` are names by the ids that the periods count, `since` says from when the tariff holds. A step that no
    period stands behind, as one of a line that is not billed by a provider, is told by its caption alone.
    """
    number, part = 0, 0
    rounded = next((describe(step).text for step in steps if step.code is StepCode.ROUNDED), "")
    for step in steps:
        if step.code in _TOLD_ELSEWHERE:
            continue
        caption = describe(step)
        period = periods[number] if number < len(periods) else None
        if period is None:
            yield ToldStep(step.code, caption.title, _sentence(caption.text), "", caption.source)
            continue
        if step.code is StepCode.BILLED:
            act = period.parts[part].tariff_act
            yield ToldStep(step.code, caption.title, _sentence(caption.text), since if act else "", act)
            part += 1
        else:
            yield _told(step, caption, period, persons, rounded)
        if _ends_period(step, period):
            number, part = min(number + 1, len(periods) - 1), 0


def _told(step: Step, caption: Caption, period: Period, persons: Mapping[str, str], rounded: str) -> ToldStep:
    if step.code is StepCode.BASE:
        return ToldStep(step.code, caption.title, caption.text.removeprefix(_SAID_TWICE), "", "")
    if step.code is StepCode.DISCOUNT:
        return ToldStep(step.code, caption.title, _sentence(caption.text), rounded, "")
    if step.code in _SHARES:
        return ToldStep(step.code, caption.title, _sentence(caption.text), _people(period, persons), "")
    return ToldStep(step.code, caption.title, _sentence(caption.text), "", caption.source)


def _ends_period(step: Step, period: Period) -> bool:
    if step.code is StepCode.DENIED or step.code is StepCode.DAYS:
        return True
    return step.code in _SHARES and period.days == period.days_in_month


def _people(period: Period, persons: Mapping[str, str]) -> str:
    entitled = _named(period.entitled_ids, persons)
    others = _named([pk for pk in period.resident_ids if pk not in period.entitled_ids], persons)
    told = [f"право: {entitled}"] if entitled else []
    told += [f"без права на меру: {others}"] if others else []
    return "; ".join(told)


def _named(ids: Sequence[str], persons: Mapping[str, str]) -> str:
    return ", ".join(persons[pk] for pk in ids if pk in persons)


def _sentence(text: str) -> str:
    """Begin with a capital; a number shown short is «≈», not «= ≈»."""
    return f"{text[:1].upper()}{text[1:]}".replace("= ≈", "≈")
