"""What a provider reads in a request file: whom it is asked about, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from exchange.dbf.reading import Row
from exchange.layouts.model import Kind, Layout
from exchange.layouts.readable import Readable


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A physical row of a request; area and residents are None where the layout does not tell them.

    `service` is our code in a long layout, where a row asks about one service, and empty elsewhere.
    """

    row_no: int
    account: str
    area: Decimal | None
    residents: int | None
    service: str


def asked_rows(layout: Layout, table: Readable) -> Iterator[AskedRow]:
    """Give the rows of a request in their order."""
    places = {field.name.upper(): index for index, field in enumerate(table.fields)}
    at = {field.role: places[field.name.upper()] for field in layout.fields if field.role}
    for row in table.rows():
        residents = _cell(row, at.get("person.residents"))
        area = _cell(row, at.get("person.total_area"))
        service = str(_cell(row, at.get("line.service")) or "").strip() if layout.kind is Kind.LONG else ""
        yield AskedRow(
            row_no=row.number,
            account=str(_cell(row, at.get("person.account")) or "").strip(),
            area=area if isinstance(area, Decimal) else None,
            residents=int(residents) if isinstance(residents, Decimal) else None,
            service=layout.services.get(service, service),
        )


def _cell(row: Row, place: int | None) -> object:
    return None if place is None else row.values[place]
