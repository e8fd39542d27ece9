import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.dbf.header import Field
from exchange.dbf.putting import Misfit, Writable, putter
from exchange.dbf.writing import Unwritable, write_dbf

FIELDS = [
    Field("TEXT", "C", 6),
    Field("SUM", "N", 8, 2),
    Field("COUNT", "N", 3),
    Field("WIDE", "N", 30, 4),
    Field("FLOAT", "F", 7, 3),
    Field("DAY", "D", 8),
    Field("OK", "L", 1),
]
QUOTES = {"«": '"', "№": "N "}


class Choice(StrEnum):
    ONE = "один"


TEXTS = st.none() | st.text('Ёжия«№"—ѓ\n\0\x7f\xa0 aZ5', max_size=7) | st.just(Choice.ONE)
SOUND = st.integers(-10_000, 100_000).map(lambda number: Decimal(number).scaleb(-2))
ODD = st.sampled_from(["-0.00", "0", "1.5", "1.500", "0.005", "1E+2", "1E-2", "0E-7", "-0", "NaN", "Infinity", "1E+9"])
NUMBERS = st.none() | SOUND | SOUND | ODD.map(Decimal) | st.integers(-999, 9999) | st.integers(10**24, 10**25)
MISTYPED = st.sampled_from([True, "text", Decimal(1), dt.date(2026, 1, 1), dt.datetime(2026, 1, 1), 1.5])  # noqa: DTZ001
DAYS = st.none() | st.dates()
ANSWERS = st.none() | st.booleans()


def now_and_then(usual: st.SearchStrategy[Writable]) -> st.SearchStrategy[Writable]:
    return st.integers(0, 60).flatmap(lambda chance: usual if chance else MISTYPED)


ROW = st.tuples(TEXTS, *[NUMBERS] * 4, DAYS, ANSWERS) | st.tuples(
    now_and_then(TEXTS), *[now_and_then(NUMBERS)] * 4, now_and_then(DAYS), now_and_then(ANSWERS)
)


def by_the_cell(rows: Sequence[Sequence[Writable]], encoding: str) -> bytes | tuple[int, str, str, str]:
    """Put each cell by itself: the slow and obvious way, which the fast one must equal."""
    puts = [putter(field, encoding, QUOTES) for field in FIELDS]
    records = []
    for number, row in enumerate(rows, start=1):
        record = b" "
        for field, put, value in zip(FIELDS, puts, row, strict=True):
            try:
                record += put(value)
            except Misfit as misfit:
                return number, field.name, misfit.code, misfit.text
        records.append(record)
    return b"".join(records)


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=4), encoding=st.sampled_from(["cp866", "cp1251"]))
def test_writes_columns_as_each_cell_by_itself(rows: list[tuple[Writable, ...]], encoding: str) -> None:
    expected = by_the_cell(rows, encoding)
    if isinstance(expected, bytes):
        assert write_dbf(FIELDS, rows, encoding=encoding, substitutions=QUOTES)[-len(expected) - 1 : -1] == expected
        return
    with pytest.raises(Unwritable) as caught:
        write_dbf(FIELDS, rows, encoding=encoding, substitutions=QUOTES)
    found = caught.value
    assert (found.row, found.field, found.code, found.text) == expected


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(st.text("Ёж№-", max_size=3), SOUND), max_size=5))
def test_writes_usual_cells_as_each_by_itself(rows: list[tuple[str, Decimal]]) -> None:
    fields = [Field("TEXT", "C", 6), Field("SUM", "N", 8, 2)]
    puts = [putter(field, "cp866", {}) for field in fields]
    expected = b"".join(b" " + b"".join(put(value) for put, value in zip(puts, row, strict=True)) for row in rows)
    assert write_dbf(fields, rows, encoding="cp866")[97:-1] == expected


@pytest.mark.parametrize("bad", [1, 64, 65, 200], ids=["first", "end of a chunk", "start of a chunk", "last"])
def test_names_the_row_that_does_not_fit_wherever_it_stands(bad: int) -> None:
    fields = [Field("LONG", "C", 65_000), Field("SUM", "N", 8, 2)]
    rows = [("ё", Decimal("1.00"))] * 200
    assert len(write_dbf(fields, rows, encoding="cp866")) == 97 + 200 * 65_009 + 1
    rows[bad - 1] = ("ё", Decimal("0.001"))
    with pytest.raises(Unwritable) as caught:
        write_dbf(fields, rows, encoding="cp866")
    assert (caught.value.row, caught.value.field) == (bad, "SUM")
