"""Single values as files write them: numbers, days by a mask, СНИЛС, codes. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

from exchange.dbf.cells import Value

MOST_DECIMALS = 6
MOST_VALUE = Decimal(10) ** 12
MOST_WHOLE = 2**31 - 1
"""The largest whole number that a column of the database takes."""
_WHOLE = re.compile("0{0,20}[0-9]{1,10}")
LEAST = Decimal(1).scaleb(-MOST_DECIMALS)
_THOUSANDS = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)")
_SNILS = re.compile(r"([0-9]{3})([0-9]{3})([0-9]{3})([0-9]{2})")
_MARKS = {"DD": r"(?P<day>[0-9]{2})", "MM": r"(?P<month>[0-9]{2})", "YYYY": r"(?P<year>[0-9]{4})"}


class BadForm(Exception):
    """The cell was read, but what stands in it is not what the layout promises."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def is_blank(value: Value | int) -> bool:
    """Tell whether nothing stands in a cell. A number is never compared with a text: that is what takes time."""
    return value is None or (isinstance(value, str) and not value)


def read_decimal(text: str, mark: str) -> Decimal:
    """Read a number written with this decimal mark; spaces may part its thousands.

    Raises BadForm.
    """
    joined = _THOUSANDS.sub("", text.strip())
    if not _DECIMAL.fullmatch(joined) or ("." in joined and mark != ".") or ("," in joined and mark != ","):
        raise BadForm("bad_number", f"«{text}» — не число с десятичным знаком «{mark}».")
    return Decimal(joined.replace(",", "."))


def read_integer(cell: Value) -> int:
    """Read a whole number, of digits or as a number. Raises BadForm."""
    number = Decimal(cell.strip()) if isinstance(cell, str) and _WHOLE.fullmatch(cell.strip()) else cell
    if isinstance(number, Decimal) and abs(number) <= MOST_WHOLE and number == number.to_integral_value():
        return int(number)
    raise BadForm("bad_number", f"«{cell}» — не целое число или слишком большое.")


def whole(cell: Value) -> Value:
    """Hold that a number has no fraction. Raises BadForm."""
    if isinstance(cell, Decimal) and cell != cell.to_integral_value():
        raise BadForm("bad_number", f"«{cell}» — не целое число.")
    return cell


def write_code(code: Value | int) -> Decimal:
    """Write a code as a number, from which it can be read back: of digits, the first of them no zero."""
    text = str(code)
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text:
        raise BadForm("bad_code", f"Код «{text}» нельзя записать числом.")
    return Decimal(text)


def read_snils(cell: Value) -> str:
    """Return the eleven digits of a СНИЛС, however they are parted. Raises BadForm."""
    digits = re.sub(r"[\s\-]", "", str(cell))
    if _SNILS.fullmatch(digits) is None:
        raise BadForm("bad_snils", f"«{cell}» — не СНИЛС: нужно 11 цифр.")
    return digits


def write_snils(snils: Value | int) -> str:
    """Write a СНИЛС as 999-999-999-99. Raises BadForm."""
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


def month_before(day: dt.date) -> dt.date:
    """Return the first day of the month before."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def month_after(day: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def a_number(value: Value | int) -> Decimal:
    """Hold that the value is a number. Raises BadForm."""
    if not isinstance(value, Decimal):
        raise BadForm("bad_number", f"«{value}» — не число.")
    return value


def a_day(value: Value | int) -> dt.date:
    """Hold that the value is a day. Raises BadForm."""
    if not isinstance(value, dt.date):
        raise BadForm("bad_date", f"«{value}» — не дата.")
    return value


def as_key(cell: Value | int) -> str:
    """Return a cell as it is looked up in a table of values."""
    if isinstance(cell, bool):
        return "T" if cell else "F"
    return format(cell.normalize(), "f") if isinstance(cell, Decimal) else str(cell).strip()


def received(cell: Value) -> Decimal:
    """Return a received number, whose decimals are at most six and size below a million millions."""
    number = a_number(cell)
    if not -MOST_VALUE < number < MOST_VALUE:
        raise BadForm("too_large", f"Число {number:f} слишком велико.")
    if number.quantize(LEAST) != number:
        raise BadForm("too_precise", f"У числа {number:f} больше {MOST_DECIMALS} знаков после точки.")
    return number
