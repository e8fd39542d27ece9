"""Live rows of a table together: their bytes, their typed columns and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    def faults(self, fields: Sequence[Field], columns: Sequence[Column], blocks: Sequence[Block]) -> list[Fault]:
        """Return what is wrong with rows and cells just read, by row and then by field."""
        found = [(position, -1, fault) for position, fault in self._strange_marks()]
        for index, (field, column, block) in enumerate(zip(fields, columns, blocks, strict=True)):
            for position, raw, wrong in column.faults(block):
                number = int(self.numbers[position])
                found.append(
                    (
                        position,
                        index,
                        Fault(number, field.name, wrong.code, show_bytes(raw[: field.length]), wrong.text),
                    )
                )
        return [fault for _, _, fault in sorted(found, key=lambda one: one[:2])]

    def _strange_marks(self) -> Iterator[tuple[int, Fault]]:
        marks = self.raw[:, 0]
        for position in np.flatnonzero((marks != LIVE) & (marks != UNMARKED)).tolist():
            shown = show_bytes(marks[position].tobytes())
            text = "На месте признака удаления чужой байт."
            yield position, Fault(int(self.numbers[position]), "", "strange_mark", shown, text)


def live_records(source: Source, header: Header, first: int, count: int) -> Records:
    """Read `count` rows from the row of index `first` on and leave the deleted ones out."""
    start = header.header_length + first * header.record_length
    raw = np.frombuffer(source.read(start, count * header.record_length), dtype=np.uint8)
    raw = raw.reshape(count, header.record_length)
    live = raw[:, 0] != DELETED
    numbers = np.flatnonzero(live) + (first + 1)
    return Records(numbers, raw if len(numbers) == count else raw[live])
