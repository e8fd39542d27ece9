import datetime as dt
import struct
from decimal import Decimal
from pathlib import Path

import pytest

from exchange.dbf.reading import look_into, read_dbf
from exchange.dbf.verdicts import Refused
from tests.exchange.dbf.raw import dbase_7_table, one_column

SIGN = 1 << 63
ALL = (1 << 64) - 1


def sorting_integer(value: int) -> bytes:
    return struct.pack(">I", value + (1 << 31))


def sorting_double(value: float) -> bytes:
    (bits,) = struct.unpack(">Q", struct.pack(">d", value))
    return struct.pack(">Q", bits ^ ALL if bits & SIGN else bits ^ SIGN)


def moment(value: dt.datetime) -> bytes:
    passed = value - dt.datetime(1, 1, 1)  # noqa: DTZ001  a moment in a table has no zone
    return struct.pack(">d", passed / dt.timedelta(milliseconds=1) + 86_400_000)


def only_value(kind: str, cell: bytes) -> tuple[object, list[str]]:
    (row,) = read_dbf(dbase_7_table([("X", kind, len(cell), 0)], [b" " + cell])).rows()
    return row.values[0], [fault.code for fault in row.faults]


def test_reads_the_usual_columns_behind_the_longer_header() -> None:
    columns = [
        ("A_NAME_OF_MORE_THAN_TEN_LETTERS", "C", 6, 0),
        ("SUM", "N", 8, 2),
        ("DAY", "D", 8, 0),
        ("OK", "L", 1, 0),
    ]
    record = b" " + "Анна".encode("cp866").ljust(6) + b"   -1.50" + b"20261031" + b"T"
    table = read_dbf(dbase_7_table(columns, [record, b"*" + record[1:]], properties=bytes(8) + b"\x01CHECK"))
    assert [row.values for row in table.rows()] == [("Анна", Decimal("-1.50"), dt.date(2026, 10, 31), True)]
    assert [field.name for field in table.fields] == ["A_NAME_OF_MORE_THAN_TEN_LETTERS", "SUM", "DAY", "OK"]
    assert (table.deleted, table.version, table.notices) == (1, "dBASE 7", ())


@pytest.mark.parametrize("kind", ["I", "+"])
@pytest.mark.parametrize("value", [0, 1, -1, 2**31 - 1, -(2**31) + 1])
def test_reads_an_integer_kept_so_that_its_bytes_sort(kind: str, value: int) -> None:
    assert only_value(kind, sorting_integer(value)) == (Decimal(value), [])


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, 0.1, -199.99, 1496.9, 2.0**48, -1e300])
def test_reads_a_double_kept_so_that_its_bytes_sort(value: float) -> None:
    read, faults = only_value("O", sorting_double(value))
    assert isinstance(read, Decimal)
    assert (float(read), faults) == (value, [])


def test_takes_zero_bytes_for_a_blank_and_not_for_zero() -> None:
    for kind, width in (("I", 4), ("+", 4), ("O", 8), ("@", 8)):
        assert only_value(kind, bytes(width)) == (None, [])


def test_makes_no_number_of_what_is_none() -> None:
    assert only_value("O", sorting_double(float("inf"))) == (None, ["bad_number"])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(dt.datetime(1800, 1, 1, 1, 1, 1), id="1800"),  # noqa: DTZ001
        pytest.param(dt.datetime(1970, 1, 1), id="1970"),  # noqa: DTZ001
        pytest.param(dt.datetime(2026, 10, 31, 23, 59, 59), id="2026"),  # noqa: DTZ001
    ],
)
def test_reads_a_moment(value: dt.datetime) -> None:
    assert only_value("@", moment(value)) == (value, [])


def test_makes_a_moment_beyond_the_calendar_a_fault() -> None:
    for value in (-1.0, 5.0, 1e18, float("nan")):
        assert only_value("@", struct.pack(">d", value)) == (None, ["bad_date"])


def test_reads_memos_and_pictures_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "cards.dbf"
    columns = [("NOTE", "M", 10, 0), ("PICTURE", "B", 10, 0), ("SHEET", "G", 10, 0)]
    path.write_bytes(dbase_7_table(columns, [b" " + b"0000000001" + b"0000000002" + b" " * 10], version=0x8C))
    head = bytearray(512)
    head[20:22] = struct.pack("<H", 512)
    texts = ["примечание".encode("cp866"), b"\x00\x01GIF"]
    blocks = [(b"\xff\xff\x08\x00" + struct.pack("<I", len(text) + 8) + text).ljust(512, b"\0") for text in texts]
    path.with_suffix(".dbt").write_bytes(bytes(head) + b"".join(blocks))
    table = read_dbf(path)
    assert [row.values for row in table.rows()] == [("примечание", "hex:0001474946", None)]
    assert (table.notices, table.faults) == ((), ())


@pytest.mark.parametrize(
    ("driver", "encoding"),
    [
        pytest.param(b"DB866RU0", "cp866", id="Russian of DOS"),
        pytest.param(b"db852hdc", "cp852", id="small letters"),
        pytest.param(b"ancyrr", "cp1251", id="Russian of Windows"),
        pytest.param(b"DBWINUS0", "cp1252", id="Western of Windows"),
        pytest.param(b"", "cp866", id="no name"),
        pytest.param(b"DB999XX0", "cp866", id="a page that nobody knows"),
    ],
)
def test_takes_the_code_page_from_the_name_of_the_language_driver(driver: bytes, encoding: str) -> None:
    table = look_into(dbase_7_table([("X", "C", 3, 0)], [b" abc"], driver=driver))
    assert table.encoding == encoding
    named = driver and not driver.startswith(b"DB999")
    assert table.encoding_from == ("language_driver" if named else "default")


def test_refuses_a_cut_table_and_a_count_beyond_it() -> None:
    content = dbase_7_table([("X", "I", 4, 0)], [b" " + sorting_integer(7)] * 3)
    for length in range(len(content) - 1):
        with pytest.raises(Refused):
            read_dbf(content[:length])
    with pytest.raises(Refused, match="обещано 4,"):
        read_dbf(dbase_7_table([("X", "I", 4, 0)], [b" " + sorting_integer(7)] * 3, count=4))


def test_refuses_a_record_length_against_the_fields() -> None:
    content = dbase_7_table([("X", "I", 4, 0)], [b" " + sorting_integer(7)])
    with pytest.raises(Refused, match="поля с признаком удаления занимают 5"):
        look_into(content[:10] + struct.pack("<H", 6) + content[12:])


def test_reads_the_classic_header_that_dbase_4_wrote_under_the_same_version() -> None:
    table = read_dbf(one_column("N", b" 12", version=0x04))
    assert [row.values for row in table.rows()] == [(Decimal(12),)]
    assert not table.header.is_dbase_7


def test_reads_the_same_types_otherwise_in_another_version() -> None:
    table = read_dbf(one_column("I", struct.pack("<i", -7)))
    assert [row.values for row in table.rows()] == [(Decimal(-7),)]
    assert [notice.code for notice in table.notices] == ["rare_type"]
