import datetime as dt
import math
import tempfile
import warnings
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import dbf
from dbfread import DBF, FieldParser
from hypothesis import given, settings
from hypothesis import strategies as st
from pyogrio import read_info
from pyogrio.raw import read as read_by_gdal

from exchange.dbf.cells import Value
from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.saving import write_dbf_file
from exchange.dbf.writing import Version

FIELDS = [
    Field("NAME", "C", 50),
    Field("SUM", "N", 12, 2),
    Field("TARIF", "N", 14, 6),
    Field("COUNT", "N", 3),
    Field("DEBT", "F", 11, 2),
    Field("DAY", "D", 8),
    Field("OK", "L", 1),
]
LETTERS = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя№ -.,/\"'0123456789AZaz«»"
QUOTES = {"«": '"', "»": '"'}
ROW = st.tuples(
    st.text(LETTERS, max_size=50).map(str.strip),
    st.none() | st.decimals(-99_999_999, 999_999_999, places=2),
    st.none() | st.decimals(-99_999, 999_999, places=6),
    st.none() | st.integers(-99, 999).map(Decimal),
    st.none() | st.decimals(-9_999_999, 99_999_999, places=2),
    st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
    st.none() | st.booleans(),
)
Rows = Sequence[tuple[Value, ...]]
AS_WRITTEN = st.sampled_from([("cp866", Version.DBASE3), ("cp1251", Version.DBASE3), ("cp1251", Version.FOXPRO)])


class ExactParser(FieldParser):  # type: ignore[misc]  # dbfread has no types
    def parseN(self, field: object, data: bytes) -> Decimal | None:  # noqa: N802  dbfread's name
        text = data.strip()
        return Decimal(text.decode("ascii")) if text else None

    parseF = parseN  # noqa: N815


def by_dbfread(path: Path) -> Rows:
    return [tuple(row.values()) for row in DBF(path, parserclass=ExactParser)]


def by_dbf(path: Path) -> Rows:
    exact = (lambda raw: Decimal(raw.decode("ascii")), type(None))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = dbf.Table(str(path), default_data_types={"N": exact, "F": exact}).open(mode=dbf.READ_ONLY)
    try:
        return [(row[0].rstrip(), *row[1:5], row[5] or None, row[6]) for row in map(tuple, table)]
    finally:
        table.close()


def by_gdal(path: Path) -> Rows:
    """GDAL keeps numbers as doubles: their shortest decimal is the one that was written."""
    _, _, _, columns = read_by_gdal(path)
    name, *numbers, days, answers = [column.tolist() for column in columns]
    return list(
        zip(
            [text or "" for text in name],
            *([None if math.isnan(number) else Decimal(repr(number)) for number in column] for column in numbers),
            days,
            [None if math.isnan(answer) else bool(answer) for answer in answers],
            strict=True,
        )
    )


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=8), written=AS_WRITTEN)
def test_four_readers_read_our_file_equally_to_the_kopeck(rows: Rows, written: tuple[str, Version]) -> None:
    encoding, version = written
    expected = [(str(row[0]).translate(str.maketrans(QUOTES)), *row[1:]) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ours.dbf"
        write_dbf_file(path, FIELDS, rows, encoding=encoding, version=version, substitutions=QUOTES)
        assert [row.values for row in read_dbf(path).rows()] == expected
        assert by_dbfread(path) == expected
        assert by_dbf(path) == expected
        assert by_gdal(path) == expected


def test_gdal_finds_our_fields_as_we_mean_them(tmp_path: Path) -> None:
    path = tmp_path / "ours.dbf"
    write_dbf_file(path, FIELDS, [("Ёж", None, None, None, None, None, None)] * 3, encoding="cp866")
    found = read_info(path)
    assert (found["features"], list(found["fields"])) == (3, [field.name for field in FIELDS])
    assert found["ogr_types"][:3] == ["OFTString", "OFTReal", "OFTReal"]
