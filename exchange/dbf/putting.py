"""How a value becomes the bytes of one cell: exactly, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from exchange.dbf.cells import Value
from exchange.dbf.header import Field

Writable: TypeAlias = Value | int
Put: TypeAlias = Callable[[Writable], bytes]
_CONTROL = frozenset(chr(code) for code in (*range(32), 127))


class Misfit(Exception):
    """The value cannot stand in its cell as it is."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def putter(field: Field, encoding: str, substitutions: Mapping[str, str]) -> Put:
    match field.type:
        case "C":
            return _put_text(field, encoding, substitutions)
        case "D":
            return _put_day
        case "L":
            return _put_logical
        case _:
            return _put_number(field)


def _put_text(field: Field, encoding: str, substitutions: Mapping[str, str]) -> Put:
    length = field.length
    table = str.maketrans(dict(substitutions))

    def put(value: Writable) -> bytes:
        if value is None:
            return b" " * length
        if not isinstance(value, str):
            raise Misfit("type", f"ожидался текст, дано «{value}».")
        text = value.translate(table) if table else value
        try:
            raw = text.encode(encoding)
        except UnicodeEncodeError as error:
            letter = text[error.start]
            raise Misfit("outside_code_page", f"знака «{letter}» (U+{ord(letter):04X}) нет в {encoding}.") from error
        if len(raw) > length:
            raise Misfit("too_long", f"текст «{text}» длиннее {length} знаков.")
        if not text.isprintable() and not _CONTROL.isdisjoint(text):
            raise Misfit("control", "в тексте управляющий знак (перевод строки, табуляция или подобный).")
        return raw.ljust(length)

    return put


def _put_number(field: Field) -> Put:
    length, decimals = field.length, field.decimals

    def put(value: Writable) -> bytes:
        if value is None:
            return b" " * length
        if isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        if not isinstance(value, Decimal) or not value.is_finite():
            raise Misfit("type", f"ожидалось число, дано «{value}».")
        text = format(value, f".{decimals}f")
        if Decimal(text) != value:
            raise Misfit("too_precise", f"у числа {value:f} больше {decimals} знаков после точки.")
        if value.is_zero():
            text = text.lstrip("-")
        if len(text) > length:
            raise Misfit("too_long", f"число {text} длиннее {length} знаков.")
        return text.encode("ascii").rjust(length)

    return put


def _put_day(value: Writable) -> bytes:
    if value is None:
        return b" " * 8
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise Misfit("type", f"ожидалась дата, дано «{value}».")
    return f"{value.year:04d}{value.month:02d}{value.day:02d}".encode("ascii")


def _put_logical(value: Writable) -> bytes:
    if value is None:
        return b"?"
    if not isinstance(value, bool):
        raise Misfit("type", f"ожидалось «да» или «нет», дано «{value}».")
    return b"T" if value else b"F"
