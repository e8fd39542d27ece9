"""Reading filled files: rows with their keys, lines per service, and what in them is not as promised (3.9).

Columns are read together, some thousands of rows at once, and what nobody filled is passed by; only then are rows made.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from itertools import repeat, starmap
from typing import Any

from exchange.dbf.reading import Piece
from exchange.layouts.column_reading import Attributes, Faults, LayoutColumn, columns_of, or_default, told
from exchange.layouts.exchanged import ParsedLine, ParsedRow, RowFault
from exchange.layouts.forms import Attribute
from exchange.layouts.groups import fitted_to
from exchange.layouts.model import Kind, Layout
from exchange.layouts.readable import Readable
from exchange.layouts.recognition import check_structure
from exchange.layouts.slots import LinesOfGroup, Slot, paired

MOST_RESIDENTS = 999
_NAMING = frozenset(
    {
        "request_id", "account", "snils", "last_name", "first_name", "middle_name", "birth_date", "address_code",
        "month", "year", "month_number",
    }
)  # fmt: skip
_DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(ParsedRow)}


@dataclass(frozen=True, slots=True)
class ParsedPiece:
    """Rows read together, without their lines, and the lines of all of them by group."""

    rows: Sequence[ParsedRow]
    lines: Sequence[LinesOfGroup]


def parse_return(layout: Layout, table: Readable) -> Iterator[ParsedRow]:
    """Give the live rows of a returned table in their physical order.

    A blank cell is None or an empty text. A cell that is not what the layout promises is None too, and a fault
    of its row; so is a line of an unknown service.

    Raises Refused, at once, when the table does not follow the layout.
    """
    reader = _Reader(layout, table)
    return (row for piece in table.pieces() for row in reader.rows(piece))


def parse_pieces(layout: Layout, table: Readable) -> Iterator[ParsedPiece]:
    """Give what `parse_return` gives, some thousands of rows together and their lines by column.

    Raises Refused, at once, when the table does not follow the layout.
    """
    reader = _Reader(layout, table)
    return map(reader.parsed, table.pieces())


class Overview:
    """A first pass over a returned table: whom its rows name and, when it ended, what they bill together.

    It gives the rows that `parse_return` gives without their faults and cells; lines are only there in a long file,
    where a row is found by its service as well. `billed` is in roubles as sent; a blank is nothing.

    Raises Refused, at once, when the table does not follow the layout.
    """

    def __init__(self, layout: Layout, table: Readable) -> None:
        self.billed = Decimal("0.00")
        self._reader = _Reader(layout, table)
        self._table = table

    def __iter__(self) -> Iterator[ParsedRow]:
        for piece in self._table.pieces(self._reader.places_of_overview):
            self.billed += self._reader.billed(piece)
            yield from self._reader.named(piece)


class _Reader:
    """A layout laid over the columns of a table."""

    def __init__(self, layout: Layout, table: Readable) -> None:
        layout = fitted_to(layout, table)
        check_structure(layout, table)
        columns = columns_of(layout, table)
        self._of_row = [column for column in columns if column.field.group == 0]
        self._slots = [Slot(layout, group, columns) for group in layout.groups]
        self._naming = [column for column in self._of_row if column.attribute in _NAMING]
        self._is_long = layout.kind is Kind.LONG
        self._group_of = {field.name.upper(): field.group for field in layout.fields}

    @property
    def places_of_overview(self) -> frozenset[int] | None:
        """The places of the columns that an overview needs; None where it needs all of them."""
        if self._is_long:
            return None
        billed = [place for slot in self._slots for place in slot.billed_places]
        return frozenset([*billed, *(column.index for column in self._naming)])

    def rows(self, piece: Piece) -> Iterator[ParsedRow]:
        """Give the rows of a piece whole."""
        facts, lines, faults = self._read(piece, self._of_row)
        return self._made(piece, facts | {"lines": _by_row(lines, len(piece.numbers))}, faults)

    def parsed(self, piece: Piece) -> ParsedPiece:
        """Return the rows of a piece, their lines beside them."""
        facts, lines, faults = self._read(piece, self._of_row)
        return ParsedPiece(list(self._made(piece, facts, faults)), lines)

    def named(self, piece: Piece) -> Iterator[ParsedRow]:
        """Give the rows of a piece with what they are found by."""
        if not self._is_long:
            return _rows(self._facts(piece, self._naming, Faults()), piece.numbers)
        facts, lines, _ = self._read(piece, self._naming)
        return _rows(facts | {"lines": _by_row(lines, len(piece.numbers))}, piece.numbers)

    def billed(self, piece: Piece) -> Decimal:
        """Sum what the rows of a piece bill."""
        lines = (roubles for slot in self._slots for roubles in slot.billed(piece))
        return sum((roubles for roubles in lines if isinstance(roubles, Decimal)), Decimal("0.00"))

    def _made(self, piece: Piece, facts: Mapping[str, Any], faults: Faults) -> Iterator[ParsedRow]:
        rows = len(piece.numbers)
        told_of = [faults.of(place) for place in range(rows)] if faults else [()] * rows
        cells = list(zip(*piece.columns, strict=True)) or [()] * rows
        return _rows({**facts, "faults": told_of, "cells": cells}, piece.numbers)

    def _read(self, piece: Piece, of_row: Sequence[LayoutColumn]) -> tuple[dict[str, Any], list[LinesOfGroup], Faults]:
        faults = self._faults(piece)
        unread = {place: {fault.field.upper() for fault in some} for place, some in faults.items()}
        facts = self._facts(piece, of_row, faults)
        found = []
        for slot in self._slots:
            faulty = [place for place, names in unread.items() if names & slot.names]
            lines = slot.read(piece, faulty, faults)
            if lines is not None:
                found.append(lines)
        facts["residents"] = _residents(facts, found, len(piece.numbers), faults)
        return facts, paired(found), faults

    def _faults(self, piece: Piece) -> Faults:
        faults = Faults()
        places = {number: place for place, number in enumerate(piece.numbers)} if piece.faults else {}
        for fault in piece.faults:
            group = self._group_of.get(fault.field.upper(), 0)
            faults[places[fault.row]].append(RowFault(fault.field, fault.code, fault.text, fault.raw, group))
        return faults

    def _facts(self, piece: Piece, columns: Sequence[LayoutColumn], faults: Faults) -> dict[str, Any]:
        """Return what the columns of the row tell, by attribute."""
        everyone = range(len(piece.numbers))
        read: list[tuple[str, Attributes]] = []
        parts: dict[str, list[tuple[tuple[int, int], Attributes]]] = defaultdict(list)
        for column in columns:
            values = column.read(piece.columns[column.index], everyone, faults)
            if column.field.part is None:
                read.append((column.attribute, values))
            else:
                parts[column.attribute].append((column.field.part, values))
        facts: dict[str, Any] = told(read)
        facts.update({attribute: _joined(pieces) for attribute, pieces in parts.items()})
        facts["month"] = _months(facts, len(everyone), faults)
        return facts


def _rows(facts: Mapping[str, Any], numbers: Sequence[int]) -> Iterator[ParsedRow]:
    """Give the rows; what is told by column stands in the order of the row's attributes."""
    columns: list[Any] = [numbers]
    for name, default in _DEFAULTS.items():
        if default is not MISSING:
            columns.append(or_default(facts[name], default) if name in facts else repeat(default))
    return starmap(ParsedRow, zip(*columns, strict=False))


def _joined(pieces: Sequence[tuple[tuple[int, int], Attributes]]) -> list[str]:
    """Join the parts of a text that stand in several columns, in their order."""
    padded = [
        [str(value or "").ljust(end - start) for value in values]
        for (start, end), values in sorted(pieces, key=lambda one: one[0][0])
    ]
    whole = ["".join(texts) for texts in zip(*padded, strict=True)]
    return [text if text.strip() else "" for text in whole]


def _months(facts: Mapping[str, Any], rows: int, faults: Faults) -> list[dt.date | None]:
    """Return the month of every row: told as a day, or as a year and a number."""
    nothing = [None] * rows
    months = list(facts.get("month", nothing))
    for place, told_in_parts in enumerate(
        zip(facts.get("year", nothing), facts.get("month_number", nothing), strict=True)
    ):
        year, number = told_in_parts
        if months[place] is None and year is not None and number is not None:
            try:
                months[place] = dt.date(year, number, 1)
            except (ValueError, OverflowError):
                text = f"Месяца {number} года {year} не бывает."
                faults[place].append(RowFault("", "bad_month", text, f"{year}-{number}"))
    return months


def _residents(
    facts: Mapping[str, Any], lines: Sequence[LinesOfGroup], rows: int, faults: Faults
) -> Sequence[Attribute]:
    """Return the number of registered people, taken from the lines where the row has no column for it.

    A number that no dwelling has is a fault of its row.
    """
    residents: list[Any] = list(facts.get("residents", repeat(None, rows)))
    counted: dict[int, set[Any]] = defaultdict(set)
    for group in lines:
        for place, number in zip(group.places, group.told.get("residents", ()), strict=False):
            if number is not None:
                counted[place].add(number)
    for place, numbers in sorted(counted.items()):
        if residents[place] is None and len(numbers) == 1:
            residents[place] = numbers.pop()
        elif residents[place] is None:
            shown = ", ".join(map(str, sorted(numbers)))
            text = f"По услугам строки разное число зарегистрированных: {shown}."
            faults[place].append(RowFault("", "residents_differ", text, shown))
    for place, number in enumerate(residents):
        if number is not None and not 0 <= number <= MOST_RESIDENTS:
            residents[place] = None
            text = f"Зарегистрированных {number}: столько не бывает."
            faults[place].append(RowFault("", "bad_number", text, str(number)))
    return residents


def _by_row(lines: Sequence[LinesOfGroup], rows: int) -> list[tuple[ParsedLine, ...]]:
    found: list[list[ParsedLine]] = [[] for _ in range(rows)]
    for group in lines:
        for place, line in zip(group.places, group.lines(), strict=True):
            found[place].append(line)
    return list(map(tuple, found))
