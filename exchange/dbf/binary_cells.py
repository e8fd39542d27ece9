"""Numbers and moments kept as binary: FoxPro and CodeBase count from the little end, dBASE 7 from the big one."""

from __future__ import annotations

import datetime as dt
import struct
from decimal import Decimal

from exchange.dbf.cells import Read, Tell, Unreadable, julian_day

_DAY_MILLISECONDS = 86_400_000
_TOP_BIT = 1 << 63


def read_integer(raw: bytes) -> Decimal:
    return Decimal(int.from_bytes(raw, "little", signed=True))


def read_counter(raw: bytes) -> Decimal:
    """Read a row version, which has no sign."""
    return Decimal(int.from_bytes(raw, "little"))


def read_currency(raw: bytes) -> Decimal:
    return Decimal(int.from_bytes(raw, "little", signed=True)).scaleb(-4)


def read_double(raw: bytes) -> Decimal:
    """Return the shortest decimal that names the double kept in the cell."""
    (value,) = struct.unpack("<d", raw)
    return _shortest(value)


def moment_reader(notice: Tell) -> Read:
    """Return the reader of moments: a Julian day and milliseconds, local to whoever wrote the file."""

    def read(raw: bytes) -> dt.datetime | None:
        if not raw.strip(b" \0"):
            return None
        days, milliseconds = struct.unpack("<ii", raw)
        if days == 0:
            notice("no_day")
            return None
        day = julian_day(days)
        if not 0 <= milliseconds <= _DAY_MILLISECONDS:
            raise Unreadable("bad_date", "Такого времени суток не бывает.")
        return _moment(day, milliseconds, notice)

    return read


def read_dbase_7_integer(raw: bytes) -> Decimal | None:
    """Read an integer kept so that its bytes sort: big end first, sign turned over. Zero bytes are a blank."""
    if not raw.strip(b"\0"):
        return None
    return Decimal(int.from_bytes(raw, "big") - (1 << (8 * len(raw) - 1)))


def read_dbase_7_double(raw: bytes) -> Decimal | None:
    """Read a double kept so that its bytes sort: of a negative one all bits are turned over, else the sign."""
    bits = int.from_bytes(raw, "big")
    if bits == 0:
        return None
    bits = bits ^ _TOP_BIT if bits & _TOP_BIT else bits ^ (2 * _TOP_BIT - 1)
    (value,) = struct.unpack(">d", bits.to_bytes(8, "big"))
    return _shortest(value)


def dbase_7_moment_reader(notice: Tell) -> Read:
    """Return the reader of moments that are milliseconds since the day before 0001-01-01, kept as a double."""

    def read(raw: bytes) -> dt.datetime | None:
        if not raw.strip(b" \0"):
            return None
        (value,) = struct.unpack(">d", raw)
        if not 0 <= value < _DAY_MILLISECONDS * (dt.date.max.toordinal() + 1):
            raise Unreadable("bad_date", "Такого дня нет в календаре.")
        days, milliseconds = divmod(int(value), _DAY_MILLISECONDS)
        if days == 0:
            raise Unreadable("bad_date", "Такого дня нет в календаре.")
        return _moment(dt.date.fromordinal(days), milliseconds, notice)

    return read


def _moment(day: dt.date, milliseconds: int, notice: Tell) -> dt.datetime:
    if milliseconds % 1000:
        notice("part_of_second")
    try:
        return dt.datetime.combine(day, dt.time()) + dt.timedelta(milliseconds=milliseconds)
    except OverflowError as error:
        raise Unreadable("bad_date", "Такого дня нет в календаре.") from error


def _shortest(value: float) -> Decimal:
    number = Decimal(repr(value))
    if not number.is_finite():
        raise Unreadable("bad_number", "В числовом поле не конечное число.")
    return number or Decimal(0)
