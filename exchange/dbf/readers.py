"""Which reader a column needs, by its type, its width and the version of its table."""

from __future__ import annotations

from exchange.dbf.binary_cells import (
    dbase_7_moment_reader,
    moment_reader,
    read_counter,
    read_currency,
    read_dbase_7_double,
    read_dbase_7_integer,
    read_double,
    read_integer,
)
from exchange.dbf.cells import (
    Read,
    Tell,
    day_reader,
    read_logical,
    read_short_day,
    read_system,
    show_hex,
    text_reader,
    unreadable_reader,
    wide_text_reader,
)
from exchange.dbf.descriptors import Descriptor
from exchange.dbf.header import Header
from exchange.dbf.memos import Memos
from exchange.dbf.number_cells import number_reader

_LAST_TEXT_WIDTH = 8


def reader_of(column: Descriptor, header: Header, *, encoding: str, memos: Memos, notice: Tell) -> Read:
    """Return the function that reads the cells of a column.

    `notice` is told the code of a tolerated oddity. A column that cannot be read makes a fault of each cell.
    """
    trouble = column.trouble
    if trouble is not None:
        return unreadable_reader(trouble.code, trouble.text)
    if column.points_to_memo:
        return memos.reader(column, notice)
    match column.type:
        case "C" | "V":
            return text_reader(encoding, notice)
        case "Q" if header.is_visual_foxpro:
            return _read_bytes
        case "Q":
            return text_reader(encoding, notice)
        case "\x1a" | "\x1b":
            return wide_text_reader(notice)
        case "N" | "F":
            return number_reader(column.decimals, notice)
        case "D":
            return day_reader(notice) if column.length >= _LAST_TEXT_WIDTH else read_short_day
        case "L":
            return read_logical
        case "0":
            return read_system
        case _:
            return _binary_reader(column, header, notice)


def _binary_reader(column: Descriptor, header: Header, notice: Tell) -> Read:
    match column.type:
        case "I" | "+" if header.is_dbase_7:
            return read_dbase_7_integer
        case "I" | "+" | "2" | "4":
            return read_integer
        case "O":
            return read_dbase_7_double
        case "@" if header.is_dbase_7:
            return dbase_7_moment_reader(notice)
        case "Y":
            return read_currency
        case "B" | "8":
            return read_double
        case "^":
            return read_counter
        case _:
            return moment_reader(notice)


def _read_bytes(raw: bytes) -> str | None:
    kept = raw.rstrip(b"\0")
    return show_hex(kept) if kept else None
