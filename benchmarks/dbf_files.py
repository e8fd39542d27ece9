"""Our DBF codec beside dbfread, GDAL and dbf, on a table like a provider's."""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

import dbf
import dbfread
from pyogrio.raw import read as read_by_gdal

from benchmarks.measuring import Stage, measure
from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.saving import write_dbf_file
from exchange.dbf.typed import Amounts
from exchange.dbf.writing import write_dbf

ROWS_A_RECIPIENT = 8
TABLE_ROWS = 50
"""Rows of the ordinary table, and of the large one, for each recipient of the month measured."""
LARGE_ROWS = 500
MOST_ROWS_BY_DBF = 5_000  # it writes some two thousand rows a second
MONEY = [Field(f"SUM{number}", "N", 12, 2) for number in range(1, 17)]
FIELDS = [
    Field("LSHET", "C", 20),
    Field("FAMIL", "C", 40),
    Field("IMJA", "C", 30),
    Field("OTCH", "C", 30),
    Field("SNILS", "C", 14),
    Field("DATAR", "D", 8),
    Field("PRIZNAK", "L", 1),
    Field("KOLZR", "N", 3, 0),
    Field("PLOS", "N", 8, 2),
    *MONEY,
]
NAMES = ("Константинопольская-Петрова", "Александра", "Владимировна")
SHAPES = {
    "C": "{0.name} C({0.length})",
    "N": "{0.name} N({0.length},{0.decimals})",
    "D": "{0.name} D",
    "L": "{0.name} L",
}


class Exact(dbfread.FieldParser):
    """dbfread as one would use it for money."""

    def parseN(self, field: object, data: bytes) -> Decimal | None:  # noqa: N802 - dbfread's name
        return Decimal(data.strip().decode()) if data.strip() else None


def people(rows: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(7)
    for number in range(rows):
        money = [Decimal(chance.randrange(1, 900_000)).scaleb(-2) for _ in MONEY]
        born = dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(30_000))
        yield f"{number:020}", *NAMES, "087-654-303 00", born, number % 3 == 0, Decimal(3), Decimal("54.20"), *money


def dbf_stages(recipients: int, folder: Path) -> list[Stage]:
    path = folder / "bench.dbf"
    path.write_bytes(write_dbf(FIELDS, people(recipients * TABLE_ROWS), encoding="cp866"))
    return [*reading_stages(path), *writing_stages(recipients * TABLE_ROWS, folder), *large_stages(recipients, folder)]


def reading_stages(path: Path) -> list[Stage]:
    def by_columns() -> int:
        return sum(len(batch.numbers) for batch in read_dbf(path, encoding="cp866").batches())

    def by_rows() -> int:
        return sum(1 for row in read_dbf(path, encoding="cp866").rows() if row.values[-1] is not None)

    def by_dbfread() -> int:
        table = dbfread.DBF(path, encoding="cp866", parserclass=Exact)
        return sum(1 for row in table if row["SUM16"] is not None)

    def by_gdal() -> int:
        return len(read_by_gdal(path)[3][0])

    columns, ordinary = measure(by_columns), measure(by_dbfread)
    return [
        Stage("чтение DBF в столбцы (рядом dbfread с Decimal)", columns, ordinary),
        Stage("чтение DBF в столбцы (рядом GDAL, числа double)", columns, measure(by_gdal)),
        Stage("чтение DBF (рядом dbfread с Decimal)", measure(by_rows), ordinary),
    ]


def writing_stages(rows: int, folder: Path) -> list[Stage]:
    few = list(people(min(rows, MOST_ROWS_BY_DBF)))

    def write_ours() -> int:
        (folder / "ours.dbf").write_bytes(write_dbf(FIELDS, few, encoding="cp866"))
        return len(few)

    def save_ours() -> int:
        return write_dbf_file(folder / "saved.dbf", FIELDS, few, encoding="cp866").rows

    def write_by_dbf() -> int:
        columns = "; ".join(SHAPES[field.type].format(field) for field in FIELDS)
        table = dbf.Table(str(folder / "ordinary.dbf"), columns, codepage="cp866")
        with table.open(dbf.READ_WRITE):
            for row in few:
                table.append(row)
        return len(few)

    ordinary = measure(write_by_dbf)
    return [
        Stage("запись DBF (рядом dbf)", measure(write_ours), ordinary),
        Stage("запись DBF с проверкой прочитанного (рядом dbf)", measure(save_ours), ordinary),
    ]


def large_stages(recipients: int, folder: Path) -> list[Stage]:
    """Measure what memory a large table takes: a million rows where the month has 2,000 recipients."""
    path = folder / "large.dbf"

    def write_large() -> int:
        some = list(people(2_000))
        rows = islice(cycle(some), recipients * LARGE_ROWS)
        return write_dbf_file(path, FIELDS, rows, encoding="cp866").rows

    def read_large() -> int:
        rows, total = 0, Decimal(0)
        for batch in read_dbf(path, encoding="cp866").batches():
            rows += len(batch.numbers)
            total += sum(column.total() for column in batch.columns if isinstance(column, Amounts))
        assert total > rows
        return rows

    written = Stage("запись большой таблицы потоком", measure(write_large))
    return [written, Stage("чтение и сумма большой таблицы потоком", measure(read_large))]
