"""The hidden column `_NullFlags`: which cells are null, and where a text of changing length ends.

Visual FoxPro gives each column, in their order, first a bit when its length changes (V, Q) and then one when it may
be null. A set bit of length means that the last byte of the cell tells how long the text is. Harbour does the same;
the length of its Unicode texts is counted in letters and takes the last two bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exchange.dbf.cells import Read, Unreadable, Value
from exchange.dbf.descriptors import SYSTEM, VARIABLE, Descriptor
from exchange.dbf.digits import Block

UNICODE = "\x1b"


@dataclass(frozen=True, slots=True)
class Bits:
    """The places of a column's bits among the marks of a row; None where it has no such bit."""

    length: int | None
    null: int | None


class NullFlags:
    """The marks of one table: `index` is the column they stand in, `bits` the marks of other columns by index."""

    def __init__(self, index: int, bits: dict[int, Bits]) -> None:
        self.index = index
        self.bits = bits

    def joined(self, blocks: list[Block]) -> list[Block]:
        """Return the cells of each column, those that have marks with the marks of their row behind them."""
        marks = blocks[self.index]
        return [
            np.concatenate((block, marks), axis=1) if index in self.bits else block
            for index, block in enumerate(blocks)
        ]

    def reader(self, column: Descriptor, index: int, read: Read) -> Read:
        """Return the reader of cells with marks behind them; `read` reads what the marks leave of a cell."""
        bits = self.bits[index]
        width = column.length
        unit = 2 if column.type == UNICODE else 1

        def read_marked(joined: bytes) -> Value:
            raw, marks = joined[:width], int.from_bytes(joined[width:], "little")
            if bits.null is not None and marks >> bits.null & 1:
                return None
            if bits.length is not None and marks >> bits.length & 1:
                length = unit * int.from_bytes(raw[-unit:], "little")
                if length > width - unit:
                    raise Unreadable("bad_length", "Длина значения больше ширины поля.")
                raw = raw[:length]
            return read(raw)

        return read_marked


def null_flags(columns: Sequence[Descriptor]) -> NullFlags | None:
    """Return how the marks of a table are laid out, or None when it has none to trust."""
    index = _place(columns)
    if index is None or lacks_bits(columns):
        return None
    return NullFlags(index, _laid_out(columns)[0])


def lacks_bits(columns: Sequence[Descriptor]) -> bool:
    """Tell whether the table has marks, but fewer bits than its columns need."""
    index = _place(columns)
    return index is not None and _laid_out(columns)[1] > 8 * columns[index].length


def _place(columns: Sequence[Descriptor]) -> int | None:
    return next((index for index, one in enumerate(columns) if one.type == "0" and one.flags & SYSTEM), None)


def _laid_out(columns: Sequence[Descriptor]) -> tuple[dict[int, Bits], int]:
    bits: dict[int, Bits] = {}
    free = 0
    for index, column in enumerate(columns):
        length = null = None
        if column.type in VARIABLE and column.length > 0:
            length, free = free, free + 1
        if column.is_nullable:
            null, free = free, free + 1
        if length is not None or null is not None:
            bits[index] = Bits(length, null)
    return bits, free
