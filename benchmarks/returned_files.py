"""A wide answer (L1, 221 fields) read to layout rows and matched, beside dbfread that only reads it."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import dbfread

from benchmarks.dbf_files import Exact
from benchmarks.measuring import Stage, measure
from exchange.checks.matching import AskedRow, match_rows
from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import ParsedLine, RequestedPerson, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import fill_return
from exchange.layouts.model import Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from exchange.layouts.returns import parse_return

MONTH = dt.date(2026, 10, 1)
PEOPLE = 35
"""Rows of the answer for each recipient of the month measured: 70,000 where it has 2,000."""
DIFFERENT = 2_000
SERVICES = ("01", "02", "03", "10", "11", "14", "15", "21")


def return_stages(recipients: int, folder: Path) -> list[Stage]:
    layout = preset("l1_tula")
    path = folder / "answer.dbf"
    rows = recipients * PEOPLE
    path.write_bytes(answered(layout, rows))
    asked = [asked_row(layout, number) for number in range(rows)]

    def parse() -> int:
        return sum(1 for row in parse_return(layout, open_table(layout, path)) if row.lines)

    def parse_and_match() -> int:
        parsed = parse_return(layout, open_table(layout, path))
        return len(match_rows(parsed, asked, matching=layout.matching, is_long=False))

    def by_dbfread() -> int:
        return sum(1 for row in dbfread.DBF(path, encoding="cp866", parserclass=Exact) if row)

    ordinary = measure(by_dbfread)
    return [
        Stage("разбор ответа L1 (рядом одно чтение dbfread)", measure(parse), ordinary),
        Stage("разбор и сопоставление ответа L1", measure(parse_and_match)),
    ]


def answered(layout: Layout, rows: int) -> bytes:
    """Return an answer about so many persons; a few thousand different ones follow each other again and again."""
    people = [person(layout, number) for number in range(min(rows, DIFFERENT))]
    request = build_request(layout, people, month=MONTH)
    answers = [ReturnedRow(answer(layout, number), row_no=number + 1) for number in range(len(people))]
    content = fill_return(layout, open_table(layout, request.content), answers, month=MONTH)
    start, length = int.from_bytes(content[8:10], "little"), int.from_bytes(content[10:12], "little")
    body = content[start : start + length * len(people)]
    repeated = body * (rows // len(people)) + body[: rows % len(people) * length]
    return content[:4] + rows.to_bytes(4, "little") + content[8:start] + repeated + content[start + len(body) :]


def carried(layout: Layout) -> tuple[str, ...]:
    return tuple(code for code in SERVICES if layout.carries(code))


def person(layout: Layout, number: int) -> RequestedPerson:
    return RequestedPerson(
        request_id=str(number + 1),
        last_name="Константинопольская-Петрова",
        first_name="Александра",
        middle_name="Владимировна",
        birth_date=dt.date(1940, 1, 1) + dt.timedelta(days=number % 20_000),
        snils="11223344595",
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
