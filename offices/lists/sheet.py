"""A list as an Excel sheet, written row by row: memory does not grow with the list.

Texts stay texts (an account keeps its leading zeros, nothing becomes a formula), sums and counts are numbers with a
format, days are days. Over the rows stand the facts of the list, under them the totals of the rows written.
"""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from offices import files
from offices.lists.columns import TextColumn

MEDIA_TYPE = files.XLSX
FORMATS = {"roubles": "#,##0.00", "difference": "+#,##0.00;-#,##0.00;0.00", "count": "#,##0", "day": "dd.mm.yyyy"}
WIDTHS = {"roubles": 14, "difference": 14, "count": 10, "day": 12, "text": 28}
OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class Tops:
    """What stands over the rows: the title and facts as (what, value)."""

    title: str
    facts: tuple[tuple[str, str], ...]


Columns = Sequence[tuple[str, TextColumn]]
"""Heads and columns."""


class _Sheet:
    """A sheet being written from the top down."""

    def __init__(self, book: Any, columns: Columns) -> None:
        self.columns = columns
        self.page = book.add_worksheet("Список")
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.plain = book.add_format({"num_format": "@"})
        self.formats = {kind: book.add_format({"num_format": told}) for kind, told in FORMATS.items()}
        self.sums = {
            kind: book.add_format({"num_format": told, "bold": True, "top": 1}) for kind, told in FORMATS.items()
        }
        self.under = book.add_format({"bold": True, "top": 1})
        self.row = 0

    def tops(self, tops: Tops) -> None:
        for number, (_, column) in enumerate(self.columns):
            self.page.set_column(number, number, WIDTHS.get(column.kind, WIDTHS["text"]))
        self.page.write_string(0, 0, tops.title, self.bold)
        for number, (what, value) in enumerate(tops.facts, start=1):
            self.page.write_string(number, 0, f"{what}: {value}")
        self.row = len(tops.facts) + 2
        for number, (title, _) in enumerate(self.columns):
            self.page.write_string(self.row, number, title, self.head)
        self.row += 1
        self.page.freeze_panes(self.row, 1)
        self.page.repeat_rows(self.row - 1)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)

    def line(self, values: list[Any]) -> None:
        for number, ((_, column), value) in enumerate(zip(self.columns, values, strict=True)):
            if value is None:
                continue
            if column.kind == "day":
                self.page.write_datetime(self.row, number, value, self.formats["day"])
            elif column.kind in self.formats:
                self.page.write_number(self.row, number, value, self.formats[column.kind])
            else:
                self.page.write_string(self.row, number, str(value), self.plain)
        self.row += 1

    def totals(self, count: int, sums: dict[int, Decimal]) -> None:
        self.page.write_string(self.row, 0, f"Всего строк: {count}", self.under)
        for number, (_, column) in enumerate(self.columns):
            if number and number in sums:
                self.page.write_number(self.row, number, sums[number], self.sums[column.kind])
            elif number:
                self.page.write_blank(self.row, number, None, self.under)


def written(tops: Tops, columns: Columns, chunks: Iterable[list[list[Any]]]) -> IO[bytes]:
    """Write a sheet of rows that come in chunks and return the file, open at its start.

    The totals are those of the rows written, for every column that has totals.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    book = xlsxwriter.Workbook(file, OPTIONS)
    page = _Sheet(book, columns)
    page.tops(tops)
    count = 0
    sums = {number: Decimal("0.00") for number, (_, column) in enumerate(columns) if column.total}
    for chunk in chunks:
        for values in chunk:
            page.line(values)
            for number in sums:
                sums[number] += values[number] or Decimal("0.00")
        count += len(chunk)
    page.totals(count, sums)
    book.close()
    file.seek(0)
    return file
