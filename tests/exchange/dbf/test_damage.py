"""A small table cut and changed byte by byte: it is refused, or read with its damage told, or unchanged."""

import struct
from collections.abc import Iterator
from decimal import Decimal

import pytest

from exchange.dbf.reading import Table, look_into, read_dbf
from exchange.dbf.verdicts import Refused
from tests.exchange.dbf.raw import Column, dbase_7_table, raw_table

COLUMNS: list[Column] = [("NAME", "C", 9, 0), ("SUM", "N", 9, 2), ("DAY", "D", 8, 0), ("OK", "L", 1, 0)]
RECORDS = [
    b" " + name.encode("cp866").ljust(9) + amount + b"20261031" + b"T"
    for name, amount in (("Анна", b"  1496.90"), ("Пётр", b"    -0.01"), ("Глеб", b"         "))
]
CLASSIC = raw_table(COLUMNS, RECORDS)
FOXPRO = raw_table(
    [("SUM", "Y", 8, 4, 2), ("NAME", "V", 9, 0), ("N", "I", 4, 0, 2), ("_NullFlags", "0", 1, 0, 1)],
    [b" " + struct.pack("<q", 14_969_000) + b"abcde\0\0\0\x05" + struct.pack("<i", 7) + b"\x02"] * 3,
    version=0x30,
    backlink=263,
)
DBASE_7 = dbase_7_table([("SUM", "O", 8, 0), ("N", "+", 4, 0)], [b" \xc0\x97\x63\x99\x99\x99\x99\x9a\x80\0\0\x07"] * 3)
TABLES = [
    pytest.param(CLASSIC, id="dBASE III"),
    pytest.param(FOXPRO, id="Visual FoxPro"),
    pytest.param(DBASE_7, id="dBASE 7"),
]


def header_of(content: bytes) -> int:
    return int.from_bytes(content[8:10], "little")


def changes(content: bytes, places: range) -> Iterator[tuple[int, bytes]]:
    """Every single bit turned over, and every byte made the four bytes that mean most."""
    for place in places:
        byte = content[place]
        for value in sorted(({byte ^ (1 << bit) for bit in range(8)} | {0x00, 0x0D, 0x20, 0xFF}) - {byte}):
            yield place, content[:place] + bytes((value,)) + content[place + 1 :]


def telling(content: bytes) -> range:
    """The header up to FoxPro's path of its database, whose bytes tell nothing of the table."""
    return range(min(header_of(content), 200))


def seen(table: Table) -> list[tuple[object, ...]]:
    return [row.values for row in table.rows()]


@pytest.mark.parametrize("content", TABLES)
def test_refuses_a_table_cut_anywhere_but_at_its_end_mark(content: bytes) -> None:
    for length in {*range(0, len(content) - 1, 64), *range(header_of(content) - 2, len(content) - 1)}:
        with pytest.raises(Refused) as caught:
            look_into(content[:length])
        assert caught.value.code in {"truncated", "not_dbf", "bad_header"}


@pytest.mark.parametrize("content", TABLES)
def test_never_reads_a_changed_header_as_other_rows_in_silence(content: bytes) -> None:
    expected = seen(look_into(content))
    whole = {notice.code for notice in look_into(content).notices}
    for place, changed in changes(content, range(12)):
        try:
            table = read_dbf(changed)
        except Refused:
            continue
        told = {notice.code for notice in table.notices} - whole
        assert seen(table) == expected or told, place


@pytest.mark.parametrize("content", TABLES)
def test_answers_any_changed_byte_with_a_table_or_a_refusal(content: bytes) -> None:
    live = len(seen(look_into(content)))
    for place, changed in changes(content, telling(content)):
        try:
            table = look_into(changed)
        except Refused:
            continue
        rows = list(table.rows())
        assert len(rows) == table.live, place
        assert all(len(row.values) == len(table.fields) for row in rows), place
        is_short = len(rows) < live
        assert not is_short or table.deleted or any(notice.grave for notice in table.notices), place


@pytest.mark.parametrize("content", TABLES)
def test_tells_of_rows_dropped_doubled_or_shifted(content: bytes) -> None:
    start, width = header_of(content), int.from_bytes(content[10:12], "little")
    row = content[start : start + width]
    damaged = [
        content[:start] + content[start + width :],
        content[:start] + row + content[start:],
        content[:start] + b"\x7f" + content[start:-1],
        content[:start] + content[start + 1 :] + b"\x1a",
    ]
    for changed in damaged:
        with pytest.raises(Refused) as caught:
            read_dbf(changed)
        assert caught.value.code in {"truncated", "extra_bytes", "strange_marks"}


def test_tells_blank_overflow_unreadable_and_zero_apart() -> None:
    table = read_dbf(raw_table([("X", "N", 4, 2)], [b"     ", b" ****", b" 1-00", b" 0.00"]))
    assert [(row.values[0], [fault.code for fault in row.faults]) for row in table.rows()] == [
        (None, []),
        (None, ["overflow"]),
        (None, ["bad_number"]),
        (Decimal("0.00"), []),
    ]
