"""A wide answer (L1, 221 fields) read to layout rows and matched, beside dbfread that only reads it.

Every row has an account and a СНИЛС of its own; nothing else of it is new after the first few thousand.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import dbfread
import numpy as np

from benchmarks.dbf_files import Exact
from benchmarks.measuring import Stage, measure
from exchange.checks.matching import AskedRow, match_named
from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import ParsedLine, RequestedPerson, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import fill_return
from exchange.layouts.model import Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from exchange.layouts.returns import Overview, parse_pieces, parse_return
from exchange.layouts.values import write_snils
from recipients.snils import control_number

MONTH = dt.date(2026, 10, 1)
PEOPLE = 35
"""Rows of the answer for each recipient of the month measured: 70,000 where it has 2,000."""
DIFFERENT = 2_000
FIRST_SNILS = 200_000_000
SERVICES = ("01", "02", "03", "10", "11", "14", "15", "21")


def return_stages(recipients: int, folder: Path) -> list[Stage]:
    layout = preset("l1_tula")
    path = folder / "answer.dbf"
    rows = recipients * PEOPLE
    path.write_bytes(answered(layout, rows))
    asked = [asked_row(layout, number) for number in range(rows)]

    def parse() -> int:
        return sum(1 for row in parse_return(layout, open_table(layout, path)) if row.lines)

    def match() -> int:
        overview = Overview(layout, open_table(layout, path))
        found = match_named(overview, asked, matching=layout.matching, is_long=False)
        assert all(key is not None for _, key in found)
        return len(found)

    def by_piece() -> int:
        return sum(len(piece.rows) for piece in parse_pieces(layout, open_table(layout, path)))

    def by_dbfread() -> int:
        return sum(1 for row in dbfread.DBF(path, encoding="cp866", parserclass=Exact) if row)

    ordinary = measure(by_dbfread)
    return [
        Stage("разбор ответа L1 (рядом одно чтение dbfread)", measure(parse), ordinary),
        Stage("разбор ответа L1 по столбцам, как для записи", measure(by_piece), ordinary),
        Stage("обзор и сопоставление ответа L1", measure(match)),
    ]


def answered(layout: Layout, rows: int) -> bytes:
    """Return an answer about so many persons; after a few thousand only accounts and СНИЛС are new."""
    people = [person(layout, number) for number in range(min(rows, DIFFERENT))]
    request = build_request(layout, people, month=MONTH)
    answers = [ReturnedRow(answer(layout, number), row_no=number + 1) for number in range(len(people))]
    content = fill_return(layout, open_table(layout, request.content), answers, month=MONTH)
    start, length = int.from_bytes(content[8:10], "little"), int.from_bytes(content[10:12], "little")
    body = content[start : start + length * len(people)]
    repeated = body * (rows // len(people)) + body[: rows % len(people) * length]
    cells = np.frombuffer(repeated, dtype=np.uint8).reshape(rows, length).copy()
    put(cells, layout, "LCHET", [f"{number:09}" for number in range(rows)])
    put(cells, layout, "STRAHNM", [write_snils(snils_of(number)) for number in range(rows)])
    head = content[:4] + rows.to_bytes(4, "little") + content[8:start]
    return head + cells.tobytes() + content[start + len(body) :]


def put(cells: "np.ndarray", layout: Layout, name: str, texts: list[str]) -> None:
    """Write a column of texts into rows of bytes."""
    place = 1
    for field in layout.fields:
        if field.name == name:
            written = "".join(text.ljust(field.length) for text in texts).encode("ascii")
            cells[:, place : place + field.length] = np.frombuffer(written, dtype=np.uint8).reshape(len(texts), -1)
        place += field.length


def snils_of(number: int) -> str:
    first_nine = str(FIRST_SNILS + number)
    return first_nine + control_number(first_nine)


def carried(layout: Layout) -> tuple[str, ...]:
    return tuple(code for code in SERVICES if layout.carries(code))


def person(layout: Layout, number: int) -> RequestedPerson:
    return RequestedPerson(
        request_id=str(number + 1),
        last_name="Константинопольская-Петрова",
        first_name="Александра",
        middle_name="Владимировна",
        birth_date=dt.date(1940, 1, 1) + dt.timedelta(days=number % 20_000),
        snils=snils_of(number),
        settlement="г. Смоленск",
        street="ул. Багратиона",
        house=str(number % 200 + 1),
        flat=str(number % 90 + 1),
        account=f"{number:09}",
        total_area=Decimal("54.20"),
        residents=number % 4 + 1,
        right_from=dt.date(2026, 1, 1),
        services=carried(layout),
    )


def answer(layout: Layout, number: int) -> ReturnedAnswer:
    lines = tuple(
        ParsedLine(
            service=code,
            billed=Decimal(number * 37 % 900_000 + 1).scaleb(-2),
            tariff=Decimal("26.21"),
            quantity=Decimal(number % 100),
        )
        for code in carried(layout)
    )
    return ReturnedAnswer(residents=number % 4 + 1, total_area=Decimal("54.20"), lines=lines)


def asked_row(layout: Layout, number: int) -> AskedRow:
    asked = person(layout, number)
    full_name = f"{asked.last_name} {asked.first_name} {asked.middle_name}"
    return AskedRow(
        number, asked.request_id, asked.account, asked.snils, full_name, asked.birth_date, "", asked.services
    )
