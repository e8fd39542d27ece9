"""What the cells of an unknown column look like: numbers of insurance, days, amounts, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from exchange.dbf.cells import Value
from exchange.layouts.values import BadForm, read_day, read_decimal
from recipients.snils import snils_is_valid

Judge: TypeAlias = Callable[[Value], bool]


def content_of(cells: Sequence[Value]) -> str:
    """Return what nearly all filled cells of a column are; an empty text when nothing is filled or they differ."""
    filled = [cell for cell in cells if cell is not None and cell != ""]
    for kind, judge in _JUDGES:
        if filled and sum(map(judge, filled)) * 10 >= len(filled) * 9:
            return kind
    return "text" if filled else ""


def _is_snils(cell: Value) -> bool:
    digits = re.sub(r"[\s\-]", "", str(cell))
    return len(digits) == 11 and digits.isdecimal() and snils_is_valid(digits)


def _is_day(cell: Value) -> bool:
    if not isinstance(cell, str):
        return not isinstance(cell, bool | Decimal) and cell is not None
    return any(_reads(read_day, cell, mask) for mask in ("DD.MM.YYYY", "YYYY-MM-DD", "YYYYMMDD"))


def _is_whole(cell: Value) -> bool:
    if isinstance(cell, Decimal):
        return cell == cell.to_integral_value()
    return isinstance(cell, str) and cell.isdecimal() and (cell == "0" or not cell.startswith("0"))


def _is_amount(cell: Value) -> bool:
    if isinstance(cell, str):
        return any(_reads(read_decimal, cell, mark) for mark in (".", ","))
    return isinstance(cell, Decimal)


def _reads(read: Callable[[str, str], object], text: str, how: str) -> bool:
    try:
        read(text, how)
    except BadForm:
        return False
    return True


def _is_account(cell: Value) -> bool:
    return isinstance(cell, str) and len(cell) >= 5 and sum(map(str.isdigit, cell)) * 2 > len(cell)


def _is_word(cell: Value) -> bool:
    return isinstance(cell, str) and bool(re.fullmatch(r"[А-ЯЁ][А-ЯЁа-яё\-]+", cell))


_JUDGES: tuple[tuple[str, Judge], ...] = (
    ("snils", _is_snils),
    ("day", _is_day),
    ("whole", lambda cell: _is_whole(cell) and len(str(cell)) <= 4),
    ("account", _is_account),
    ("amount", _is_amount),
    ("word", _is_word),
)
CONTENT_WORDS: Mapping[str, str] = {
    "snils": "номера с верными контрольными числами СНИЛС",
    "day": "даты",
    "whole": "небольшие целые числа",
    "account": "длинные номера",
    "amount": "числа с копейками",
    "word": "слова с большой буквы",
    "text": "разный текст",
}
