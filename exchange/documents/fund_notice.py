"""The letter that tells who sent a list of people what is wrong in it (3.4.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.pdf import Align, ListColumn, ListDocument, ListGroup, Signature, render_list
from offices.money import format_number

COLUMNS = (
    ListColumn("№ строки файла", 9, Align.CENTER),
    ListColumn("ФИО, дата рождения", 33),
    ListColumn("СНИЛС", 15),
    ListColumn("Что неверно", 43),
)
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that could not be taken, or the whole file where `number` is None."""

    number: int | None
    person: str
    snils: str
    faults: Sequence[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the letter says of the file as a whole. `month` and days are already in words."""

    number: str
    made_on: str
    addressee: str
    month: str
    department: str
    office: str
    contacts: str
    file_name: str
    file_sha256: str
    received_on: str
    rows_in_file: int
    is_refused: bool
    made_by: str
    rows: Sequence[FaultyRow]


def print_notice(notice: Notice) -> bytes:
    """Print the notice as PDF, a line for every fault."""
    received = f"получен {notice.received_on}, строк в файле: {format_number(notice.rows_in_file, places=0)}"
    cells = [
        (str(row.number) if row.number else NOTHING, row.person or NOTHING, row.snils or NOTHING, "\n".join(row.faults))
        for row in notice.rows
    ]
    told = f"Из-за ошибок не принято строк: {len(cells)}, остальные приняты."
    if notice.is_refused:
        told = "Файл не принят целиком."
    return render_list(
        ListDocument(
            title=f"Уведомление об ошибках в сведениях за {notice.month}",
            number=f"от {notice.made_on} № {notice.number}",
            addressee=[notice.addressee],
            organization=[text for text in (notice.department, notice.office, notice.contacts) if text],
            opening=[
                f"Файл {notice.file_name} {received}. {told}",
                "Просим исправить указанные ошибки и прислать файл заново целиком: он заменит присланный.",
            ],
            columns=COLUMNS,
            groups=[ListGroup(rows=cells)],
            closing=["Основание: административный регламент от 30.10.2007 № 369, пункт 3.4.4."],
            signatures=(Signature("Уведомление составил", notice.made_by), Signature("Уведомление получил")),
            file_sha256=notice.file_sha256,
            rows_called="ошибочных строк",
            counted=False,
        )
    )
