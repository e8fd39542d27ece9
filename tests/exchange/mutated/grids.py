"""A returned file taken apart into cells and put together again: as bytes of a table or a text, values of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeAlias

from exchange.dbf.reading import read_dbf
from exchange.layouts.groups import fitted_to
from exchange.layouts.model import Container, Layout, LayoutField
from exchange.layouts.recognition import open_table
from exchange.layouts.tables.written import write_table

Rows: TypeAlias = list[list[Any]]
DELIMITER = b";"
NEW_LINE = b"\r\n"


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole file and its cells.

    `roles` are what the columns mean, with the number of their group; `joined` makes a file of other rows, which for
    a table keeps the promised count unless it is told `counted`. Of a table and a text `starts` are the first bytes
    of the rows and of what follows them; of a workbook there are none.
    """

    content: bytes
    rows: Rows
    roles: Sequence[tuple[str, int]]
    joined: Callable[[Rows, bool], bytes]
    starts: Sequence[int] = ()
    is_table: bool = False

    def columns(self, role: str) -> list[int]:
        """Return the places of the columns of a role, of every group."""
        return [place for place, (found, _) in enumerate(self.roles) if found == role]

    def row_at(self, place: int) -> int | None:
        """Return the index of the row that a byte belongs to, None for the header and what follows the rows."""
        if not self.starts or not self.starts[0] <= place < self.starts[-1]:
            return None
        return max(index for index, start in enumerate(self.starts) if start <= place)


def grid_of(layout: Layout, content: bytes) -> Grid:
    """Take a file apart by its layout."""
    takers = {Container.DBF: _table, Container.CSV: _text, Container.XLSX: _workbook}
    return takers[layout.container](layout, content)


def _table(layout: Layout, content: bytes) -> Grid:
    table = read_dbf(content)
    head, width = table.header.header_length, table.header.record_length
    known = {field.name.upper(): (field.role, field.group) for field in fitted_to(layout, table).fields}
    lengths = [1, *(field.length for field in table.fields)]
    places = [sum(lengths[:index]) for index in range(len(lengths) + 1)]
    starts = [head + width * index for index in range(table.header.records + 1)]
    rows = [[content[start + place : start + end] for place, end in pairwise(places)] for start in starts[:-1]]

    def joined(cells: Rows, counted: bool) -> bytes:
        body = b"".join(b"".join(row) for row in cells)
        count = len(cells).to_bytes(4, "little") if counted else content[4:8]
        return content[:4] + count + content[8:head] + body + content[starts[-1] :]

    return Grid(
        content, rows, [("", 0), *(known[field.name.upper()] for field in table.fields)], joined, starts, is_table=True
    )


def _text(layout: Layout, content: bytes) -> Grid:
    head, *lines = content.removesuffix(NEW_LINE).split(NEW_LINE)
    known = {field.name: (field.role, field.group) for field in layout.fields}
    starts = [len(head) + len(NEW_LINE)]
    for line in lines:
        starts.append(starts[-1] + len(line) + len(NEW_LINE))

    def joined(cells: Rows, _: bool) -> bytes:
        return NEW_LINE.join([head, *(DELIMITER.join(row) for row in cells), b""])

    names = head.decode("ascii").split(";")
    rows = [line.split(DELIMITER) for line in lines]
    return Grid(content, rows, [known[name] for name in names], joined, starts)


def _workbook(layout: Layout, content: bytes) -> Grid:
    rows = [list(row.values) for row in open_table(layout, content).rows()]
    roomy = replace(layout, fields=tuple(_roomy(field) for field in layout.fields))

    def joined(cells: Rows, _: bool) -> bytes:
        return write_table(roomy, cells)

    return Grid(content, rows, [(field.role, field.group) for field in layout.fields], joined)


def _roomy(field: LayoutField) -> LayoutField:
    """Return a column that takes whatever another one of its type holds."""
    return replace(field, length=60, decimals=6 if field.type == "N" else 0)
