import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf.cells import Value
from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import Unwritable, Version, write_dbf

CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя№ -.,/\"'0123456789AZaz"
FIELDS = (
    Field("NAME", "C", 20),
    Field("LONG", "C", 300),
    Field("SUM", "N", 14, 6),
    Field("COUNT", "N", 3),
    Field("WIDE", "N", 38, 5),
    Field("FLOAT", "F", 12, 3),
    Field("DAY", "D", 8),
    Field("OK", "L", 1),
)


def numbers(digits: int, decimals: int) -> st.SearchStrategy[Decimal]:
    most = 10 ** (digits - (decimals + 2 if decimals else 1)) - 1
    scale = 10**decimals
    return st.integers(-most * scale, most * scale).map(lambda number: Decimal(number).scaleb(-decimals))


def texts(length: int) -> st.SearchStrategy[str]:
    return st.text(CYRILLIC, max_size=length).map(lambda text: text.rstrip(" "))


ROW = st.tuples(
    texts(20),
    texts(300),
    st.none() | numbers(14, 6),
    st.none() | numbers(3, 0),
    st.none() | numbers(28, 5),
    st.none() | numbers(12, 3),
    st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
    st.none() | st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(ROW, max_size=8), encoding=st.sampled_from(["cp866", "cp1251"]), version=st.sampled_from(Version))
def test_reads_back_what_was_written(rows: list[tuple[Value, ...]], encoding: str, version: Version) -> None:
    content = write_dbf(FIELDS, rows, encoding=encoding, version=version)
    table = read_dbf(content, encoding=encoding)
    assert table.fields == FIELDS
    assert [row.values for row in table.rows()] == rows
    assert table.faults == ()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        pytest.param(Field("X", "C", 3), "Анна", "too_long", id="long text"),
        pytest.param(Field("X", "C", 9), "«Анна»", "outside_code_page", id="quotes that cp866 has not"),
        pytest.param(Field("X", "C", 9), "a\nb", "control", id="line feed"),
        pytest.param(Field("X", "C", 9), "a\0b", "control", id="zero byte"),
        pytest.param(Field("X", "C", 9), Decimal(1), "type", id="number as text"),
        pytest.param(Field("X", "N", 5, 2), Decimal("100.00"), "too_long", id="large number"),
        pytest.param(Field("X", "N", 5, 2), Decimal("-10.00"), "too_long", id="large negative number"),
        pytest.param(Field("X", "N", 9, 2), Decimal("0.005"), "too_precise", id="half a kopeck"),
        pytest.param(Field("X", "N", 9), Decimal("0.5"), "too_precise", id="fraction in whole numbers"),
        pytest.param(Field("X", "N", 9, 2), Decimal("NaN"), "type", id="not a number"),
        pytest.param(Field("X", "N", 9, 2), Decimal("Infinity"), "type", id="infinity"),
        pytest.param(Field("X", "N", 9, 2), "1.00", "type", id="text as number"),
        pytest.param(Field("X", "N", 9, 2), True, "type", id="yes as number"),
        pytest.param(Field("X", "D", 8), "20260101", "type", id="text as day"),
        pytest.param(Field("X", "L", 1), Decimal(1), "type", id="number as yes"),
    ],
)
def test_refuses_a_value_that_does_not_fit_naming_row_and_field(field: Field, value: Value, code: str) -> None:
    fields = [Field("A", "C", 1), field]
    with pytest.raises(Unwritable) as caught:
        write_dbf(fields, [("a", None), ("b", value)], encoding="cp866")
    assert (caught.value.row, caught.value.field, caught.value.code) == (2, "X", code)
    assert "строка 2, поле X" in str(caught.value)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (Field("ELEVENCHARS", "C", 1), "field_name"),
        (Field("ИМЯ", "C", 1), "field_name"),
        (Field("", "C", 1), "field_name"),
        (Field("A", "C", 1), "field_name"),
        (Field("X", "M", 10), "field_type"),
        (Field("X", "N", 256), "field_width"),
        (Field("X", "N", 3, 2), "field_width"),
        (Field("X", "D", 10), "field_width"),
        (Field("X", "C", 0), "field_width"),
    ],
)
def test_refuses_an_impossible_field(field: Field, code: str) -> None:
    with pytest.raises(Unwritable) as caught:
        write_dbf([Field("a", "C", 1), field], [], encoding="cp866")
    assert caught.value.code == code


def test_refuses_a_row_of_another_width() -> None:
    with pytest.raises(Unwritable, match="значений 1, а полей 2"):
        write_dbf([Field("A", "C", 1), Field("B", "C", 1)], [("a",)], encoding="cp866")


def test_replaces_only_declared_characters() -> None:
    fields = [Field("X", "C", 12)]
    content = write_dbf(fields, [("«Дом» №5",)], encoding="cp866", substitutions={"«": '"', "»": '"'})
    assert [row.values for row in read_dbf(content, encoding="cp866").rows()] == [('"Дом" №5',)]
    with pytest.raises(Unwritable, match="U\\+2014"):
        write_dbf(fields, [("—",)], encoding="cp866", substitutions={"«": '"'})


def test_writes_equal_bytes_for_equal_rows() -> None:
    rows = [("Анна", "", Decimal("1.5"), 2, None, None, dt.date(2026, 10, 1), True)]
    assert write_dbf(FIELDS, rows, encoding="cp866") == write_dbf(FIELDS, rows, encoding="cp866")
    dated = write_dbf(FIELDS, rows, encoding="cp866", day=dt.date(2026, 10, 5))
    assert dated[1:4] == bytes((26, 10, 5))
    assert dated[4:] == write_dbf(FIELDS, rows, encoding="cp866")[4:]


@pytest.mark.parametrize(("encoding", "byte"), [("cp866", 0x65), ("cp1251", 0xC9)])
def test_tells_the_code_page_in_the_header(encoding: str, byte: int) -> None:
    assert write_dbf(FIELDS, [], encoding=encoding)[29] == byte


def test_writes_zero_without_a_sign() -> None:
    content = write_dbf([Field("X", "N", 6, 2)], [(Decimal("-0.00"),)], encoding="cp866")
    assert content.endswith(b"   0.00\x1a")
