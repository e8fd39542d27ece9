"""Reading a table: strict for the import, as far as it goes for a person who looks into a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from pathlib import Path

from exchange.dbf.batches import DELETED, Batch, Records, live_records
from exchange.dbf.cells import Value
from exchange.dbf.columns import Column, column_of
from exchange.dbf.digits import Block
from exchange.dbf.encodings import AUTO, Choice, choose_encoding
from exchange.dbf.header import Field, Header, read_header
from exchange.dbf.memos import Memos, memo_file, memo_letters
from exchange.dbf.names import field_names, told_apart
from exchange.dbf.nullflags import lacks_bits, null_flags
from exchange.dbf.readers import reader_of
from exchange.dbf.scanning import count_marks, mark_notices, sample, spans
from exchange.dbf.sources import Source
from exchange.dbf.surveys import Survey
from exchange.dbf.verdicts import Fault, Notice, Refused

BATCH_ROWS = 20_000
BATCH_MEMO_ROWS = 256


@dataclass(frozen=True, slots=True)
class Row:
    """One live row. `number` is physical and 1-based, deleted rows counted; a faulty cell is None in `values`."""

    number: int
    values: tuple[Value, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Live rows by columns: what `Row` tells of one row, of some together. `numbers` are theirs, physical and 1-based.

    A column that was not asked for is empty. `faults` are by row and then by field, of the columns asked for.
    """

    numbers: Sequence[int]
    columns: tuple[Sequence[Value], ...]
    faults: tuple[Fault, ...]


class Table:
    """A table whose structure was read; rows are read when asked for, a batch at a time.

    `fields` bear their names as the header gives them, `shown_fields` and faults tell those of one name apart.
    `notices` are of the structure. `faults` and `oddities` are of the cells and need a pass over all rows.
    """

    def __init__(self, origin: bytes | Path, *, header: Header, choice: Choice, fields: tuple[Field, ...]) -> None:
        self.origin = origin
        self.header = header
        self.encoding = choice.encoding
        self.encoding_from = choice.chosen_by
        self.encoding_confidence = choice.confidence
        self.fields = fields
        names = told_apart([field.name for field in fields])
        self.shown_fields = tuple(replace(field, name=name) for field, name in zip(fields, names, strict=True))
        self.notices: tuple[Notice, ...] = ()
        self.bytes = 0
        self.deleted = 0
        self._marks = null_flags(header.descriptors)

    @property
    def version(self) -> str:
        return self.header.version_name

    @property
    def live(self) -> int:
        """Rows that are not marked as deleted."""
        return self.header.records - self.deleted

    @property
    def bytes_with_memos(self) -> int:
        """The size of the table and of its memo file, if there is one now."""
        path = memo_file(self.origin, self.header.version, self.header.descriptors)
        return self.bytes + (path.stat().st_size if path is not None else 0)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self._survey.faults)

    @property
    def oddities(self) -> tuple[Notice, ...]:
        return self._survey.oddities

    @cached_property
    def _survey(self) -> Survey:
        survey = Survey()
        self.survey(survey)
        return survey

    def survey(self, survey: Survey) -> None:
        """Pass over all rows and note in `survey` what is found. Raises Refused as `rows()` does."""
        for records, columns, blocks in self._read(survey, BATCH_ROWS):
            for column, block in zip(columns, blocks, strict=True):
                column.typed(block)
            self._note(survey, records, columns, blocks)

    def rows(self) -> Iterator[Row]:
        """Give the live rows in physical order, deleted ones left out. May be asked for again.

        Raises Refused when the file became shorter or a memo file cannot be read.
        """
        for records, columns, blocks in self._read(Survey(), BATCH_ROWS):
            values = _values(records, columns, blocks)
            faults: dict[int, list[Fault]] = {}
            for fault in records.faults(self.shown_fields, columns, blocks)[1]:
                faults.setdefault(fault.row, []).append(fault)
            for number, row in zip(records.numbers.tolist(), values, strict=True):
                yield Row(number, row, tuple(faults.get(number, ())) if faults else ())

    def surveyed(self, survey: Survey) -> Iterator[tuple[Value, ...]]:
        """Give the values of the rows that `rows()` gives and note in `survey` what is found on the way."""
        for records, columns, blocks in self._read(survey, BATCH_ROWS):
            yield from _values(records, columns, blocks)
            self._note(survey, records, columns, blocks)

    def pieces(self, columns: Collection[int] | None = None) -> Iterator[Piece]:
        """Give the live rows by columns as plain values, some thousands together; of some columns when they are named.

        Raises Refused as `rows()` does.
        """
        for records, readers, blocks in self._read(Survey(), BATCH_ROWS):
            chosen = [reader if columns is None or index in columns else None for index, reader in enumerate(readers)]
            values = tuple(
                () if reader is None else reader.values(block) for reader, block in zip(chosen, blocks, strict=True)
            )
            faults = records.faults(self.shown_fields, readers, blocks)[1]
            yield Piece(records.numbers.tolist(), values, tuple(faults))

    def batches(self, *, rows: int = BATCH_ROWS) -> Iterator[Batch]:
        """Give the live rows by columns, at most `rows` (and four megabytes) together; they hold what `rows()` gives.

        Raises Refused as `rows()` does.
        """
        for records, columns, blocks in self._read(Survey(), rows):
            typed = tuple(column.typed(block) for column, block in zip(columns, blocks, strict=True))
            yield Batch(records.numbers, typed, tuple(records.faults(self.shown_fields, columns, blocks)[1]))

    def _note(self, survey: Survey, records: Records, columns: list[Column], blocks: list[Block]) -> None:
        survey.add(*records.faults(self.shown_fields, columns, blocks, most=survey.room))

    def _read(self, survey: Survey, rows: int) -> Iterator[tuple[Records, list[Column], list[Block]]]:
        source = Source(self.origin)
        columns = self.header.descriptors
        path = memo_file(self.origin, self.header.version, columns)
        memos = Memos(path, version=self.header.version, encoding=self.encoding)
        rows = min(rows, BATCH_MEMO_ROWS) if path is not None else rows
        try:
            readers = [self._column(index, memos, survey) for index in range(len(columns))]
            for first, count in spans(self.header, rows):
                records = live_records(source, self.header, first, count)
                if len(records.numbers):
                    blocks = records.blocks(self.fields)
                    yield records, readers, blocks if self._marks is None else self._marks.joined(blocks)
        finally:
            source.close()
            memos.close()

    def _column(self, index: int, memos: Memos, survey: Survey) -> Column:
        column, shown = self.header.descriptors[index], self.fields[index]
        read = reader_of(column, self.header, encoding=self.encoding, memos=memos, notice=survey.seen.add)
        if self._marks is not None and index in self._marks.bits:
            return Column(shown, self._marks.reader(column, index, read))
        return column_of(shown, read, encoding=self.encoding)


def _values(records: Records, columns: list[Column], blocks: list[Block]) -> Iterator[tuple[Value, ...]]:
    values = [column.values(block) for column, block in zip(columns, blocks, strict=True)]
    return zip(*values, strict=True) if values else repeat((), len(records.numbers))


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
        letters = sample(source, header)
        if letters.isascii() and any(column.type == "M" for column in header.descriptors):
            letters = memo_letters(memo_file(origin, header.version, header.descriptors))
        choice = choose_encoding(encoding, header.language_byte, letters, driver=header.language_driver)
        names, name_notices = field_names(tuple(one.raw_name for one in header.descriptors), choice.encoding)
        fields = tuple(
            Field(name, one.type, one.length, one.decimals) for name, one in zip(names, header.descriptors, strict=True)
        )
        table = Table(origin, header=header, choice=choice, fields=fields)
        table.bytes = source.size
        marks = count_marks(source, header)
    finally:
        source.close()
    table.deleted = marks[DELETED]
    table.notices = (*header.notices, *name_notices, *choice.notices, *mark_notices(marks), *_companions(table))
    return table


def _companions(table: Table) -> tuple[Notice, ...]:
    """Return what is amiss with that on which cells depend: the memo file and the marks of null values."""
    notices = []
    columns = table.header.descriptors
    needs_memos = table.header.records and any(column.points_to_memo for column in columns)
    if needs_memos and memo_file(table.origin, table.header.version, columns) is None:
        text = "Рядом с таблицей нет файла примечаний: поля-примечания не прочитаны."
        notices.append(Notice("no_memo_file", text))
    if lacks_bits(columns):
        notices.append(
            Notice("null_flags", "Поле _NullFlags короче, чем нужно: пустые значения не различить.", grave=True)
        )
    return tuple(notices)
