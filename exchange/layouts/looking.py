"""Looking into a file as a person does: whatever it is written in, whatever is wrong with it, by a layout or without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from exchange.dbf.encodings import AUTO
from exchange.dbf.header import Field
from exchange.dbf.reading import Row, look_into
from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Refused
from exchange.layouts.model import Container, Layout, Limits
from exchange.layouts.readable import Readable
from exchange.layouts.tables.opened import WORKBOOK, content_of, open_sample, read_table
from exchange.layouts.tables.sheet import UNTYPED, Sheet, refuse_shape
from exchange.layouts.tables.texts import decode, is_marked

_HEADER = 32
"""Bytes of which some are always zero in a DBF and none in a text."""
_LOOKED_AT = 4096
_NAMES = {
    Container.CSV: "текст с разделителями (CSV)",
    Container.FIXED: "текст с полями постоянной ширины",
    Container.XLSX: "книга Excel (XLSX)",
}
_LINES = "текст"
_TEXTS = (Container.CSV, Container.FIXED)


@dataclass(frozen=True, slots=True)
class Looked:
    """A table that was looked into and what it is written in, in words; `deleted` rows are those of a DBF."""

    table: Readable
    written_in: str
    deleted: int = 0

    @property
    def has_code_page(self) -> bool:
        """Tell whether a person may choose in which letters to read it."""
        return self.written_in != _NAMES[Container.XLSX]


def looks_like(origin: bytes | Path) -> Container | None:
    """Tell by its first bytes what a file is written in: `FIXED` stands for any text, None for none of them.

    Raises Refused when the file cannot be opened.
    """
    with closing(Source(origin)) as source:
        start = source.read(0, min(source.size, _LOOKED_AT))
    if start.startswith(WORKBOOK):
        return Container.XLSX
    if b"\0" in start[:_HEADER] and not is_marked(start):
        return Container.DBF
    return Container.FIXED if start and (b"\0" not in start or is_marked(start)) else None


def look(origin: bytes | Path, *, layout: Layout | None = None, encoding: str = AUTO) -> Looked:
    """Read a file by its layout where it is written so, otherwise as far as it tells itself, in the end as lines.

    An `encoding` takes the place of the layout's.

    Raises Refused when there is nothing to show.
    """
    found = looks_like(origin)
    if found is Container.DBF or found is None:
        table = look_into(origin, encoding=encoding)
        return Looked(table, table.version, table.deleted)
    ways: list[Callable[[], Looked]] = [lambda: _sample(origin, encoding)]
    if layout is not None and layout.container is not Container.DBF:
        asked = layout if encoding == AUTO else replace(layout, encoding=encoding)
        ways.insert(0, lambda: Looked(read_table(asked, origin), _NAMES[asked.container]))
    if found in _TEXTS:
        ways.append(lambda: _lines(origin, encoding))
    return _first_of(ways)


def live_rows(origin: bytes | Path, *, layout: Layout | None = None) -> int:
    """Count the live rows of a table; 0 for what is none."""
    try:
        return look(origin, layout=layout).table.live
    except Refused:
        return 0


def _first_of(ways: list[Callable[[], Looked]]) -> Looked:
    """Return what the first way that can be gone gives; raises the Refused of the first where none can."""
    refusals = []
    for way in ways:
        try:
            return way()
        except Refused as refused:
            refusals.append(refused)
    raise refusals[0]


def _sample(origin: bytes | Path, encoding: str) -> Looked:
    sample = open_sample(origin, limits=Limits(), encoding=encoding)
    return Looked(sample.table, _NAMES[sample.container])


def _lines(origin: bytes | Path, encoding: str) -> Looked:
    """Show a text of no known columns line by line."""
    content = content_of(origin, Limits())
    text, choice = decode(content, encoding)
    lines = [line for line in text.splitlines() if line.strip()]
    refuse_shape(rows=len(lines), columns=1, limits=Limits())

    def rows() -> Iterator[Row]:
        return (Row(number, (line,)) for number, line in enumerate(lines, start=1))

    column = Field("Строка текста", UNTYPED, 0)
    sheet = Sheet(lambda _: rows(), fields=[column], choice=choice, size=len(content), live=len(lines))
    return Looked(sheet, _LINES)
