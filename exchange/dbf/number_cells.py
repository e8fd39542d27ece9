"""Numbers written with digits, as N and F keep them. Blank, overflow, unreadable and zero stay four things."""

from __future__ import annotations

import re
from decimal import Decimal

from exchange.dbf.cells import Read, Tell, Unreadable

MOST_ORDERS = 38
THOUSAND = 3
_NUMBER = re.compile(rb"[ ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))[ ]*(\0[ \0]*)?")
_EXPONENT = re.compile(rb"[ ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE]([+-]?[0-9]{1,3}))[ \0]*")
_COMMA = re.compile(rb"[ ]*([+-]?[0-9]*),([0-9]+)[ \0]*")
_STARS = re.compile(rb"[ ]*\*+[ ]*")


def number_reader(decimals: int, notice: Tell) -> Read:
    """Return the reader of N and F cells of a field with so many decimals.

    A comma instead of the point is taken only where it cannot part thousands: when the digits after it are as many
    as the field's decimals, or fewer and not three. An exponent is exact, so it is taken too.
    """

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
        return _odd_number(raw)

    def _odd_number(raw: bytes) -> Decimal:
        match = _EXPONENT.fullmatch(raw)
        if match is not None and abs(int(match[2])) <= MOST_ORDERS:
            notice("exponent")
            return Decimal(match[1].decode("ascii"))
        match = _COMMA.fullmatch(raw)
        if match is not None and _is_decimal_comma(len(match[2]), decimals):
            notice("comma")
            return Decimal(f"{match[1].decode('ascii')}.{match[2].decode('ascii')}")
        raise _unreadable_number(raw)

    return read


def _is_decimal_comma(places: int, decimals: int) -> bool:
    return places == decimals or (places < decimals and places != THOUSAND)


def _unreadable_number(raw: bytes) -> Unreadable:
    if _STARS.fullmatch(raw):
        return Unreadable("overflow", "Число не поместилось в поле у того, кто писал файл: стоят звёздочки.")
    if b"," in raw:
        return Unreadable("comma", "Число записано с запятой, и неясно, отделяет ли она копейки или тысячи.")
    if _EXPONENT.fullmatch(raw):
        return Unreadable("exponent", "Число записано с порядком, который слишком велик.")
    return Unreadable("bad_number", "В числовом поле не число.")
