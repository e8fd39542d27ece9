import datetime as dt
import warnings
from decimal import Decimal
from pathlib import Path

import dbf
import pytest
from dbfread import DBF, FieldParser

from exchange.dbf.header import Field
from exchange.dbf.saving import write_dbf_file
from exchange.dbf.writing import Version

FIELDS = [
    Field("NAME", "C", 50),
    Field("SUM", "N", 12, 2),
    Field("TARIF", "N", 14, 6),
    Field("COUNT", "N", 3),
    Field("DAY", "D", 8),
    Field("OK", "L", 1),
]
ROWS = [
    ("Ёлкина Анна", Decimal("1496.90"), Decimal("26.683070"), Decimal(3), dt.date(1950, 2, 3), True),
    ("", None, None, None, None, None),
    ("Щукин «№ 5»", Decimal("-0.01"), Decimal("0.000001"), Decimal(0), dt.date(2026, 10, 31), False),
]
QUOTES = {"«": '"', "»": '"'}
EXPECTED = [ROWS[0], ROWS[1], ('Щукин "№ 5"', *ROWS[2][1:])]


class ExactParser(FieldParser):  # type: ignore[misc]  # dbfread has no types
    def parseN(self, field: object, data: bytes) -> Decimal | None:  # noqa: N802  dbfread's name
        text = data.strip()
        return Decimal(text.decode("ascii")) if text else None


def exact(raw: bytes) -> Decimal:
    return Decimal(raw.decode("ascii"))


@pytest.fixture(params=[("cp866", Version.DBASE3), ("cp1251", Version.DBASE3), ("cp1251", Version.FOXPRO)])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    encoding, version = request.param
    written = tmp_path / "ours.dbf"
    write_dbf_file(written, FIELDS, ROWS, encoding=encoding, version=version, substitutions=QUOTES)
    return written


def test_dbfread_reads_our_file_as_we_mean_it(path: Path) -> None:
    rows = [tuple(row.values()) for row in DBF(path, parserclass=ExactParser)]
    assert rows == EXPECTED


def test_dbf_reads_our_file_as_we_mean_it(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = dbf.Table(str(path), default_data_types={"N": (exact, type(None))}).open(mode=dbf.READ_ONLY)
    try:
        rows = [tuple(record) for record in table]
    finally:
        table.close()
    assert [row[0].rstrip() for row in rows] == [row[0] for row in EXPECTED]
    assert [row[1:4] for row in rows] == [row[1:4] for row in EXPECTED]
    assert [row[4] or None for row in rows] == [row[4] for row in EXPECTED]
    assert [row[5] for row in rows] == [row[5] for row in EXPECTED]
