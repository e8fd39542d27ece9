"""Check (в) of item 3.10.1: the sums of recalculations."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from exchange.checks.expectations import Bill, Expected, ExpectedService
from exchange.checks.findings import Code, Finding, format_billed
from exchange.checks.worth import difference
from exchange.layouts.exchanged import ParsedLine
from offices.months import month_name


def check_recalculation(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Hold a recalculation against its period and against what was billed.

    A recalculation names a month before the one billed and not before the right; taking back more than was billed for
    that month needs the provider's word.
    Source: Regulation 369, item 3.10.1 (в).
    """
    if not line.adjustment:
        return
    worth = _worth(line, line.adjustment, service, expected)
    found = format_billed(line.adjustment)
    if line.adjustment_month is None or line.adjustment_month >= expected.month:
        yield Finding(
            Code.RECALCULATION,
            f"{service.name}: перерасчёт {found} руб. без прошедшего месяца, за который он сделан.",
            expected="месяц до расчётного",
            found=found,
            difference=worth,
            position=line.position,
        )
    elif line.adjustment_month < expected.right_from:
        yield Finding(
            Code.BEFORE_RIGHT,
            f"{service.name}: перерасчёт {found} руб. за {month_name(line.adjustment_month)} года, а право на меру "
            f"началось {expected.right_from:%d.%m.%Y}.",
            expected=f"не раньше {expected.right_from:%m.%Y}",
            found=f"{line.adjustment_month:%m.%Y}",
            difference=worth,
            position=line.position,
        )
    else:
        yield from _check_size(line, line.adjustment_month, line.adjustment, service, worth)


def recalculated(line: ParsedLine, service: ExpectedService, /) -> Decimal:
    """Return the bill that a recalculation is about, in roubles; of a month unknown, the bill of this one."""
    month = line.adjustment_month
    known = service.billed_before if month is None else service.billed_for(month)
    return known if known is not None else line.billed or Decimal(0)


def _worth(line: ParsedLine, adjustment: Decimal, service: ExpectedService, expected: Expected) -> Decimal:
    billed = recalculated(line, service)
    return difference(Bill(service, billed + adjustment), Bill(service, billed), expected=expected)


def _check_size(
    line: ParsedLine, month: dt.date, adjustment: Decimal, service: ExpectedService, worth: Decimal
) -> Iterator[Finding]:
    billed = service.billed_for(month)
    if adjustment >= 0 or billed is None or -adjustment <= billed:
        return
    yield Finding(
        Code.RECALCULATION,
        f"{service.name}: за {month_name(month)} года снимается {format_billed(-adjustment)} руб., "
        f"больше начисленного {format_billed(billed)} руб.",
        expected=f"не больше {format_billed(billed)}",
        found=format_billed(adjustment),
        difference=worth,
        position=line.position,
    )
