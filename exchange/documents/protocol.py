"""The protocol of discrepancies on paper (3.10.4; the dossier's form 5.6)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.pdf import Align, ListColumn, ListDocument, ListGroup, Signature, render_list
from exchange.checks.findings import TITLES, Code
from offices.money import NBSP, format_number, format_roubles, format_sum

COLUMNS = (
    ListColumn("№ строки файла", 5, Align.CENTER),
    ListColumn("Лицевой счёт", 9.5),
    ListColumn("ФИО, адрес", 25),
    ListColumn("Услуга", 15),
    ListColumn("Показатель", 15.5),
    ListColumn("Данные отдела", 12),
    ListColumn("Данные предприятия", 12.5),
    ListColumn("Разница эквивалента, руб.", 9.5, Align.RIGHT),
    ListColumn("Ответ предприятия", 11),
    ListColumn("Решение отдела", 9),
)
BLOCKING, NOTED = "Не принято к начислению до исправления", "Принято к сведению, начислению не мешает"
NOTHING = "—"
_SHORTENED = re.compile(r"\b(г|гор|ул|пер|пл|просп|пр|д|дер|с|пос|пгт|кв|корп|ком|стр)\. ")


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One discrepancy as the provider reads it; `row_number` is None where the file has no row."""

    row_number: int | None
    account: str
    person: str
    address: str
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
    contacts: str
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
                f"Файл {protocol.file_name}, строк в файле: {format_number(protocol.rows_in_file, places=0)}.",
            ),
            organization=[text for text in (protocol.department, protocol.office, protocol.contacts) if text],
            opening=[_opening(protocol)],
            columns=COLUMNS,
            groups=groups,
            closing=_closing(protocol),
            signatures=(
                Signature("Протокол составил", protocol.made_by),
                Signature("Протокол получил (предприятие)"),
                Signature("Ответ принят, протокол закрыт"),
            ),
            file_sha256=protocol.file_sha256,
            rows_called="несоответствий",
            landscape=True,
            counted=False,
        )
    )


def _opening(protocol: Protocol) -> str:
    return (
        f"При проверке файла найдены несоответствия, всего {len(protocol.rows)}. Просим проверить указанные строки и "
        f"ответить до {protocol.answer_due_on}: исправленным файлом или в столбце «Ответ предприятия»."
    )


def _closing(protocol: Protocol) -> list[str]:
    differences = [row.difference for row in protocol.rows if row.is_blocking and row.difference is not None]
    over = sum((one for one in differences if one > 0), Decimal("0.00"))
    under = sum((-one for one in differences if one < 0), Decimal("0.00"))
    sums = f"завышение {format_roubles(over)}, занижение {format_roubles(under)}"
    counted = Counter(row.code for row in protocol.rows)
    kinds = "; ".join(f"{_title(code)}{NBSP}— {count}" for code, count in sorted(counted.items()))
    return [
        f"По видам: {kinds}.",
        f"Разница эквивалента по непринятым строкам: {sums}.",
        "Основание: административный регламент от 30.10.2007 № 369, пункты 3.10.1 и 3.10.4.",
    ]


def _title(code: str) -> str:
    return f"{code}{NBSP}{TITLES[Code(code)]}"


def _cells(row: ProtocolRow) -> tuple[str, ...]:
    return (
        NOTHING if row.row_number is None else str(row.row_number),
        row.account or NOTHING,
        "\n".join(text for text in (row.person, _kept_together(row.address)) if text),
        row.service or NOTHING,
        _title(row.code),
        row.expected or NOTHING,
        row.found or NOTHING,
        NOTHING if row.difference is None else format_sum(row.difference),
        "",
        "",
    )


def _kept_together(address: str) -> str:
    """Keep «ул.» with its street and «д.» with its number when the address is broken into lines."""
    return _SHORTENED.sub(rf"\1.{NBSP}", address)
