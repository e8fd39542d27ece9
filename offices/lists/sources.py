"""Where the rows of a list come from: a QuerySet, or a sequence of rows that are ready."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Count, QuerySet, Sum

from offices.lists.columns import TextColumn
from offices.lists.keyset import Order, Place, Slice, chunks, slice_of

Totals = Mapping[str, Decimal]
Dressed = Callable[[list[Any]], list[Any]]
CHUNK = 1_000
"""Rows that a sheet asks for at a time."""


class Source(Protocol):
    """What a list asks of its rows."""

    def totals(self) -> tuple[int, Totals]:
        """Return the number of the filtered rows and the sums of their columns."""

    def page(self, order: Order, place: Place, size: int) -> Slice:
        """Return one page, its rows ready for the table."""

    def chunks(self, order: Order) -> Iterator[list[Any]]:
        """Walk all the filtered rows in order."""


def as_they_are(rows: list[Any]) -> list[Any]:
    """Leave rows that are ready as they are."""
    return rows


@dataclass(frozen=True, slots=True)
class QuerySource:
    """Rows of the database. `known` are the same rows unfiltered; `dressed` makes a page's rows ready at one go."""

    rows: "QuerySet[Any]"
    known: "QuerySet[Any]"
    columns: Mapping[str, TextColumn]
    dressed: Dressed = as_they_are
    sums: "Callable[[QuerySet[Any]], Totals] | None" = None

    def totals(self) -> tuple[int, Totals]:
        if self.sums is not None:
            return self.rows.count(), self.sums(self.rows)
        asked = {f"sum_of_{name}": Sum(column.sort) for name, column in self.columns.items() if column.total}
        found = self.rows.aggregate(rows_in_all=Count("pk"), **asked)
        count = found.pop("rows_in_all")
        return count, {name.removeprefix("sum_of_"): value or Decimal("0.00") for name, value in found.items()}

    def page(self, order: Order, place: Place, size: int) -> Slice:
        found = slice_of(self.rows, order, place=place, size=size, known=self.known)
        return Slice(self.dressed(found.rows), found.has_previous, found.has_next)

    def chunks(self, order: Order) -> Iterator[list[Any]]:
        return chunks(self.rows, order, size=CHUNK, dressed=self.dressed)


@dataclass(frozen=True, slots=True)
class RowsSource:
    """A few rows that are ready already, with `pk`; what is sorted by is an attribute, None stands last."""

    rows: Sequence[Any]
    columns: Mapping[str, TextColumn]

    def totals(self) -> tuple[int, Totals]:
        summed = [name for name, column in self.columns.items() if column.total]
        sums = {
            name: sum((getattr(row, self.columns[name].sort) or Decimal("0.00") for row in self.rows), Decimal("0.00"))
            for name in summed
        }
        return len(self.rows), sums

    def page(self, order: Order, place: Place, size: int) -> Slice:
        rows = self._ordered(order)
        start = self._start(rows, place, size)
        return Slice(rows[start : start + size], has_previous=start > 0, has_next=start + size < len(rows))

    def chunks(self, order: Order) -> Iterator[list[Any]]:
        rows = self._ordered(order)
        return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))

    def _ordered(self, order: Order) -> list[Any]:
        if not order.column:
            return list(self.rows)
        filled = [row for row in self.rows if getattr(row, order.column) is not None]
        empty = [row for row in self.rows if getattr(row, order.column) is None]
        return sorted(filled, key=lambda row: getattr(row, order.column), reverse=order.descending) + empty

    def _start(self, rows: list[Any], place: Place, size: int) -> int:
        if place.last:
            return max(len(rows) - size, 0)
        at = {str(row.pk): number for number, row in enumerate(rows)}
        if place.before in at:
            return max(at[place.before] - size, 0)
        return at[place.after] + 1 if place.after in at else 0
