"""A sample of an unknown file, opened as far as it tells itself and as a person says the rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path

from exchange.dbf.encodings import AUTO
from exchange.dbf.header import Field
from exchange.dbf.verdicts import Refused
from exchange.layouts.model import Container, Limits, Writing
from exchange.layouts.tables.fixed import read_fixed
from exchange.layouts.tables.opened import Sample, content_of, open_sample
from exchange.layouts.tables.sheet import UNTYPED
from exchange.layouts.tables.texts import decode
from exchange.layouts.told import Told

_LINES_LOOKED_AT = 200
_FEWEST_RULED = 3
_MOST_COLUMNS, _MOST_WIDTH, _LONGEST_NAME = 512, 1000, 60


def sample_of(origin: bytes | Path, told: Told, /) -> Sample:
    """Open a sample as it was told to be written; what was not told it tells itself.

    Raises Refused with the reason, also for widths of columns that are no widths.
    """
    encoding = told.encoding or AUTO
    if told.container == Container.FIXED:
        columns = fixed_columns(told.widths)
        sheet = read_fixed(
            content_of(origin, Limits()),
            columns=columns,
            encoding=encoding,
            header_row=told.header_row,
            limits=Limits(),
        )
        return Sample(sheet, Container.FIXED, Writing(header_row=told.header_row))
    return open_sample(origin, limits=Limits(), encoding=encoding, header_row=told.header_row)


def fixed_columns(text: str, /) -> tuple[Field, ...]:
    """Read lines «name width», the width being the last word of a line.

    Raises Refused, naming the line.
    """
    columns: list[Field] = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        name, _, width = line.strip().rpartition(" ")
        name = " ".join(name.split())
        if not name or not (width.isascii() and width.isdecimal() and 0 < int(width) <= _MOST_WIDTH):
            raise Refused("bad_widths", f"Строка {number} «{line.strip()}»: нужны имя столбца и его ширина в знаках.")
        if len(name) > _LONGEST_NAME or name.upper() in {column.name.upper() for column in columns}:
            raise Refused("bad_widths", f"Столбец «{name[:_LONGEST_NAME]}» назван дважды или слишком длинно.")
        columns.append(Field(name, UNTYPED, int(width)))
    if not columns or len(columns) > _MOST_COLUMNS:
        raise Refused("bad_widths", f"Столбцов от 1 до {_MOST_COLUMNS}: укажите каждый на своей строке.")
    return tuple(columns)


def is_ruled(origin: bytes | Path, /) -> bool:
    """Tell whether a text looks ruled into columns: lines of one length, parted by blanks in the same places.

    A comma in its sums would otherwise pass for a delimiter. Raises Refused when it is no text.
    """
    text, _ = decode(content_of(origin, Limits()), AUTO)
    lines = [line for line in islice(text.splitlines(), _LINES_LOOKED_AT) if line.strip()]
    return len({len(line) for line in lines}) == 1 and len(_starts(lines)) >= _FEWEST_RULED


def likely_widths(origin: bytes | Path, *, encoding: str, header_row: int) -> str:
    """Return lines «name width» for a text whose columns are parted by blanks in every line; a person corrects them.

    Raises Refused when it is no text.
    """
    text, _ = decode(content_of(origin, Limits()), encoding or AUTO)
    rows = (line for line in islice(text.splitlines(), header_row, None) if line.strip())
    lines = list(islice(rows, _LINES_LOOKED_AT))
    starts = _starts(lines)
    longest = max((len(line) for line in lines), default=0)
    ends = [*starts, longest]
    return "\n".join(f"Столбец{place} {end - start}" for place, (start, end) in enumerate(pairwise(ends), start=1))


def _starts(lines: Sequence[str]) -> list[int]:
    """Return where columns begin: a place that is filled in some line after one that is blank in all."""
    longest = max((len(line) for line in lines), default=0)
    filled = [
        any(not line[place : place + 1].isspace() and place < len(line) for line in lines) for place in range(longest)
    ]
    starts = [place for place in range(longest) if filled[place] and (place == 0 or not filled[place - 1])]
    return [0, *(place for place in starts if place)] if longest else []
