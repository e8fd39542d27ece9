"""Reading a batch of one column at once: the usual cells together, the odd ones one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from exchange.dbf.cells import Cells, Read, Unreadable, Value
from exchange.dbf.digits import Block, parse_days, parse_numbers
from exchange.dbf.header import Field
from exchange.dbf.typed import Amounts, Days, Flags, Mask, Plain, Typed

_NUMBER_BYTES = b"0123456789.+- "
_ONE_BYTE_PAGES = frozenset({"cp866", "cp1251"})
_DAY_WIDTH = 8
_GUESSED_BY = 256
Places: TypeAlias = NDArray[np.intp]
_NOWHERE: Places = np.empty(0, dtype=np.intp)


class Column:
    """One column of a rarer type: every cell is read by itself, a repeated one once.

    The columns of the usual types read what is plain at once and leave to this one what is not, so that values,
    faults and notices never depend on how a cell was read.
    """

    def __init__(self, field: Field, read: Read) -> None:
        self._cells = Cells(read)
        self._width = field.length
        self._decimals = field.decimals

    def values(self, block: Block) -> Sequence[Value]:
        """Return the values of a batch; a faulty cell is None and `faults` tells what is wrong with it."""
        self._cells.forget()
        if _is_repeated(block):
            return [self._cells[block[0].tobytes()]] * len(block)
        found = self._together(block)
        return list(map(self._cells.__getitem__, split(block))) if found is None else found

    def typed(self, block: Block) -> Typed:
        """Return the same values in the exact form of their type."""
        return Plain(self.values(block))

    def unreadable_in(self, block: Block) -> Places:
        """Return where the faulty cells of the batch just read are."""
        unreadable = self._cells.unreadable
        if not unreadable:
            return _NOWHERE
        return np.flatnonzero(np.fromiter(map(unreadable.__contains__, split(block)), dtype=np.bool_, count=len(block)))

    def wrong_with(self, raw: bytes) -> Unreadable:
        """Return what is wrong with a faulty cell of the batch just read."""
        return self._cells.unreadable[raw]

    def _together(self, block: Block) -> list[Value] | None:
        return None

    def _one_by_one(self, block: Block, where: Mask) -> dict[int, Value]:
        self._cells.forget()
        positions = np.flatnonzero(where)
        odd = map(self._cells.__getitem__, split(block[positions])) if len(positions) else ()
        return dict(zip(positions.tolist(), odd, strict=True))


class TextColumn(Column):
    """Text in a page of one byte a letter."""

    def __init__(self, field: Field, read: Read, *, encoding: str) -> None:
        super().__init__(field, read)
        self._encoding = encoding

    def _together(self, block: Block) -> list[Value] | None:
        """Return the texts when all letters are of the code page and nothing is padded by zero bytes."""
        joined = block.tobytes()
        if b"\0" in joined:
            return None
        try:
            text = joined.decode(self._encoding)
        except UnicodeDecodeError:
            return None
        width = self._width
        return [text[start : start + width].rstrip(" ") for start in range(0, len(text), width)]


class NumberColumn(Column):
    """Numbers of N and F."""

    def _together(self, block: Block) -> list[Value] | None:
        """Return the numbers when all are plain; of these signs `Decimal` takes just what a cell may hold."""
        joined = block.tobytes()
        if joined.translate(None, _NUMBER_BYTES):
            return None
        try:
            return _repeated_numbers(block) if _repeats(block) else _different_numbers(joined, self._width)
        except InvalidOperation:
            return None

    def typed(self, block: Block) -> Typed:
        scaled, usual, blank = parse_numbers(block, self._decimals)
        odd = self._one_by_one(block, ~(usual | blank))
        return Amounts(scaled, self._decimals, blank, odd)


class DayColumn(Column):
    """Dates of eight bytes."""

    def _together(self, block: Block) -> list[Value] | None:
        typed = self.typed(block)
        return typed.values()

    def typed(self, block: Block) -> Typed:
        days, usual, blank = parse_days(block)
        for position, value in self._one_by_one(block, ~(usual | blank)).items():
            if isinstance(value, dt.date):
                days[position] = np.datetime64(value)
        return Days(days)


class FlagColumn(Column):
    """Answers of one byte."""

    def typed(self, block: Block) -> Typed:
        self._cells.forget()
        yes, known = np.zeros(256, dtype=np.bool_), np.zeros(256, dtype=np.bool_)
        for byte in np.unique(block).tolist():
            answer = self._cells[bytes((byte,))]
            yes[byte], known[byte] = answer is True, answer is not None
        return Flags(yes[block[:, 0]], known[block[:, 0]])


def _repeats(block: Block) -> bool:
    """Guess by a few cells whether most cells of a column stand in it more than once."""
    some = split(block[:: max(1, len(block) // _GUESSED_BY)])
    return len(set(some)) * 2 < len(some)


def _repeated_numbers(block: Block) -> list[Value]:
    cells = split(block)
    texts = {raw: raw.decode("ascii") for raw in set(cells)}
    numbers = {raw: Decimal(text) for raw, text in texts.items() if not text.isspace()}
    return list(map(numbers.get, cells))


def _different_numbers(joined: bytes, width: int) -> list[Value]:
    text, blank = joined.decode("ascii"), " " * width
    pieces = [text[start : start + width] for start in range(0, len(text), width)]
    return [None if piece == blank else Decimal(piece) for piece in pieces]


def _is_repeated(block: Block) -> bool:
    """Tell whether all cells hold the same bytes, as in the many columns that nobody fills."""
    if not len(block) or not (block[0] == block[-1]).all():
        return False
    return bytes(block.tobytes()) == bytes(block[0].tobytes()) * len(block)


def split(block: Block) -> list[bytes]:
    """Return the bytes of each cell."""
    rows, width = block.shape
    if width == 0:
        return [b""] * rows
    found: list[bytes] = np.ascontiguousarray(block).view(f"V{width}").ravel().tolist()
    return found


def column_of(field: Field, read: Read, *, encoding: str) -> Column:
    """Return the column of `field`; `read` reads one of its cells."""
    match field.type:
        case "C" if field.length and encoding in _ONE_BYTE_PAGES:
            return TextColumn(field, read, encoding=encoding)
        case "N" | "F" if field.length:
            return NumberColumn(field, read)
        case "D" if field.length == _DAY_WIDTH:
            return DayColumn(field, read)
        case "L" if field.length == 1:
            return FlagColumn(field, read)
        case _:
            return Column(field, read)
