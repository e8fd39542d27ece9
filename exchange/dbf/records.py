"""Tables of one structure joined into one, and rows taken out of a table: records are moved byte for byte.

Nothing is read and written anew, so a cell that cannot be read is moved as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exchange.dbf.header import END_OF_FILE, Header, read_header
from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import counted

_COUNTED = slice(1, 8)
"""Bytes of a header that tell the day of writing and the number of records."""


def join_tables(tables: Sequence[bytes], /) -> bytes:
    """Return one table of the records of all, in their order, under the header of the first.

    Raises Refused when there is none, a header differs in more than day and number of records, or cells lie outside.
    """
    if not tables:
        raise Refused("no_rows", "Соединять нечего: таблиц нет.")
    headers = [_header(table) for table in tables]
    plain = [_uncounted(table, header) for table, header in zip(tables, headers, strict=True)]
    for number, one in enumerate(plain, start=1):
        if one != plain[0]:
            raise Refused(
                "other_structure", f"Таблица {number} устроена не так, как первая: в одну они не соединяются."
            )
    records = [_records(table, header) for table, header in zip(tables, headers, strict=True)]
    rows = sum(header.records for header in headers)
    return b"".join((counted(tables[0][: headers[0].header_length], rows), *records, bytes((END_OF_FILE,))))


def take_records(table: bytes, numbers: Iterable[int], /) -> bytes:
    """Return a table of some records, by their physical numbers (1-based, deleted ones counted), in the order given.

    Raises Refused when cells lie outside the table, and ValueError for a number the table does not have.
    """
    header = _header(table)
    chosen = list(numbers)
    if any(not 1 <= number <= header.records for number in chosen):
        raise ValueError(f"В таблице {header.records} записей.")
    start, length = header.header_length, header.record_length
    places = (start + (number - 1) * length for number in chosen)
    records = (table[place : place + length] for place in places)
    return b"".join((counted(table[:start], len(chosen)), *records, bytes((END_OF_FILE,))))


def _header(table: bytes) -> Header:
    header = read_header(Source(table))
    if any(column.points_to_memo for column in header.descriptors):
        raise Refused("memo", "В таблице есть поля-примечания: их содержимое лежит в другом файле.")
    return header


def _uncounted(table: bytes, header: Header) -> bytes:
    area = bytearray(table[: header.header_length])
    area[_COUNTED] = bytes(7)
    return bytes(area)


def _records(table: bytes, header: Header) -> bytes:
    return table[header.header_length : header.header_length + header.records * header.record_length]
