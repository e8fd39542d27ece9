"""What the query of a list asks for: order, columns, size of the page and its place. What cannot be read is left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from offices.lists.columns import TextColumn
from offices.lists.keyset import Order, Place

SIZES = (25, 50, 100, 200)
SORT, COLUMN, SIZE, AFTER, BEFORE, LAST, SHEET = "sort", "col", "per", "after", "before", "last", "xlsx"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show: `sorted_by` is a column's name, `names` the columns shown, `pairs` what differs from the usual."""

    sorted_by: str
    order: Order
    names: tuple[str, ...]
    size: int
    place: Place
    pairs: tuple[tuple[str, str], ...]


def asked_in(
    query: QueryDict, columns: Mapping[str, TextColumn], *, order: str, per: int, is_district: bool = False
) -> Asked:
    """Read the query of a list with these columns, whose usual order and size of page are given.

    `is_district`: who looks sees one district.
    """
    sort = query.get(SORT, order)
    name = sort.removeprefix("-")
    if name not in columns or not columns[name].sort:
        sort, name = order, order.removeprefix("-")
    column = columns[name]
    usual = usual_columns(columns, is_district=is_district)
    names = tuple(known for known in columns if known in query.getlist(COLUMN)) or usual
    size = next((known for known in SIZES if str(known) == query.get(SIZE)), per)
    pairs = [(SORT, sort)] if sort != order else []
    pairs += [(COLUMN, shown) for shown in names] if names != usual else []
    pairs += [(SIZE, str(size))] if size != per else []
    return Asked(
        sorted_by=name,
        order=Order(column.sort, descending=sort.startswith("-"), nullable=column.nullable),
        names=names,
        size=size,
        place=Place(after=query.get(AFTER, ""), before=query.get(BEFORE, ""), last=query.get(LAST) == "1"),
        pairs=tuple(pairs),
    )


def usual_columns(columns: Mapping[str, TextColumn], *, is_district: bool = False) -> tuple[str, ...]:
    """Name the columns shown until somebody chooses."""
    hidden = {name for name, column in columns.items() if column.hidden or (is_district and column.regional)}
    return tuple(name for name in columns if name not in hidden)
