import datetime as dt
import struct
from decimal import Decimal

import pytest

from exchange.dbf.reading import Table, look_into, read_dbf
from exchange.dbf.verdicts import Refused
from tests.exchange.dbf.raw import Column, one_column, raw_table

SYSTEM, NULLABLE, BINARY = 1, 2, 4
FLAGS: Column = ("_NullFlags", "0", 1, 0, SYSTEM | BINARY)


def foxpro(columns: list[Column], *records: bytes) -> Table:
    return read_dbf(raw_table(columns, list(records), version=0x30, language_byte=0xC9, backlink=263))


def codes(table: Table) -> list[str]:
    return [notice.code for notice in table.notices + table.oddities]


def test_gives_no_value_where_a_cell_is_marked_null_whatever_stands_in_it() -> None:
    columns: list[Column] = [
        ("A", "C", 3, 0, NULLABLE),
        ("B", "N", 3, 0),
        ("C", "I", 4, 0, NULLABLE | BINARY),
        ("D", "N", 3, 0, NULLABLE),
        FLAGS,
    ]
    cells = b"abc" + b"  1" + struct.pack("<i", 5) + b"***"
    table = foxpro(columns, b" " + cells + b"\x00", b" " + cells + b"\x05", b" " + cells + b"\x02")
    assert [row.values[:4] for row in table.rows()] == [
        ("abc", 1, 5, None),
        (None, 1, 5, None),
        ("abc", 1, None, None),
    ]
    assert [(fault.row, fault.field, fault.raw) for fault in table.faults] == [(1, "D", "***"), (3, "D", "***")]
    assert [row.values[4] for row in table.rows()] == [None, "hex:05", "hex:02"]


def test_ends_varying_text_and_bytes_where_their_last_byte_says() -> None:
    columns: list[Column] = [("T", "V", 10, 0), ("B", "Q", 4, 0, NULLABLE | BINARY), FLAGS]
    texts = "Ёлка  ".encode("cp1251").ljust(9) + b"\x06", "ровно 10!!".encode("cp1251")
    table = foxpro(
        columns,
        b" " + texts[0] + b"\0\x01\0\x02" + b"\x03",
        b" " + texts[1] + b"\x09\x08\x07\x06" + b"\x00",
        b" " + texts[1] + b"\x09\x08\x07\x06" + b"\x04",
    )
    assert [row.values[:2] for row in table.rows()] == [
        ("Ёлка", "hex:0001"),
        ("ровно 10!!", "hex:09080706"),
        ("ровно 10!!", None),
    ]
    assert table.faults == ()


def test_makes_a_length_beyond_the_cell_a_fault() -> None:
    table = foxpro([("T", "V", 4, 0), FLAGS], b" abc\x04\x01", b" abc\xff\x01", b" abc\x03\x01")
    assert [row.values[0] for row in table.rows()] == [None, None, "abc"]
    assert [(fault.row, fault.code, fault.raw) for fault in table.faults] == [
        (1, "bad_length", "abc\\x04"),
        (2, "bad_length", "abc\\xff"),
    ]


def test_refuses_marks_of_null_values_that_are_too_few() -> None:
    columns: list[Column] = [*((f"F{number}", "N", 1, 0, NULLABLE) for number in range(9)), FLAGS]
    with pytest.raises(Refused) as caught:
        foxpro(columns, b" " + b"1" * 9 + b"\0")
    assert caught.value.code == "null_flags"


def test_reads_columns_and_rows_alike_where_cells_are_null() -> None:
    columns: list[Column] = [("A", "N", 3, 0, NULLABLE), ("D", "D", 8, 0, NULLABLE), FLAGS]
    table = foxpro(columns, *(b" " + b"%3d" % number + b"20261031" + bytes((number % 4,)) for number in range(20)))
    by_column = [
        row
        for batch in table.batches(rows=7)
        for row in zip(*(column.values() for column in batch.columns), strict=True)
    ]
    assert by_column == [row.values for row in table.rows()]
    assert sum(row[0] is None for row in by_column) == sum(row[1] is None for row in by_column) == 10


def test_keeps_milliseconds_of_a_moment_and_tells_of_them() -> None:
    table = read_dbf(one_column("T", struct.pack("<ii", 2_459_000, 30_599_999), version=0x30, backlink=263))
    ((value,),) = (row.values for row in table.rows())
    assert value == dt.datetime(2020, 5, 30, 8, 29, 59, 999_000)  # noqa: DTZ001  a moment in a table has no zone
    assert codes(table) == ["part_of_second"]


@pytest.mark.parametrize(
    ("days", "milliseconds", "code"),
    [
        pytest.param(0, 4, None, id="milliseconds without a day"),
        pytest.param(5, 0, "bad_date", id="a day before the first year"),
        pytest.param(2_459_000, -1, "bad_date", id="a time before midnight"),
        pytest.param(5_373_484, 86_400_000, "bad_date", id="the midnight after the last day"),
    ],
)
def test_makes_no_moment_of_what_is_none(days: int, milliseconds: int, code: str | None) -> None:
    table = read_dbf(one_column("T", struct.pack("<ii", days, milliseconds), version=0x30, backlink=263))
    (row,) = table.rows()
    assert (row.values, [fault.code for fault in row.faults]) == ((None,), [code] if code else [])
    assert codes(table) == ([] if code else ["no_day"])


def test_believes_widths_and_not_displacements() -> None:
    columns: list[Column] = [("A", "C", 3, 0), ("SUM", "Y", 8, 4)]
    content = raw_table(columns, [b" abc" + struct.pack("<q", 104_121_241)], version=0x30, backlink=263)
    table = read_dbf(content[:76] + bytes(4) + content[80:])
    assert [row.values for row in table.rows()] == [("abc", Decimal("10412.1241"))]
    assert codes(table) == ["displacement"]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        pytest.param("2", struct.pack("<h", -300), Decimal(-300), id="integer of two bytes"),
        pytest.param("4", struct.pack("<i", -70_000), Decimal(-70_000), id="integer of four bytes"),
        pytest.param("8", struct.pack("<d", 0.1), Decimal("0.1"), id="double"),
        pytest.param("I", b"\xff", Decimal(-1), id="integer of one byte"),
        pytest.param("I", (-5).to_bytes(8, "little", signed=True), Decimal(-5), id="integer of eight bytes"),
        pytest.param("^", b"\xff" * 8, Decimal(2**64 - 1), id="row version"),
        pytest.param("+", struct.pack("<i", 9), Decimal(9), id="counter"),
        pytest.param("D", (2_459_000).to_bytes(3, "little"), dt.date(2020, 5, 30), id="day of three bytes"),
        pytest.param("D", bytes(4), None, id="blank day of four bytes"),
        pytest.param("Q", "вода  ".encode("cp866"), "вода", id="varying text without marks"),
        pytest.param("\x1a", "Ёж  ".encode("utf-16-le"), "Ёж", id="Unicode"),
        pytest.param(
            "7",
            struct.pack("<ii", 2_459_000, 1500),
            dt.datetime(2020, 5, 30, 0, 0, 1, 500_000),  # noqa: DTZ001
            id="moment of CodeBase",
        ),
    ],
)
def test_reads_rare_types_of_harbour_and_codebase_and_says_they_are_rare(kind: str, cell: bytes, value: object) -> None:
    table = read_dbf(one_column(kind, cell))
    (row,) = table.rows()
    assert (row.values, row.faults) == ((value,), ())
    assert ("rare_type" in codes(table)) == (kind != "D")


def test_counts_the_length_of_varying_unicode_in_letters() -> None:
    columns: list[Column] = [("U", "\x1b", 20, 0), ("_NullFlags", "0", 1, 0, SYSTEM)]
    text = "вода".encode("utf-16-le").ljust(18, b"\0") + struct.pack("<H", 4)
    wrong = text[:-2] + struct.pack("<H", 10)
    table = read_dbf(raw_table(columns, [b" " + text + b"\x01", b" " + wrong + b"\x01"]))
    assert [row.values[0] for row in table.rows()] == ["вода", None]
    assert [fault.code for fault in table.faults] == ["bad_length"]


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        pytest.param("X", b"12", "unknown_type", id="a type nobody knows"),
        pytest.param("\xd1", b"12", "unknown_type", id="a type that is no letter"),
        pytest.param("T", b"1234", "field_width", id="a moment of four bytes"),
        pytest.param("Y", b"1", "field_width", id="money of one byte"),
        pytest.param("M", b"12345", "field_width", id="a pointer of five bytes"),
    ],
)
def test_shows_other_columns_beside_one_that_cannot_be_read(kind: str, cell: bytes, code: str) -> None:
    columns: list[Column] = [("A", "N", 2, 0), ("B", kind, len(cell), 0)]
    table = look_into(raw_table(columns, [b"  7" + cell, b"  8" + b" " * len(cell)]))
    assert [row.values for row in table.rows()] == [(7, None), (8, None)]
    assert [(fault.row, fault.field, fault.code, fault.raw) for fault in table.faults] == [
        (1, "B", code, cell.decode("ascii"))
    ]
    assert [notice.code for notice in table.notices if notice.grave] == [code]
