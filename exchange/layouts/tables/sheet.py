"""A table that is not a DBF, in the shape of the codec's: fields, live rows, notices, oddities and faults."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from exchange.dbf.encodings import Choice
from exchange.dbf.header import Field
from exchange.dbf.reading import Piece, Row
from exchange.dbf.verdicts import Fault, Notice, Refused
from exchange.layouts.model import Limits

UNTYPED = ""
"""The type of a column whose cells are as the file has them, before a layout says what they are."""

PIECE_ROWS = 2_000
Tell: TypeAlias = Callable[[str], None]
ReadRows: TypeAlias = Callable[[Tell], Iterator[Row]]

_ODDITIES = {
    "blank_rows": "Пустые строки пропущены.",
    "trailing_cells": "В конце части строк лишние разделители: пустые ячейки за последним столбцом отброшены.",
    "trimmed_lines": "Часть строк короче записи: недостающие в конце пробелы дополнены.",
    "number_as_text": (
        "Часть номеров записана в таблице числами: ведущие нули, если они были, в файле уже потеряны. "
        "Попросите отправителя сделать столбец текстовым."
    ),
    "zeros_restored": "Часть номеров записана числами с видом из нулей: ведущие нули восстановлены по нему.",
}


class Sheet:
    """Rows with the columns they stand in; what is read again when it is asked for again.

    `live` counts the rows; the structure of all of them was looked at before.
    """

    def __init__(
        self,
        read: ReadRows,
        *,
        fields: Sequence[Field],
        choice: Choice,
        size: int,
        live: int,
        notices: Sequence[Notice] = (),
    ) -> None:
        self._read = read
        self.fields = tuple(fields)
        self.choice = choice
        self.encoding = choice.encoding
        self.encoding_from = choice.chosen_by
        self.bytes = size
        self.live = live
        self.notices = (*notices, *choice.notices)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        return self._survey[0]

    @cached_property
    def oddities(self) -> tuple[Notice, ...]:
        return self._survey[1]

    @cached_property
    def _survey(self) -> tuple[tuple[Fault, ...], tuple[Notice, ...]]:
        seen: set[str] = set()
        faults = tuple(fault for row in self._read(seen.add) for fault in row.faults)
        return faults, tuple(Notice(code, text) for code, text in _ODDITIES.items() if code in seen)

    def rows(self) -> Iterator[Row]:
        """Give the rows in their order."""
        return self._read(lambda _: None)

    def pieces(self, columns: Collection[int] | None = None) -> Iterator[Piece]:
        """Give the rows by columns, some thousands together; all columns were read with their row."""
        rows = self.rows()
        while some := list(islice(rows, PIECE_ROWS)):
            values = tuple(zip(*(row.values for row in some), strict=True))
            faults = tuple(fault for row in some for fault in row.faults)
            yield Piece([row.number for row in some], values, faults)

    def rows_telling(self, tell: Tell) -> Iterator[Row]:
        """Give the rows, telling the codes of tolerated oddities."""
        return self._read(tell)


def column_names(given: Sequence[str]) -> tuple[str, ...]:
    """Return names of columns, trimmed; a column without a name is called by its place."""
    return tuple(" ".join(name.split()) or f"Столбец {place}" for place, name in enumerate(given, start=1))


def refuse_size(size: int, limits: Limits) -> None:
    """Raise Refused for a file of more bytes than allowed, and for an empty one."""
    if size > limits.bytes:
        raise Refused("too_large", f"Файл больше предела: {size} байт, разрешено {limits.bytes}.")
    if not size:
        raise Refused("empty", "Файл пустой.")


def refuse_shape(*, rows: int, columns: int, limits: Limits) -> None:
    """Raise Refused for more rows or columns than allowed."""
    if rows > limits.rows:
        raise Refused("too_many_rows", f"Строк в файле больше предела: разрешено {limits.rows}.")
    if columns > limits.columns:
        raise Refused("too_many_columns", f"Столбцов в файле {columns}, а разрешено {limits.columns}.")
