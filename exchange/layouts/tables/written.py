"""Tables of the kinds that are not DBF, written: exactly, or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

import xlsxwriter

from exchange.dbf.putting import Writable
from exchange.dbf.writing import Unwritable
from exchange.layouts.model import Container, Layout, LayoutField
from exchange.layouts.tables.spreadsheet import SURE_DIGITS
from exchange.layouts.values import write_day

Cells: TypeAlias = Iterable[Sequence[Writable]]
_FIRST_EXCEL_DAY = dt.date(1900, 1, 1)
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - equal rows give equal bytes on any day


def write_table(layout: Layout, cells: Cells) -> bytes:
    """Write rows of cells as text with delimiters, text of fixed width, or a workbook.

    Raises Unwritable, naming row and field.
    """
    write: dict[Container, Callable[[Layout, Cells], bytes]] = {
        Container.CSV: _delimited,
        Container.FIXED: _fixed,
        Container.XLSX: _workbook,
    }
    return write[layout.container](layout, cells)


def _delimited(layout: Layout, cells: Cells) -> bytes:
    text = io.StringIO()
    writing = layout.writing
    delimiter = writing.delimiter or ";"
    if writing.quote:
        rows = csv.writer(text, delimiter=delimiter, quotechar=writing.quote)
    else:
        rows = csv.writer(text, delimiter=delimiter, quotechar=None, quoting=csv.QUOTE_NONE)
    if writing.header_row:
        rows.writerow(field.name for field in layout.fields)
    for number, row in enumerate(cells, start=1):
        texts = [_text(layout, number, field, value) for field, value in zip(layout.fields, row, strict=True)]
        try:
            rows.writerow(texts)
        except csv.Error as error:
            raise Unwritable(number, "", "quotes", "в ячейке стоит разделитель, а кавычек в формате нет.") from error
    return _encoded(layout, text.getvalue())


def _fixed(layout: Layout, cells: Cells) -> bytes:
    lines = ["\r\n"] * layout.writing.header_row
    for number, row in enumerate(cells, start=1):
        for field, value in zip(layout.fields, row, strict=True):
            text = _text(layout, number, field, value)
            lines.append(text.rjust(field.length) if field.type in "NF" else text.ljust(field.length))
        lines.append("\r\n")
    return _encoded(layout, "".join(lines))


def _workbook(layout: Layout, cells: Cells) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"created": _CREATED})
        day_form = workbook.add_format({"num_format": "dd.mm.yyyy"})
        sheet = workbook.add_worksheet(layout.writing.sheet or "Лист1")
        first = layout.writing.header_row
        if first:
            sheet.write_row(first - 1, 0, [field.name for field in layout.fields])
        for number, row in enumerate(cells, start=1):
            for place, (field, value) in enumerate(zip(layout.fields, row, strict=True)):
                at = (first + number - 1, place)
                text = _text(layout, number, field, value)
                if value is None or text == "":
                    continue
                if field.type in "NF":
                    sheet.write_number(*at, _number(number, field, text))
                elif isinstance(value, dt.date) and value >= _FIRST_EXCEL_DAY:
                    sheet.write_datetime(*at, value, day_form)
                else:
                    sheet.write_string(*at, text)
    return content.getvalue()


def _number(number: int, field: LayoutField, text: str) -> float:
    """Return the number as a workbook keeps it, from which the very same decimal is read back."""
    value = float(text.replace(",", "."))
    if abs(value) >= 10**SURE_DIGITS or Decimal(repr(value)) != Decimal(text.replace(",", ".")):
        raise Unwritable(number, field.name, "too_precise", f"число {text} в книге Excel потеряло бы цифры.")
    return value


def _text(layout: Layout, number: int, field: LayoutField, value: Writable) -> str:
    """Return a value as its cell is written, within the width of the field."""
    match value:
        case None:
            return ""
        case bool():
            text = "1" if value else "0"
        case int() | Decimal():
            text = _written_number(layout, number, field, Decimal(value))
        case dt.date():
            text = write_day(value, layout.writing.date_mask)
        case _:
            text = value.translate({ord(sign): other for sign, other in layout.substitutions.items()})
    if field.type in "NF" and not isinstance(value, int | Decimal):
        raise Unwritable(number, field.name, "type", f"ожидалось число, дано «{value}».")
    if not text.isprintable():
        raise Unwritable(number, field.name, "control", "в тексте знак, который не печатается.")
    width = len(layout.writing.date_mask) if field.type == "D" else field.length
    if len(text) > width:
        raise Unwritable(number, field.name, "too_long", f"«{text}» длиннее {width} знаков.")
    page = page_of(layout)
    try:
        text.encode(page)
    except UnicodeEncodeError as error:
        letter = text[error.start]
        text = f"знака «{letter}» (U+{ord(letter):04X}) нет в {page}."
        raise Unwritable(number, field.name, "outside_code_page", text) from error
    return text


def _written_number(layout: Layout, number: int, field: LayoutField, value: Decimal) -> str:
    text = format(value, f".{field.decimals}f")
    if Decimal(text) != value:
        more = f"у числа {value:f} больше {field.decimals} знаков после точки."
        raise Unwritable(number, field.name, "too_precise", more)
    text = text.lstrip("-") if value.is_zero() else text
    return text.replace(".", layout.writing.decimal_mark)


def page_of(layout: Layout) -> str:
    """Return the code page a file of the layout is written in; a workbook is always Unicode."""
    if layout.container is Container.XLSX:
        return "utf-8"
    return "cp866" if layout.encoding == "auto" else layout.encoding


def _encoded(layout: Layout, text: str) -> bytes:
    return text.encode(page_of(layout))
