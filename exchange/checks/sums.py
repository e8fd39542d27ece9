"""Check (а) of item 3.10.1: the sums against the tariffs in force; and how a sum moved."""

from collections.abc import Iterator
from decimal import Decimal

from exchange.checks.expectations import Bill, Expected, ExpectedService
from exchange.checks.findings import Code, Finding, format_billed
from exchange.checks.habits import Habits, follows_the_season, is_out_of_season
from exchange.checks.worth import difference, equivalent
from exchange.layouts.exchanged import ParsedLine
from offices.money import choose_form, format_quantity, format_sum, to_kopecks

APPROVED_PLACES = Decimal("0.0001")


def check_sum(line: ParsedLine, *, service: ExpectedService, expected: Expected, habits: Habits) -> Iterator[Finding]:
    """Hold a line's tariff and sum against the directory, and a sum that agrees with it against last month's.

    Source: Regulation 369, item 3.10.1 (а); dossier 1.2.12 on tariffs mixed within a month.
    """
    if line.billed is None:
        return
    found = [
        *_check_sign(line, line.billed, service, expected),
        *_check_tariff(line, line.billed, service, expected),
        *_check_product(line, line.billed, service, expected),
    ]
    yield from found
    if not any(one.is_blocking for one in found):
        yield from _check_jump(line, line.billed, service, expected, habits)


def billed_as(line: ParsedLine, billed: Decimal, service: ExpectedService) -> Bill:
    """Return the line's bill with another sum."""
    return Bill(service, billed, line.quantity, line.tariff)


def _check_sign(line: ParsedLine, billed: Decimal, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    if billed < 0:
        yield Finding(
            Code.NEGATIVE,
            f"{service.name}: начислено {format_billed(billed)} руб. Отрицательное начисление принимают только "
            "перерасчётом.",
            expected="0 или больше",
            found=format_billed(billed),
            difference=equivalent(billed_as(line, billed, service), expected=expected),
            position=line.position,
        )


def _check_tariff(line: ParsedLine, billed: Decimal, service: ExpectedService, expected: Expected) -> Iterator[Finding]:
    if line.tariff is None or not service.tariffs:
        return
    nearest = min(service.tariffs, key=lambda tariff: abs(tariff - line.tariff))  # type: ignore[operator]
    if abs(nearest - line.tariff) <= expected.tolerances.tariff:
        return
    listed = _listed(service)
    if is_mixed(line.tariff, service, expected):
        yield Finding(
            Code.MIXED_TARIFF,
            f"{service.name}: тариф {format_quantity(line.tariff)} руб. смешан из тарифов месяца или перерасчёта.",
            expected=listed,
            found=format_quantity(line.tariff),
            position=line.position,
        )
        return
    yield Finding(
        Code.TARIFF,
        f"{service.name}: тариф предприятия {format_quantity(line.tariff)} руб., по справочнику {listed} руб.",
        expected=listed,
        found=format_quantity(line.tariff),
        difference=_worth_of_tariff(line, billed, nearest, service, expected),
        position=line.position,
    )


def _listed(service: ExpectedService) -> str:
    return " или ".join(format_quantity(tariff) for tariff in service.tariffs)


def is_mixed(tariff: Decimal, service: ExpectedService, expected: Expected) -> bool:
    """Say whether a tariff was mixed by the provider's program and not set by anyone.

    Between two tariffs of the month it always is. Where the sum holds the recalculation, the program
    divides the sum by the volume and sends more decimals than any approved tariff has.
    """
    between = min(service.tariffs) < tariff < max(service.tariffs)
    divided = expected.sum_includes_recalculation and tariff != tariff.quantize(APPROVED_PLACES)
    return between or divided


def _worth_of_tariff(
    line: ParsedLine, billed: Decimal, nearest: Decimal, service: ExpectedService, expected: Expected
) -> Decimal | None:
    if not line.tariff:
        return None
    quantity = line.quantity if line.quantity is not None else billed / line.tariff
    ours = Bill(service, quantity * nearest, quantity, nearest)
    return difference(billed_as(line, billed, service), ours, expected=expected)


def _check_product(
    line: ParsedLine, billed: Decimal, service: ExpectedService, expected: Expected
) -> Iterator[Finding]:
    if line.tariff is None or line.quantity is None:
        return
    exact = line.tariff * line.quantity
    slack = expected.tolerances.roubles + _rounding_of(line)
    if abs(billed - exact) <= slack or _is_of_the_whole_sum(line, billed, exact, slack, expected):
        return
    product = format_sum(to_kopecks(exact))
    if _is_of_two_tariffs(billed, line.quantity, service, slack):
        yield Finding(
            Code.MIXED_TARIFF,
            f"{service.name}: сумма {format_billed(billed)} руб. сложена по тарифам месяца, {_listed(service)} руб.",
            expected=_listed(service),
            found=format_quantity(line.tariff),
            position=line.position,
        )
        return
    yield Finding(
        Code.PRODUCT,
        f"{service.name}: начислено {format_billed(billed)} руб., а тариф на объём даёт {product} руб.",
        expected=product,
        found=format_billed(billed),
        difference=difference(billed_as(line, billed, service), billed_as(line, exact, service), expected=expected),
        position=line.position,
    )


def _is_of_the_whole_sum(line: ParsedLine, billed: Decimal, exact: Decimal, slack: Decimal, expected: Expected) -> bool:
    """Say whether tariff and volume were told of the sum as the file has it, with the recalculation within.

    Source: dossier 1.2.12.
    """
    within = line.adjustment if expected.sum_includes_recalculation else None
    return bool(within) and abs(billed + (within or 0) - exact) <= slack


def _is_of_two_tariffs(billed: Decimal, quantity: Decimal, service: ExpectedService, slack: Decimal) -> bool:
    """Say whether a sum lies between what the volume makes by the tariffs of the month, where they are several."""
    if len(service.tariffs) < 2:
        return False
    return min(service.tariffs) * quantity - slack <= billed <= max(service.tariffs) * quantity + slack


def _rounding_of(line: ParsedLine) -> Decimal:
    """Return how far tariff × volume may stray because the file rounds the volume to four places."""
    return abs(line.tariff or Decimal(0)) * Decimal("0.00005")


def _check_jump(
    line: ParsedLine, billed: Decimal, service: ExpectedService, expected: Expected, habits: Habits
) -> Iterator[Finding]:
    before = service.billed_before
    if not before:
        return
    last = Bill(service, before)
    if billed == 0:
        if not is_out_of_season(service.kind, expected, habits):
            yield Finding(
                Code.STOPPED,
                f"{service.name}: в прошлом месяце {format_billed(before)} руб., в этом не начислено ничего.",
                expected=format_billed(before),
                found=format_billed(billed),
                difference=-equivalent(last, expected=expected),
                position=line.position,
            )
        return
    if follows_the_season(service.kind, expected, habits) or not _jumps(billed, before, service, expected):
        return
    yield Finding(
        Code.JUMP,
        f"{service.name}: в прошлом месяце {format_billed(before)} руб., в этом {format_billed(billed)} руб.",
        expected=format_billed(before),
        found=format_billed(billed),
        difference=difference(billed_as(line, billed, service), last, expected=expected),
        position=line.position,
    )


def _jumps(billed: Decimal, before: Decimal, service: ExpectedService, expected: Expected) -> bool:
    """Say whether a sum is far from last month's; where the family changed, from its part by heads as well."""
    likely = [before]
    if service.residents_before:
        likely.append(before * expected.residents / service.residents_before)
    return all(abs(billed - one) > one * expected.tolerances.jump for one in likely)


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
    count = line.debt_months if line.debt_months and line.debt_months > 0 else 0
    months = f" за {count} {choose_form(count, ('месяц', 'месяца', 'месяцев'))}" if count else ""
    agreed = ", есть соглашение о погашении" if line.debt_status.startswith("agreed") else ""
    owed = f" {format_billed(line.debt)} руб." if line.debt else ""
    end = "" if owed and not (months or agreed) else "."
    yield Finding(
        Code.ARREARS,
        f"{service.name}: предприятие сообщает о задолженности{owed}{months}{agreed}{end}",
        expected="0",
        found=f"{format_billed(line.debt) if line.debt else 'есть'}{months}",
        position=line.position,
    )
