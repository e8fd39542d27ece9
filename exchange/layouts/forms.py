"""How a value stands in a cell: number, СНИЛС, date by a mask, share of a sum, word of a map."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeAlias

from exchange.dbf.cells import Value
from exchange.dbf.putting import Writable
from exchange.layouts.model import LayoutField

Attribute: TypeAlias = Value | int
FromCell: TypeAlias = Callable[[Value], Attribute]
ToCell: TypeAlias = Callable[[Attribute], Writable]

MOST_DECIMALS = 6
MOST_VALUE = Decimal(10) ** 12
# What a charge of ours can hold: beyond it the cell is a fault of its row, not of the whole loading.
MOST_BILLED = Decimal("9999999.99")
MOST_PEOPLE = Decimal(999)
_BOUNDS = {
    "line.billed": (-MOST_BILLED, MOST_BILLED),
    "line.adjustment": (-MOST_BILLED, MOST_BILLED),
    "row.residents": (Decimal(0), MOST_PEOPLE),
    "row.living": (Decimal(0), MOST_PEOPLE),
}
_SNILS = re.compile(r"([0-9]{3})([0-9]{3})([0-9]{3})([0-9]{2})")
_MARKS = {"DD": r"(?P<day>[0-9]{2})", "MM": r"(?P<month>[0-9]{2})", "YYYY": r"(?P<year>[0-9]{4})"}
_PLAIN_FORMS = frozenset({"", "integer", "snils", "one_minus", "code", "month"})
_MASKED_FORMS = frozenset({"date", "month", "month_after"})


class BadForm(Exception):
    """The cell was read, but what stands in it is not what the layout promises."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def is_known_form(form: str) -> bool:
    """Tell whether `form` is one of: integer, code, snils, month, one_minus, percent:N, date:MASK, month:MASK, month_after:MASK."""
    kind, _, rest = form.partition(":")
    if kind in _MASKED_FORMS and form != "month":
        return "YYYY" in rest and "MM" in rest
    return form in _PLAIN_FORMS or (kind == "percent" and rest.isdigit() and 0 < int(rest) <= 100)


def from_cell(field: LayoutField, values: Mapping[str, str | bool] | None) -> FromCell:
    """Return the function that turns a cell of `field` into the attribute; a blank text is an empty string.

    The function raises BadForm.
    """
    read = _mapped(values) if values is not None else _bounded(field, _reader(field))
    if field.type == "C" and field.form == "" and values is None:
        return read
    empty: Attribute = "" if field.form == "snils" else None

    def read_unless_blank(cell: Value) -> Attribute:
        return empty if cell is None or cell == "" else read(cell)

    return read_unless_blank


def to_cell(field: LayoutField, values: Mapping[str, str | bool] | None) -> ToCell:
    """Return the function that turns an attribute into a cell of `field`; None and empty text are blank.

    A percentage of a sum is rounded half up to the decimals of the field; nothing else is rounded.
    The function raises BadForm.
    """
    write = _unmapped(values, field) if values is not None else _writer(field)

    def write_unless_blank(attribute: Attribute) -> Writable:
        return None if attribute is None or attribute == "" else write(attribute)

    return write_unless_blank


def _reader(field: LayoutField) -> FromCell:
    kind, _, rest = field.form.partition(":")
    match kind:
        case "integer":
            return _read_integer
        case "code":
            return lambda cell: _key(_a_whole(cell))
        case "snils":
            return _read_snils
        case "month" if not rest:
            return lambda cell: _a_day(cell).replace(day=1)
        case "date":
            return lambda cell: read_day(str(cell), rest)
        case "month":
            return lambda cell: read_day(str(cell), rest).replace(day=1)
        case "month_after":
            return lambda cell: _month_before(read_day(str(cell), rest))
        case "one_minus":
            return lambda cell: 1 - _received(cell)
        case "percent":
            return lambda cell: _received(_received(cell) * 100 / Decimal(rest))
    return _received if field.type in "NF" else _as_it_is


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
            return _write_code
        case "snils":
            return _write_snils
        case "month" if not rest:
            return lambda day: _a_day(day).replace(day=1)
        case "date" | "month":
            return lambda day: write_day(_a_day(day), rest)
        case "month_after":
            return lambda day: write_day(_month_after(_a_day(day)), rest)
        case "one_minus":
            return lambda share: 1 - _a_number(share)
        case "percent":
            step = Decimal(1).scaleb(-field.decimals)
            return lambda amount: (_a_number(amount) * Decimal(rest) / 100).quantize(step, ROUND_HALF_UP)
        case "integer" if field.type == "C":
            return lambda number: str(number).zfill(field.length)
    return _as_it_is


def _as_it_is(value: Attribute) -> Attribute:
    return value


def _received(cell: Value) -> Decimal:
    """Return a received number, whose decimals are at most six and size below a million millions."""
    number = _a_number(cell)
    if abs(number) >= MOST_VALUE:
        raise BadForm("too_large", f"Число {number:f} слишком велико.")
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_DECIMALS:
        raise BadForm("too_precise", f"У числа {number:f} больше {MOST_DECIMALS} знаков после точки.")
    return number


def _read_integer(cell: Value) -> int:
    if isinstance(cell, str) and cell.strip().isdecimal():
        return int(cell)
    if isinstance(cell, Decimal) and cell == cell.to_integral_value() and abs(cell) < MOST_VALUE:
        return int(cell)
    raise BadForm("bad_number", f"«{cell}» — не целое число.")


def _a_whole(cell: Value) -> Value:
    if isinstance(cell, Decimal) and cell != cell.to_integral_value():
        raise BadForm("bad_number", f"«{cell}» — не целое число.")
    return cell


def _write_code(code: Attribute) -> Decimal:
    """Write a code as a number, from which it can be read back: of digits, the first of them no zero."""
    text = str(code)
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text:
        raise BadForm("bad_code", f"Код «{text}» нельзя записать числом.")
    return Decimal(text)


def _read_snils(cell: Value) -> str:
    digits = re.sub(r"[\s\-]", "", str(cell))
    if _SNILS.fullmatch(digits) is None:
        raise BadForm("bad_snils", f"«{cell}» — не СНИЛС: нужно 11 цифр.")
    return digits


def _write_snils(snils: Attribute) -> str:
    match = _SNILS.fullmatch(str(snils))
    if match is None:
        raise BadForm("bad_snils", f"«{snils}» — не СНИЛС: нужно 11 цифр.")
    return "-".join(match.groups())


@lru_cache(maxsize=32)
def _pattern(mask: str) -> re.Pattern[str]:
    pattern = re.escape(mask)
    for mark, group in _MARKS.items():
        pattern = pattern.replace(mark, group)
    return re.compile(pattern)


def read_day(text: str, mask: str) -> dt.date:
    """Read a day by a mask of DD, MM and YYYY; without DD it is the first of the month.

    Raises BadForm.
    """
    match = _pattern(mask).fullmatch(text.strip())
    if match is None:
        raise BadForm("bad_date", f"«{text}» — не дата вида {mask}.")
    found = match.groupdict()
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found.get("day", 1)))
    except ValueError as error:
        raise BadForm("bad_date", f"«{text}» — такого дня нет в календаре.") from error


def write_day(day: dt.date, mask: str) -> str:
    """Write a day by a mask of DD, MM and YYYY."""
    text = mask.replace("YYYY", f"{day.year:04d}").replace("MM", f"{day.month:02d}")
    return text.replace("DD", f"{day.day:02d}")


def _month_before(day: dt.date) -> dt.date:
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _month_after(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _a_number(value: Attribute) -> Decimal:
    if not isinstance(value, Decimal):
        raise BadForm("bad_number", f"«{value}» — не число.")
    return value


def _a_day(value: Attribute) -> dt.date:
    if not isinstance(value, dt.date):
        raise BadForm("bad_date", f"«{value}» — не дата.")
    return value


def _key(cell: Attribute) -> str:
    if isinstance(cell, bool):
        return "T" if cell else "F"
    return format(cell.normalize(), "f") if isinstance(cell, Decimal) else str(cell).strip()


def _mapped(values: Mapping[str, str | bool]) -> FromCell:
    def read(cell: Value) -> str | bool:
        key = _key(cell)
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
