"""The protocol of discrepancies on paper (3.10.4; the dossier's form 5.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.pdf import Align, ListColumn, ListDocument, ListGroup, Signature, render_list
from exchange.checks.findings import TITLES, Code
from offices.money import format_sum

COLUMNS = (
    ListColumn("№ строки файла", 5, Align.CENTER),
    ListColumn("Лицевой счёт", 10),
    ListColumn("ФИО, адрес", 23),
    ListColumn("Услуга", 13),
    ListColumn("Показатель", 14),
    ListColumn("Данные отдела", 11, Align.RIGHT),
    ListColumn("Данные предприятия", 11, Align.RIGHT),
    ListColumn("Разница эквивалента, руб.", 9, Align.RIGHT),
    ListColumn("Ответ предприятия", 14),
)
BLOCKING, NOTED = "Не принято к начислению до исправления", "Принято, требует внимания"


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One discrepancy as the provider reads it."""

    row_number: int | None
    account: str
    person: str
    service: str
    code: str
    expected: str
    found: str
    difference: Decimal | None
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class Protocol:
    """What the protocol says of the file as a whole. `month` and days are already in words."""

    number: str
    made_on: str
    month: str
    department: str
    office: str
    provider: str
    file_name: str
    file_sha256: str
    rows_in_file: int
    answer_due_on: str
    made_by: str
    rows: Sequence[ProtocolRow]


def print_protocol(protocol: Protocol) -> bytes:
    """Print the protocol as PDF, what blocks the charge first."""
    blocking = [row for row in protocol.rows if row.is_blocking]
    noted = [row for row in protocol.rows if not row.is_blocking]
    groups = [
        ListGroup(title=f"{title}: {len(rows)}", rows=[_cells(row) for row in rows])
        for title, rows in ((BLOCKING, blocking), (NOTED, noted))
        if rows
    ]
    return render_list(
        ListDocument(
            title=f"Протокол несоответствий № {protocol.number} от {protocol.made_on}",
            subtitle=(
                f"Предприятие: {protocol.provider}. Начисления за {protocol.month}.",
                f"Файл {protocol.file_name}, строк в файле: {protocol.rows_in_file}.",
            ),
            organization=(protocol.department, protocol.office),
            columns=COLUMNS,
            groups=groups,
            closing=(
                f"Просим проверить указанные строки и ответить до {protocol.answer_due_on}.",
                "Разница — то, что несоответствие меняет в сумме эквивалента, без учёта нормативов.",
                "Основание: административный регламент от 30.10.2007 № 369, пункты 3.10.1 и 3.10.4.",
            ),
            signatures=(
                Signature("Протокол составил", protocol.made_by),
                Signature("Протокол получил (предприятие)"),
            ),
            file_sha256=protocol.file_sha256,
            rows_called="несоответствий",
            landscape=True,
        )
    )


def _cells(row: ProtocolRow) -> tuple[str, ...]:
    return (
        str(row.row_number or "—"),
        row.account,
        row.person,
        row.service or "—",
        f"{row.code} {TITLES[Code(row.code)]}",
        row.expected or "—",
        row.found or "—",
        "—" if row.difference is None else format_sum(row.difference),
        "",
    )
