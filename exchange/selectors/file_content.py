"""What stands in a file as it was received: its fields, its first rows, the cells that could not be read (3.9)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Count

from exchange.dbf.cells import Value
from exchange.dbf.encodings import AUTO
from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import BadLayout, layout_from
from exchange.layouts.looking import look
from exchange.layouts.model import Layout
from exchange.layouts.readable import Readable
from exchange.layouts.tables.texts import readable
from exchange.models import DiscrepancyProtocol, ExchangeFile, ReturnedRow
from offices import files
from offices.models import JournalEntry, Staff, StoredFile
from offices.money import MINUS

ROWS_SHOWN = 20
FAULTS_SHOWN = 50
MOST_ENTRIES = 100
SURVEYED = 8 * 1024 * 1024
"""Bytes up to which a page goes over all cells for what was tolerated in them; of a larger file the structure alone."""
ENCODINGS = ("cp866", "cp1251")
"""Code pages in which a person may look at a file."""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A column as the file names it; one that is not of a DBF has a type only where its layout gives it one."""

    name: str
    type: str
    length: int
    decimals: int


@dataclass(frozen=True, slots=True)
class FaultShown:
    """A cell that could not be read: its row, field, what stands there, and the sentence why."""

    row: int
    field: str
    raw: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """A file as a reader sees it; `why_unreadable` is all that is known of one that cannot be read.

    `encodings` are the other code pages in which a person may look at it.
    """

    size: int
    why_unreadable: str = ""
    version: str = ""
    encoding: str = ""
    encodings: tuple[str, ...] = ()
    live: int = 0
    deleted: int = 0
    fields: tuple[FieldShown, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultPage:
    """Faults of the rows in their order, `FAULTS_SHOWN` rows at a time; `after` is where the next piece begins."""

    faults: tuple[FaultShown, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Matching:
    """How the rows of an accepted file found their request rows, in words."""

    ways: tuple[tuple[str, int], ...]
    matched: int
    unmatched: int
    asked: int


@dataclass(frozen=True, slots=True)
class FileStep:
    """Something that happened to a file; `protocol_id` names the protocol it is about."""

    at: dt.datetime
    text: str
    by: str
    protocol_id: int | None = None


def content_of(file: ExchangeFile, /, *, encoding: str = AUTO) -> Content:
    """Look into the bytes of a file, in a code page or in the one its layout, header and letters tell.

    Raises StoredBytesDiffer when the bytes on disk are not those received.
    """
    return content_in(files.whole(file.file), layout=known_layout(file), encoding=encoding)


def content_in(place: Path, /, *, layout: Layout | None = None, encoding: str = AUTO) -> Content:
    """Look into a file on disk by the layout it may follow."""
    size = place.stat().st_size
    try:
        looked = look(place, layout=layout, encoding=encoding)
        table = looked.table
        rows = tuple((row.number, tuple(map(shown_cell, row.values))) for row in islice(table.rows(), ROWS_SHOWN))
        tolerated = table.oddities if size <= SURVEYED else ()
    except Refused as refused:
        return Content(size, why_unreadable=refused.text)
    return Content(
        size=size,
        version=looked.written_in,
        encoding=table.encoding,
        encodings=tuple(one for one in ENCODINGS if one != table.encoding) if looked.has_code_page else (),
        live=table.live,
        deleted=looked.deleted,
        fields=tuple(FieldShown(one.name, one.type, one.length, one.decimals) for one in table.fields),
        rows=rows,
        notices=tuple(notice.text for notice in (*table.notices, *tolerated)),
    )


def known_layout(file: ExchangeFile, /) -> Layout | None:
    """Return the layout a file of the exchange was sent in or answers by; None where it is not known."""
    if file.layout is None:
        return None
    try:
        return layout_from(file.layout.definition)
    except BadLayout:
        return None


def layout_of_stored(stored: StoredFile, /) -> Layout | None:
    """Return the layout of a stored file: of the exchange, or of a protocol's table; None for any other."""
    file = ExchangeFile.objects.filter(file=stored).select_related("layout", "changes__layout").first()
    if file is not None and hasattr(file, "changes"):
        return layout_from(file.changes.layout.definition)
    if file is None:
        told = DiscrepancyProtocol.objects.filter(table=stored).select_related("file__layout").first()
        file = told.file if told is not None else None
    return known_layout(file) if file is not None else None


def faults_of(file: ExchangeFile, /, *, after: int = 0) -> FaultPage:
    """Give the faults of the rows behind row `after`: as they were staged, or out of the bytes of a refused file."""
    if file.status != ExchangeFile.Status.REFUSED:
        return _staged_faults(file, after)
    try:
        table = look(files.whole(file.file), layout=known_layout(file)).table
        found = list(islice(_faulty(table, after), FAULTS_SHOWN + 1))
    except Refused:
        return FaultPage((), None)
    shown = found[:FAULTS_SHOWN]
    faults = tuple(fault for _, row in shown for fault in row)
    return FaultPage(faults, shown[-1][0] if len(found) > FAULTS_SHOWN else None)


def matching_of(file: ExchangeFile, /) -> Matching:
    """Count an accepted file's rows by the way they found their request row."""
    counted = ReturnedRow.objects.filter(file=file).order_by().values("match").annotate(n=Count("pk"))
    by_way = {row["match"]: row["n"] for row in counted}
    ways = tuple((str(way.label), by_way[way.value]) for way in ReturnedRow.Match if way.value in by_way)
    lost = sum(by_way.get(way, 0) for way in ("unknown", "ambiguous", "duplicate"))
    asked = file.request.rows if file.request is not None else 0
    return Matching(ways, sum(by_way.values()) - lost, lost, asked)


def history_of(file: ExchangeFile, /) -> list[FileStep]:
    """List what happened to a file in the order of time: what the file itself knows, its protocols, the journal."""
    steps = [_step(file.at, "файл получен", file.by)]
    if file.refusal_text:
        steps.append(_step(file.at, f"не принят: {file.refusal_text}", None))
    if file.request is not None:
        steps.append(_step(file.request.at, "запрос отправлен", file.request.by))
    if file.verified_at is not None:
        steps.append(_step(file.verified_at, "проверен", file.verified_by))
    if file.loaded_at is not None:
        steps.append(_step(file.loaded_at, "загружен в расчёт", file.loaded_by))
    for protocol in file.protocols.select_related("made_by").order_by("pk"):
        steps.append(FileStep(protocol.made_at, f"составлен протокол № {protocol.number}", "", protocol.pk))
        if protocol.sent_at is not None:
            steps.append(FileStep(protocol.sent_at, f"отправлен протокол № {protocol.number}", "", protocol.pk))
    entries = JournalEntry.objects.filter(office=file.office, month=file.month, sha256=file.sha256)
    steps += [
        _step(entry.at, f"журнал, запись № {entry.number}/{entry.year}: {entry.event}", entry.by)
        for entry in entries.select_related("by").order_by("at", "pk")[:MOST_ENTRIES]
    ]
    return sorted(steps, key=lambda step: step.at)


def _step(at: dt.datetime, text: str, by: Staff | None) -> FileStep:
    return FileStep(at, text, str(by) if by is not None else "")


def shown_cell(value: Value) -> str:
    """Write a cell as a specialist reads it: sums with a comma, days as ДД.ММ.ГГГГ."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",").replace("-", MINUS)
    return readable(str(value))


def _staged_faults(file: ExchangeFile, after: int) -> FaultPage:
    rows = ReturnedRow.objects.filter(file=file, row_number__gt=after).exclude(content__faults=[])
    found = list(rows.order_by("row_number").values_list("row_number", "content")[: FAULTS_SHOWN + 1])
    shown = found[:FAULTS_SHOWN]
    faults = tuple(_staged(number, fault) for number, content in shown for fault in content.get("faults", []))
    return FaultPage(faults, shown[-1][0] if len(found) > FAULTS_SHOWN else None)


def _staged(row: int, fault: dict[str, Any]) -> FaultShown:
    return FaultShown(row, str(fault["field"]), str(fault["raw"]), str(fault["text"]))


def _faulty(table: Readable, after: int) -> Iterator[tuple[int, list[FaultShown]]]:
    for row in table.rows():
        if row.faults and row.number > after:
            yield row.number, [FaultShown(row.number, one.field, one.raw, one.text) for one in row.faults]
