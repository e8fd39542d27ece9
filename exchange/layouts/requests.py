"""Building request files: what a provider is asked, as one table in its own layout (3.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from exchange.dbf.putting import Writable
from exchange.dbf.writing import Unwritable, write_dbf
from exchange.layouts.exchanged import BuiltRequest, BuiltRow, RequestedPerson
from exchange.layouts.forms import Attribute, to_cell
from exchange.layouts.model import Container, FilledBy, Kind, Layout, LayoutField
from exchange.layouts.tables.written import page_of, write_table
from exchange.layouts.values import BadForm

FROM_US = frozenset({FilledBy.SZ, FilledBy.BOTH})


class RequestWriter:
    """Turns persons into rows of cells; the columns of a layout are prepared once."""

    def __init__(self, layout: Layout, *, month: dt.date) -> None:
        self.layout = layout
        self._blank: list[Writable] = [default_cell(field) for field in layout.fields]
        self._filled = [
            (index, field, to_cell(field, layout.values.get(field.values)))
            for index, field in enumerate(layout.fields)
            if field.filled_by in FROM_US and field.subject in ("person", "file")
        ]
        self._service_at = next((i for i, field in enumerate(layout.fields) if field.role == "line.service"), None)
        self._codes = {ours: theirs for theirs, ours in layout.services.items()}
        self._month = month

    def rows_of(self, person: RequestedPerson) -> Iterator[tuple[list[Writable], tuple[str, ...]]]:
        """Give the rows of a person with the services each asks about.

        Raises BadForm when a value has no form in the layout.
        """
        cells = list(self._blank)
        for index, field, write in self._filled:
            cells[index] = write(self._value(person, field))
        if self.layout.kind is not Kind.LONG or self._service_at is None:
            yield cells, person.services
            return
        for service in person.services:
            row = list(cells)
            row[self._service_at] = self._codes.get(service, service)
            yield row, (service,)

    def _value(self, person: RequestedPerson, field: LayoutField) -> Attribute:
        if field.subject == "file":
            return file_fact(field, self._month)
        value: Attribute = getattr(person, field.attribute)
        if field.part is not None and isinstance(value, str):
            return value[field.part[0] : field.part[1]].rstrip(" ")
        return value


def build_request(layout: Layout, persons: Iterable[RequestedPerson], *, month: dt.date) -> BuiltRequest:
    """Build the request file about `persons` for a billed month; equal persons give equal bytes.

    A wide or single layout has a row per person, a long one a row per person and service.

    Raises Unwritable, naming row and field, when a value does not fit, has no form or a cell may not be blank.
    """
    writer = RequestWriter(layout, month=month)
    cells: list[list[Writable]] = []
    rows: list[BuiltRow] = []
    for person in persons:
        try:
            for row, services in writer.rows_of(person):
                cells.append(row)
                rows.append(BuiltRow(len(cells), person.request_id, person.account, services))
        except BadForm as fault:
            raise Unwritable(len(cells) + 1, "", fault.code, fault.text) from fault
    refuse_blanks(layout, cells, FROM_US)
    return BuiltRequest(write_cells(layout, cells), tuple(rows))


def write_cells(layout: Layout, cells: Iterable[list[Writable]]) -> bytes:
    """Write rows of cells as a table of the layout. Raises Unwritable."""
    if layout.container is not Container.DBF:
        return write_table(layout, cells)
    encoding = page_of(layout)
    return write_dbf(layout.columns, cells, encoding=encoding, version=layout.dbase, substitutions=layout.substitutions)


def refuse_blanks(layout: Layout, cells: Iterable[list[Writable]], filled_by: frozenset[FilledBy]) -> None:
    """Hold that cells which may not be blank are filled. Raises Unwritable."""
    needed = [(i, field) for i, field in enumerate(layout.fields) if not field.blank and field.filled_by in filled_by]
    for number, row in enumerate(cells, start=1):
        for index, field in needed:
            if row[index] is None or row[index] == "":
                raise Unwritable(number, field.name, "blank", "значение обязательно, а его нет.")


def file_fact(field: LayoutField, month: dt.date) -> Attribute:
    """Return what a `file.` column says of the billed month: the month, its year or its number."""
    facts: dict[str, Attribute] = {"month": month, "year": month.year, "month_number": month.month}
    return facts[field.attribute]


def default_cell(field: LayoutField) -> Writable:
    """Return what stands in a column when nobody gives a value: its default, or nothing."""
    if not field.default:
        return None
    return Decimal(field.default) if field.type in "NF" else field.default
