"""Pages are found by the key of a row: every row stands on one page, in any order, there and back."""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.lists.keyset import Order, Place, chunks, slice_of
from offices.models import CalendarDay, Decree
from tests import factories as make

pytestmark = pytest.mark.django_db

ORDERS = [
    pytest.param(Order(), id="by key alone"),
    pytest.param(Order("", descending=True), id="by key, turned round"),
    pytest.param(Order("title"), id="by a column that repeats"),
    pytest.param(Order("title", descending=True), id="by it, downwards"),
    pytest.param(Order("old", nullable=True), id="by a column with gaps"),
    pytest.param(Order("old", descending=True, nullable=True), id="by it, downwards"),
    pytest.param(Order("issued_on", nullable=True), id="by a column that might have gaps and has none"),
]
SIZE = 4


@pytest.fixture
def rows(db: Any) -> Any:
    """Eighteen acts: few titles, a third of them without the number `old`."""
    from django.db.models import Case, F, When

    for number in range(18):
        make.decree(title=f"Акт {number % 3}", issued_on=dt.date(2020, 1, 1 + number % 5), issuer=f"{number}")
    gaps = [pk for place, pk in enumerate(Decree.objects.order_by("pk").values_list("pk", flat=True)) if place % 3 == 0]
    return Decree.objects.annotate(old=Case(When(pk__in=gaps, then=None), default=F("issued_on")))


def forward(rows: Any, order: Order) -> Iterator[list[int]]:
    place = Place()
    while True:
        page = slice_of(rows, order, place=place, size=SIZE)
        yield [row.pk for row in page.rows]
        if not page.has_next:
            return
        place = Place(after=str(page.rows[-1].pk))


def backward(rows: Any, order: Order) -> Iterator[list[int]]:
    place = Place(last=True)
    while True:
        page = slice_of(rows, order, place=place, size=SIZE)
        yield [row.pk for row in page.rows]
        if not page.has_previous:
            return
        place = Place(before=str(page.rows[0].pk))


@pytest.mark.parametrize("order", ORDERS)
def test_shows_each_row_once_going_forward(rows: Any, order: Order) -> None:
    pages = list(forward(rows, order))
    assert [len(page) for page in pages] == [4, 4, 4, 4, 2]
    assert sorted(itertools.chain(*pages)) == sorted(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("order", ORDERS)
def test_goes_back_by_the_way_it_came(rows: Any, order: Order) -> None:
    there = list(itertools.chain(*forward(rows, order)))
    back = [row for page in reversed(list(backward(rows, order))) for row in page]
    assert back[-SIZE:] == there[-SIZE:]
    assert list(dict.fromkeys(back)) == there


@pytest.mark.parametrize("order", ORDERS)
def test_puts_what_is_missing_last_both_ways(rows: Any, order: Order) -> None:
    if order.column != "old":
        assert order.column in {"", "title", "issued_on"}
        return
    shown = [row.old for chunk in chunks(rows, order, size=5, dressed=list) for row in chunk]
    filled = [value for value in shown if value is not None]
    assert shown == filled + [None] * 6
    assert filled == sorted(filled, reverse=order.descending)


def test_says_where_it_stands(rows: Any) -> None:
    order = Order("title")
    first = slice_of(rows, order, place=Place(), size=SIZE)
    second = slice_of(rows, order, place=Place(after=str(first.rows[-1].pk)), size=SIZE)
    last = slice_of(rows, order, place=Place(last=True), size=SIZE)
    whole = slice_of(rows, order, place=Place(), size=18)
    ends = [(page.has_previous, page.has_next) for page in (first, second, last, whole)]
    assert ends == [(False, True), (True, True), (True, False), (False, False)]


@pytest.mark.parametrize("named", ["0", "нет", "99999999999999999999999", "-1", "1 OR 1=1"])
def test_begins_at_the_start_where_the_neighbour_is_unknown(rows: Any, named: str) -> None:
    first = slice_of(rows, Order("title"), place=Place(), size=SIZE)
    for place in (Place(after=named), Place(before=named)):
        assert slice_of(rows, Order("title"), place=place, size=SIZE) == first


def test_finds_the_neighbour_that_left_the_filter(rows: Any) -> None:
    gone = rows.order_by("pk")[5]
    kept = rows.exclude(pk=gone.pk)
    page = slice_of(kept, Order(), place=Place(after=str(gone.pk)), size=SIZE, known=rows)
    assert page.rows[0].pk == gone.pk + 1


def test_never_skips_rows_by_counting_them(rows: Any) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(forward(rows, Order("title")))
        list(backward(rows, Order("old", nullable=True)))
        list(chunks(rows, Order("title"), size=3, dressed=list))
    assert len(asked) > 20
    assert not [query["sql"] for query in asked if "OFFSET" in query["sql"].upper()]


def test_takes_any_kind_of_primary_key() -> None:
    days = [dt.date(2026, 1, number) for number in range(1, 8)]
    CalendarDay.objects.bulk_create(CalendarDay(day=day, is_working=False, note="праздник") for day in days)
    found = list(itertools.chain(*forward(CalendarDay.objects.filter(day__in=days), Order("note"))))
    assert found == days
