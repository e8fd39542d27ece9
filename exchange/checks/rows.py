"""All the checks of one returned row that was matched to a row we sent."""

import datetime as dt
from collections.abc import Collection, Iterator

from exchange.checks.dwelling import check_dwelling, check_identity
from exchange.checks.expectations import Expected
from exchange.checks.findings import Code, Finding
from exchange.checks.recalculations import check_recalculation
from exchange.checks.sums import check_account, check_arrears, check_norm, check_sum, check_supply, check_volume
from exchange.layouts.exchanged import ParsedLine, ParsedRow


def check_row(row: ParsedRow, *, expected: Expected) -> list[Finding]:
    """Find everything a matched row says otherwise than the card and the directories."""
    findings = [
        *_unreadable(row),
        *_wrong_month(row, expected.month),
        *check_identity(row, expected=expected),
        *check_dwelling(row, expected=expected),
    ]
    seen: set[str] = set()
    for line in row.lines:
        findings += _repeated(line, seen)
        findings += _check_line(line, expected)
        seen.add(line.service)
    return [*findings, *_absent(row, expected)]


def _unreadable(row: ParsedRow) -> Iterator[Finding]:
    """Say what could not be read, of its line where the cell belongs to one.

    A code of service that the layout does not know is told with its line.
    """
    positions = {line.position for line in row.lines}
    for fault in row.faults:
        if fault.code != "unknown_service":
            position = fault.position if fault.position in positions else None
            field = f"поле {fault.field}: " if fault.field else ""
            yield Finding(Code.UNREADABLE, f"{field}{fault.text}", found=f"{field}{fault.raw}", position=position)


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
            f"Строка за {row.month:%m.%Y}, а файл за {month:%m.%Y}.",
            expected=f"{month:%m.%Y}",
            found=f"{row.month:%m.%Y}",
        )


def _check_line(line: ParsedLine, expected: Expected) -> list[Finding]:
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
                difference=None if line.billed is None else expected.share.worth(line.billed),
                position=line.position,
            )
        ]
    return [
        *check_sum(line, service=service, expected=expected),
        *check_norm(line, service=service, expected=expected),
        *check_volume(line, service=service, expected=expected),
        *check_supply(line, service=service),
        *check_account(line, service=service, expected=expected),
        *check_recalculation(line, service=service, expected=expected),
        *check_arrears(line, service=service),
    ]


def _absent(row: ParsedRow, expected: Expected) -> Iterator[Finding]:
    if row.matched is False:
        return
    unreadable = {fault.position for fault in row.faults}
    answered = {line.service for line in row.lines if line.billed is not None or line.position in unreadable}
    for code, service in sorted(expected.services.items()):
        if code not in answered:
            yield Finding(
                Code.ABSENT_SERVICE,
                f"{service.name}: услуга есть в карточке, начисления предприятие не прислало.",
                expected=service.name,
                difference=expected.share.worth(-service.billed_before) if service.billed_before else None,
            )
