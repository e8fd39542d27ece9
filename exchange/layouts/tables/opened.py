"""Opening what is not a DBF: as its layout says it is written, or, of an unknown file, as far as it tells itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from exchange.dbf.encodings import AUTO
from exchange.dbf.reading import read_dbf
from exchange.dbf.sources import unreadable
from exchange.layouts.groups import fitted_to
from exchange.layouts.model import Container, Layout, Limits, Writing
from exchange.layouts.readable import Readable
from exchange.layouts.tables.delimited import found_delimiter, read_delimited
from exchange.layouts.tables.fixed import read_fixed
from exchange.layouts.tables.sheet import Sheet, refuse_size
from exchange.layouts.tables.spreadsheet import read_spreadsheet
from exchange.layouts.tables.texts import decode, is_marked
from exchange.layouts.tables.typed import typed

WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DBF_HEADER = 32
"""Bytes of which some are always zero in a DBF and none in a text."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of no known layout: the table that it is, and how that table is written."""

    table: Readable
    container: Container
    writing: Writing


def read_table(layout: Layout, origin: bytes | Path) -> Sheet:
    """Read a text or a workbook as the layout says, its cells being of the layout's types.

    Raises Refused, with the sentence for the protocol.
    """
    content = content_of(origin, layout.limits)
    names = [field.name for field in layout.fields]
    match layout.container:
        case Container.CSV:
            sheet = read_delimited(
                content, encoding=layout.encoding, writing=layout.writing, limits=layout.limits, names=names
            )
        case Container.FIXED:
            sheet = read_fixed(
                content,
                columns=layout.columns,
                encoding=layout.encoding,
                header_row=layout.writing.header_row,
                limits=layout.limits,
            )
        case _:
            sheet = read_spreadsheet(content, writing=layout.writing, limits=layout.limits, names=names)
    return typed(fitted_to(layout, sheet), sheet)


def open_sample(origin: bytes | Path, *, limits: Limits, encoding: str = AUTO, header_row: int = 1) -> Sample:
    """Read a file of no known layout: a workbook, a DBF, or a text with a delimiter.

    Raises Refused when it is none of them, with the reason of the kind it looks like.
    """
    content = content_of(origin, limits)
    writing = Writing(header_row=header_row)
    if content.startswith(WORKBOOK):
        return Sample(read_spreadsheet(content, writing=writing, limits=limits), Container.XLSX, writing)
    if b"\0" in content[:_DBF_HEADER] and not is_marked(content):
        return Sample(read_dbf(origin, encoding=encoding), Container.DBF, writing)
    text, _ = decode(content, encoding)
    writing = replace(writing, delimiter=found_delimiter(text, writing.quote))
    return Sample(read_delimited(content, encoding=encoding, writing=writing, limits=limits), Container.CSV, writing)


def content_of(origin: bytes | Path, limits: Limits) -> bytes:
    """Return the bytes of a file, which are not read when there are too many of them. Raises Refused."""
    if isinstance(origin, bytes):
        return origin
    try:
        refuse_size(origin.stat().st_size, limits)
        return origin.read_bytes()
    except OSError as error:
        raise unreadable("Файл не открывается", error) from error
