"""Check (в) of item 3.10.1: the sums of recalculations."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from exchange.checks.expectations import Expected, ExpectedService
from exchange.checks.findings import Code, Finding, format_billed
from exchange.layouts.exchanged import ParsedLine


def check_recalculation(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Hold a recalculation against its period and against what was billed.

    A recalculation names a month before the one billed and not before the right; taking back more than was billed for
    that month needs the provider's word.
    Source: Regulation 369, item 3.10.1 (в).
    """
    if not line.adjustment:
        return
    worth = expected.share.worth(line.adjustment)
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
            f"{service.name}: перерасчёт {found} руб. за {line.adjustment_month:%m.%Y}, "
            f"право на меру с {expected.right_from:%m.%Y}.",
            expected=f"не раньше {expected.right_from:%m.%Y}",
            found=f"{line.adjustment_month:%m.%Y}",
            difference=worth,
            position=line.position,
        )
    else:
        yield from _check_size(line, line.adjustment_month, line.adjustment, service, worth)


def _check_size(
    line: ParsedLine, month: dt.date, adjustment: Decimal, service: ExpectedService, worth: Decimal
) -> Iterator[Finding]:
    billed = service.billed_for(month)
    if adjustment >= 0 or billed is None or -adjustment <= billed:
        return
    yield Finding(
        Code.RECALCULATION,
        f"{service.name}: за {month:%m.%Y} снимается {format_billed(-adjustment)} руб., "
        f"больше начисленного {format_billed(billed)} руб.",
        expected=f"не больше {format_billed(billed)}",
        found=format_billed(adjustment),
        difference=worth,
        position=line.position,
    )
