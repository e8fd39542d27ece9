"""Tables of Excel workbooks: numbers exact, formulas by the values kept in the file, nothing silently blank."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from exchange.dbf.cells import Value
from exchange.dbf.encodings import Choice
from exchange.dbf.header import Field
from exchange.dbf.reading import Row
from exchange.dbf.verdicts import Fault, Notice, Refused
from exchange.layouts.model import Limits, Writing
from exchange.layouts.tables.sheet import UNTYPED, Sheet, Tell, column_names, refuse_shape, refuse_size
from exchange.layouts.tables.workbooks import broken, damaged, has_formulas, open_workbook

SURE_DIGITS = 15
"""Digits of a number that Excel keeps: of a longer one the rest are lost."""
_UNICODE = Choice("utf-8", "workbook", 100)
_ZEROS = re.compile(r"0+")


@dataclass(frozen=True, slots=True)
class _Book:
    content: bytes
    sheet: str
    header_row: int
    names: tuple[str, ...]
    has_formulas: bool


def read_spreadsheet(content: bytes, *, writing: Writing, limits: Limits, names: Sequence[str] = ()) -> Sheet:
    """Read a sheet of a workbook; `names` are of columns that no row names.

    Raises Refused, with the sentence for the protocol.
    """
    refuse_size(len(content), limits)
    sheet, notices = _chosen_sheet(content, writing.sheet)
    found = has_formulas(content)
    if found:
        text = "В книге есть формулы: прочитаны значения, которые сохранены в файле вместе с ними."
        notices.append(Notice("formulas", text))
    head = list(names) if not writing.header_row else _head(content, sheet, writing.header_row)
    refuse_shape(rows=0, columns=len(head), limits=limits)
    book = _Book(content, sheet, writing.header_row, tuple(head), found)
    live = 0
    for number, cells in _records(book):
        live += 1
        refuse_shape(rows=number, columns=len(cells), limits=limits)
    fields = [Field(name, UNTYPED, 0) for name in column_names(head)]
    return Sheet(
        lambda tell: _rows(book, tell), fields=fields, choice=_UNICODE, size=len(content), live=live, notices=notices
    )


def _chosen_sheet(content: bytes, wanted: str) -> tuple[str, list[Notice]]:
    with closing(open_workbook(content, values=True)) as workbook:
        shown = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        names = [sheet.title for sheet in workbook.worksheets]
    if wanted:
        if wanted not in names:
            raise Refused("no_sheet", f"В книге нет листа «{wanted}», есть: {', '.join(names)}.")
        return wanted, []
    if not shown:
        raise Refused("no_sheet", "В книге нет ни одного видимого листа.")
    if len(shown) == 1:
        return shown[0], []
    text = f"В книге несколько листов, прочитан первый — «{shown[0]}», остальные нет: {', '.join(shown[1:])}."
    return shown[0], [Notice("several_sheets", text)]


def _cells(content: bytes, sheet: str, *, values: bool) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a sheet as cells, from its first row on; what the sheet says of its own size is not believed."""
    with closing(open_workbook(content, values=values)) as workbook:
        worksheet = workbook[sheet]
        worksheet.reset_dimensions()
        try:
            yield from worksheet.rows
        except broken() as error:
            raise damaged() from error


def _head(content: bytes, sheet: str, header_row: int) -> list[str]:
    cells = next(islice(_cells(content, sheet, values=True), header_row - 1, None), ())
    head = ["" if cell.value is None else str(cell.value) for cell in cells]
    while head and not head[-1].strip():
        head.pop()
    if not head:
        raise Refused("no_header", f"В строке {header_row} листа «{sheet}» нет имён столбцов.")
    return head


def _records(book: _Book) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Give the rows below the names, blank ones left out, numbered from 1 with the blank ones counted."""
    rows = islice(_cells(book.content, book.sheet, values=True), book.header_row, None)
    for number, cells in enumerate(rows, start=1):
        if any(cell.value is not None for cell in cells):
            yield number, cells


def _rows(book: _Book, tell: Tell) -> Iterator[Row]:
    formulas = _formulas(book) if book.has_formulas else iter(())
    before = 0
    for number, cells in _records(book):
        if number > before + 1:
            tell("blank_rows")
        before = number
        written = next((marks for at, marks in formulas if at == number), frozenset())
        yield _row(number, cells, book, written, tell)


def _formulas(book: _Book) -> Iterator[tuple[int, frozenset[int]]]:
    """Give, row by row, in which of its cells formulas stand."""
    rows = islice(_cells(book.content, book.sheet, values=False), book.header_row, None)
    for number, cells in enumerate(rows, start=1):
        yield number, frozenset(place for place, cell in enumerate(cells) if cell.data_type == "f")


def _row(number: int, cells: tuple[Any, ...], book: _Book, formulas: frozenset[int], tell: Tell) -> Row:
    width = len(book.names)
    if any(cell.value is not None for cell in cells[width:]):
        text = f"За последним столбцом ({book.names[-1]}) в строке стоят ещё значения."
        return Row(number, (None,) * width, (Fault(number, "", "row_width", "", text),))
    values: list[Value] = []
    faults: list[Fault] = []
    for place, name in enumerate(book.names):
        cell = cells[place] if place < len(cells) else None
        value = None if cell is None else cell.value
        trouble = _trouble(cell, value, is_formula=place in formulas)
        if trouble is not None:
            faults.append(Fault(number, name, trouble[0], str(value or ""), trouble[1]))
            values.append(None)
        else:
            values.append(_value(cell, value, tell))
    return Row(number, tuple(values), tuple(faults))


def _trouble(cell: Any, value: object, *, is_formula: bool) -> tuple[str, str] | None:
    """Say what is wrong with a cell that holds no value of its own."""
    if is_formula and value is None:
        return "formula_without_value", "В ячейке формула, а её значение в файле не сохранено."
    if cell is not None and cell.data_type == "e":
        return "error_value", f"В ячейке ошибка Excel: {value}."
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**SURE_DIGITS:
        return "lost_digits", f"Число длиннее {SURE_DIGITS} знаков: последние цифры Excel уже потерял."
    return None


def _value(cell: Any, value: Any, tell: Tell) -> Value:
    """Return the value of a cell: a number as the shortest decimal that names it, a day without its midnight."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        shown = _number_format(cell)
        if _ZEROS.fullmatch(shown) and len(shown) > 1 and number == int(number):
            tell("zeros_restored")
            return format(number, "f").zfill(len(shown))
        return number
    if isinstance(value, dt.datetime):
        return value if value.time() != dt.time() else value.date()
    if isinstance(value, dt.date):
        return value
    return str(value).rstrip(" ")


def _number_format(cell: Any) -> str:
    try:
        return str(cell.number_format)
    except LookupError as error:
        raise damaged() from error
