"""What is billed by the area of the dwelling and told by its sum alone: the sum is our tariff times our area."""

from collections.abc import Iterator

from calculations.rules.kinds import ServiceKind
from exchange.checks.expectations import Bill, Expected, ExpectedService
from exchange.checks.findings import Code, Finding, format_billed
from exchange.checks.worth import difference
from exchange.layouts.exchanged import ParsedLine
from offices.money import format_quantity, format_sum, to_kopecks

BY_OWN_AREA = frozenset({ServiceKind.RENT, ServiceKind.MAINTENANCE, ServiceKind.CAPITAL_REPAIR})
"""What nothing but the dwelling's own area decides."""


def check_area_bill(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Hold a sum that comes without tariff and volume against the directory's tariff and the card's area.

    Two people's sums that changed places leave the letter's totals as they were; this is what sees them. Where the
    tariff changes within the month nothing is said; nought is no wrong sum, it is held against last month's.
    Source: Regulation 369, item 3.10.1 (а).
    """
    is_told_alone = line.tariff is None and line.quantity is None and line.billed and not line.adjustment
    if not is_told_alone or service.kind not in BY_OWN_AREA or len(service.tariffs) != 1:
        return
    exact = service.tariffs[0] * expected.total_area
    if line.billed is None or abs(line.billed - exact) <= expected.tolerances.roubles:
        return
    product = format_sum(to_kopecks(exact))
    yield Finding(
        Code.PRODUCT,
        f"{service.name}: начислено {format_billed(line.billed)} руб., а тариф {format_quantity(service.tariffs[0])} руб. "
        f"на площадь {format_quantity(expected.total_area)} м² даёт {product} руб.",
        expected=product,
        found=format_billed(line.billed),
        difference=difference(Bill(service, line.billed), Bill(service, exact), expected=expected),
        position=line.position,
    )
