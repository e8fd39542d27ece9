"""All the checks of one returned row that was matched to a row we sent."""

import datetime as dt
from collections.abc import Collection, Iterator
from decimal import Decimal

from exchange.checks.areas import check_area_bill
from exchange.checks.dwelling import check_dwelling, check_identity
from exchange.checks.expectations import Bill, Expected
from exchange.checks.findings import Code, Finding
from exchange.checks.habits import USUAL, Habits, is_out_of_season
from exchange.checks.recalculations import check_recalculation
from exchange.checks.sums import check_account, check_arrears, check_sum
from exchange.checks.volumes import check_norm, check_supply, check_volume
from exchange.checks.worth import equivalent
from exchange.layouts.exchanged import ParsedLine, ParsedRow
from offices.months import month_name


def check_row(row: ParsedRow, *, expected: Expected, habits: Habits = USUAL) -> list[Finding]:
    """Find everything a matched row says otherwise than the card and the directories.

    `habits` are those of the whole file; the zones of electricity among its lines are in `expected`.
    """
    findings = [
        *_unreadable(row),
        *_wrong_month(row, expected.month),
        *check_identity(row, expected=expected),
        *check_dwelling(row, expected=expected),
    ]
    seen: set[str] = set()
    for line in row.lines:
        findings += _repeated(line, seen)
        findings += _check_line(line, expected, habits)
        seen.add(line.service)
    return [*findings, *_absent(row, expected, habits)]


def _unreadable(row: ParsedRow) -> Iterator[Finding]:
    """Say what could not be read, of its line where the cell belongs to one.

    A code of service that the layout does not know is told with its line.
    """
    positions = {line.position for line in row.lines}
    for fault in row.faults:
        if fault.code != "unknown_service":
            position = fault.position if fault.position in positions else None
            text = f"Поле {fault.field}: {fault.text[:1].lower()}{fault.text[1:]}" if fault.field else fault.text
            found = f"{fault.field}: {fault.raw}" if fault.field else fault.raw
            yield Finding(Code.UNREADABLE, text, found=found, position=position)


def _repeated(line: ParsedLine, seen: Collection[str]) -> Iterator[Finding]:
    if line.service and line.service in seen:
        yield Finding(
            Code.DUPLICATE,
            f"Услуга «{line.service_name or line.service}» стоит в строке второй раз.",
            found=line.service_name or line.service,
            position=line.position,
        )


def _wrong_month(row: ParsedRow, month: dt.date) -> Iterator[Finding]:
    if row.month is not None and row.month != month:
        yield Finding(
            Code.WRONG_MONTH,
            f"Строка за {month_name(row.month)} года, а файл за {month_name(month)} года.",
            expected=f"{month:%m.%Y}",
            found=f"{row.month:%m.%Y}",
        )


def _check_line(line: ParsedLine, expected: Expected, habits: Habits) -> list[Finding]:
    service = expected.services.get(line.service)
    if service is None:
        whose = expected.elsewhere.get(line.service, "")
        said = f": по карточке её оказывает {whose}" if whose else ""
        return [
            Finding(
                Code.UNKNOWN_SERVICE,
                f"Услуга «{line.service_name or line.service}» на этом счёте в карточке не указана{said}.",
                expected=whose,
                found=line.service_name or line.service,
                difference=_worth_of_unlisted(line, expected),
                position=line.position,
            )
        ]
    return [
        *check_sum(line, service=service, expected=expected, habits=habits),
        *check_area_bill(line, service=service, expected=expected),
        *check_norm(line, service=service, expected=expected),
        *check_volume(line, service=service, expected=expected, habits=habits),
        *check_supply(line, service=service, expected=expected),
        *check_account(line, service=service, expected=expected),
        *check_recalculation(line, service=service, expected=expected),
        *check_arrears(line, service=service),
    ]


def _worth_of_unlisted(line: ParsedLine, expected: Expected) -> Decimal | None:
    service = expected.unlisted.get(line.service)
    if line.billed is None or service is None:
        return None
    return equivalent(Bill(service, line.billed, line.quantity, line.tariff), expected=expected)


def _absent(row: ParsedRow, expected: Expected, habits: Habits) -> Iterator[Finding]:
    if row.matched is False:
        return
    unreadable = {fault.position for fault in row.faults}
    answered = {line.service for line in row.lines if line.billed is not None or line.position in unreadable}
    for code, service in sorted(expected.services.items()):
        if code not in answered and not is_out_of_season(service.kind, expected, habits):
            before = service.billed_before
            yield Finding(
                Code.ABSENT_SERVICE,
                f"{service.name}: услуга есть в карточке, начисления предприятие не прислало.",
                expected=service.name,
                difference=-equivalent(Bill(service, before), expected=expected) if before else None,
            )
