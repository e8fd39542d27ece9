"""What every table of the house can do: choose columns, draw lines, hand values to a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest

from offices.lists.columns import DASH, TextColumn
from offices.templatetags import ui


@dataclass(frozen=True, slots=True)
class Cell:
    """A drawn cell: its text or safe markup, and the classes of its column."""

    shown: str
    css: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn row: the address it opens (empty: none) and its cells."""

    key: Any
    address: str
    css: str
    cells: tuple[Cell, ...]


class ListTable(tables.Table):
    """A table whose rows are ready: no cell asks the database."""

    class Meta:
        default = DASH
        template_name = "components/table.html"

    def __init__(self, data: Sequence[Any], *, request: HttpRequest, names: Sequence[str]) -> None:
        left_out = tuple(name for name in self.base_columns if name not in names)
        super().__init__(data=list(data), request=request, exclude=left_out, orderable=False)

    def address_of(self, record: Any) -> str:
        """Return the address that a row opens, empty where it opens none."""
        return ""

    def title_of(self, name: str) -> str:
        """Return the head of a column; a table whose heads name the month says them itself."""
        return str(self.base_columns[name].title)

    def css_of(self, record: Any) -> str:
        """Return the classes of a row."""
        return ""

    def to(self, route: str, *args: Any, **query: Any) -> str:
        """Return the address of a route that keeps the month and district shown."""
        return ui.to({"request": self.request}, route, *args, **query)

    def lines(self) -> Iterator[Line]:
        """Draw the rows."""
        for row in self.rows:
            cells = tuple(Cell(shown, column.column.css, column.name) for column, shown in row.items())
            record = row.record
            yield Line(record.pk, self.address_of(record), self.css_of(record), cells)

    def values(self) -> Iterator[list[Any]]:
        """Hand out the rows as values for a sheet, in the order of the columns."""
        for row in self.rows:
            yield [self._value(column, row) for column in self.columns]

    def _value(self, bound: Any, row: Any) -> Any:
        value = bound.accessor.resolve(row.record, quiet=True)
        own = getattr(self, f"value_{bound.name}", None)
        return own(value=value, record=row.record) if own else bound.column.written(value)


def columns_of(table: type[ListTable]) -> dict[str, TextColumn]:
    """Return the declared columns by name, in the order of declaration."""
    return dict(table.base_columns)
