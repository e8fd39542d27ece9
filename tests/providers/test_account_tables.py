"""Tables of account numbers: CSV, XLSX and pasted lines, and what cannot be read."""

import io

import openpyxl
import pytest

from providers.account_tables import Pair, TableUnreadable, pairs_in, pairs_in_text, written

LINES = [Pair(2, "0012-А", "N1"), Pair(3, "77", "N2")]


def sheet(*rows: tuple[object, ...]) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_reads_lines_under_a_header(delimiter: str) -> None:
    text = f"Прежний{delimiter}Новый\n0012-А{delimiter}N1\n77{delimiter} N2 \n\n"
    assert pairs_in_text(text) == LINES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
def test_reads_a_csv_in_either_encoding(encoding: str) -> None:
    assert pairs_in("Прежний;Новый\r\n0012-А;N1\r\n77;N2\r\n".encode(encoding), name="а.csv") == LINES


def test_reads_whole_numbers_of_a_sheet_without_a_point() -> None:
    content = sheet(("Прежний", "Новый"), ("0012-А", "N1"), (77.0, "N2"))
    assert pairs_in(content, name="а.xlsx") == LINES


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "нет ни одной пары"),
        ("Прежний;Новый".encode(), "нет ни одной пары"),
        (b"1;2\n3;\n", "строка 2: нужны и прежний, и новый"),
        (b"1;" + b"2" * 25, "длиннее 24"),
        (b"PK\x03\x04 not a sheet", "не читается"),
        (b"1;\x98\n", "Кодировка"),
    ],
    ids=["empty", "a header alone", "half a line", "too long a number", "a broken sheet", "an unknown encoding"],
)
def test_refuses(content: bytes, words: str) -> None:
    with pytest.raises(TableUnreadable, match=words):
        pairs_in(content, name="а.csv")


def test_refuses_more_lines_than_a_transfer_has() -> None:
    with pytest.raises(TableUnreadable, match="больше 50000 строк"):
        pairs_in_text("\n".join(f"{n};N{n}" for n in range(50_001)))


def test_writes_pairs_as_they_are_read_again() -> None:
    pairs = [Pair(1, "1;2", "N1"), Pair(2, "77", 'N"2')]
    assert pairs_in_text(written(pairs)) == pairs
