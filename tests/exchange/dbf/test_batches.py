import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf.cells import Unreadable, Value
from exchange.dbf.header import Field
from exchange.dbf.memos import Memos
from exchange.dbf.readers import reader_of
from exchange.dbf.reading import Table, look_into
from exchange.dbf.typed import Amounts, Days, Flags
from exchange.dbf.writing import write_dbf
from tests.exchange.dbf.raw import one_column, raw_table

SHAPES = [
    ("N1", "N", 1, 0),
    ("N6", "N", 6, 0),
    ("N62", "N", 6, 2),
    ("N224", "N", 22, 4),
    ("N20", "N", 20, 0),
    ("F73", "F", 7, 3),
    ("D8", "D", 8, 0),
    ("D10", "D", 10, 0),
    ("L", "L", 1, 0),
    ("C5", "C", 5, 0),
    ("I4", "I", 4, 0),
]


def told(found: Value) -> str:
    """A value with all that equality forgives: the type, the places of a number, a minus before zero."""
    return f"{type(found).__name__} {found}"


ODD = [b"", b"0", b"-0", b"-0.00", b".5", b"5.", b"+1", b"1 2", b"--1", b"- 1", b"1,5", b"**", b"1E2", b"0.00"]
ODD += [b"T", b"?", b"n", b"\0", b"\0\0", b"01.02.2026"]
DAYS = ("00000000", "20260100", "20260001", "20261301", "20260431", "00000101", "20260230", "19000229", "20240229")
ODD += [day.encode() for day in DAYS]
NOISE = "0123456789.-+ ,*\0EЖ№".encode("cp866")
MARKS = [b" "] * 6 + [b"*", b"\0", b"x"]


def cell(chance: Random, kind: str, width: int, decimals: int) -> bytes:
    """A cell of a column: a usual one, a nearly usual one, or noise."""
    turn = chance.randrange(4)
    if turn > 1 and kind in "NF":
        number = Decimal(chance.randrange(-(10 ** (width - 1)), 10**width)).scaleb(-decimals)
        return f"{number:f}".rjust(width)[:width].encode()
    if turn > 1 and kind == "D":
        day = dt.date.fromordinal(chance.randrange(1, dt.date.max.toordinal()))
        return day.isoformat().replace("-", "").ljust(width).encode()
    raw = bytes(chance.choices(NOISE, k=chance.randrange(width + 1))) if turn else chance.choice(ODD)
    return (raw.ljust(width) if chance.randrange(2) else raw.rjust(width))[:width]


def records_of(seed: int) -> list[tuple[bytes, ...]]:
    """Some records, now and then the same ones again."""
    chance = Random(seed)
    found = [
        (chance.choice(MARKS), *(cell(chance, *shape[1:]) for shape in SHAPES)) for _ in range(chance.randrange(9))
    ]
    return found * chance.randrange(1, 4)


def by_the_cell(
    table: Table, records: Sequence[tuple[bytes, ...]]
) -> tuple[list[list[str]], list[tuple[int, str, str]], set[str]]:
    """Read each cell by itself: the slow and obvious way, which the fast ones must equal."""
    oddities: set[str] = set()
    memos = Memos(None, version=table.header.version, encoding=table.encoding)
    reads = [
        reader_of(column, table.header, encoding=table.encoding, memos=memos, notice=oddities.add)
        for column in table.header.descriptors
    ]
    rows, faults = [], []
    for number, (mark, *row) in enumerate(records, start=1):
        if mark == b"*":
            continue
        if mark == b"x":
            faults.append((number, "", "strange_mark"))
        values: list[Value] = []
        for field, read, raw in zip(table.fields, reads, row, strict=True):
            try:
                values.append(read(raw))
            except Unreadable as wrong:
                values.append(None)
                faults.append((number, field.name, wrong.code))
        rows.append([told(value) for value in values])
    return rows, faults, oddities


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    encoding=st.sampled_from(["cp866", "cp1251", "utf-8"]),
    rows=st.integers(1, 25),
)
def test_reads_columns_and_rows_as_each_cell_by_itself(seed: int, encoding: str, rows: int) -> None:
    records = records_of(seed)
    table = look_into(raw_table(SHAPES, [b"".join(record) for record in records]), encoding=encoding)
    expected, faults, oddities = by_the_cell(table, records)
    numbers = [number for number, record in enumerate(records, start=1) if record[0] != b"*"]

    read = list(table.rows())
    assert [row.number for row in read] == numbers
    assert [[told(value) for value in row.values] for row in read] == expected
    assert [(fault.row, fault.field, fault.code) for row in read for fault in row.faults] == faults

    batches = list(table.batches(rows=rows))
    assert all(0 < len(batch.numbers) <= rows for batch in batches)
    assert [number for batch in batches for number in batch.numbers.tolist()] == numbers
    by_column = [row for batch in batches for row in zip(*(column.values() for column in batch.columns), strict=True)]
    assert [[told(value) for value in row] for row in by_column] == expected
    assert tuple(fault for batch in batches for fault in batch.faults) == tuple(f for row in read for f in row.faults)
    assert table.faults == tuple(fault for row in read for fault in row.faults)
    assert {notice.code for notice in table.oddities} == oddities


def amounts(*written: bytes, decimals: int = 2) -> Amounts:
    (batch,) = look_into(one_column("N", *written, decimals=decimals)).batches()
    (column,) = batch.columns
    assert isinstance(column, Amounts)
    return column


def test_counts_amounts_in_their_last_place_and_tells_blank_from_zero() -> None:
    column = amounts(b"  12.34", b"   0.00", b"       ", b"  -0.01")
    assert column.scaled.tolist() == [1234, 0, 0, -1]
    assert column.blank.tolist() == [False, False, True, False]
    assert column.odd == {}


def test_sets_apart_what_is_written_in_an_unusual_form() -> None:
    column = amounts(b"   1.50", b"  1.5  ", b"  -0.00", b"*******")
    assert column.scaled.tolist() == [150, 0, 0, 0]
    assert column.odd == {1: Decimal("1.5"), 2: Decimal(0), 3: None}
    assert [told(value) for value in column.values()] == [
        "Decimal 1.50",
        "Decimal 1.5",
        "Decimal -0.00",
        "NoneType None",
    ]


def test_sums_a_column_to_the_kopeck_whatever_its_size() -> None:
    largest = b"9999999999999999.99"
    column = amounts(*[largest] * 1000, b"-0.01".rjust(19), b" " * 19, b"0.5".ljust(19))
    assert column.total() == Decimal("9999999999999999.99") * 1000 + Decimal("0.49")


def test_gives_days_and_answers_in_their_types() -> None:
    fields = [Field("DAY", "D", 8), Field("OK", "L", 1)]
    day = dt.date(2026, 10, 31)
    (batch,) = look_into(write_dbf(fields, [(day, True), (None, None)], encoding="cp866")).batches()
    days, flags = batch.columns
    assert isinstance(days, Days)
    assert str(days.days[0]) == "2026-10-31"
    assert isinstance(flags, Flags)
    assert (flags.yes.tolist(), flags.known.tolist()) == ([True, False], [True, False])


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_reads_a_large_table_a_batch_at_a_time(rows: int) -> None:
    fields = [Field("N", "N", 6)]
    content = write_dbf(fields, [(number,) for number in range(2500)], encoding="cp866")
    batches = list(look_into(content).batches(rows=rows))
    assert [len(batch.numbers) for batch in batches[:-1]] == [rows] * (len(batches) - 1)
    assert [value for batch in batches for value in batch.columns[0].values()] == list(range(2500))
