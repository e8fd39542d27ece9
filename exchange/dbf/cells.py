"""How the bytes of one cell become a value. Nothing unreadable becomes a value, nor a blank."""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from exchange.dbf.header import Field

Value: TypeAlias = str | Decimal | dt.date | dt.datetime | bool | None
Read: TypeAlias = Callable[[bytes], Value]

LARGEST_CACHE = 4_000
_NUMBER = re.compile(rb"[ ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))[ ]*(\0*)")
_EXPONENT = re.compile(rb"[ ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]{1,3})[ ]*")
_STARS = re.compile(rb"[ ]*\*+[ ]*")
_DAY = re.compile(rb"([0-9]{4})([0-9]{2})([0-9]{2})")
_DOTTED_DAY = re.compile(rb"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_JULIAN_DAY_ZERO = 1_721_425  # the Julian day before 0001-01-01
_LOGICAL: dict[bytes, bool | None] = {
    **dict.fromkeys((b"T", b"t", b"Y", b"y"), True),
    **dict.fromkeys((b"F", b"f", b"N", b"n"), False),
    **dict.fromkeys((b" ", b"?", b"\0"), None),
}


class Unreadable(Exception):
    """The bytes of a cell are not a value of the cell's type."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


class Cells(dict[bytes, Value]):
    """The values of one column by their bytes: a cell that repeats is read once."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self.read = read
        self.unreadable: dict[bytes, Unreadable] = {}

    def __missing__(self, raw: bytes) -> Value:
        try:
            value = self.read(raw)
        except Unreadable as fault:
            self.unreadable[raw] = fault
            value = None
        self[raw] = value
        return value

    def forget(self) -> None:
        """Drop what was read when it grew large; what is unreadable goes with it."""
        if len(self) > LARGEST_CACHE:
            self.clear()
            self.unreadable.clear()


def reader_of(
    field: Field, *, encoding: str, is_visual_foxpro: bool, read_memo: Read, notice: Callable[[str], None]
) -> Read:
    """Return the function that reads the cells of `field`.

    `read_memo` reads a pointer to a memo; `notice` is told the code of a tolerated oddity.
    """
    match field.type:
        case "C":
            return text_reader(encoding, notice)
        case "N":
            return number_reader(notice)
        case "F":
            return float_reader(notice)
        case "D":
            return day_reader(notice)
        case "L":
            return read_logical
        case "I":
            return read_integer
        case "Y":
            return read_currency
        case "T":
            return read_moment
        case "B" if is_visual_foxpro:
            return read_double
        case "0":
            return read_system
        case _:
            return read_memo


def text_reader(encoding: str, notice: Callable[[str], None]) -> Read:
    def read(raw: bytes) -> str:
        kept = raw.rstrip(b" ")
        if kept.endswith(b"\0"):
            kept = kept.rstrip(b"\0 ")
            notice("nul_padding")
        if b"\0" in kept:
            raise Unreadable("nul_in_text", "Внутри текста стоит нулевой байт.")
        try:
            return kept.decode(encoding)
        except UnicodeDecodeError as error:
            shown = f"0x{kept[error.start]:02X}"
            raise Unreadable("bad_text", f"Байт {shown} не является буквой в кодировке {encoding}.") from error

    return read


def number_reader(notice: Callable[[str], None]) -> Read:
    def read(raw: bytes) -> Decimal | None:
        match = _NUMBER.fullmatch(raw)
        if match is not None:
            if match[2]:
                notice("nul_padding")
            return Decimal(match[1].decode("ascii"))
        if not raw.strip(b" "):
            return None
        if not raw.strip(b" \0"):
            notice("nul_padding")
            return None
        raise _unreadable_number(raw)

    return read


def float_reader(notice: Callable[[str], None]) -> Read:
    """Read F cells: as N, but a program may write them with an exponent, which is exact too."""
    read_number = number_reader(notice)

    def read(raw: bytes) -> Value:
        match = _EXPONENT.fullmatch(raw)
        if match is None:
            return read_number(raw)
        notice("exponent")
        return Decimal(match[1].decode("ascii"))

    return read


def _unreadable_number(raw: bytes) -> Unreadable:
    if _STARS.fullmatch(raw):
        return Unreadable("overflow", "Число не поместилось в поле у того, кто писал файл: стоят звёздочки.")
    if b"," in raw:
        return Unreadable("comma", "Число записано с запятой вместо точки.")
    if _EXPONENT.fullmatch(raw):
        return Unreadable("exponent", "Число записано с порядком (буквой E).")
    return Unreadable("bad_number", "В числовом поле не число.")


def day_reader(notice: Callable[[str], None]) -> Read:
    def read(raw: bytes) -> dt.date | None:
        text = raw.strip(b" \0")
        if not text:
            return None
        if text == b"00000000":
            notice("zero_date")
            return None
        match = _DAY.fullmatch(text)
        if match is not None:
            return _day(match[1], match[2], match[3])
        match = _DOTTED_DAY.fullmatch(text)
        if match is None:
            raise Unreadable("bad_date", "В поле даты не дата.")
        notice("dotted_date")
        return _day(match[3], match[2], match[1])

    return read


def _day(year: bytes, month: bytes, day: bytes) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise Unreadable("bad_date", "Такого дня нет в календаре.") from error


def read_logical(raw: bytes) -> bool | None:
    if raw not in _LOGICAL:
        raise Unreadable("bad_logical", "В логическом поле не «да», не «нет» и не пусто.")
    return _LOGICAL[raw]


def read_integer(raw: bytes) -> Decimal:
    return Decimal(int.from_bytes(raw, "little", signed=True))


def read_currency(raw: bytes) -> Decimal:
    return Decimal(int.from_bytes(raw, "little", signed=True)).scaleb(-4)


def read_double(raw: bytes) -> Decimal:
    """Return the shortest decimal that names the double kept in the cell."""
    (value,) = struct.unpack("<d", raw)
    number = Decimal(repr(value))
    if not number.is_finite():
        raise Unreadable("bad_number", "В числовом поле не конечное число.")
    return number


def read_moment(raw: bytes) -> dt.datetime | None:
    """Return the moment as the file tells it: local to whoever wrote it, without a zone."""
    if not raw.strip(b" \0"):
        return None
    days, milliseconds = struct.unpack("<ii", raw)
    try:
        day = dt.date.fromordinal(days - _JULIAN_DAY_ZERO)
    except (ValueError, OverflowError) as error:
        raise Unreadable("bad_date", "Такого дня нет в календаре.") from error
    if not 0 <= milliseconds <= 86_400_000:
        raise Unreadable("bad_date", "Такого времени суток не бывает.")
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(milliseconds=milliseconds)


def read_system(raw: bytes) -> str:
    """Show the bytes of a system column, in which FoxPro keeps marks of null values."""
    return raw.hex().upper()
