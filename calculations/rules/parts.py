"""A sum given in equal monthly parts that add up to it, kopeck by kopeck."""

from dataclasses import dataclass, replace
from decimal import Decimal

from calculations.rules.money import EXACT
from calculations.rules.result import LineResult
from calculations.rules.trace import SILENT, StepCode, Trace


@dataclass(frozen=True, slots=True)
class MonthlyPart:
    """Which part of a year's sum a month's line is: the first is number 1."""

    number: int
    of: int


def equal_parts(amount: Decimal, *, months: int) -> tuple[Decimal, ...]:
    """Divide an amount of whole kopecks into parts, one a month; odd kopecks go one each to the first parts.

    Source: Regulation 369 of 30.10.2007, item 2.4.3 ("равными частями"); dossier 1.2, item 7.
    Raises ValueError without months, or for an amount that is negative or finer than a kopeck.
    """
    kopecks = amount.scaleb(2, context=EXACT)
    if months < 1 or kopecks < 0 or kopecks != kopecks.to_integral_value():
        raise ValueError(f"{amount} in {months} parts")
    each, odd = divmod(int(kopecks), months)
    return tuple(Decimal(each + (number < odd)).scaleb(-2, context=EXACT) for number in range(months))


def parted(result: LineResult, part: MonthlyPart, trace: Trace = SILENT) -> LineResult:
    """Return a month's part of a line calculated for a year: of its sum and of what it was counted from.

    Source: Regulation 369 of 30.10.2007, item 2.4.3.
    Raises ValueError for a part that there is not.
    """
    if not 1 <= part.number <= part.of:
        raise ValueError(f"part {part.number} of {part.of}")
    due = _part(result.cash_equivalent, part)
    trace.step(StepCode.PART, whole=result.cash_equivalent, number=part.number, of=part.of, result=due)
    return replace(result, billed=_part(result.billed, part), base=_part(result.base, part), cash_equivalent=due)


def _part(amount: Decimal, part: MonthlyPart) -> Decimal:
    return equal_parts(amount, months=part.of)[part.number - 1]
