"""Reading a table: strict for the import, as far as it goes for a person who looks into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import repeat
from pathlib import Path

from exchange.dbf.batches import DELETED, Batch, Records, live_records
from exchange.dbf.cells import Value
from exchange.dbf.columns import Column, column_of
from exchange.dbf.digits import Block
from exchange.dbf.encodings import AUTO, Choice, choose_encoding
from exchange.dbf.header import VERSIONS, Field, Header, read_header
from exchange.dbf.memos import Memos, memo_file, memo_letters
from exchange.dbf.names import field_names, told_apart
from exchange.dbf.nullflags import lacks_bits, null_flags
from exchange.dbf.readers import reader_of
from exchange.dbf.scanning import count_marks, mark_notices, sample, spans
from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Fault, Notice, Refused

BATCH_ROWS = 20_000
BATCH_MEMO_ROWS = 256
MOST_FAULTS = 50_000
"""So many faults are kept of one table; of more only their number is told."""
_ODDITIES = {
    "nul_padding": "Часть ячеек дополнена нулевыми байтами вместо пробелов.",
    "zero_date": "Часть дат записана нулями: они прочитаны как пустые.",
    "dotted_date": "Часть дат записана как ДД.ММ.ГГГГ.",
    "dashed_date": "Часть дат записана как ГГГГ-ММ-ДД.",
    "exponent": "Часть чисел записана с порядком (буквой E): они прочитаны точно.",
    "comma": "Часть чисел записана с запятой вместо точки: они прочитаны точно.",
    "part_of_second": "Часть моментов записана с долями секунды, как 08:29:59.999: показаны целые секунды.",
    "cut_letter": "Часть текстов обрезана посреди буквы: эта буква пропущена.",
    "no_day": "Часть моментов записана без дня: они прочитаны как пустые.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One live row. `number` is physical and 1-based, deleted rows counted; a faulty cell is None in `values`."""

    number: int
    values: tuple[Value, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Survey:
    """What one pass over the rows found: `faults`, the first `MOST_FAULTS` of `faulty` ones, and codes of oddities."""

    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def room(self) -> int:
        """How many more faults are kept."""
        return MOST_FAULTS - len(self.faults)

    def add(self, count: int, faults: Sequence[Fault]) -> None:
        self.faulty += count
        self.faults.extend(faults)

    @property
    def oddities(self) -> tuple[Notice, ...]:
        found = [Notice(code, text) for code, text in _ODDITIES.items() if code in self.seen]
        if self.faulty > len(self.faults):
            text = f"Нечитаемых ячеек {self.faulty}, перечислены первые {len(self.faults)}."
            found.append(Notice("more_faults", text))
        return tuple(found)


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
        return VERSIONS[self.header.version]

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
