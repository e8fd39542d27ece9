"""The protocol of discrepancies as an Excel sheet, with empty cells for the provider's answer (3.10.4)."""

from collections.abc import Iterator
from typing import Any

from exchange.checks.findings import TITLES, Code
from exchange.documents.protocol import BLOCKING, NOTED, Protocol, ProtocolRow
from offices.lists.columns import CountColumn, DifferenceColumn, TextColumn
from offices.lists.sheet import Tops, written

COLUMNS = tuple(
    (column.title, column)
    for column in (
        CountColumn("Строка файла"),
        TextColumn("Лицевой счёт"),
        TextColumn("ФИО"),
        TextColumn("Адрес"),
        TextColumn("Услуга"),
        TextColumn("Код"),
        TextColumn("Показатель"),
        TextColumn("Данные отдела"),
        TextColumn("Данные предприятия"),
        DifferenceColumn("Разница эквивалента, руб.", total=True),
        TextColumn("Начисление"),
        TextColumn("Ответ предприятия"),
        TextColumn("Пояснение предприятия"),
    )
)


def write_protocol_sheet(protocol: Protocol) -> bytes:
    """Write the protocol's rows in their order; texts stay texts, the differences are numbers with a total."""
    tops = Tops(
        f"Протокол несоответствий № {protocol.number} от {protocol.made_on}",
        (
            ("Отдел", ", ".join(filter(None, [protocol.department, protocol.office, protocol.contacts]))),
            ("Предприятие", protocol.provider),
            ("Начисления за", protocol.month),
            ("Файл", f"{protocol.file_name}, SHA-256 {protocol.file_sha256}"),
            ("Просим ответить до", protocol.answer_due_on),
            ("Составил", protocol.made_by),
        ),
    )
    with written(tops, COLUMNS, [list(_lines(protocol))]) as sheet:
        return sheet.read()


def _lines(protocol: Protocol) -> Iterator[list[Any]]:
    for row in protocol.rows:
        yield [row.row_number, *map(_told, _texts(row)), row.difference, BLOCKING if row.is_blocking else NOTED, "", ""]


def _texts(row: ProtocolRow) -> tuple[str, ...]:
    return (
        row.account, row.person, row.address, row.service, row.code, TITLES[Code(row.code)], row.expected, row.found
    )  # fmt: skip


def _told(text: str) -> str | None:
    return text or None
