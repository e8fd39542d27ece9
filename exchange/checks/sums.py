"""Check (а) of item 3.10.1: the sums against the tariffs in force; and how a sum moved."""

from collections.abc import Iterator
from decimal import Decimal

from exchange.checks.expectations import Expected, ExpectedService
from exchange.checks.findings import Code, Finding, format_billed
from exchange.layouts.exchanged import ParsedLine
from offices.money import format_quantity, format_sum, to_kopecks

APPROVED_PLACES = Decimal("0.0001")


def check_sum(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Hold a line's tariff and sum against the directory.

    Source: Regulation 369, item 3.10.1 (а); dossier 1.2.12 on tariffs mixed within a month.
    """
    if line.billed is None:
        return
    if line.billed < 0:
        yield Finding(
            Code.NEGATIVE,
            f"{service.name}: начислено {format_billed(line.billed)} руб., отрицательное начисление принимают только перерасчётом.",
            expected="0 или больше",
            found=format_billed(line.billed),
            difference=expected.share.worth(line.billed),
            position=line.position,
        )
    yield from _check_tariff(line, service, expected)
    yield from _check_product(line, service, expected)
    yield from _check_jump(line, service, expected)


def _check_tariff(line: ParsedLine, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    if line.tariff is None or not service.tariffs:
        return
    nearest = min(service.tariffs, key=lambda tariff: abs(tariff - line.tariff))  # type: ignore[operator]
    if abs(nearest - line.tariff) <= expected.tolerances.tariff:
        return
    listed = " или ".join(format_quantity(tariff) for tariff in service.tariffs)
    if is_mixed(line.tariff, service, expected):
        yield Finding(
            Code.MIXED_TARIFF,
            f"{service.name}: тариф {format_quantity(line.tariff)} смешан из тарифов месяца или перерасчёта.",
            expected=listed,
            found=format_quantity(line.tariff),
            position=line.position,
        )
        return
    yield Finding(
        Code.TARIFF,
        f"{service.name}: тариф предприятия {format_quantity(line.tariff)}, по справочнику {listed}.",
        expected=listed,
        found=format_quantity(line.tariff),
        difference=_worth_of_tariff(line, nearest, expected),
        position=line.position,
    )


def is_mixed(tariff: Decimal, service: ExpectedService, expected: Expected) -> bool:
    """Say whether a tariff was mixed by the provider's program and not set by anyone.

    Between two tariffs of the month it always is. Where the sum holds the recalculation, the program
    divides the sum by the volume and sends more decimals than any approved tariff has.
    """
    between = min(service.tariffs) < tariff < max(service.tariffs)
    divided = expected.sum_includes_recalculation and tariff != tariff.quantize(APPROVED_PLACES)
    return between or divided


def _worth_of_tariff(line: ParsedLine, nearest: Decimal, expected: Expected) -> Decimal | None:
    if line.tariff is None or line.tariff == 0 or line.billed is None:
        return None
    quantity = line.quantity if line.quantity is not None else line.billed / line.tariff
    return expected.share.worth(line.billed - quantity * nearest)


def _check_product(line: ParsedLine, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    if line.tariff is None or line.quantity is None or line.billed is None:
        return
    exact = line.tariff * line.quantity
    if abs(line.billed - exact) <= expected.tolerances.roubles + _rounding_of(line):
        return
    product = format_sum(to_kopecks(exact))
    yield Finding(
        Code.PRODUCT,
        f"{service.name}: начислено {format_billed(line.billed)} руб., а тариф на объём даёт {product} руб.",
        expected=product,
        found=format_billed(line.billed),
        difference=expected.share.worth(line.billed - exact),
        position=line.position,
    )


def _rounding_of(line: ParsedLine) -> Decimal:
    """Return how far tariff × volume may stray because the file rounds the volume to four places."""
    return abs(line.tariff or Decimal(0)) * Decimal("0.00005")


def _check_jump(line: ParsedLine, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    before = service.billed_before
    if not before or line.billed is None:
        return
    if line.billed == 0:
        yield Finding(
            Code.STOPPED,
            f"{service.name}: в прошлом месяце {format_billed(before)} руб., в этом не начислено ничего.",
            expected=format_billed(before),
            found=format_billed(line.billed),
            difference=expected.share.worth(-before),
            position=line.position,
        )
        return
    if abs(line.billed - before) <= before * expected.tolerances.jump:
        return
    yield Finding(
        Code.JUMP,
        f"{service.name}: в прошлом месяце {format_billed(before)} руб., в этом {format_billed(line.billed)} руб.",
        expected=format_billed(before),
        found=format_billed(line.billed),
        difference=expected.share.worth(line.billed - before),
        position=line.position,
    )


def check_norm(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Tell when a provider's norm is not ours; ours is used, so the line is loaded."""
    if line.norm is None or service.norm is None or line.norm == 0:
        return
    if abs(line.norm - service.norm) <= expected.tolerances.norm:
        return
    yield Finding(
        Code.NORM,
        f"{service.name}: норматив предприятия {format_quantity(line.norm)}, по справочнику {format_quantity(service.norm)}.",
        expected=format_quantity(service.norm),
        found=format_quantity(line.norm),
        position=line.position,
    )


def check_volume(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Tell when a volume without a meter is above the norm of the household, or the meter is there for one side only.

    The calculation takes no more than the norm, so the line is loaded.
    """
    if line.metered is not None and service.is_metered is not None and line.metered != service.is_metered:
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
    over = line.quantity - service.norm_volume
    if over <= expected.tolerances.volume:
        return
    yield Finding(
        Code.VOLUME,
        f"{service.name}: без прибора учёта объём {format_quantity(line.quantity)}, "
        f"по нормативу {format_quantity(service.norm_volume)}.",
        expected=format_quantity(service.norm_volume),
        found=format_quantity(line.quantity),
        difference=expected.share.worth(over * line.tariff) if line.tariff else None,
        position=line.position,
    )


def check_supply(line: ParsedLine, *, service: ExpectedService) -> Iterator[Finding]:
    """Tell when a service was supplied in part, by the provider's own word, and nothing was taken back.

    A coefficient of nought is how programs fill a column they do not use, so it says nothing.
    """
    if line.undersupply is None or not 0 < line.undersupply < 1 or not line.billed:
        return
    if line.adjustment is not None and line.adjustment < 0:
        return
    lacking = format_quantity(line.undersupply * 100)
    yield Finding(
        Code.UNDERSUPPLY,
        f"{service.name}: недопоставка {lacking} %, а перерасчёта предприятие не прислало.",
        expected="перерасчёт вниз",
        found=f"{lacking} %",
        position=line.position,
    )


def check_account(line: ParsedLine, *, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    """Tell when last month's charge for the service stood on another account."""
    if service.account_before:
        yield Finding(
            Code.ACCOUNT_BEFORE,
            f"{service.name}: в прошлом месяце начислено по счёту {service.account_before}, в этом — {expected.account}.",
            expected=service.account_before,
            found=expected.account,
            position=line.position,
        )


def check_arrears(line: ParsedLine, *, service: ExpectedService) -> Iterator[Finding]:
    """Tell of arrears; under the regulation they change nothing."""
    if not line.in_debt and (line.debt is None or line.debt <= 0):
        return
    months = f" за {line.debt_months} мес." if line.debt_months and line.debt_months > 0 else ""
    agreed = ", есть соглашение о погашении" if line.debt_status.startswith("agreed") else ""
    owed = format_billed(line.debt) if line.debt else "есть"
    yield Finding(
        Code.ARREARS,
        f"{service.name}: предприятие сообщает о задолженности{months}{agreed}.",
        found=f"{owed}{months}",
        position=line.position,
    )
