"""Live rows of a table together: their bytes, their typed columns and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exchange.dbf.columns import Column
from exchange.dbf.digits import Block
from exchange.dbf.header import Field, Header
from exchange.dbf.sources import Source
from exchange.dbf.typed import Numbers, Typed
from exchange.dbf.verdicts import Fault, show_bytes

LIVE, DELETED, UNMARKED = 0x20, 0x2A, 0x00


@dataclass(frozen=True, slots=True)
class Batch:
    """Live rows by columns, in the order of the table's fields.

    `numbers` are physical and 1-based, deleted rows counted. `faults` are in the order of the rows; a faulty cell
    has no value in its column.
    """

    numbers: Numbers
    columns: tuple[Typed, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The bytes of live rows, a line each, with their physical numbers."""

    numbers: Numbers
    raw: NDArray[np.uint8]

    def blocks(self, fields: Sequence[Field]) -> list[Block]:
        """Return the cells of each field."""
        blocks = []
        start = 1
        for field in fields:
            blocks.append(self.raw[:, start : start + field.length])
            start += field.length
        return blocks

    def faults(
        self, fields: Sequence[Field], columns: Sequence[Column], blocks: Sequence[Block], *, most: int | None = None
    ) -> tuple[int, list[Fault]]:
        """Return how many rows and cells just read are faulty, and what is wrong with the first `most` of them.

        They come by row and then by field.
        """
        places = [
            self._strange_marks(),
            *(column.unreadable_in(block) for column, block in zip(columns, blocks, strict=True)),
        ]
        count = sum(map(len, places))
        if not count:
            return 0, []
        rows = np.concatenate(places)
        indexes = np.repeat(np.arange(-1, len(columns)), [len(one) for one in places])
        order = np.lexsort((indexes, rows))[:most]
        chosen = zip(rows[order].tolist(), indexes[order].tolist(), strict=True)
        return count, [
            self._strange_mark(position)
            if index < 0
            else self._fault(position, fields[index], columns[index], blocks[index])
            for position, index in chosen
        ]

    def _fault(self, position: int, field: Field, column: Column, block: Block) -> Fault:
        raw = block[position].tobytes()
        wrong = column.wrong_with(raw)
        return Fault(int(self.numbers[position]), field.name, wrong.code, show_bytes(raw[: field.length]), wrong.text)

    def _strange_marks(self) -> NDArray[np.intp]:
        marks = self.raw[:, 0]
        return np.flatnonzero((marks != LIVE) & (marks != UNMARKED))

    def _strange_mark(self, position: int) -> Fault:
        shown = show_bytes(self.raw[position, 0].tobytes())
        return Fault(int(self.numbers[position]), "", "strange_mark", shown, "На месте признака удаления чужой байт.")


def live_records(source: Source, header: Header, first: int, count: int) -> Records:
    """Read `count` rows from the row of index `first` on and leave the deleted ones out."""
    start = header.header_length + first * header.record_length
    raw = np.frombuffer(source.read(start, count * header.record_length), dtype=np.uint8)
    raw = raw.reshape(count, header.record_length)
    live = raw[:, 0] != DELETED
    numbers = np.flatnonzero(live) + (first + 1)
    return Records(numbers, raw if len(numbers) == count else raw[live])
