"""How a value stands in a cell: number, СНИЛС, date by a mask, share of a sum, word of a map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from exchange.dbf.cells import Value
from exchange.dbf.putting import Writable
from exchange.layouts.model import LayoutField
from exchange.layouts.values import (
    LEAST,
    MOST_VALUE,
    BadForm,
    a_day,
    a_number,
    as_key,
    is_blank,
    month_after,
    month_before,
    read_day,
    read_decimal,
    read_integer,
    read_snils,
    received,
    whole,
    write_code,
    write_day,
    write_snils,
)

Attribute: TypeAlias = Value | int
FromCell: TypeAlias = Callable[[Value], Attribute]
ToCell: TypeAlias = Callable[[Attribute], Writable]

# What a charge of ours can hold: beyond it the cell is a fault of its row, not of the whole loading.
MOST_BILLED = Decimal("9999999.99")
MOST_PEOPLE = Decimal(999)
_BOUNDS = {
    "line.billed": (-MOST_BILLED, MOST_BILLED),
    "line.adjustment": (-MOST_BILLED, MOST_BILLED),
    "row.residents": (Decimal(0), MOST_PEOPLE),
    "row.living": (Decimal(0), MOST_PEOPLE),
}
_PLAIN_FORMS = {"": "CNFDL", "integer": "CNF", "code": "NF", "snils": "C", "month": "D", "one_minus": "NF"}
_MASKED_FORMS = frozenset({"date", "month", "month_after"})


def form_types(form: str) -> str:
    """Return the types of columns that a form is for; an empty text when there is no such form.

    The forms are: integer, code, snils, month, one_minus, decimal:MARK, percent:N, date:MASK, month:MASK,
    month_after:MASK.
    """
    kind, mark, rest = form.partition(":")
    if kind in _MASKED_FORMS and mark:
        return "C" if "YYYY" in rest and "MM" in rest else ""
    if kind == "percent":
        return "NF" if rest.isdecimal() and 0 < int(rest) <= 100 else ""
    if kind == "decimal":
        return "C" if rest in (".", ",") else ""
    return _PLAIN_FORMS.get(form, "")


def from_cell(field: LayoutField, values: Mapping[str, str | bool] | None) -> FromCell:
    """Return the function that turns a cell of `field` into the attribute; a blank text is an empty string.

    The function raises BadForm.
    """
    read = _mapped(values) if values is not None else _bounded(field, _reader(field))
    if field.type == "C" and field.form == "" and values is None:
        return read
    empty: Attribute = "" if field.form == "snils" else None

    def read_unless_blank(cell: Value) -> Attribute:
        return empty if is_blank(cell) else read(cell)

    return read_unless_blank


def bounds_of_plain(field: LayoutField, values: Mapping[str, str | bool] | None) -> tuple[Decimal, Decimal] | None:
    """Return within what numbers of a column are taken as they are; None where cells are turned into something else.

    A number within them has at most six decimals.
    """
    if values is not None or field.form or field.type not in "NF":
        return None
    return _BOUNDS.get(field.role, (LEAST - MOST_VALUE, MOST_VALUE - LEAST))


def to_cell(field: LayoutField, values: Mapping[str, str | bool] | None) -> ToCell:
    """Return the function that turns an attribute into a cell of `field`; None and empty text are blank.

    A percentage of a sum is rounded half up to the decimals of the field; nothing else is rounded.
    The function raises BadForm.
    """
    write = _unmapped(values, field) if values is not None else _writer(field)

    def write_unless_blank(attribute: Attribute) -> Writable:
        return None if is_blank(attribute) else write(attribute)

    return write_unless_blank


def _reader(field: LayoutField) -> FromCell:
    kind, _, rest = field.form.partition(":")
    match kind:
        case "integer":
            return read_integer
        case "code":
            return lambda cell: as_key(whole(cell))
        case "decimal":
            return lambda cell: received(read_decimal(str(cell), rest))
        case "snils":
            return read_snils
        case "month" if not rest:
            return lambda cell: a_day(cell).replace(day=1)
        case "date":
            return lambda cell: read_day(str(cell), rest)
        case "month":
            return lambda cell: read_day(str(cell), rest).replace(day=1)
        case "month_after":
            return lambda cell: month_before(read_day(str(cell), rest))
        case "one_minus":
            return lambda cell: 1 - received(cell)
        case "percent":
            return lambda cell: received(received(cell) * 100 / Decimal(rest))
    return received if field.type in "NF" else _as_it_is


def _bounded(field: LayoutField, read: FromCell) -> FromCell:
    if field.role not in _BOUNDS:
        return read
    least, most = _BOUNDS[field.role]

    def read_bounded(cell: Value) -> Attribute:
        value = read(cell)
        if isinstance(value, Decimal | int) and not least <= value <= most:
            raise BadForm("out_of_bounds", f"Число {value:f} вне допустимого: от {least:f} до {most:f}.")
        return value

    return read_bounded


def _writer(field: LayoutField) -> ToCell:
    kind, _, rest = field.form.partition(":")
    match kind:
        case "code":
            return write_code
        case "decimal":
            return lambda number: format(a_number(number), "f").replace(".", rest)
        case "snils":
            return write_snils
        case "month" if not rest:
            return lambda day: a_day(day).replace(day=1)
        case "date" | "month":
            return lambda day: write_day(a_day(day), rest)
        case "month_after":
            return lambda day: write_day(month_after(a_day(day)), rest)
        case "one_minus":
            return lambda share: 1 - a_number(share)
        case "percent":
            step = Decimal(1).scaleb(-field.decimals)
            return lambda amount: (a_number(amount) * Decimal(rest) / 100).quantize(step, ROUND_HALF_UP)
        case "integer" if field.type == "C":
            return lambda number: str(number).zfill(field.length)
    return _as_it_is


def _as_it_is(value: Attribute) -> Attribute:
    return value


def _mapped(values: Mapping[str, str | bool]) -> FromCell:
    def read(cell: Value) -> str | bool:
        key = as_key(cell)
        if key not in values:
            raise BadForm("bad_value", f"Значение «{key}» в формате файла не описано.")
        return values[key]

    return read


def _unmapped(values: Mapping[str, str | bool], field: LayoutField) -> ToCell:
    written = {meaning: key for key, meaning in reversed(values.items())}

    def write(attribute: Attribute) -> Writable:
        if not isinstance(attribute, str | bool) or attribute not in written:
            raise BadForm("bad_value", f"Для «{attribute}» в формате файла нет обозначения.")
        key = written[attribute]
        return Decimal(key) if field.type in "NF" else key

    return write
