"""A list as a screen declares it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from offices.lists.filters import Filters
from offices.lists.shown import Shown
from offices.lists.sources import Dressed, QuerySource, RowsSource, Source, Totals, as_they_are
from offices.lists.tables import ListTable, columns_of
from offices.lists.wanted import asked_in


@dataclass(frozen=True, slots=True)
class BuiltInView:
    """A view that everyone has: its name and its query, «new=1»."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where no row is: a sentence and, where there is one, the next step."""

    text: str
    route: str = ""
    action: str = ""


ALL = BuiltInView("Все", "")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the house.

    `page` is the name under which its views are saved, `title` stands over the sheet and in its file's name, `order`
    is the column sorted by at first (`-` for descending), `found` are the forms of the noun that is counted.
    `unseen` are filters asked for elsewhere (the search box of the head): kept and told, but not drawn as fields.
    `empty` stands where there is no row at all, `nothing` where the filters leave none.
    """

    page: str
    title: str
    table: type[ListTable]
    order: str
    found: str = "строка,строки,строк"
    filters: Filters | None = None
    views: tuple[BuiltInView, ...] = ()
    empty: Empty = Empty("Здесь пока ничего нет.")
    nothing: Empty = Empty("По этому фильтру ничего нет.")
    per: int = 50
    unseen: tuple[str, ...] = ()

    def shown(
        self,
        request: HttpRequest,
        *,
        rows: Any,
        dressed: Dressed = as_they_are,
        totals: "Callable[[Any], Totals] | None" = None,
    ) -> Shown:
        """Read the query and return what is to be shown of the rows; nothing is asked of the database yet."""
        is_district = request.frame.is_district  # type: ignore[attr-defined]
        asked = asked_in(request.GET, columns_of(self.table), order=self.order, per=self.per, is_district=is_district)
        filtered, form = self._filtered(request, rows)
        source = self._source(rows, filtered, dressed, totals)
        return Shown(listing=self, request=request, asked=asked, source=source, rows=filtered, form=form)

    def answer(
        self,
        request: HttpRequest,
        *,
        rows: Any,
        template: str,
        context: Mapping[str, Any] | None = None,
        dressed: Dressed = as_they_are,
        totals: "Callable[[Any], Totals] | None" = None,
    ) -> HttpResponseBase:
        """Answer the request with the page, with its list alone (htmx) or with the sheet."""
        shown = self.shown(request, rows=rows, dressed=dressed, totals=totals)
        if shown.is_export:
            return shown.workbook()
        if shown.is_partial:
            return shown.partial()
        return render(request, template, {"shown": shown, **(context or {})})

    def _filtered(self, request: HttpRequest, rows: Any) -> tuple[Any, Any]:
        if self.filters is None:
            return rows, None
        filters = self.filters(request.GET, queryset=rows, request=request)
        return filters.qs, filters.form

    def _source(self, rows: Any, filtered: Any, dressed: Dressed, totals: "Callable[[Any], Totals] | None") -> Source:
        columns = columns_of(self.table)
        if isinstance(filtered, QuerySet):
            return QuerySource(filtered, rows, columns, dressed, totals)
        return RowsSource(filtered, columns)
