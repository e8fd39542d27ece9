"""How a cell of a table of cases is read."""

import datetime as dt
import re
from collections.abc import Callable, Collection
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_NUMBER: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_COUNT: Final = re.compile(r"[0-9]{1,6}")
_FIRST_YEAR: Final = 1995  # Law 181-FZ


class UnreadableCell(ValueError):
    """A cell does not hold what its column is for; the message is Russian."""

    def __init__(self, cell: str, expected: str) -> None:
        super().__init__(f"нужно {expected}, а здесь «{cell}»" if cell else f"пусто, а нужно {expected}")


def read_name(cell: str) -> str:
    if not cell:
        raise UnreadableCell(cell, "название случая")
    return cell


def read_month(cell: str) -> dt.date:
    """Read a month billed, YYYY-MM, as its first day."""
    found = _MONTH.fullmatch(cell)
    if found is None or int(found[1]) < _FIRST_YEAR:
        raise UnreadableCell(cell, "месяц в виде ГГГГ-ММ")
    return dt.date(int(found[1]), int(found[2]), 1)


def read_amount(cell: str) -> Decimal:
    """Read roubles, a tariff, a norm, an area or a quantity: digits and a point, no sign."""
    if not _NUMBER.fullmatch(cell):
        raise UnreadableCell(cell, "неотрицательное число с точкой")
    return Decimal(cell)


def read_count(cell: str) -> int:
    """Read people or days."""
    if not _COUNT.fullmatch(cell):
        raise UnreadableCell(cell, "целое неотрицательное число")
    return int(cell)


def read_flag(cell: str) -> bool:
    if cell not in {"0", "1"}:
        raise UnreadableCell(cell, "1 или 0")
    return cell == "1"


def one_of(choices: type[Choice], *, but: Collection[Choice] = ()) -> Callable[[str], Choice]:
    """Return a reader of a cell that holds one of the codes, in any case of letters; `but` are not for a cell."""
    expected = "одно из: " + ", ".join(choice for choice in choices if choice not in but)

    def read(cell: str) -> Choice:
        try:
            choice = choices(cell.lower())
        except ValueError:
            raise UnreadableCell(cell, expected) from None
        if choice in but:
            raise UnreadableCell(cell, expected)
        return choice

    return read
