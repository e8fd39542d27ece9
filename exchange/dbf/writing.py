"""Writing a table into bytes: a value that does not fit, or a letter outside the code page, is an error."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from types import MappingProxyType

import numpy as np

from exchange.dbf.descriptors import END_OF_FIELDS
from exchange.dbf.encodings import LANGUAGE_BYTE
from exchange.dbf.header import END_OF_FILE, FOXPRO_BACKLINK, Field
from exchange.dbf.putting import Misfit, Writable, putter
from exchange.dbf.putting_columns import PutColumn, column_putter

NOTHING: Mapping[str, str] = MappingProxyType({})
LONGEST_RECORD = 0xFFFF
ROWS_AT = 4
CHUNK_ROWS = 8192
CHUNK_BYTES = 4 * 1024 * 1024


class Version(IntEnum):
    """What the first byte says. FoxPro here is Visual FoxPro with the field types of dBASE III.

    FoxPro 2.x without memos writes and reads the first: its own byte promises a memo file.
    """

    DBASE3 = 0x03
    FOXPRO = 0x30


class Unwritable(Exception):
    """A value cannot be put into its field as it is. `row` is 1-based, 0 when the field itself is impossible."""

    def __init__(self, row: int, field: str, code: str, text: str) -> None:
        super().__init__(row, field, code, text)
        self.row = row
        self.field = field
        self.code = code
        self.text = text

    def __str__(self) -> str:
        where = f"строка {self.row}, поле {self.field}" if self.row else f"поле {self.field}"
        return f"Файл не записан: {where}: {self.text}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows and their bytes. `first` is the 1-based number of the first of them."""

    first: int
    rows: Sequence[Sequence[Writable]]
    content: bytes


def write_dbf(
    fields: Sequence[Field],
    rows: Iterable[Sequence[Writable]],
    *,
    encoding: str,
    version: Version = Version.DBASE3,
    substitutions: Mapping[str, str] = NOTHING,
    day: dt.date | None = None,
) -> bytes:
    """Return the bytes of a table with `rows` in the given order.

    `substitutions` replace declared characters in text (for instance « by a plain quote) before the code page
    is asked. `day` is the date of last change in the header; without it the header keeps zeros, so that equal
    rows give equal bytes on any day.

    Raises Unwritable when a value does not fit, has more decimals than the field, is not of its type or holds
    a character outside the code page.
    """
    pieces = [header_bytes(fields, encoding=encoding, version=version, day=day)]
    count = 0
    for chunk in encoded_chunks(fields, rows, encoding=encoding, substitutions=substitutions):
        pieces.append(chunk.content)
        count += len(chunk.rows)
    pieces[0] = counted(pieces[0], count)
    pieces.append(bytes((END_OF_FILE,)))
    return b"".join(pieces)


def counted(header: bytes, rows: int) -> bytes:
    """Return the header with the number of rows put into it."""
    return header[:ROWS_AT] + rows.to_bytes(4, "little") + header[ROWS_AT + 4 :]


def header_bytes(fields: Sequence[Field], *, encoding: str, version: Version, day: dt.date | None) -> bytes:
    """Return the header of a table without rows. Raises Unwritable when a field is impossible."""
    if encoding not in LANGUAGE_BYTE:
        raise Unwritable(0, "", "encoding", f"в кодировке {encoding} файлы не пишутся.")
    record_length = 1 + sum(field.length for field in fields)
    if record_length > LONGEST_RECORD:
        raise Unwritable(0, "", "record_length", f"запись длиннее {LONGEST_RECORD} байт.")
    backlink = FOXPRO_BACKLINK if version is Version.FOXPRO else 0
    header_length = 32 + 32 * len(fields) + 1 + backlink
    stamp = (day.year % 100, day.month, day.day) if day is not None else (0, 0, 0)
    start = struct.pack("<4BIHH17xB2x", version, *stamp, 0, header_length, record_length, LANGUAGE_BYTE[encoding])
    return b"".join((start, *_descriptors(fields), bytes((END_OF_FIELDS,)), bytes(backlink)))


def _descriptors(fields: Sequence[Field]) -> Iterator[bytes]:
    offset = 1
    seen: set[str] = set()
    for field in fields:
        name = field.name.encode("ascii", "replace")
        if not 1 <= len(name) <= 10 or not field.name.isidentifier() or not field.name.isascii():
            raise Unwritable(0, field.name, "field_name", "имя поля — до 10 латинских букв и цифр.")
        if field.name.upper() in seen:
            raise Unwritable(0, field.name, "field_name", "поле с таким именем уже есть.")
        seen.add(field.name.upper())
        _check_shape(field)
        low, high = (field.length % 256, field.length // 256) if field.type == "C" else (field.length, field.decimals)
        yield struct.pack("<11scIBB14x", name, field.type.encode("ascii"), offset, low, high)
        offset += field.length


def _check_shape(field: Field) -> None:
    most = LONGEST_RECORD if field.type == "C" else 255
    fixed = {"D": 8, "L": 1}.get(field.type)
    if field.type not in "CNFDL":
        raise Unwritable(0, field.name, "field_type", f"поля типа {field.type} не пишутся.")
    if not 1 <= field.length <= most or (fixed is not None and field.length != fixed):
        raise Unwritable(0, field.name, "field_width", f"ширина {field.length} для типа {field.type} невозможна.")
    if field.decimals and (field.type not in "NF" or field.decimals > field.length - 2):
        raise Unwritable(0, field.name, "field_width", f"{field.decimals} знаков после точки не поместятся.")


def encoded_chunks(
    fields: Sequence[Field], rows: Iterable[Sequence[Writable]], *, encoding: str, substitutions: Mapping[str, str]
) -> Iterator[Chunk]:
    """Give the bytes of the rows, many at a time, in the given order.

    Raises Unwritable of the first row that cannot be written, as `write_dbf` does.
    """
    put_columns = [column_putter(field, encoding, substitutions) for field in fields]
    record_length = 1 + sum(field.length for field in fields)
    most = max(1, min(CHUNK_ROWS, CHUNK_BYTES // record_length))
    given = iter(rows)
    first = 1
    while chunk := list(islice(given, most)):
        try:
            content = _together(fields, chunk, put_columns, record_length)
        except Misfit as misfit:
            raise _first_misfit(fields, chunk, first, encoding, substitutions) from misfit
        yield Chunk(first, chunk, content)
        first += len(chunk)


def _together(
    fields: Sequence[Field], chunk: Sequence[Sequence[Writable]], put_columns: Sequence[PutColumn], record_length: int
) -> bytes:
    if any(len(row) != len(fields) for row in chunk):
        raise Misfit("row_width", "значений не столько, сколько полей.")
    records = np.full((len(chunk), record_length), ord(" "), dtype=np.uint8)
    start = 1
    for field, put, values in zip(fields, put_columns, zip(*chunk, strict=True), strict=True):
        cells = np.frombuffer(put(values), dtype=np.uint8)
        records[:, start : start + field.length] = cells.reshape(len(chunk), field.length)
        start += field.length
    return records.tobytes()


def _first_misfit(
    fields: Sequence[Field],
    chunk: Sequence[Sequence[Writable]],
    first: int,
    encoding: str,
    substitutions: Mapping[str, str],
) -> Unwritable:
    """Find the first row, and in it the first field, whose value did not fit; looked for only when one did not."""
    puts = [putter(field, encoding, substitutions) for field in fields]
    for number, row in enumerate(chunk, start=first):
        if len(row) != len(fields):
            return Unwritable(number, "", "row_width", f"значений {len(row)}, а полей {len(fields)}.")
        for field, put, value in zip(fields, puts, row, strict=True):
            try:
                put(value)
            except Misfit as found:
                return Unwritable(number, field.name, found.code, found.text)
    raise AssertionError("A column refused what every cell of it takes.")
