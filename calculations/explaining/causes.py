"""«Что изменилось к прошлому месяцу»: the difference of two months parted into causes that add up to it.

A line that stands in both months is calculated again with the former month's values, and these are replaced by this
month's one after another: the household, the price, the volume, the bill, the norm. What each replacement does to the
sum is its cause's part. The last one arrives at this month's sum, so nothing is lost.
"""

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from calculations.rules.faults import LineFault
from calculations.rules.inputs import BilledPart, LineInputs, Period
from calculations.rules.kinds import Zone
from calculations.rules.line import apply_rule
from calculations.rules.parameters import Parameters
from calculations.rules.rule import Rule

CLOSE: Final = Decimal("0.05")
"""Roubles within which a bill is its price times its volume: providers round each service by themselves."""
_PLACES: Final = 6


class Cause(StrEnum):
    BEGAN = "began"
    ENDED = "ended"
    RIGHT = "right"
    HOUSEHOLD = "household"
    TARIFF = "tariff"
    VOLUME = "volume"
    BILLING = "billing"
    NORM = "norm"
    CORRECTION = "correction"
    APPLIED = "applied"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A stored line of one of the two months, in roubles; `service` and `account` find it in the other one.

    `right` tells the rights of a recipient apart; a correction tells the past month it counts for, or that it is
    of a provider's recalculation that names none (`is_unmonthed`). A part of a year's
    sum is not calculated anew: its months differ by a kopeck at most, its years by another application.
    """

    right: Hashable
    service: str
    account: Hashable
    rule: Rule
    inputs: LineInputs
    parameters: Parameters
    accrued: Decimal
    corrects_month: dt.date | None = None
    is_unmonthed: bool = False
    is_part: bool = False

    @property
    def is_correction(self) -> bool:
        return self.corrects_month is not None or self.is_unmonthed


@dataclass(frozen=True, slots=True)
class Effect:
    """What one cause did to one line, in roubles; `before` or `now` is None where the month has no such line."""

    cause: Cause
    roubles: Decimal
    before: MonthLine | None
    now: MonthLine | None


def effects_of(before: Sequence[MonthLine], now: Sequence[MonthLine]) -> tuple[Effect, ...]:
    """Part the difference between two months into effects; those of zero are left out.

    They add up to the sum of `now` less the sum of `before`, exactly.
    """
    rights = {line.right for line in before} & {line.right for line in now}
    found: list[Effect] = []
    for was, became in _pairs(before, now):
        if was is not None and became is not None:
            found.extend(_parted(was, became))
        elif became is not None:
            found.append(Effect(_arrival(became, rights), became.accrued, None, became))
        elif was is not None:
            found.append(Effect(_departure(was, rights), -was.accrued, was, None))
    return tuple(effect for effect in found if effect.roubles)


def _arrival(line: MonthLine, rights: set[Hashable]) -> Cause:
    if line.is_correction:
        return Cause.CORRECTION
    return Cause.BEGAN if line.right in rights else Cause.RIGHT


def _departure(line: MonthLine, rights: set[Hashable]) -> Cause:
    if line.is_correction:
        return Cause.CORRECTION
    return Cause.ENDED if line.right in rights else Cause.RIGHT


def _pairs(
    before: Sequence[MonthLine], now: Sequence[MonthLine]
) -> Iterator[tuple[MonthLine | None, MonthLine | None]]:
    """Match lines by service and account, then the rest by service alone: the account or the provider changed."""
    left_before = [line for line in before if not line.is_correction]
    left_now = [line for line in now if not line.is_correction]
    for key in (_by_account, _by_service):
        waiting: dict[Hashable, list[MonthLine]] = {}
        for line in left_before:
            waiting.setdefault(key(line), []).append(line)
        unmatched = []
        for line in left_now:
            same = waiting.get(key(line))
            if same:
                yield same.pop(0), line
            else:
                unmatched.append(line)
        left_now = unmatched
        left_before = [line for lines in waiting.values() for line in lines]
    yield from ((line, None) for line in left_before)
    yield from ((None, line) for line in left_now)
    yield from ((line, None) for line in before if line.is_correction)
    yield from ((None, line) for line in now if line.is_correction)


def _by_account(line: MonthLine) -> Hashable:
    return line.right, line.service, line.account


def _by_service(line: MonthLine) -> Hashable:
    return line.right, line.service


def _parted(before: MonthLine, now: MonthLine) -> Iterator[Effect]:
    if before.is_part or now.is_part:
        yield Effect(Cause.APPLIED, now.accrued - before.accrued, before, now)
        return
    value = before.accrued
    for cause, inputs in _replacements(before, now):
        after = _calculated(now, inputs)
        if after is not None:
            yield Effect(cause, after - value, before, now)
            value = after
    yield Effect(Cause.OTHER, now.accrued - value, before, now)


def _calculated(now: MonthLine, inputs: LineInputs) -> Decimal | None:
    """Return the equivalent of such a line, None where it is impossible: its cause goes with the next one then."""
    try:
        return apply_rule(now.rule, inputs, now.parameters).cash_equivalent
    except LineFault:
        return None


def _replacements(before: MonthLine, now: MonthLine) -> Iterator[tuple[Cause, LineInputs]]:
    """Give the former line with ever more of this month's values; the last is this month's line itself."""
    periods = now.inputs.periods
    formers = _formers(before.inputs.periods, len(periods))
    yield Cause.OTHER, replace(before.inputs, kind=now.inputs.kind)
    parts = [_matched(former.parts, period.parts) for former, period in zip(formers, periods, strict=True)]
    yield Cause.HOUSEHOLD, _with(now, formers, parts)
    if all(_zones(have) == _zones(period.parts) for have, period in zip(parts, periods, strict=True)):
        for cause, change in ((Cause.TARIFF, _priced), (Cause.VOLUME, _measured)):
            parts = [
                tuple(change(part, wanted) for part, wanted in zip(have, period.parts, strict=True))
                for have, period in zip(parts, periods, strict=True)
            ]
            yield cause, _with(now, formers, parts)
    yield Cause.BILLING, _with(now, formers, [period.parts for period in periods])
    yield Cause.NORM, now.inputs


def _formers(periods: Sequence[Period], wanted: int) -> Sequence[Period]:
    """Set a former period beside each of this month's; where their number differs, the first stands for all."""
    return periods if len(periods) == wanted else [periods[0]] * wanted


def _with(now: MonthLine, formers: Sequence[Period], parts: Sequence[tuple[BilledPart, ...]]) -> LineInputs:
    """Put the parts and the former norms and areas into this month's household."""
    periods = tuple(
        replace(period, parts=given, norm=former.norm, area=former.area)
        for period, former, given in zip(now.inputs.periods, formers, parts, strict=True)
    )
    return replace(now.inputs, periods=periods)


def _zones(parts: Sequence[BilledPart]) -> set[Zone]:
    return {part.zone for part in parts}


def _matched(former: Sequence[BilledPart], wanted: Sequence[BilledPart]) -> tuple[BilledPart, ...]:
    """Put the former parts into the order of this month's where their zones are the same."""
    by_zone: Mapping[Zone, BilledPart] = {part.zone: part for part in former}
    if by_zone.keys() != _zones(wanted):
        return tuple(former)
    return tuple(by_zone[part.zone] for part in wanted)


def _priced(part: BilledPart, wanted: BilledPart) -> BilledPart:
    """Bill the former volume by this month's price."""
    if not part.tariff or not wanted.tariff or part.tariff == wanted.tariff:
        return part
    billed = _times(part.billed, Fraction(wanted.tariff) / Fraction(part.tariff))
    return replace(
        part, tariff=wanted.tariff, billed=_snapped(billed, wanted, is_last=part.quantity == wanted.quantity)
    )


def _measured(part: BilledPart, wanted: BilledPart) -> BilledPart:
    """Bill this month's volume; by now the price is this month's as well."""
    if not part.quantity or wanted.quantity is None or part.quantity == wanted.quantity:
        return part
    billed = _times(part.billed, Fraction(wanted.quantity) / Fraction(part.quantity))
    return replace(part, quantity=wanted.quantity, billed=_snapped(billed, wanted, is_last=True))


def _snapped(billed: Decimal, wanted: BilledPart, *, is_last: bool) -> Decimal:
    """Take the very bill where only the provider's own rounding is between."""
    return wanted.billed if is_last and abs(billed - wanted.billed) <= CLOSE else billed


def _times(billed: Decimal, ratio: Fraction) -> Decimal:
    return Decimal(round(Fraction(billed) * ratio * 10**_PLACES)).scaleb(-_PLACES)
