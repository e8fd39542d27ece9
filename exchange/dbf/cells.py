"""How the bytes of one cell become a value. Nothing unreadable becomes a value, nor a blank."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = str | Decimal | dt.date | dt.datetime | bool | None
Read: TypeAlias = Callable[[bytes], Value]
Tell: TypeAlias = Callable[[str], None]
"""Takes the code of an oddity that was tolerated."""

LARGEST_CACHE = 4_000
LONGEST_CACHED = 1_024
"""A longer text, which is a memo, is read anew each time, so that sharing it costs what it costs."""
_DAY = re.compile(rb"([0-9]{4})([0-9]{2})([0-9]{2})")
_DOTTED_DAY = re.compile(rb"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_DASHED_DAY = re.compile(rb"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CUT = "unexpected end of data"
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
            # Kept without what led to it, which would keep all that was read on the way.
            fault.__cause__ = fault.__context__ = None
            self.unreadable[raw] = fault.with_traceback(None)
            value = None
        if not isinstance(value, str) or len(value) <= LONGEST_CACHED:
            self[raw] = value
        return value

    def forget(self) -> None:
        """Drop what was read when it grew large; what is unreadable goes with it."""
        if len(self) > LARGEST_CACHE:
            self.clear()
            self.unreadable.clear()


def text_reader(encoding: str, notice: Tell) -> Read:
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
            if error.reason == _CUT and len(kept) == len(raw):
                notice("cut_letter")
                return kept[: error.start].decode(encoding)
            shown = f"0x{kept[error.start]:02X}"
            raise Unreadable("bad_text", f"Байт {shown} не является буквой в кодировке {encoding}.") from error

    return read


def wide_text_reader(notice: Tell) -> Read:
    """Return the reader of Harbour's Unicode text: two bytes a letter, the little end first."""

    def read(raw: bytes) -> str:
        try:
            text = raw.decode("utf-16-le")
        except UnicodeDecodeError as error:
            raise Unreadable("bad_text", "Байты не складываются в буквы Юникода.") from error
        kept = text.rstrip(" \0")
        if len(kept) < len(text.rstrip(" ")):
            notice("nul_padding")
        if "\0" in kept:
            raise Unreadable("nul_in_text", "Внутри текста стоит нулевой байт.")
        return kept

    return read


def day_reader(notice: Tell) -> Read:
    def read(raw: bytes) -> dt.date | None:
        text = raw.strip(b" \0")
        if not text:
            return None
        if not text.strip(b"0. -"):
            notice("zero_date")
            return None
        match = _DAY.fullmatch(text)
        if match is not None:
            return _day(match[1], match[2], match[3])
        match = _DOTTED_DAY.fullmatch(text)
        if match is not None:
            notice("dotted_date")
            return _day(match[3], match[2], match[1])
        match = _DASHED_DAY.fullmatch(text)
        if match is not None:
            notice("dashed_date")
            return _day(match[1], match[2], match[3])
        raise Unreadable("bad_date", "В поле даты не дата.")

    return read


def read_short_day(raw: bytes) -> dt.date | None:
    """Read a date kept in three or four bytes as the number of its Julian day, as Harbour does."""
    number = int.from_bytes(raw, "little")
    return julian_day(number) if number and raw.strip(b" ") else None


def julian_day(number: int) -> dt.date:
    try:
        return dt.date.fromordinal(number - _JULIAN_DAY_ZERO)
    except (ValueError, OverflowError) as error:
        raise Unreadable("bad_date", "Такого дня нет в календаре.") from error


def _day(year: bytes, month: bytes, day: bytes) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise Unreadable("bad_date", "Такого дня нет в календаре.") from error


def read_logical(raw: bytes) -> bool | None:
    if raw not in _LOGICAL:
        raise Unreadable("bad_logical", "В логическом поле не «да», не «нет» и не пусто.")
    return _LOGICAL[raw]


def show_hex(raw: bytes) -> str:
    """Show bytes that are no text."""
    return f"hex:{raw.hex()}"


def read_system(raw: bytes) -> str | None:
    """Show the bytes of a system column, in which FoxPro keeps marks of null values; nothing marked is None."""
    marked = raw.rstrip(b"\0")
    return show_hex(marked) if marked else None


def unreadable_reader(code: str, text: str) -> Read:
    """Return a reader for a column nobody can read: whatever is not blank is a fault."""

    def read(raw: bytes) -> None:
        if raw.strip(b" \0"):
            raise Unreadable(code, text)

    return read
