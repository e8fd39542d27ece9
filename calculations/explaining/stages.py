"""A line on its way from the bill to the equivalent: how much of the bill is left after each reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from calculations.rules.inputs import LineInputs, Period
from calculations.rules.trace import Step, StepCode

NOTHING: Final = Fraction(0)
_SHARES: Final = (StepCode.SHARE, StepCode.FAMILY_SHARE)


@dataclass(frozen=True, slots=True)
class Stages:
    """What of one service's bill is left after each reason, in roubles, exact and before the discount.

    `covered` leaves out the periods whose facts give no right, `in_days` the days without the right, `shared` the
    part of those who have none, `due` what is above the norm. `discount` is a fraction; `accrued` is the stored sum.
    """

    covered: Fraction
    in_days: Fraction
    shared: Fraction
    due: Fraction
    discount: Fraction
    accrued: Decimal


def stages_of(
    *, billed: Decimal, inputs: LineInputs, steps: Sequence[Step], accrued: Decimal, is_part: bool = False
) -> Stages:
    """Arrange a replayed line by reasons; `billed` is the provider's whole bill of the month, in roubles.

    `steps` are those that the rule told a trace over these inputs. Where the line `is_part` of a year's sum, `billed`
    is the same part of the cost.
    """
    if is_part:
        return _of_part(billed, inputs.periods[0], steps, accrued)
    paid = [period for period, denied in zip(inputs.periods, _denials(steps), strict=True) if not denied]
    discount = next(step for step in steps if step.code is StepCode.DISCOUNT)
    people = [_exact(step.values["entitled"]) for step in steps if step.code in _SHARES]
    denied = _of_days(inputs.periods) - _of_days(paid)
    covered = Fraction(billed) - denied if paid else NOTHING
    return Stages(
        covered=covered,
        in_days=covered if _is_whole(inputs) and paid else _of_days(paid),
        shared=sum((_in_days(one) * of / one.residents for one, of in zip(paid, people, strict=True)), NOTHING),
        due=_exact(discount.values["due"]),
        discount=_exact(discount.values["discount"]),
        accrued=accrued,
    )


def _of_part(billed: Decimal, period: Period, steps: Sequence[Step], accrued: Decimal) -> Stages:
    """Scale the year's way to the part, so that what the norm cut stands out and nothing else does."""
    discount = next(step for step in steps if step.code is StepCode.DISCOUNT)
    counted = next(_exact(step.values["result"]) for step in steps if step.code is StepCode.BASE)
    applied = sum((Fraction(part.billed) for part in period.parts), NOTHING)
    people = next(_exact(step.values["entitled"]) for step in steps if step.code in _SHARES)
    shared = Fraction(billed) * people / period.residents
    return Stages(
        covered=Fraction(billed),
        in_days=Fraction(billed),
        shared=shared,
        due=shared * counted / applied if applied else NOTHING,
        discount=_exact(discount.values["discount"]),
        accrued=accrued,
    )


def _denials(steps: Sequence[Step]) -> Iterator[bool]:
    """Tell of each period, in order, whether it gave no right."""
    for step in steps:
        if step.code in (StepCode.DENIED, StepCode.BASE):
            yield step.code is StepCode.DENIED


def _of_days(periods: Sequence[Period]) -> Fraction:
    return sum((_in_days(period) for period in periods), NOTHING)


def _in_days(period: Period) -> Fraction:
    billed = sum((Fraction(part.billed) for part in period.parts), NOTHING)
    return billed * period.days / period.days_in_month


def _is_whole(inputs: LineInputs) -> bool:
    return sum(period.days for period in inputs.periods) == inputs.periods[0].days_in_month


def _exact(value: object) -> Fraction:
    assert isinstance(value, Decimal | Fraction | int)
    return Fraction(value)
