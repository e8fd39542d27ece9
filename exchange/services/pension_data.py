"""Items 3.4 and 3.5: lists of people from outside are received, staged and compared with the cards.

A fault of the file refuses it and changes nothing else; a fault of a row is staged with its row. Nothing of a list
reaches a card or a right without a decision about that very proposal (`exchange.services.pension_decisions`).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from exchange.dbf.verdicts import Refused
from exchange.layouts.flat import parse_records
from exchange.layouts.model import Layout
from exchange.layouts.names import parse_name
from exchange.layouts.recognition import open_table
from exchange.media_types import media_type_told_by
from exchange.models import ExchangeFile, FileLayout
from exchange.pension.rows import PensionRow, row_of
from exchange.selectors.pension import taken_pension_file
from exchange.services.layouts import confirmed_layout, layout_of
from exchange.services.pension_staging import stage_rows
from offices import files, journal
from offices.models import JournalEntry, Office, Staff, StoredFile
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open
from offices.telling import Teller, silent

Kind, Origin, Status = ExchangeFile.Kind, ExchangeFile.Origin, ExchangeFile.Status


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a kind of list: its name, the item of the regulation, what the list is called, its layout."""

    name: str
    item: str
    stage: str
    layout: str


SENDERS = {
    Kind.PENSION: Sender("Отделение Пенсионного фонда", "3.4", "сведения Пенсионного фонда", "pension"),
    Kind.REGISTRY: Sender("ЗАГС", "3.5", "сведения ЗАГС", "registry_office"),
    Kind.COUNCIL: Sender("муниципалитет", "3.5", "сведения муниципалитета", "municipality"),
}


@dataclass(frozen=True, slots=True)
class Brought:
    """A list as it was brought: whose, for which month and office; `replaces` is the file it corrects."""

    kind: str
    office: Office
    month: dt.date
    name: str
    content: bytes | Path
    by: Staff
    at: dt.datetime
    origin: str = Origin.FILE
    replaces: ExchangeFile | None = None
    stored: StoredFile | None = None
    """Where the bytes are kept already."""


class NotAList(Refusal):
    """Only registry offices and municipalities send lists to a district."""


class NothingToReplace(Refusal):
    """The file to be corrected does not stand, or it is not the fund's."""


@transaction.atomic
def receive_pension_file(
    *,
    content: bytes | Path,
    name: str,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    replaces_id: int | None = None,
    stored: StoredFile | None = None,
    tell: Teller = silent,
) -> ExchangeFile:
    """Take the fund's file of a month: stage its rows, match them, list what they say otherwise than the cards.

    A file whose structure, month or content is at fault is kept as refused, with its code and sentence, and so is
    another file after one was taken, unless it replaces that one. The same bytes again return the first file and
    change nothing. What was decided about a row that the replacing file repeats stays decided. `stored` is given where
    the bytes are kept already; `tell` is told how many rows are read.

    Raises MonthNotOpen, LayoutNotUsable, NothingToReplace.
    """
    require_open(month)
    office = _locked(unit_of_kind(kind=Office.Kind.PAYMENTS).pk)
    replaces = _to_replace(replaces_id, month) if replaces_id is not None else None
    return take(
        brought=Brought(Kind.PENSION, office, month, name, content, by, at, replaces=replaces, stored=stored), tell=tell
    )


@transaction.atomic
def receive_people_list(
    *,
    kind: str,
    office: Office,
    content: bytes | Path,
    name: str,
    month: dt.date,
    by: Staff,
    at: dt.datetime,
    stored: StoredFile | None = None,
    tell: Teller = silent,
) -> ExchangeFile:
    """Take a list of a registry office or of a municipality: the dead and those who moved (3.5).

    Refused and repeated as the fund's file is; several lists of a month are usual.

    Raises MonthNotOpen, LayoutNotUsable, NotAList.
    """
    require_open(month)
    if kind not in {Kind.REGISTRY, Kind.COUNCIL}:
        raise NotAList("Выберите, чей это список: ЗАГС или муниципалитета.")
    return take(brought=Brought(kind, _locked(office.pk), month, name, content, by, at, stored=stored), tell=tell)


def take(*, brought: Brought, tell: Teller = silent) -> ExchangeFile:
    """Keep a list and its rows, or keep it as refused; the office is locked by the caller."""
    kept = ExchangeFile.objects.filter(
        kind=brought.kind, office=brought.office, month=brought.month, sha256=files.sha256_of(brought.content)
    )
    same: ExchangeFile | None = kept.order_by("pk").first()
    if same is not None:
        return same
    layout_row = confirmed_layout(code=SENDERS[Kind(brought.kind)].layout, on=brought.month)
    layout = layout_of(layout_row)
    try:
        with transaction.atomic():
            _require_expected(brought, layout)
            rows = _told(read_rows(layout=layout, content=brought.content, month=brought.month), tell)
            _supersede(brought.replaces)
            file = _keep(brought, layout_row, Status.RECEIVED)
            stage_rows(file=file, rows=rows, item=_sender(file).item, stage=_sender(file).stage)
    except Refused as refused:
        file = _keep(brought, layout_row, Status.REFUSED, refused)
        _record(file, "не принято")
        return file
    _record(file, "получено")
    return file


def read_rows(*, layout: Layout, content: bytes | Path, month: dt.date) -> Iterator[PensionRow]:
    """Read the table's structure at once and its rows when they are asked for. Raises Refused."""
    records = parse_records(layout, open_table(layout, content))
    return (row_of(record, month=month) for record in records)


def _told(rows: Iterator[PensionRow], tell: Teller) -> Iterator[PensionRow]:
    for number, row in enumerate(rows):
        tell(number)
        yield row


def _locked(office_id: int) -> Office:
    office: Office = Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office_id)
    return office


def _to_replace(replaces_id: int, month: dt.date) -> ExchangeFile:
    standing = taken_pension_file(month=month)
    if standing is None or standing.pk != replaces_id:
        raise NothingToReplace("Заменяемый файл уже не действует: откройте страницу заново и проверьте, что принято.")
    return standing


def _require_expected(brought: Brought, layout: Layout) -> None:
    month, name = brought.month, brought.name
    if brought.kind == Kind.PENSION and brought.origin == Origin.FILE and brought.replaces is None:
        taken = taken_pension_file(month=month)
        if taken is not None:
            raise Refused("already_received", f"Сведения за {month:%m.%Y} уже приняты: файл «{taken}».")
    parts = parse_name(layout, name)
    if parts is not None and parts.month not in {None, month}:
        raise Refused("wrong_month", f"Файл «{name}» за {parts.month:%m.%Y}, а принимаются сведения за {month:%m.%Y}.")


def _supersede(former: ExchangeFile | None) -> None:
    if former is not None:
        former.status = Status.SUPERSEDED
        former.save(update_fields=["status"])


def _keep(brought: Brought, layout: FileLayout, status: str, refused: Refused | None = None) -> ExchangeFile:
    stored = brought.stored or files.store(
        content=brought.content,
        name=brought.name[:200],
        media_type=media_type_told_by(brought.content, name=brought.name),
        by=brought.by,
        at=brought.at,
    )
    file: ExchangeFile = ExchangeFile.objects.create(
        kind=brought.kind,
        office=brought.office,
        month=brought.month,
        layout=layout,
        origin=Origin.FILE if refused else brought.origin,
        replaces=None if refused else brought.replaces,
        file=stored,
        name=brought.name[:200],
        sha256=stored.sha256,
        status=status,
        refusal_code=refused.code[:20] if refused else "",
        refusal_text=refused.text[:500] if refused else "",
        at=brought.at,
        by=brought.by,
    )
    return file


def _sender(file: ExchangeFile) -> Sender:
    return SENDERS[Kind(file.kind)]


def _record(file: ExchangeFile, event: str) -> None:
    sender = _sender(file)
    paper = journal.Paper(
        subject=f"{sender.stage}: {file.refusal_text}"[:300] if file.refusal_text else sender.stage,
        item=sender.item,
        month=file.month,
        file_name=file.name,
        sha256=file.sha256,
        rows=file.rows,
        way=JournalEntry.Way.PAPER if file.origin == Origin.TYPED else JournalEntry.Way.ELECTRONIC,
    )
    journal.record(office=file.office, event=event, paper=paper, counterpart=sender.name, by=file.by, at=file.at)
