"""How the values of a column become bytes together: the usual ones at once, the odd ones by `putting`."""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from exchange.dbf.digits import parse_numbers
from exchange.dbf.header import Field
from exchange.dbf.putting import Put, Writable, putter

PutColumn: TypeAlias = Callable[[Sequence[Writable]], bytes]
"""Returns the cells of all values, one after another, just as `putting` gives them. Raises Misfit as it does."""

_NOTHING = type(None)
_CONTROL_BYTES = bytes((*range(32), 127))
_LOGICAL = {True: b"T", False: b"F", None: b"?"}


def column_putter(field: Field, encoding: str, substitutions: Mapping[str, str]) -> PutColumn:
    """Return the function that puts many values of `field` at once."""
    put = putter(field, encoding, substitutions)
    match field.type:
        case "C":
            together = _texts(field, encoding, substitutions)
        case "D":
            together = _days
        case "L":
            together = _answers
        case _:
            together = _numbers(field, put)

    def put_all(values: Sequence[Writable]) -> bytes:
        cells = together(values)
        return b"".join(map(put, values)) if cells is None else cells

    return put_all


def _texts(
    field: Field, encoding: str, substitutions: Mapping[str, str]
) -> Callable[[Sequence[Writable]], bytes | None]:
    width, table, letters = field.length, str.maketrans(dict(substitutions)), _letters(encoding)

    def together(values: Sequence[Writable]) -> bytes | None:
        if not {_NOTHING, str}.issuperset(map(type, values)):
            return None
        texts = [value or "" for value in cast(Sequence[str | None], values)]
        joined = "".join(texts) if substitutions else ""
        if any(letter in joined for letter in substitutions):
            texts = [text.translate(table) for text in texts]
        padded = (f"%-{width}s" * len(texts)) % tuple(texts)
        if len(padded) != width * len(texts):
            return None
        try:
            cells, _ = codecs.charmap_encode(padded, "strict", letters)
        except UnicodeEncodeError:
            return None
        return None if len(cells.translate(None, _CONTROL_BYTES)) != len(cells) else cells

    return together


def _letters(encoding: str):  # type: ignore[no-untyped-def]  # the type of its answer has no public name
    """Return the code page as a map that is many times faster than the dictionary of cp866."""
    page = bytes(range(256)).decode(encoding, "replace")
    return codecs.charmap_build(page.replace("\ufffd", "\ufffe"))  # the mark of a byte without a letter


def _numbers(field: Field, put: Put) -> Callable[[Sequence[Writable]], bytes | None]:
    width = field.length

    def together(values: Sequence[Writable]) -> bytes | None:
        kinds = set(map(type, values))
        if not kinds <= {_NOTHING, Decimal, int}:
            return None
        shown = ["" if value is None else value for value in values] if _NOTHING in kinds else values
        cells = bytearray((f"%{width}s" * len(values)) % tuple(shown), "ascii")
        if len(cells) != width * len(values):
            return None
        block: NDArray[np.uint8] = np.frombuffer(cells, dtype=np.uint8).reshape(len(values), width)
        _, usual, blank = parse_numbers(block, field.decimals)
        for position in np.flatnonzero(~(usual | blank)).tolist():
            cells[position * width : (position + 1) * width] = put(values[position])
        return bytes(cells)

    return together


def _days(values: Sequence[Writable]) -> bytes | None:
    if not {_NOTHING, dt.date}.issuperset(map(type, values)):
        return None
    shown = [day.isoformat() if isinstance(day, dt.date) else " " * 8 for day in values]
    return "".join(shown).replace("-", "").encode("ascii")


def _answers(values: Sequence[Writable]) -> bytes | None:
    if not {_NOTHING, bool}.issuperset(map(type, values)):
        return None
    return b"".join([_LOGICAL[value] for value in values if isinstance(value, bool | None)])
