"""Pages of an ordered QuerySet found by the key of a row, so the last page costs what the first does.

The order is a column that may repeat or be NULL, then the primary key. NULL stands last in both directions. A page is
named by the primary key of the row beside it; the row's own values are read again, so nothing personal stands in an
address and a row that moved meanwhile is met where it now is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Order:
    """A column to order by, up or down; `nullable` where it may be NULL. Empty: by primary key alone."""

    column: str = ""
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after a row, before a row, at the end, or (nothing said) at the start."""

    after: str = ""
    before: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of a page and whether there are rows before and after it."""

    rows: list[Any]
    has_previous: bool
    has_next: bool


def ordered(rows: "QuerySet[Any]", order: Order, *, backwards: bool = False) -> "QuerySet[Any]":
    """Order the rows, or turn the order round; NULL stands last (first when turned round)."""
    down = order.descending != backwards
    key = "-pk" if down else "pk"
    if not order.column:
        return rows.order_by(key)
    column = F(order.column)
    if not order.nullable:
        return rows.order_by(column.desc() if down else column.asc(), key)
    nulls: dict[str, Any] = {"nulls_first": True} if backwards else {"nulls_last": True}
    return rows.order_by(column.desc(**nulls) if down else column.asc(**nulls), key)


def beyond(order: Order, key: tuple[Any, Any], *, backwards: bool = False) -> Q:
    """Keep the rows that stand after the key (value, pk), or before it when turned round."""
    value, pk = key
    down = order.descending != backwards
    way = "lt" if down else "gt"
    further = Q(**{f"pk__{way}": pk})
    if not order.column:
        return further
    empty = Q(**{f"{order.column}__isnull": True})
    if value is None:
        return (empty & further) | ~empty if backwards else empty & further
    past = Q(**{f"{order.column}__{way}": value})
    same = Q(**{order.column: value}) & further
    if order.nullable and not backwards:
        return past | same | empty
    # The first condition is implied by the others and lets an index begin at the key.
    return Q(**{f"{order.column}__{way}e": value}) & (past | same)


def slice_of(
    rows: "QuerySet[Any]", order: Order, *, place: Place, size: int, known: "QuerySet[Any] | None" = None
) -> Slice:
    """Return one page of the rows; an unknown place means the first page.

    Keys are found first and whole rows by them, so what is annotated costs as many rows as are shown. `known` are
    the unfiltered rows: the named neighbour is looked for among them, since it may have left the filter meanwhile.
    """
    backwards = place.last or bool(place.before)
    named = place.before or place.after
    key = _key_of(rows if known is None else known, order, named) if named else None
    if named and key is None:
        return slice_of(rows, order, place=Place(), size=size)
    turned = ordered(rows, order, backwards=backwards)
    wanted = turned.filter(beyond(order, key, backwards=backwards)) if key else turned
    whole = rows if known is None else known
    keys = wanted.values("pk")[: size + 1]
    found = list(ordered(whole, order, backwards=backwards).filter(pk__in=keys))
    more, found = len(found) > size, found[:size]
    if backwards:
        if place.before and not more and len(found) < size:
            return slice_of(rows, order, place=Place(), size=size)
        return Slice(found[::-1], has_previous=more, has_next=bool(place.before))
    return Slice(found, has_previous=bool(key), has_next=more)


def chunks(
    rows: "QuerySet[Any]", order: Order, *, size: int, dressed: Callable[[list[Any]], list[Any]]
) -> Iterator[list[Any]]:
    """Walk all rows in order, a chunk of `size` at a time, each by the key of the last one of the chunk before."""
    place = Place()
    while True:
        part = slice_of(rows, order, place=place, size=size)
        if part.rows:
            yield dressed(part.rows)
        if not part.has_next:
            return
        place = Place(after=str(part.rows[-1].pk))


def _key_of(rows: "QuerySet[Any]", order: Order, named: str) -> tuple[Any, Any] | None:
    try:
        pk = rows.model._meta.pk.to_python(named)
    except ValidationError:
        return None
    found = rows.filter(pk=pk).values_list(*([order.column, "pk"] if order.column else ["pk", "pk"])).first()
    return tuple(found) if found else None
