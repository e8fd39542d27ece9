"""The rows a protocol tells, as a table of the provider's own layout: with what we expect, where it has a place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from exchange.checks.expectations import Expected, ExpectedService
from exchange.dbf.writing import Unwritable
from exchange.layouts.exchanged import ParsedLine, ReturnedAnswer, ReturnedRow
from exchange.layouts.filling import NoPlace, fill_return
from exchange.layouts.model import Layout
from exchange.layouts.recognition import open_table
from offices.money import to_kopecks


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line as the provider sent it: our code of the service, roubles, volume in units of the service."""

    service: str
    billed: Decimal | None
    tariff: Decimal | None
    quantity: Decimal | None
    is_metered: bool | None


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of the request that a protocol tells of: its number there, what we expect, what was sent."""

    row_number: int
    expected: Expected
    lines: tuple[ToldLine, ...]


def write_protocol_table(layout: Layout, request: bytes | Path, rows: Sequence[ToldRow]) -> bytes | None:
    """Write a row for each told row of the `request` file, in its order, as the provider would have had to fill it.

    Area, persons, tariff and norm are ours; a sum is our tariff on the provider's volume where the tariff is one and
    the volume was sent, otherwise blank. A service that is not on our account has no line. None where the layout has
    no place for some row: the paper and the sheet tell it.
    """
    if not rows:
        return None
    month = rows[0].expected.month
    filled = [
        ReturnedRow(_answer(layout, row), row_no=row.row_number) for row in sorted(rows, key=lambda one: one.row_number)
    ]
    try:
        return fill_return(layout, open_table(layout, request), filled, month=month)
    except (NoPlace, Unwritable):
        return None


def _answer(layout: Layout, row: ToldRow) -> ReturnedAnswer:
    return ReturnedAnswer(
        residents=row.expected.residents,
        living=row.expected.residents,
        total_area=row.expected.total_area,
        lines=tuple(_lines(layout, row)),
    )


def _lines(layout: Layout, row: ToldRow) -> Iterator[ParsedLine]:
    sent = {line.service: line for line in reversed(row.lines)}
    for code, service in sorted(row.expected.services.items()):
        if layout.carries(code):
            yield _line(service, sent.get(code))


def _line(service: ExpectedService, sent: ToldLine | None) -> ParsedLine:
    tariff = service.tariffs[0] if len(service.tariffs) == 1 else None
    quantity = sent.quantity if sent else None
    return ParsedLine(
        service=service.service,
        service_name=service.name,
        tariff=tariff if tariff is not None or sent is None else sent.tariff,
        quantity=quantity,
        norm=service.norm,
        metered=sent.is_metered if sent else None,
        billed=to_kopecks(tariff * quantity) if tariff is not None and quantity is not None else None,
    )
