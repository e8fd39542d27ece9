"""What a batch of one column becomes: exact values side by side, turned into Python's only when asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from exchange.dbf.cells import Value

Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
_HALF = 10**9


@dataclass(frozen=True, slots=True)
class Amounts:
    """Numbers of a column of N or F, exact.

    `scaled` counts units of the field's last decimal place: 150 is 1.50 where `decimals` is 2. It is zero where
    nothing stands (`blank`) and where the cell is in `odd`: by its position the exact value of a cell written in
    an unusual form, None for one that cannot be read.
    """

    scaled: Numbers
    decimals: int
    blank: Mask
    odd: Mapping[int, Value]

    def values(self) -> list[Value]:
        """Return the numbers as decimals with the places they are written with."""
        unit = Decimal(1).scaleb(-self.decimals)
        found: list[Value] = [Decimal(number) * unit for number in self.scaled.tolist()]
        for position in np.flatnonzero(self.blank).tolist():
            found[position] = None
        for position, value in self.odd.items():
            found[position] = value
        return found

    def total(self) -> Decimal:
        """Return the sum of the cells that could be read."""
        halves = divmod(self.scaled, _HALF)
        whole = int(halves[0].sum()) * _HALF + int(halves[1].sum())
        odd = (value for value in self.odd.values() if isinstance(value, Decimal))
        return sum(odd, Decimal(whole).scaleb(-self.decimals))


@dataclass(frozen=True, slots=True)
class Days:
    """Dates of a column of D; NaT where the cell is blank or cannot be read."""

    days: NDArray[np.datetime64]

    def values(self) -> list[Value]:
        found: list[dt.date | None] = self.days.tolist()
        return list(found)


@dataclass(frozen=True, slots=True)
class Flags:
    """Answers of a column of L; what is not `known` is blank or cannot be read."""

    yes: Mask
    known: Mask

    def values(self) -> list[Value]:
        return [yes if known else None for yes, known in zip(self.yes.tolist(), self.known.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Plain:
    """Texts, and values of the rarer types, as the row reader gives them."""

    kept: Sequence[Value]

    def values(self) -> list[Value]:
        return list(self.kept)


Typed: TypeAlias = Amounts | Days | Flags | Plain
