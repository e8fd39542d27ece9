"""Check (в) of item 3.10.1: the sums of recalculations."""

from collections.abc import Iterator

from exchange.checks.expectations import Expected, ExpectedService
from exchange.checks.findings import Code, Finding, format_billed
from exchange.layouts.exchanged import ParsedLine


def check_recalculation(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Hold a recalculation against its period and against what was billed.

    A recalculation names a month before the one billed; taking back more than was billed last month
    needs the provider's word.
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
    elif line.adjustment < 0 and service.billed_before is not None and -line.adjustment > service.billed_before:
        yield Finding(
            Code.RECALCULATION,
            f"{service.name}: снимается {found} руб., больше начисленного за прошлый месяц "
            f"{format_billed(service.billed_before)} руб.",
            expected=f"не больше {format_billed(service.billed_before)}",
            found=found,
            difference=worth,
            position=line.position,
        )
