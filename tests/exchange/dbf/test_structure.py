import os
import struct
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf import surveys
from exchange.dbf.header import Field
from exchange.dbf.reading import look_into, read_dbf
from exchange.dbf.verdicts import Refused
from exchange.dbf.writing import Version, write_dbf
from tests.exchange.dbf.raw import one_column, raw_table

FIELDS = [Field("NAME", "C", 6), Field("SUM", "N", 8, 2), Field("DAY", "D", 8), Field("OK", "L", 1)]
ROWS = [("Анна", Decimal("1.50"), None, True), ("", None, None, None), ("Пётр", Decimal("-3.00"), None, False)]


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_dbf(content)
    assert caught.value.text.endswith(".")
    return caught.value.code


def values_of(content: bytes) -> list[tuple[object, ...]]:
    return [row.values for row in read_dbf(content).rows()]


@pytest.mark.parametrize("version", list(Version))
def test_refuses_every_truncation_but_that_of_the_end_mark(version: Version) -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866", version=version)
    whole = values_of(content)
    assert whole == ROWS
    for length in range(len(content) - 1):
        assert code_of(content[:length]) in {"truncated", "not_dbf", "bad_header"}, length
    assert values_of(content[:-1]) == whole


def test_refuses_bytes_after_the_rows_but_one() -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866")
    assert values_of(content[:-1] + b"\0") == ROWS
    assert "extra_byte" in {notice.code for notice in read_dbf(content[:-1] + b"\0").notices}
    for tail in (b"\r\n", b"\0\0", b"\x1a" + content[-25:], b"\x1a" + b"x" * 24, content):
        assert code_of(content[:-1] + tail) == "extra_bytes"


@pytest.mark.parametrize("tail", [b"\x1a\x1a", b"\x1a\r\n", b"\x1a" + bytes(512), b"\x1a" * 128, b"\x1a" + b" " * 100])
def test_reads_past_padding_after_the_end_mark_and_says_so(tail: bytes) -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866")[:-1] + tail
    assert values_of(content) == ROWS
    assert "tail" in {notice.code for notice in read_dbf(content).notices}


def test_lets_a_person_look_into_what_the_import_refuses() -> None:
    row = b" " * 24
    table = look_into(write_dbf(FIELDS, ROWS, encoding="cp866")[:-1] + row * 3)
    assert [notice.code for notice in table.notices if notice.grave] == ["extra_bytes"]
    assert (table.header.records, table.header.records_in_file) == (3, 6)
    assert [row.values for row in table.rows()] == ROWS


def test_refuses_a_table_emptied_in_its_header_alone() -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866")
    assert code_of(content[:4] + struct.pack("<I", 0) + content[8:]) == "extra_bytes"


@pytest.mark.parametrize("count", [4, 5, 1000, 0x7FFFFFFF, 0xFFFFFFFF])
def test_refuses_a_record_count_beyond_the_file(count: int) -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866")
    assert code_of(content[:4] + struct.pack("<I", count) + content[8:]) == "truncated"


@pytest.mark.parametrize("place", range(12))
def test_never_reads_other_rows_when_a_byte_of_the_header_is_changed(place: int) -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866")
    refused = 0
    for value in range(256):
        changed = content[:place] + bytes((value,)) + content[place + 1 :]
        try:
            assert values_of(changed) == ROWS
        except Refused:
            refused += 1
    is_date_of_change = 1 <= place <= 3
    assert refused == 0 if is_date_of_change else refused > 200


@pytest.mark.parametrize("place", range(32, 64))
def test_never_moves_other_columns_when_a_byte_of_a_descriptor_is_changed(place: int) -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866")
    for value in range(256):
        changed = content[:place] + bytes((value,)) + content[place + 1 :]
        try:
            table = read_dbf(changed)
        except Refused:
            continue
        assert [row.values[1:] for row in table.rows()] == [row[1:] for row in ROWS]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_answers_any_damage_with_a_table_or_a_refusal(data: st.DataObject) -> None:
    content = bytearray(write_dbf(FIELDS, ROWS, encoding="cp866", version=data.draw(st.sampled_from(Version))))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["change", "insert", "drop", "cut"])):
            case "change":
                content[place] = data.draw(st.integers(0, 255))
            case "insert":
                content[place:place] = data.draw(st.binary(min_size=1, max_size=40))
            case "drop":
                del content[place]
            case "cut":
                del content[place:]
        content = content or bytearray(b"\x03")
    try:
        table = look_into(bytes(content))
    except Refused:
        return
    rows = list(table.rows())
    assert len(rows) == table.live
    assert all(len(row.values) == len(table.fields) for row in rows)


def test_refuses_rows_shifted_by_a_byte() -> None:
    content = write_dbf(FIELDS, ROWS, encoding="cp866")
    start = len(content) - 1 - 3 * 24
    assert code_of(content[:start] + b"\0" + content[start:-1]) in {"strange_marks", "extra_bytes"}
    assert code_of(content[:start] + content[start + 1 :] + b"\x1a") == "strange_marks"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "not_dbf", id="empty"),
        pytest.param(b"PK\x03\x04" + bytes(100), "not_dbf", id="zip"),
        pytest.param(b"\x1f\x8b" + bytes(100), "not_dbf", id="gzip"),
        pytest.param(b"\x03" + bytes(100), "bad_header", id="zeros"),
        pytest.param(b"\x04" + bytes(100), "bad_header", id="zeros of dBASE 7"),
        pytest.param(one_column("N", b"  1", record_length=0), "bad_header", id="record length 0"),
        pytest.param(one_column("N", b"  1", record_length=0xFFFF), "record_length", id="record length 65535"),
        pytest.param(one_column("N", b"  1", record_length=5), "record_length", id="record longer than its fields"),
        pytest.param(one_column("X", b"  1"), "unknown_type", id="unknown type"),
        pytest.param(one_column("L", b" T"), "field_width", id="logical of two bytes"),
        pytest.param(raw_table([], [b" "]), "no_fields", id="no fields"),
        pytest.param(one_column("N", b"  1", terminator=b"\r" + b"?" * 7), "header_padding", id="bytes after fields"),
        pytest.param(raw_table([("X", "N", 2, 0)], [b"#12"]), "strange_marks", id="foreign mark of deletion"),
    ],
)
def test_refuses_what_is_not_a_sound_table(content: bytes, code: str) -> None:
    assert code_of(content) == code


@pytest.mark.parametrize("terminator", [b"\r", b"\r\0", b"\0", b""])
def test_reads_through_odd_ends_of_the_field_list(terminator: bytes) -> None:
    assert values_of(one_column("N", b"  1", b" 22", terminator=terminator)) == [(Decimal(1),), (Decimal(22),)]


def test_reads_a_text_column_wider_than_255_by_the_decimals_byte() -> None:
    text = ("я" * 300).encode("cp866")
    content = raw_table([("X", "C", 300 % 256, 1)], [b" " + text], record_length=301)
    table = read_dbf(content)
    assert table.fields == (Field("X", "C", 300),)
    assert values_of(content) == [("я" * 300,)]


def test_reads_columns_that_share_a_name_each_in_its_place() -> None:
    table = read_dbf(raw_table([("X", "N", 1, 0), ("X", "C", 1, 0)], [b" 1A"]))
    assert [row.values for row in table.rows()] == [(Decimal(1), "A")]
    assert "repeated_names" in {notice.code for notice in table.notices}


def test_reads_more_than_128_columns_and_numbers_wider_than_20() -> None:
    fields = [Field(f"F{number}", "N", 38, 5) for number in range(200)]
    row = tuple(Decimal(f"{10**30 + number}.12345") for number in range(200))
    table = read_dbf(write_dbf(fields, [row], encoding="cp1251"))
    assert [found.values for found in table.rows()] == [row]
    assert table.header.record_length == 7601


def test_reads_a_file_as_it_reads_bytes(tmp_path: Path) -> None:
    content = write_dbf(FIELDS, ROWS * 5000, encoding="cp866")
    path = tmp_path / "table.dbf"
    path.write_bytes(content)
    table = read_dbf(path)
    assert [row.values for row in table.rows()] == ROWS * 5000
    path.write_bytes(content[:2000])
    with pytest.raises(Refused, match="обрезан"):
        list(table.rows())


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_dbf(tmp_path / "none.dbf")
    assert caught.value.code == "unreadable_file"


def test_refuses_what_is_no_file_but_could_be_read_without_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.dbf")
    for path in (tmp_path / "pipe.dbf", tmp_path):
        with pytest.raises(Refused) as caught:
            look_into(path)
        assert caught.value.code == "unreadable_file"


@pytest.mark.parametrize(
    ("padding", "is_grave"),
    [
        pytest.param(bytes(480), False, id="zero bytes"),
        pytest.param(b" " * 31, False, id="spaces"),
        pytest.param(b"\0" * 30 + b"X", True, id="something"),
    ],
)
def test_reads_past_blank_padding_of_the_header(padding: bytes, is_grave: bool) -> None:
    table = look_into(one_column("N", b"  1", terminator=b"\r" + padding))
    assert [(notice.code, notice.grave) for notice in table.notices] == [("header_padding", is_grave)]
    assert [row.values for row in table.rows()] == [(Decimal(1),)]


def test_reads_two_thousand_columns() -> None:
    columns = [(f"F{number}", "N", 2, 0) for number in range(2000)]
    table = read_dbf(raw_table(columns, [b" " + b" 7" * 2000]))
    assert [row.values for row in table.rows()] == [(Decimal(7),) * 2000]


def test_shows_rows_of_a_table_without_columns_and_refuses_many() -> None:
    assert [row.values for row in look_into(raw_table([], [b" ", b"*", b" "])).rows()] == [(), ()]
    for content in (
        raw_table([], [b" "] * 1001),
        raw_table([("X", "C", 0, 0)] * 9, [b" "]),
        raw_table([("X", "C", 0, 0)] * 3, [b" "] * 1001),
    ):
        assert code_of(content) == "limits"


def test_counts_faults_beyond_those_it_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveys, "MOST_FAULTS", 5)
    table = read_dbf(one_column("N", *[b"*"] * 12))
    assert [fault.row for fault in table.faults] == [1, 2, 3, 4, 5]
    assert [notice.text for notice in table.oddities] == ["Нечитаемых ячеек 12, перечислены первые 5."]
    assert sum(len(row.faults) for row in table.rows()) == 12


def test_shows_a_table_of_an_unknown_version_and_does_not_import_it() -> None:
    sound = one_column("C", b"abc ")
    changed = b"\x9c" + sound[1:]
    table = look_into(changed)
    assert [row.values for row in table.rows()] == [("abc",)]
    assert [notice.code for notice in table.notices if notice.grave] == ["unknown_version"]
    with pytest.raises(Refused) as caught:
        read_dbf(changed)
    assert caught.value.code == "unknown_version"


@pytest.mark.parametrize("spoiled", [b"\x9c" * 64, b"\x9c" + one_column("C", b"abc ", terminator=b"")[1:]])
def test_takes_nothing_else_of_an_unknown_version_for_a_table(spoiled: bytes) -> None:
    with pytest.raises(Refused) as caught:
        look_into(spoiled)
    assert caught.value.code == "not_dbf"
