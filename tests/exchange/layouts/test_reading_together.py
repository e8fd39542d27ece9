"""Rows are read by columns, many together; what comes out is what each row says read alone."""

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import ParsedLine, ParsedRow
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import Overview, parse_pieces, parse_return

FILES = Path(__file__).parents[1] / "files"
PRESETS = {code: preset(code) for code in ("l1_tula", "l3_capital_repair", "long")}
ODD_CELLS = (
    b"      0.00",
    b"**********",
    b"       1,5",
    b"    1E-9  ",
    b"   -0.0000",
    b"12345678.1",
    b"  0.000001",
    b"  7       ",
)


def kept(layout: str) -> bytes:
    return next(path for path in sorted((FILES / layout).glob("*.dbf"))).read_bytes()


def shape(content: bytes) -> tuple[int, int, int]:
    """Rows, length of the header, length of a row."""
    return tuple(int.from_bytes(content[first:last], "little") for first, last in ((4, 8), (8, 10), (10, 12)))


def table_of(content: bytes, rows: list[bytes]) -> bytes:
    start = shape(content)[1]
    return content[:4] + len(rows).to_bytes(4, "little") + content[8:start] + b"".join(rows) + b"\x1a"


def rows_of(content: bytes) -> list[bytes]:
    count, start, length = shape(content)
    rows = [content[place : place + length] for place in range(start, start + count * length, length)]
    return [row for row in rows if row.startswith(b" ")]


@some.composite
def damaged(draw: some.DrawFn) -> tuple[str, bytes]:
    """A kept answer whose rows repeat in some order, with odd bytes and cells here and there."""
    layout = draw(some.sampled_from(sorted(PRESETS)))
    content = kept(layout)
    rows = [bytearray(row) for row in draw(some.lists(some.sampled_from(rows_of(content)), min_size=1, max_size=6))]
    length = shape(content)[2]
    for row in rows:
        for place in draw(some.lists(some.integers(1, length - 1), max_size=4)):
            row[place] = draw(some.sampled_from(b" 0159.-*,AB\x00TF"))
        for place in draw(some.lists(some.integers(1, length - 10), max_size=2)):
            row[place : place + 10] = draw(some.sampled_from(ODD_CELLS))
    return layout, table_of(content, [bytes(row) for row in rows])


def read(layout: str, content: bytes) -> list[ParsedRow]:
    return list(parse_return(PRESETS[layout], open_table(PRESETS[layout], content)))


def rejoined(layout: str, content: bytes) -> Iterator[ParsedRow]:
    """The rows of `parse_pieces` with their lines put back."""
    for piece in parse_pieces(PRESETS[layout], open_table(PRESETS[layout], content)):
        lines: list[list[ParsedLine]] = [[] for _ in piece.rows]
        for group in piece.lines:
            for place, line in zip(group.places, group.lines(), strict=True):
                lines[place].append(line)
        yield from (dataclasses.replace(row, lines=tuple(own)) for row, own in zip(piece.rows, lines, strict=True))


@given(damaged())
@settings(max_examples=25, deadline=None)
def test_reads_a_row_among_others_as_it_reads_it_alone(given_file: tuple[str, bytes]) -> None:
    layout, content = given_file
    together = read(layout, content)
    for number, (row, raw) in enumerate(zip(together, rows_of(content), strict=True), start=1):
        (alone,) = read(layout, table_of(content, [raw]))
        assert repr(dataclasses.replace(alone, row_no=number)) == repr(row)


@given(damaged())
@settings(max_examples=25, deadline=None)
def test_gives_the_same_rows_by_group_and_in_an_overview(given_file: tuple[str, bytes]) -> None:
    layout, content = given_file
    rows = read(layout, content)
    assert list(rejoined(layout, content)) == rows
    overview = Overview(PRESETS[layout], open_table(PRESETS[layout], content))
    named = list(overview)
    assert [(one.row_no, one.account, one.snils, one.last_name, one.birth_date, one.month) for one in named] == [
        (one.row_no, one.account, one.snils, one.last_name, one.birth_date, one.month) for one in rows
    ]
    assert overview.billed == sum((line.billed for row in rows for line in row.lines if line.billed), Decimal(0))


@pytest.mark.parametrize("layout", PRESETS)
def test_reads_more_rows_than_stand_in_one_piece(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = kept(layout)
    whole = read(layout, content)
    monkeypatch.setattr("exchange.dbf.reading.BATCH_ROWS", 2)
    assert read(layout, content) == whole
