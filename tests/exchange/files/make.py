"""The files beside this module, made anew: filled by a provider who errs, or odd in ways seen in real files."""

import dataclasses
import datetime as dt
from decimal import Decimal

from exchange.layouts.definitions import preset
from exchange.layouts.exchanged import ParsedLine, RequestedPerson, ReturnedAnswer, ReturnedRow, compose_address_code
from exchange.layouts.filling import fill_return
from exchange.layouts.recognition import open_table
from exchange.layouts.requests import build_request
from tests.exchange.dbf.raw import raw_table

MONTH = dt.date(2026, 10, 1)


def person(number: int, last_name: str, first_name: str, *services: str) -> RequestedPerson:
    house, flat = str(number + 3), str(number * 7)
    return RequestedPerson(
        request_id=str(4000 + number),
        last_name=last_name,
        first_name=first_name,
        middle_name="Ильинична" if first_name.endswith("а") else "",
        birth_date=dt.date(1940 + number, number, 2 * number),
        snils=f"{112233400 + number:09d}95",
        settlement="г. Смоленск",
        street="ул. «Октябрьской революции»",
        house=house,
        flat=flat,
        rooms=2,
        account=f"0{number}12345",
        total_area=Decimal("44.50"),
        heated_area=Decimal("44.50"),
        residents=2,
        address_code=compose_address_code(district="001", settlement="00001", street="00012", house=house, flat=flat),
        right_from=dt.date(2026, 1, 1),
        services=services,
    )


PEOPLE = (
    person(1, "Ёлкина", "Анна", "10", "14"),
    person(2, "Щукин", "Пётр", "10", "14"),
    person(3, "Объедкова", "Юлия", "10", "14"),
)
STRANGER = person(9, "Чужой", "Иван", "10")
WATER = ParsedLine(
    service="10",
    service_name="Холодное водоснабжение",
    provider_name="МУП Водоканал",
    tariff=Decimal("26.68307"),
    billed=Decimal("186.78"),
    quantity=Decimal(7),
    norm=Decimal("4.5"),
    metered=True,
    debt=Decimal("0.00"),
    undersupply=Decimal("0.00"),
)
SEWERAGE = dataclasses.replace(
    WATER, service="14", service_name="Водоотведение", tariff=Decimal("20.1"), billed=Decimal("140.70")
)


def filled(code: str, rows: list[ReturnedRow], people: tuple[RequestedPerson, ...] = PEOPLE) -> bytes:
    layout = preset(code)
    request = build_request(layout, people, month=MONTH)
    return fill_return(layout, open_table(layout, request.content), rows, month=MONTH)


def l1_return() -> bytes:
    """An answer, a recalculation in the sum, a person not found, a repeat, a stranger, a sum of stars."""
    full = ReturnedAnswer(residents=2, living=2, total_area=Decimal("44.50"), lines=(WATER, SEWERAGE))
    less = dataclasses.replace(SEWERAGE, adjustment=Decimal("-40.20"), debt=Decimal("812.33"), debt_status="unpaid")
    changed = ReturnedAnswer(residents=3, total_area=Decimal("45.10"), account="N-77", lines=(WATER, less))
    broken = dataclasses.replace(WATER, billed=Decimal("11111.1111"))
    content = filled(
        "l1_tula",
        [
            ReturnedRow(full, row_no=1),
            ReturnedRow(changed, row_no=2),
            ReturnedRow(ReturnedAnswer(matched=False), row_no=3),
            ReturnedRow(full, row_no=1),
            ReturnedRow(ReturnedAnswer(residents=1, lines=(WATER,)), person=STRANGER),
            ReturnedRow(ReturnedAnswer(residents=1, lines=(broken,)), row_no=3),
        ],
    )
    assert content.count(b"11111.1111") == 1
    return content.replace(b"11111.1111", b"*" * 10)


def l3_return() -> bytes:
    """Two contributions and a person the fund does not know."""
    owed = ParsedLine("03", billed=Decimal("498.40"), in_debt=True)
    paid = ParsedLine("03", billed=Decimal("300.01"), in_debt=False)
    return filled(
        "l3_capital_repair",
        [
            ReturnedRow(ReturnedAnswer(total_area=Decimal("44.50"), lines=(owed,)), row_no=1),
            ReturnedRow(ReturnedAnswer(total_area=Decimal("44.50"), lines=(paid,)), row_no=2),
            ReturnedRow(None, row_no=3),
        ],
    )


def long_return() -> bytes:
    """A recalculation of another month, a deleted row, a comma, written in cp1251 by a program of Windows."""
    anew = dataclasses.replace(WATER, adjustment=Decimal("-26.68"), adjustment_month=dt.date(2026, 8, 1))
    answer = ReturnedAnswer(residents=2, total_area=Decimal("44.50"))
    content = filled(
        "long",
        [
            ReturnedRow(dataclasses.replace(answer, lines=(anew,)), row_no=1),
            ReturnedRow(dataclasses.replace(answer, lines=(SEWERAGE,)), row_no=2),
            ReturnedRow(dataclasses.replace(answer, lines=(WATER,)), row_no=3),
            ReturnedRow(ReturnedAnswer(matched=False), row_no=4),
        ],
    )
    layout = preset("long")
    start = 32 + 32 * len(layout.fields) + 1
    body = bytearray(content[start:].decode("cp866").encode("cp1251"))
    body[layout.record_length] = ord("*")
    third = bytes(body[2 * layout.record_length : 3 * layout.record_length]).replace(b"186.78", b"186,78")
    body[2 * layout.record_length : 3 * layout.record_length] = third
    return content[:29] + b"\xc9" + content[30:start] + bytes(body)


def odd_cells() -> bytes:
    """Every oddity that a cell may have and be read, and every fault."""
    columns = [("KОD", "N", 8, 2), ("DATA", "D", 10, 0), ("TEXT", "C", 10, 0), ("ZNAK", "L", 1, 0)]
    rows = [
        (b"    1.50", b"20261001  ", "Ёлка".encode("cp866").ljust(10), b"T"),
        (b"1.5     ", b"01.10.2026", b"zOi\0\0\0\0\0\0\0", b"?"),
        (b"\0" * 8, b"00000000  ", b" " * 10, b" "),
        (b"113\0\0\0\0\0", b" " * 10, b"  left    ", b"f"),
        (b"     13.", b"2026-10-01", b"a\0b       ", b"1"),
        (b"********", b"20260230  ", b"x" * 10, b"Y"),
        (b"   1.E+3", b" " * 10, b"y" * 10, b"n"),
        (b"    1,50", b" " * 10, b"z" * 10, b"N"),
    ]
    records = [
        (b"*" if number == 3 else b"\0" if number == 2 else b" ") + b"".join(row) for number, row in enumerate(rows)
    ]
    return raw_table(columns, records, language_byte=0, terminator=b"\r\0", tail=b"")


def emptied() -> bytes:
    """A table whose header says there are no rows, with the old rows left behind it."""
    return raw_table([("KOD", "N", 4, 0)], [b"    1", b"    2"], count=0)


FILES = {
    "l1_tula/07_191_202610.dbf": l1_return,
    "l3_capital_repair/LGT-2026-10.dbf": l3_return,
    "long/ZKU_07_191_202610.dbf": long_return,
    "odd/cells.dbf": odd_cells,
    "odd/emptied.dbf": emptied,
}
