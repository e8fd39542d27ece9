"""Reading a table: strict for the import, as far as it goes for a person who looks into a file."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from exchange.dbf.batches import DELETED, LIVE, UNMARKED, Batch, Records, live_records
from exchange.dbf.cells import Value, reader_of
from exchange.dbf.columns import Column, column_of
from exchange.dbf.encodings import AUTO, Choice, choose_encoding, field_names
from exchange.dbf.header import VERSIONS, Field, Header, read_header
from exchange.dbf.memos import SUFFIXES, memo_reader
from exchange.dbf.sources import Source, companion
from exchange.dbf.verdicts import Fault, Notice, Refused

BATCH_BYTES = 4 * 1024 * 1024
BATCH_ROWS = 20_000
SAMPLE_BYTES = 64 * 1024
SAMPLE_PIECES = 32
_ODDITIES = {
    "nul_padding": "Часть ячеек дополнена нулевыми байтами вместо пробелов.",
    "zero_date": "Часть дат записана нулями: они прочитаны как пустые.",
    "dotted_date": "Часть дат записана как ДД.ММ.ГГГГ.",
    "exponent": "Часть чисел типа F записана с порядком (буквой E): они прочитаны точно.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One live row. `number` is physical and 1-based, deleted rows counted; a faulty cell is None in `values`."""

    number: int
    values: tuple[Value, ...]
    faults: tuple[Fault, ...] = ()


class Table:
    """A table whose structure was read; rows are read when asked for, a batch at a time.

    `notices` are of the structure. `faults` and `oddities` are of the cells and need a pass over all rows.
    """

    def __init__(self, origin: bytes | Path, *, header: Header, choice: Choice, fields: tuple[Field, ...]) -> None:
        self.origin = origin
        self.header = header
        self.encoding = choice.encoding
        self.encoding_from = choice.chosen_by
        self.encoding_confidence = choice.confidence
        self.fields = fields
        self.notices: tuple[Notice, ...] = ()
        self.bytes = 0
        self.deleted = 0

    @property
    def version(self) -> str:
        return VERSIONS[self.header.version]

    @property
    def live(self) -> int:
        """Rows that are not marked as deleted."""
        return self.header.records - self.deleted

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        return self._survey[0]

    @cached_property
    def oddities(self) -> tuple[Notice, ...]:
        return self._survey[1]

    @cached_property
    def _survey(self) -> tuple[tuple[Fault, ...], tuple[Notice, ...]]:
        seen: set[str] = set()
        faults = tuple(fault for batch in self._read_batches(seen, BATCH_ROWS) for fault in batch.faults)
        return faults, tuple(Notice(code, text) for code, text in _ODDITIES.items() if code in seen)

    def rows(self) -> Iterator[Row]:
        """Give the live rows in physical order, deleted ones left out. May be asked for again.

        Raises Refused when the file became shorter or a memo file cannot be read.
        """
        for records, columns in self._read(set(), BATCH_ROWS):
            blocks = records.blocks(self.fields)
            values = [column.values(block) for column, block in zip(columns, blocks, strict=True)]
            faults: dict[int, list[Fault]] = {}
            for fault in records.faults(self.fields, columns, blocks):
                faults.setdefault(fault.row, []).append(fault)
            for number, row in zip(records.numbers.tolist(), zip(*values, strict=True), strict=True):
                yield Row(number, row, tuple(faults.get(number, ())) if faults else ())

    def batches(self, *, rows: int = BATCH_ROWS) -> Iterator[Batch]:
        """Give the live rows by columns, at most `rows` (and four megabytes) together; they hold what `rows()` gives.

        Raises Refused as `rows()` does.
        """
        return self._read_batches(set(), rows)

    def _read_batches(self, oddities: set[str], rows: int) -> Iterator[Batch]:
        for records, columns in self._read(oddities, rows):
            blocks = records.blocks(self.fields)
            typed = tuple(column.typed(block) for column, block in zip(columns, blocks, strict=True))
            yield Batch(records.numbers, typed, tuple(records.faults(self.fields, columns, blocks)))

    def _read(self, oddities: set[str], rows: int) -> Iterator[tuple[Records, list[Column]]]:
        source = Source(self.origin)
        memos = _memo_source(self.origin, self.fields)
        try:
            columns = [self._column(field, memos, oddities) for field in self.fields]
            for first, count in _spans(self.header, rows):
                records = live_records(source, self.header, first, count)
                if len(records.numbers):
                    yield records, columns
        finally:
            source.close()
            if memos is not None:
                memos.close()

    def _column(self, field: Field, memos: Source | None, oddities: set[str]) -> Column:
        read = reader_of(
            field,
            encoding=self.encoding,
            is_visual_foxpro=self.header.is_visual_foxpro,
            read_memo=memo_reader(self.header.version, memos, self.encoding),
            notice=oddities.add,
        )
        return column_of(field, read, encoding=self.encoding)


def read_dbf(origin: bytes | Path, *, encoding: str = AUTO) -> Table:
    """Read a table for the import: the size equation holds and nothing about the structure is in doubt.

    Raises Refused, with the sentence for the protocol, when it is.
    """
    table = look_into(origin, encoding=encoding)
    for notice in table.notices:
        if notice.grave:
            raise Refused(notice.code, notice.text)
    return table


def look_into(origin: bytes | Path, *, encoding: str = AUTO) -> Table:
    """Read a table as far as its structure can be trusted; what the import refuses is a grave notice.

    Raises Refused when not even that is possible.
    """
    source = Source(origin)
    try:
        header = read_header(source)
        choice = choose_encoding(encoding, header.language_byte, _sample(source, header))
        names, name_notices = field_names(tuple(one.raw_name for one in header.descriptors), choice.encoding)
        fields = tuple(
            Field(name, one.type, one.length, one.decimals) for name, one in zip(names, header.descriptors, strict=True)
        )
        table = Table(origin, header=header, choice=choice, fields=fields)
        table.bytes = source.size
        marks = _count_marks(source, header)
    finally:
        source.close()
    table.deleted = marks[DELETED]
    table.notices = (*header.notices, *name_notices, *choice.notices, *_mark_notices(marks))
    return table


def _spans(header: Header, rows: int) -> Iterator[tuple[int, int]]:
    """Give (index of the first row, number of rows) of each batch."""
    rows = max(1, min(rows, BATCH_BYTES // header.record_length))
    for first in range(0, header.records, rows):
        yield first, min(rows, header.records - first)


def _count_marks(source: Source, header: Header) -> Counter[int]:
    marks: Counter[int] = Counter()
    for first, rows in _spans(header, header.records):
        start = header.header_length + first * header.record_length
        marks.update(source.read(start, rows * header.record_length)[:: header.record_length])
    return marks


def _mark_notices(marks: Counter[int]) -> tuple[Notice, ...]:
    notices = []
    if marks[UNMARKED]:
        text = f"У строк ({marks[UNMARKED]}) признак удаления 0x00 вместо пробела: они прочитаны как действующие."
        notices.append(Notice("unmarked_rows", text))
    strange = sum(marks.values()) - marks[LIVE] - marks[DELETED] - marks[UNMARKED]
    if strange:
        text = f"У строк ({strange}) на месте признака удаления чужой байт: строки сдвинуты или файл повреждён."
        notices.append(Notice("strange_marks", text, grave=True))
    return tuple(notices)


def _sample(source: Source, header: Header) -> bytes:
    """Return text cells of the whole table or, of a large one, of pieces spread evenly; records are set apart."""
    record = struct.Struct(
        "x" + "".join(f"{one.length}{'s' if one.type == 'C' else 'x'}" for one in header.descriptors)
    )
    rows = max(1, SAMPLE_BYTES // header.record_length)
    step = max(rows, header.records // SAMPLE_PIECES)
    pieces: list[bytes] = []
    for first in range(0, header.records, step):
        start = header.header_length + first * header.record_length
        piece = source.read(start, min(rows, header.records - first) * header.record_length)
        pieces.extend(b" ".join(cells) for cells in record.iter_unpack(piece))
    return b"\0".join(pieces)


def _memo_source(origin: bytes | Path, fields: Sequence[Field]) -> Source | None:
    if isinstance(origin, bytes) or not any(field.type in "MB" for field in fields):
        return None
    path = companion(origin, SUFFIXES)
    return None if path is None else Source(path)
