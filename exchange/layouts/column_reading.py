"""Reading the cells of one column of a layout together: what is plain is taken as it is, what repeats is read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from operator import mod

from exchange.dbf.cells import Value
from exchange.dbf.inspection import as_json
from exchange.layouts.exchanged import RowFault
from exchange.layouts.forms import Attribute, bounds_of_plain, from_cell
from exchange.layouts.model import Layout, LayoutField
from exchange.layouts.readable import Readable
from exchange.layouts.values import LEAST, BadForm

_NOT_ECHOED = frozenset({"rooms", "total_area", "heated_area", "residents", "right_from", "right_to", "services"})
LARGEST_MEMORY = 4_000
Attributes = Sequence[Attribute]


class Faults(defaultdict[int, list[RowFault]]):
    """What is wrong with the rows read together, by the place of the row among them, in the order it was found."""

    def __init__(self) -> None:
        super().__init__(list)

    def of(self, place: int) -> tuple[RowFault, ...]:
        return tuple(self[place]) if place in self else ()


class _Known(dict[Value, Attribute]):
    """Attributes by their cells; a cell that is not what the layout promises is None and in `wrong`."""

    def __init__(self, column: LayoutColumn) -> None:
        super().__init__()
        self.wrong: set[Value] = set()
        self._column = column

    def __missing__(self, cell: Value) -> Attribute:
        try:
            value = self._column.read_one(cell)
        except BadForm:
            self.wrong.add(cell)
            value = None
        self[cell] = value
        return value


class LayoutColumn:
    """A column of a layout and its place in a table."""

    def __init__(self, field: LayoutField, index: int, values: Mapping[str, str | bool] | None) -> None:
        self.field = field
        self.index = index
        self.attribute = field.attribute
        self.read_one = from_cell(field, values)
        self._bounds = bounds_of_plain(field, values)
        self._is_text = field.type == "C" and field.form == "" and values is None
        self._changes_numbers = field.type in "NF" and values is None and field.form not in ("integer", "code")
        self._known = _Known(self)

    def read(self, cells: Sequence[Value], places: Sequence[int], faults: Faults) -> Attributes:
        """Return the attributes of cells; one that is not what the layout promises is None and a fault of its place."""
        if self._is_text or (self._bounds is not None and _are_possible(cells, *self._bounds)):
            return cells
        if self._changes_numbers:  # equal numbers may be written differently, and stay so
            return [self._read_or_fault(cell, place, faults) for cell, place in zip(cells, places, strict=True)]
        if len(self._known) > LARGEST_MEMORY:
            self._known = _Known(self)
        found = list(map(self._known.__getitem__, cells))
        if self._known.wrong:
            for cell, place in zip(cells, places, strict=True):
                if cell in self._known.wrong:
                    self._read_or_fault(cell, place, faults)
        return found

    def _read_or_fault(self, cell: Value, place: int, faults: Faults) -> Attribute:
        try:
            return self.read_one(cell)
        except BadForm as wrong:
            field = self.field
            faults[place].append(RowFault(field.name, wrong.code, wrong.text, str(as_json(cell)), field.group))
            return None


def _are_possible(cells: Sequence[Value], least: Decimal, most: Decimal) -> bool:
    """Tell whether all cells are blank or numbers within the bounds, with no more decimals than are kept."""
    given = [cell for cell in cells if cell is not None]
    if not given:
        return True
    numbers = [cell for cell in given if isinstance(cell, Decimal)]
    return (
        len(numbers) == len(given)
        and least <= min(numbers)
        and max(numbers) <= most
        and not any(map(mod, numbers, repeat(LEAST)))
    )


def told(columns: Iterable[tuple[str, Attributes]]) -> dict[str, Attributes]:
    """Return the values by attribute; of several columns of one attribute the last that tells something counts."""
    found: dict[str, Attributes] = {}
    for attribute, values in columns:
        former = found.get(attribute, values)
        found[attribute] = (
            values
            if former is values
            else [was if value is None else value for was, value in zip(former, values, strict=True)]
        )
    return found


def or_default(values: Attributes, default: Attribute) -> Attributes:
    """Return the values with the default where nothing is told."""
    if default is None or None not in values:
        return values
    return [default if value is None else value for value in values]


def columns_of(layout: Layout, table: Readable) -> list[LayoutColumn]:
    """Return the columns of the layout that the table has and that tell something of a returned row."""
    places = {field.name.upper(): index for index, field in enumerate(table.fields)}
    found = []
    for field in layout.fields:
        index = places.get(field.name.upper())
        echoed = field.subject != "person" or field.attribute not in _NOT_ECHOED
        if field.role and index is not None and echoed:
            found.append(LayoutColumn(field, index, layout.values.get(field.values)))
    return found
