import datetime as dt
import struct
from decimal import Decimal

import pytest

from exchange.dbf.reading import read_dbf
from tests.exchange.dbf.raw import one_column, raw_table


def value_and_code(content: bytes) -> tuple[object, str | None]:
    (row,) = read_dbf(content).rows()
    return row.values[0], row.faults[0].code if row.faults else None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param(b"     12.50", Decimal("12.50"), id="right-aligned"),
        pytest.param(b"12.50     ", Decimal("12.50"), id="left-aligned"),
        pytest.param(b"        0 ", Decimal(0), id="zero is not a blank"),
        pytest.param(b"       -.5", Decimal("-0.5"), id="no digit before the point"),
        pytest.param(b"       13.", Decimal(13), id="no digit after the point"),
        pytest.param(b"      +7.1", Decimal("7.1"), id="a plus sign"),
        pytest.param(b"26.6830712", Decimal("26.6830712"), id="more decimals than declared"),
        pytest.param(b"          ", None, id="blank"),
        pytest.param(b"\0" * 10, None, id="blank by zero bytes"),
        pytest.param(b"113\0\0\0\0\0\0\0", Decimal(113), id="padded by zero bytes"),
    ],
)
def test_reads_a_number_exactly(cell: bytes, value: Decimal | None) -> None:
    read, code = value_and_code(one_column("N", cell, decimals=2))
    assert (str(read), code) == (str(value), None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param(b"**********", "overflow", id="stars"),
        pytest.param(b"     *****", "overflow", id="stars after spaces"),
        pytest.param(b"     1,500", "comma", id="comma that may part thousands"),
        pytest.param(b"  1,500,00", "comma", id="two commas"),
        pytest.param(b"  1.500,00", "comma", id="point and comma"),
        pytest.param(b"         ,", "comma", id="lone comma"),
        pytest.param(b"     1e309", "exponent", id="exponent beyond all amounts"),
        pytest.param(b"        1e", "bad_number", id="exponent without digits"),
        pytest.param(b"       NaN", "bad_number", id="NaN"),
        pytest.param(b"  Infinity", "bad_number", id="infinity"),
        pytest.param(b"     1_000", "bad_number", id="underscore"),
        pytest.param(b"     1 000", "bad_number", id="space inside"),
        pytest.param(b"         .", "bad_number", id="lone point"),
        pytest.param(b"         -", "bad_number", id="lone sign"),
        pytest.param(b"       --1", "bad_number", id="two signs"),
        pytest.param(b"\0        1", "bad_number", id="zero byte before the digits"),
        pytest.param("     1٢٣".encode().ljust(10), "bad_number", id="Arabic digits"),
        pytest.param(b"      0x10", "bad_number", id="hexadecimal"),
    ],
)
def test_makes_an_unreadable_number_a_fault(cell: bytes, code: str) -> None:
    (row,) = read_dbf(one_column("N", cell, decimals=2)).rows()
    (fault,) = row.faults
    assert row.values == (None,)
    assert (fault.row, fault.field, fault.code) == (1, "X", code)
    assert fault.raw.replace("\\x00", "\0").encode("latin-1", "replace")[:3] == cell[:3]
    assert fault.text.endswith(".")


@pytest.mark.parametrize(
    ("kind", "decimals", "cell", "value", "code"),
    [
        pytest.param("F", 11, b" 1.23132635370e+010", "12313263537.0", "exponent", id="an exponent in F"),
        pytest.param("N", 0, b"     1.E+3", "1000", "exponent", id="an exponent in N"),
        pytest.param("N", 2, b"   1.5e-1 ", "0.15", "exponent", id="a negative exponent"),
        pytest.param("N", 2, b"      1,50", "1.50", "comma", id="a comma before as many places as the field has"),
        pytest.param("N", 3, b"     1,500", "1.500", "comma", id="a comma before three of three places"),
        pytest.param("N", 2, b"     -1,5\0", "-1.5", "comma", id="a comma before fewer places"),
        pytest.param("N", 2, b"       ,05", "0.05", "comma", id="no digit before the comma"),
        pytest.param("N", 0, b"113\0", "113", "nul_padding", id="zero bytes behind"),
    ],
)
def test_reads_an_odd_but_exact_number_and_says_so(
    kind: str, decimals: int, cell: bytes, value: str, code: str
) -> None:
    table = read_dbf(one_column(kind, cell, decimals=decimals))
    (row,) = table.rows()
    assert row.faults == ()
    assert isinstance(row.values[0], Decimal)
    assert format(row.values[0], "f") == value
    assert [notice.code for notice in table.oddities] == [code]
    assert not table.oddities[0].grave


def test_takes_no_comma_in_a_number_without_places() -> None:
    for decimals, cell in ((0, b"   1,5"), (4, b" 1,500"), (1, b"  1,50")):
        assert value_and_code(one_column("N", cell, decimals=decimals)) == (None, "comma")


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        pytest.param(b"20261001", dt.date(2026, 10, 1), None, id="a day"),
        pytest.param(b"        ", None, None, id="blank"),
        pytest.param(b"00000000", None, None, id="zeros"),
        pytest.param(b"\0" * 8, None, None, id="zero bytes"),
        pytest.param(b"20260230", None, "bad_date", id="30 February"),
        pytest.param(b"2026-1-1", None, "bad_date", id="dashes"),
        pytest.param(b"2026 101", None, "bad_date", id="space inside"),
        pytest.param(b"00010101", dt.date(1, 1, 1), None, id="the first day"),
    ],
)
def test_reads_a_day_or_makes_a_fault(cell: bytes, value: dt.date | None, code: str | None) -> None:
    assert value_and_code(one_column("D", cell)) == (value, code)


@pytest.mark.parametrize("width", [10, 40, 80])
def test_reads_a_dotted_day_in_a_wide_column(width: int) -> None:
    table = read_dbf(one_column("D", b"17.04.2008".ljust(width)))
    assert [row.values for row in table.rows()] == [(dt.date(2008, 4, 17),)]
    assert [notice.code for notice in table.oddities] == ["dotted_date"]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        *[(cell, True, None) for cell in (b"T", b"t", b"Y", b"y")],
        *[(cell, False, None) for cell in (b"F", b"f", b"N", b"n")],
        *[(cell, None, None) for cell in (b" ", b"?", b"\0")],
        (b"1", None, "bad_logical"),
        (b"X", None, "bad_logical"),
    ],
)
def test_reads_yes_no_and_unknown(cell: bytes, value: bool | None, code: str | None) -> None:
    assert value_and_code(one_column("L", cell)) == (value, code)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        pytest.param("Ёлкина".encode("cp866").ljust(10), "Ёлкина", None, id="Cyrillic"),
        pytest.param(b"  left    ", "  left", None, id="spaces before are kept"),
        pytest.param(b"zOi\0\0\0\0\0\0\0", "zOi", None, id="zero bytes after"),
        pytest.param(b"\0reak     ", None, "nul_in_text", id="zero byte inside"),
        pytest.param(b"          ", "", None, id="blank"),
    ],
)
def test_reads_text_or_makes_a_fault(cell: bytes, value: str | None, code: str | None) -> None:
    assert value_and_code(one_column("C", cell)) == (value, code)


def test_makes_a_byte_outside_the_code_page_a_fault() -> None:
    table = read_dbf(one_column("C", b"\xc8\xe2\x98\xed"), encoding="cp1251")
    ((value,), fault) = next((row.values, row.faults[0]) for row in table.rows())
    assert value is None
    assert (fault.code, fault.raw) == ("bad_text", "\\xc8\\xe2\\x98\\xed")
    assert "0x98" in fault.text


def test_reads_binary_columns_of_visual_foxpro() -> None:
    columns = [("I", "I", 4, 0), ("Y", "Y", 8, 4), ("B", "B", 8, 2), ("T", "T", 8, 0)]
    moment = struct.pack("<ii", 2_459_000, 3_723_000)
    record = b" " + struct.pack("<i", -7) + struct.pack("<q", 123_450_001) + struct.pack("<d", 2500.55) + moment
    blank = b" " + struct.pack("<i", 0) + struct.pack("<q", -1) + struct.pack("<d", float("nan")) + bytes(8)
    table = read_dbf(raw_table(columns, [record, blank], version=0x30, backlink=263))
    first, second = table.rows()
    assert first.values == (
        Decimal(-7),
        Decimal("12345.0001"),
        Decimal("2500.55"),
        dt.datetime(2020, 5, 30, 1, 2, 3),  # noqa: DTZ001  a moment in a table has no zone
    )
    assert second.values == (Decimal(0), Decimal("-0.0001"), None, None)
    assert [(fault.field, fault.code) for fault in second.faults] == [("B", "bad_number")]


def test_keeps_physical_row_numbers_and_counts_deleted_rows() -> None:
    content = raw_table([("X", "N", 3, 0)], [b"   1", b"*  2", b"  1e", b"*  4", b"   5"])
    table = read_dbf(content)
    rows = list(table.rows())
    assert (table.deleted, table.live) == (2, 3)
    assert [(row.number, row.values) for row in rows] == [(1, (Decimal(1),)), (3, (None,)), (5, (Decimal(5),))]
    assert [(fault.row, fault.code) for fault in table.faults] == [(3, "bad_number")]


def test_reads_rows_marked_with_a_zero_byte_and_says_so() -> None:
    table = read_dbf(raw_table([("X", "N", 3, 0)], [b"\0  1", b"   2"]))
    assert [row.values for row in table.rows()] == [(Decimal(1),), (Decimal(2),)]
    assert "unmarked_rows" in {notice.code for notice in table.notices}


def test_finds_every_fault_however_often_the_bytes_repeat() -> None:
    cells = [b"   1", b"****", b"   2", b"****"] * 6000
    table = read_dbf(one_column("N", *cells))
    assert len(table.faults) == 12_000
    assert [fault.row for fault in table.faults[:3]] == [2, 4, 6]
    assert [fault.row for fault in table.faults[-2:]] == [23_998, 24_000]


def test_finds_faults_after_the_values_read_outgrow_their_cache() -> None:
    cells = [b"%08d" % number for number in range(60_000)]
    cells[-1] = cells[10] = b"********"
    table = read_dbf(one_column("N", *cells))
    assert [fault.row for fault in table.faults] == [11, 60_000]
    assert sum(1 for _ in table.rows()) == 60_000
