"""Flat files: a row is a record with values by role. Registers, accrual files, lists to banks, pension data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exchange.dbf.inspection import as_json
from exchange.dbf.putting import Writable
from exchange.dbf.writing import Unwritable
from exchange.layouts.exchanged import ParsedRecord, RowFault
from exchange.layouts.forms import Attribute, from_cell, to_cell
from exchange.layouts.model import FilledBy, Layout
from exchange.layouts.readable import Readable
from exchange.layouts.recognition import check_structure
from exchange.layouts.requests import default_cell, refuse_blanks, write_cells
from exchange.layouts.values import BadForm


class UnknownRole(ValueError):
    """A record has a value that the layout has no column for; it would be lost."""


def build_records(layout: Layout, records: Iterable[Mapping[str, Attribute]]) -> bytes:
    """Build a flat file of `records`, each a mapping from role to value; an absent role is the default or a blank cell.

    Raises UnknownRole, or Unwritable, naming row and field, when a value does not fit or may not be blank.
    """
    columns = [(field, to_cell(field, layout.values.get(field.values)), default_cell(field)) for field in layout.fields]
    known = {field.role for field in layout.fields if field.role}
    cells: list[list[Writable]] = []
    for number, record in enumerate(records, start=1):
        strangers = sorted(record.keys() - known)
        if strangers:
            raise UnknownRole(f"В формате «{layout.name}» нет полей для: {', '.join(strangers)}.")
        row: list[Writable] = []
        for field, write, default in columns:
            try:
                row.append(write(record[field.role]) if record.get(field.role) is not None else default)
            except BadForm as fault:
                raise Unwritable(number, field.name, fault.code, fault.text) from fault
        cells.append(row)
    refuse_blanks(layout, cells, frozenset(FilledBy))
    return write_cells(layout, cells)


def parse_records(layout: Layout, table: Readable) -> Iterator[ParsedRecord]:
    """Give the live rows of a flat table in their physical order, with values by role.

    A cell that is not what the layout promises, and a blank one that may not be, is None and a fault of the row.

    Raises Refused, at once, when the table does not follow the layout.
    """
    check_structure(layout, table)
    return _parse(layout, table)


def _parse(layout: Layout, table: Readable) -> Iterator[ParsedRecord]:
    places = {column.name.upper(): index for index, column in enumerate(table.fields)}
    columns = [
        (places.get(field.name.upper()), field, from_cell(field, layout.values.get(field.values)))
        for field in layout.fields
        if field.role
    ]
    for row in table.rows():
        faults = [RowFault(fault.field, fault.code, fault.text, fault.raw) for fault in row.faults]
        broken = {fault.field.upper() for fault in row.faults}
        values: dict[str, Attribute] = {}
        for index, field, read in columns:
            cell = None if index is None else row.values[index]
            try:
                value = read("" if cell is None and field.type == "C" else cell)
            except BadForm as fault:
                faults.append(RowFault(field.name, fault.code, fault.text, str(as_json(cell))))
                values[field.role] = None
                continue
            is_blank = value is None or value == ""
            if is_blank and not field.blank and field.name.upper() not in broken:
                faults.append(RowFault(field.name, "blank", f"Поле {field.name} не заполнено."))
            values[field.role] = value
        yield ParsedRecord(row.number, values, tuple(faults))
