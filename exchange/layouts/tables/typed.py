"""Cells of a text or a workbook as values of the layout's types: what is not one is a fault, never a blank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from exchange.dbf.cells import Value
from exchange.dbf.header import Field
from exchange.dbf.reading import Row
from exchange.dbf.verdicts import Fault
from exchange.layouts.model import Layout, Writing
from exchange.layouts.tables.sheet import Sheet, Tell
from exchange.layouts.tables.texts import is_undecoded, shown
from exchange.layouts.values import BadForm, read_day, read_decimal, write_day

ReadCell: TypeAlias = Callable[[Value, Tell], Value]
_TRUE = frozenset({"t", "y", "1", "да", "true", "истина"})
_FALSE = frozenset({"f", "n", "0", "нет", "false", "ложь"})


def typed(layout: Layout, sheet: Sheet) -> Sheet:
    """Return the sheet with the layout's types; a column that the layout does not know is text."""
    known = {field.name.upper(): field for field in layout.fields}
    fields = []
    for column in sheet.fields:
        field = known.get(column.name.upper())
        fields.append(field.column if field is not None else replace(column, type="C"))
    readers = [_reader(field.type, layout.writing) for field in fields]
    return Sheet(
        lambda tell: _rows(sheet, fields, readers, tell),
        fields=fields,
        choice=replace(sheet.choice, notices=()),
        size=sheet.bytes,
        live=sheet.live,
        notices=sheet.notices,
    )


def _rows(sheet: Sheet, fields: list[Field], readers: list[ReadCell], tell: Tell) -> Iterator[Row]:
    for row in sheet.rows_telling(tell):
        values: list[Value] = []
        faults = list(row.faults)
        broken = {fault.field for fault in row.faults}
        for field, read, cell in zip(fields, readers, row.values, strict=True):
            try:
                values.append(None if "" in broken or field.name in broken else read(cell, tell))
            except BadForm as wrong:
                faults.append(Fault(row.number, field.name, wrong.code, _shown(cell), wrong.text))
                values.append(None)
        yield Row(row.number, tuple(values), tuple(faults))


def _reader(kind: str, writing: Writing) -> ReadCell:
    match kind:
        case "N" | "F":
            return lambda cell, _: _number(cell, writing.decimal_mark)
        case "D":
            return lambda cell, _: _day(cell, writing.date_mask)
        case "L":
            return lambda cell, _: _logical(cell)
    return lambda cell, tell: _text(cell, writing.date_mask, tell)


def _text(cell: Value, date_mask: str, tell: Tell) -> str:
    match cell:
        case None:
            return ""
        case str():
            if is_undecoded(cell):
                raise BadForm("bad_text", f"В тексте «{shown(cell)}» есть байты не из кодировки файла.")
            return cell
        case bool():
            return "1" if cell else "0"
        case Decimal():
            tell("number_as_text")
            return format(cell.normalize() if cell == cell.to_integral_value() else cell, "f")
        case _:
            return write_day(cell, date_mask)


def _number(cell: Value, mark: str) -> Decimal | None:
    if cell is None or isinstance(cell, Decimal):
        return cell
    if not isinstance(cell, str):
        raise BadForm("bad_number", f"«{_shown(cell)}» — не число.")
    return read_decimal(cell, mark) if cell.strip() else None


def _day(cell: Value, mask: str) -> dt.date | None:
    if isinstance(cell, str):
        return read_day(cell, mask) if cell.strip() else None
    if isinstance(cell, dt.datetime):
        raise BadForm("bad_date", f"«{_shown(cell)}» — день вместе со временем.")
    if cell is None or isinstance(cell, dt.date):
        return cell
    raise BadForm("bad_date", f"«{_shown(cell)}» — не дата вида {mask}.")


def _logical(cell: Value) -> bool | None:
    if isinstance(cell, bool):
        return cell
    sign = _shown(cell).strip().casefold()
    if not sign:
        return None
    if sign not in _TRUE | _FALSE:
        raise BadForm("bad_logical", f"«{sign}» — не «да» и не «нет».")
    return sign in _TRUE


def _shown(cell: Value) -> str:
    if cell is None:
        return ""
    return format(cell, "f") if isinstance(cell, Decimal) else shown(str(cell))
