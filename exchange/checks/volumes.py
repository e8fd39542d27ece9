"""Check (а) of item 3.10.1: the norms, the volumes against them, the meters, and what was supplied in part."""

from collections.abc import Iterator
from decimal import Decimal

from exchange.checks.expectations import Bill, Expected, ExpectedService
from exchange.checks.findings import Code, Finding
from exchange.checks.habits import Habits
from exchange.checks.sums import billed_as
from exchange.checks.worth import difference
from exchange.layouts.exchanged import ParsedLine
from offices.money import format_quantity


def check_norm(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Tell when a provider's norm is not ours; ours is used, so the line is loaded.

    The difference is that of a sum billed by their norm; a meter's sum does not depend on it.
    """
    if line.norm is None or service.norm is None or line.norm == 0:
        return
    if abs(line.norm - service.norm) <= expected.tolerances.norm:
        return
    yield Finding(
        Code.NORM,
        f"{service.name}: норматив предприятия {format_quantity(line.norm)}, по справочнику {format_quantity(service.norm)}.",
        expected=format_quantity(service.norm),
        found=format_quantity(line.norm),
        difference=_worth_of_norm(line, line.norm, service.norm, service, expected),
        position=line.position,
    )


def _worth_of_norm(
    line: ParsedLine, theirs: Decimal, ours: Decimal, service: ExpectedService, expected: Expected
) -> Decimal | None:
    if line.billed is None or line.metered is not False:
        return None
    share = ours / theirs
    by_ours = Bill(service, line.billed * share, line.quantity and line.quantity * share, line.tariff)
    return difference(billed_as(line, line.billed, service), by_ours, expected=expected)


def check_volume(
    line: ParsedLine, *, service: ExpectedService, expected: Expected, habits: Habits
) -> Iterator[Finding]:
    """Tell when a volume without a meter is above the norm of the household, or the meter is there for one side only.

    The calculation takes no more than the norm, so the line is loaded. A file without a single meter says nothing of
    meters: its program leaves the column at nought.
    """
    tells = line.metered or habits.tells_meters
    if line.metered is not None and service.is_metered is not None and line.metered != service.is_metered and tells:
        ours, theirs = ("есть", "нет") if service.is_metered else ("нет", "есть")
        yield Finding(
            Code.METERING,
            f"{service.name}: прибор учёта в карточке {ours}, у предприятия {theirs}.",
            expected=ours,
            found=theirs,
            position=line.position,
        )
    if line.metered is not False or line.quantity is None or service.norm_volume is None:
        return
    if service.is_metered and not tells:
        return
    if line.quantity - service.norm_volume <= expected.tolerances.volume + _rounding_of_norm(service):
        return
    yield Finding(
        Code.VOLUME,
        f"{service.name}: без прибора учёта объём {format_quantity(line.quantity)}, "
        f"по нормативу {format_quantity(service.norm_volume)}.",
        expected=format_quantity(service.norm_volume),
        found=format_quantity(line.quantity),
        difference=_worth_of_volume(line, service.norm_volume, service, expected),
        position=line.position,
    )


def _rounding_of_norm(service: ExpectedService) -> Decimal:
    """Return how far a volume by norm may stray because the file rounds the norm to four places."""
    if not service.norm or service.norm_volume is None:
        return Decimal(0)
    return service.norm_volume / service.norm * Decimal("0.00005")


def _worth_of_volume(
    line: ParsedLine, by_norm: Decimal, service: ExpectedService, expected: Expected
) -> Decimal | None:
    """Weigh what is over the norm: nothing where the rule stops at the norm itself."""
    if line.billed is None or not line.tariff:
        return None
    ours = Bill(service, by_norm * line.tariff, by_norm, line.tariff)
    return difference(billed_as(line, line.billed, service), ours, expected=expected)


def check_supply(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Tell when a service was supplied in part, by the provider's own word, and nothing was taken back.

    A coefficient of nought is how programs fill a column they do not use, so it says nothing.
    """
    if line.undersupply is None or not 0 < line.undersupply < 1 or not line.billed or line.billed < 0:
        return
    if line.adjustment is not None and line.adjustment < 0:
        return
    lacking = format_quantity(line.undersupply * 100)
    supplied = 1 - line.undersupply
    ours = Bill(service, line.billed * supplied, line.quantity and line.quantity * supplied, line.tariff)
    yield Finding(
        Code.UNDERSUPPLY,
        f"{service.name}: недопоставка {lacking} %, а перерасчёта предприятие не прислало.",
        expected="перерасчёт вниз",
        found=f"{lacking} %",
        difference=difference(billed_as(line, line.billed, service), ours, expected=expected),
        position=line.position,
    )
