"""Columns of the house's tables: how a value stands on screen and in a cell of the sheet."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html

from offices.money import format_amount, format_number
from offices.templatetags import ui

DASH = "—"


@dataclass(frozen=True, slots=True)
class State:
    """A state of a row: the kind of the status tag (`ok`, `run`, `warn`, `late`, `error`, `idle`) and its word."""

    kind: str
    word: str

    def __str__(self) -> str:
        return self.word


class TextColumn(tables.Column):
    """A text, and what every column has.

    `sort` is what the rows are ordered by (empty: not sortable), `nullable` says that it may be NULL, `hidden` columns
    are shown when chosen, `total` columns are summed over the whole filtered set. `regional` ones tell districts apart:
    who sees one district has them when chosen.
    """

    css = ""
    kind = "text"

    def __init__(
        self,
        title: str,
        *,
        sort: str = "",
        nullable: bool = False,
        hidden: bool = False,
        total: bool = False,
        regional: bool = False,
        hint: str = "",
        **options: Any,
    ) -> None:
        super().__init__(verbose_name=title, orderable=False, empty_values=(None, ""), **options)
        self.title, self.sort, self.nullable = title, sort, nullable
        self.hidden, self.total, self.regional, self.hint = hidden, total, regional, hint

    def written(self, value: Any) -> Any:
        """Return the value for a cell of the sheet: a text, a number, a day or None."""
        return None if value is None else str(value)


class RoublesColumn(TextColumn):
    """Roubles with kopecks: «1 496,90»."""

    css, kind = "num", "roubles"

    def render(self, value: Decimal) -> str:
        return format_amount(value)

    def written(self, value: Any) -> Any:
        return value


class DifferenceColumn(RoublesColumn):
    """A difference of roubles: «+690,15», «−7,02», a dash for none."""

    kind = "difference"

    def render(self, value: Decimal) -> str:
        shown = ui.signed(value)
        if not value:
            return shown
        return format_html('<span class="{}">{}</span>', "plus" if value > 0 else "minus", shown)


class CountColumn(TextColumn):
    """A whole number: «1 204»."""

    css, kind = "num", "count"

    def render(self, value: int) -> str:
        return format_number(value, places=0)

    def written(self, value: Any) -> Any:
        return value


class DayColumn(TextColumn):
    """A day: «14.05.1958»."""

    css, kind = "nowrap", "day"

    def render(self, value: dt.date) -> str:
        return str(ui.day(value))

    def written(self, value: Any) -> Any:
        return value


class MomentColumn(TextColumn):
    """A day with the time: «14.05.2026 09:30»; in the sheet it is a text, since a cell knows no zone."""

    css = "nowrap"

    def render(self, value: dt.datetime) -> str:
        return str(ui.moment(value))

    def written(self, value: Any) -> Any:
        return ui.moment(value) if value else None


class StateColumn(TextColumn):
    """A `State`: colour, icon and word; the word alone in the sheet."""

    css = "nowrap"

    def render(self, value: State) -> str:
        return ui.status(value.kind, value.word)
