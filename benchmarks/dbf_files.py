"""Our DBF codec beside dbfread and dbf, on a table like a provider's."""

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import dbf
import dbfread

from benchmarks.measuring import Stage, measure
from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import write_dbf

ROWS_A_RECIPIENT = 8
MOST_ROWS_BY_DBF = 5_000  # it writes some two thousand rows a second
MONEY = [Field(f"SUM{number}", "N", 12, 2) for number in range(1, 17)]
FIELDS = [
    Field("LSHET", "C", 20),
    Field("FAMIL", "C", 40),
    Field("IMJA", "C", 30),
    Field("OTCH", "C", 30),
    Field("SNILS", "C", 14),
    Field("KOLZR", "N", 3, 0),
    Field("PLOS", "N", 8, 2),
    *MONEY,
]


class Exact(dbfread.FieldParser):
    """dbfread as one would use it for money."""

    def parseN(self, field: object, data: bytes) -> Decimal | None:  # noqa: N802 - dbfread's name
        return Decimal(data.strip().decode()) if data.strip() else None


def people(rows: int) -> Iterator[list[str | Decimal]]:
    chance = random.Random(7)
    for number in range(rows):
        money = [Decimal(chance.randrange(1, 900_000)) / 100 for _ in MONEY]
        named = [f"{number:020}", "Константинопольская-Петрова", "Александра", "Владимировна", "087-654-303 00"]
        yield [*named, Decimal(3), Decimal("54.20"), *money]


def dbf_stages(rows: int, folder: Path) -> list[Stage]:
    path, other = folder / "bench.dbf", folder / "ordinary.dbf"
    path.write_bytes(write_dbf(FIELDS, people(rows), encoding="cp866"))
    few = min(rows, MOST_ROWS_BY_DBF)

    def read_ours() -> int:
        return sum(1 for row in read_dbf(path, encoding="cp866").rows() if row.values[-1] is not None)

    def read_by_dbfread() -> int:
        table = dbfread.DBF(path, encoding="cp866", parserclass=Exact)
        return sum(1 for row in table if row["SUM16"] is not None)

    def write_ours() -> int:
        (folder / "ours.dbf").write_bytes(write_dbf(FIELDS, people(few), encoding="cp866"))
        return few

    def write_by_dbf() -> int:
        columns = "; ".join(
            f"{field.name} {field.type}({field.length},{field.decimals})"
            if field.type == "N"
            else f"{field.name} C({field.length})"
            for field in FIELDS
        )
        table = dbf.Table(str(other), columns, codepage="cp866")
        with table.open(dbf.READ_WRITE):
            for row in people(few):
                table.append(tuple(row))
        return few

    return [
        Stage("чтение DBF (рядом dbfread с Decimal)", measure(read_ours), measure(read_by_dbfread)),
        Stage("запись DBF (рядом dbf)", measure(write_ours), measure(write_by_dbf)),
    ]
