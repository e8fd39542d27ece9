"""The letter that reminds a provider of the files it has not sent (road map 2020, measures 4 and 5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from config.pdf import Align, ListColumn, ListDocument, ListGroup, Signature, render_list
from offices.models import Office

NOTHING = "—"
COLUMNS = (
    ListColumn("Район", 52),
    ListColumn("Файл запроса", 42),
    ListColumn("Направлен", 24, Align.CENTER),
    ListColumn("Получателей", 26, Align.RIGHT),
    ListColumn("Срок ответа", 26, Align.CENTER),
)


@dataclass(frozen=True, slots=True)
class AwaitedFile:
    """A request of a month that a provider has not answered by a file that could be taken.

    `people` is how many recipients it asks about; `due_on` is None where the district has no schedule.
    """

    office: Office
    file_name: str
    sent_on: dt.date
    people: int
    due_on: dt.date | None
    was_refused: bool


@dataclass(frozen=True, slots=True)
class ReminderPaper:
    """What the letter says."""

    number: str
    made_on: dt.date
    month: str
    department: str
    office: str
    contacts: str
    provider: str
    address: str
    text: str
    answer_due_on: dt.date
    signed_by: Signature
    executor: str
    files: Sequence[AwaitedFile]


def print_reminder(paper: ReminderPaper) -> bytes:
    """Print the letter as PDF: to whom, what is asked for, the files that are waited for, by when to answer."""
    return render_list(
        ListDocument(
            title=f"О передаче сведений о начислениях за {paper.month}",
            number=f"от {paper.made_on:%d.%m.%Y} № {paper.number}",
            addressee=[text for text in (paper.provider, paper.address) if text],
            organization=[text for text in (paper.department, paper.office, paper.contacts) if text],
            opening=[
                f"{paper.text} Мы направили вам запросы, ответы на которые не получены или не приняты:",
            ],
            columns=COLUMNS,
            groups=[ListGroup(rows=[_cells(one) for one in paper.files])],
            closing=[
                f"Просим ответить до {paper.answer_due_on:%d.%m.%Y}. Если передать файл нельзя, сообщите причину и день.",
                "Основание: административный регламент от 30.10.2007 № 369, пункты 3.8 и 3.9; соглашение об обмене.",
            ],
            signatures=[paper.signed_by],
            executor=paper.executor,
            rows_called="файлов",
            counted=False,
        )
    )


def _cells(one: AwaitedFile) -> tuple[str, ...]:
    district = one.office.district.name if one.office.district else one.office.name
    return (
        f"{district}\nприсланный файл не принят" if one.was_refused else district,
        one.file_name,
        f"{one.sent_on:%d.%m.%Y}",
        str(one.people),
        f"{one.due_on:%d.%m.%Y}" if one.due_on else NOTHING,
    )
