"""The rows of an answer with the request rows they met: read from the file whenever they are asked for, never held."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

from exchange.checks.matching import Matched, Met
from exchange.layouts.exchanged import ParsedLine
from exchange.layouts.model import Layout
from exchange.layouts.readable import Readable
from exchange.layouts.returns import parse_pieces, parse_return
from exchange.layouts.slots import LinesOfGroup
from offices.telling import Teller, silent

_TOLD = (
    "position", "service", "billed", "adjustment", "adjustment_month", "tariff", "quantity", "norm", "metered", "debt",
)  # fmt: skip
LineTold = tuple[Any, ...]
"""What is staged of a line: its position, our service, roubles billed and recalculated, the month of it, and the rest."""


def told_of(line: ParsedLine, /) -> LineTold:
    """Return what is staged of a line."""
    told: LineTold = _told_of(line)
    return told


_told_of = attrgetter(*_TOLD)


@dataclass(frozen=True, slots=True)
class MatchedPiece:
    """Rows together with what is staged of the lines of each; the rows may have no lines of their own."""

    rows: Sequence[Matched]
    lines: Sequence[Sequence[LineTold]]


class MatchedRows(Collection[Matched]):
    """The rows of a file in their order, each with how it was matched. Every pass reads the file anew."""

    def __init__(self, layout: Layout, table: Readable, found: Sequence[Met], *, tell: Teller = silent) -> None:
        self._layout = layout
        self._table = table
        self._found = found
        self._tell = tell

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Matched]:
        for row, met in zip(parse_return(self._layout, self._table), self._found, strict=True):
            yield Matched(row, *met)

    def __contains__(self, one: object) -> bool:
        return any(one == mine for mine in self)

    def pieces(self) -> Iterator[MatchedPiece]:
        """Give the rows some thousands together, their lines beside them."""
        found = iter(self._found)
        done = 0
        for piece in parse_pieces(self._layout, self._table):
            rows = [Matched(row, *met) for row, met in zip(piece.rows, islice(found, len(piece.rows)), strict=True)]
            yield MatchedPiece(rows, _by_row(piece.lines, len(rows)))
            done += len(rows)
            self._tell(done)


def _by_row(groups: Sequence[LinesOfGroup], rows: int) -> list[list[LineTold]]:
    found: list[list[LineTold]] = [[] for _ in range(rows)]
    for group in groups:
        columns = [group.column(name) for name in _TOLD]
        for place, told in zip(group.places, zip(*columns, strict=True), strict=True):
            found[place].append(told)
    return found
