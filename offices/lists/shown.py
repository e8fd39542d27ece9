"""A list as it is shown to one request: its lines, totals, neighbours, and the addresses of everything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django.forms import NullBooleanField
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from offices.lists import sheet, wanted
from offices.lists.filters import words_of
from offices.lists.keyset import Slice
from offices.lists.saved import views_of
from offices.lists.sources import Source, Totals
from offices.lists.tables import Cell, Line, ListTable, columns_of
from offices.lists.wanted import Asked
from offices.months import month_name

if TYPE_CHECKING:
    from offices.lists.listing import Listing

TARGET = "list"
"""The id of the element that htmx swaps."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A head of a column: its address sorts by it (empty: it does not), `sorted` is the value of aria-sort."""

    name: str
    title: str
    css: str
    hint: str
    address: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A view: its address, whether it is shown now, and the key of a saved one."""

    name: str
    address: str
    is_here: bool
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few things to choose from: a column, a size of page, a filter that can be taken away."""

    name: str
    title: str
    is_chosen: bool = False
    address: str = ""


class Shown:
    """What the template draws. Everything is asked of the database once, when it is needed."""

    def __init__(
        self, *, listing: "Listing", request: HttpRequest, asked: Asked, source: Source, rows: Any, form: Any
    ) -> None:
        self.listing, self.request, self.asked = listing, request, asked
        self.source, self.rows, self.form = source, rows, form
        self.is_export = request.GET.get(wanted.SHEET) == "1"
        restored = request.headers.get("HX-History-Restore-Request") == "true"
        self.is_partial = request.headers.get("HX-Target") == TARGET and not restored

    # --- answers

    def partial(self) -> HttpResponse:
        """Answer htmx with the list alone."""
        return render(self.request, "components/table_partial.html", {"shown": self})

    def workbook(self) -> FileResponse:
        """Answer with the sheet: exactly the filtered set, in the order and columns shown."""
        frame = self._frame
        table = self._table([])
        tops = sheet.Tops(
            title=self.listing.title,
            facts=(
                ("Начисления за", month_name(frame.month.month) if frame.month else "—"),
                ("Район", str(frame.office.district) if frame.office else "вся область"),
                ("Отбор", "; ".join(self.filter_words) or "без отбора"),
                ("Составлено", f"{frame.on:%d.%m.%Y}"),
                ("Составил", str(frame.staff)),
            ),
        )
        chunks = (list(self._table(rows).values()) for rows in self.source.chunks(self.asked.order))
        columns = [(table.title_of(column.name), column.column) for column in table.columns]
        file = sheet.written(tops, columns, chunks)
        name = f"{self.listing.title}, {frame.on:%d.%m.%Y}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=sheet.MEDIA_TYPE)

    # --- what is asked of the rows

    @cached_property
    def _counted(self) -> tuple[int, Totals]:
        return self.source.totals()

    @property
    def count(self) -> int:
        """Count the whole filtered set."""
        return self._counted[0]

    @property
    def totals(self) -> Totals:
        """Return the sums of the whole filtered set by column."""
        return self._counted[1]

    @cached_property
    def slice(self) -> Slice:
        """Return the page's rows."""
        return self.source.page(self.asked.order, self.asked.place, self.asked.size)

    @cached_property
    def table(self) -> ListTable:
        """Return the table of the page."""
        return self._table(self.slice.rows)

    @cached_property
    def lines(self) -> list[Line]:
        """Draw the page's rows."""
        return list(self.table.lines())

    def _table(self, rows: list[Any]) -> ListTable:
        return self.listing.table(rows, request=self.request, names=self.asked.names)

    # --- heads and totals

    @cached_property
    def headings(self) -> list[Heading]:
        """Return the heads of the columns shown."""
        return [self._heading(column.name, column.column) for column in self.table.columns]

    def _heading(self, name: str, column: Any) -> Heading:
        here = name == self.asked.sorted_by
        down = here and self.asked.order.descending
        address, state = "", ""
        if column.sort:
            address = self.address(self._filters, sort=name if not here or down else f"-{name}")
            state = ("descending" if down else "ascending") if here else ""
        return Heading(name, self.table.title_of(name), column.css, column.hint, address, state)

    @cached_property
    def footer(self) -> list[Cell]:
        """Return the totals under the columns they belong to; the first column is the caption's."""
        known = columns_of(self.listing.table)
        return [
            Cell(known[name].render(value=self.totals[name]) if name in self.totals else "", known[name].css, name)
            for name in self.asked.names[1:]
        ]

    # --- the query

    @property
    def _frame(self) -> Any:
        return self.request.frame  # type: ignore[attr-defined]

    @cached_property
    def _filters(self) -> Pairs:
        fields = self.form.fields if self.form is not None else ()
        given = self.request.GET
        return tuple((name, value) for name in fields for value in given.getlist(name) if value)

    @property
    def is_filtered(self) -> bool:
        return bool(self._filters)

    @cached_property
    def filter_words(self) -> list[str]:
        """Tell the filters in words."""
        return words_of(self.form) if self.form is not None else []

    @property
    def query(self) -> str:
        """Return filters, order and columns as a query: what a view keeps."""
        return urlencode((*self._filters, *self.asked.pairs))

    def address(self, filters: Pairs, **changes: str) -> str:
        """Return the address of this page with the filters and what else is asked, changed by name; empty: left out."""
        kept = [pair for pair in self.asked.pairs if pair[0] not in changes]
        added = [(name, value) for name, value in changes.items() if value]
        if ("sort", self.listing.order) in added:
            added.remove(("sort", self.listing.order))
        pairs = [*self._frame.query.items(), *filters, *kept, *added]
        return f"{self.request.path}?{urlencode(pairs)}" if pairs else self.request.path

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        """Return what the form of the filters sends along unseen."""
        unseen = [pair for pair in self._filters if pair[0] in self.listing.unseen]
        return [*self._frame.query.items(), *unseen, *self.asked.pairs]

    @property
    def kept_by_columns(self) -> list[tuple[str, str]]:
        """Return what the form of the columns sends along unseen."""
        other = [pair for pair in self.asked.pairs if pair[0] != wanted.COLUMN]
        return [*self._frame.query.items(), *self._filters, *other]

    # --- neighbours and choices

    @property
    def reset(self) -> str:
        return self.address(())

    @property
    def first(self) -> str:
        return self.address(self._filters)

    @property
    def previous(self) -> str:
        return self.address(self._filters, before=str(self.slice.rows[0].pk)) if self.slice.has_previous else ""

    @property
    def following(self) -> str:
        return self.address(self._filters, after=str(self.slice.rows[-1].pk)) if self.slice.has_next else ""

    @property
    def last(self) -> str:
        return self.address(self._filters, last="1")

    @property
    def export(self) -> str:
        return self.address(self._filters, xlsx="1")

    @property
    def sizes(self) -> list[Choice]:
        usual = self.listing.per
        return [
            Choice(str(size), str(size), size == self.asked.size, self._sized("" if size == usual else str(size)))
            for size in wanted.SIZES
        ]

    def _sized(self, size: str) -> str:
        return self.address(self._filters, per=size)

    @property
    def choices(self) -> list[Choice]:
        """Return every column there is, those shown ticked."""
        known = columns_of(self.listing.table)
        return [Choice(name, self.table.title_of(name), name in self.asked.names) for name in known]

    @property
    def usual_columns(self) -> str:
        return self.address(self._filters, col="")

    @property
    def fields(self) -> list[Any]:
        """Return the filters that are drawn."""
        return [field for field in self.form if field.name not in self.listing.unseen] if self.form is not None else []

    @property
    def removable(self) -> list[Choice]:
        """Return the filters that came from elsewhere, with the address without each."""
        return [
            Choice(name, self._told(name, value), True, self.address(tuple(p for p in self._filters if p[0] != name)))
            for name, value in self._filters
            if name in self.listing.unseen
        ]

    def _told(self, name: str, value: str) -> str:
        is_flag = isinstance(self.form.fields[name], NullBooleanField)
        return str(self.form.fields[name].label) if is_flag else f"«{value}»"

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the views: those everyone has, then those of who looks."""
        return [*self._built_in(), *self._saved()]

    def _built_in(self) -> Iterator[Chip]:
        here = set(self._filters)
        for view in self.listing.views:
            pairs = tuple(parse_qsl(view.query))
            yield Chip(view.name, self._viewed(pairs), set(pairs) == here)

    def _saved(self) -> Iterator[Chip]:
        here = {*self._filters, *self.asked.pairs}
        for view in views_of(staff=self._frame.staff, page=self.listing.page):
            pairs = tuple(parse_qsl(view.query))
            yield Chip(view.name, self._viewed(pairs), set(pairs) == here, view.pk)

    def _viewed(self, pairs: Pairs) -> str:
        query = urlencode([*self._frame.query.items(), *pairs])
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def next_step(self) -> str:
        """Return the address of what to do where nothing is shown."""
        empty = self.listing.nothing if self.is_filtered else self.listing.empty
        return self.table.to(empty.route) if empty.route else ""
