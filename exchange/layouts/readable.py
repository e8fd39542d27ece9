"""What a table must offer to be read by a layout, whatever it is written in: DBF, text or a spreadsheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from exchange.dbf.header import Field
from exchange.dbf.reading import Piece, Row
from exchange.dbf.verdicts import Fault, Notice


class Readable(Protocol):
    """A table whose structure was read; its rows are read when asked for.

    `notices` are of the structure; `faults` and `oddities` are of the cells and need a pass over all rows. `live`
    counts the rows that `rows` gives. The codec's `Table` is one of them.
    """

    @property
    def fields(self) -> Sequence[Field]: ...

    @property
    def encoding(self) -> str: ...

    @property
    def encoding_from(self) -> str: ...

    @property
    def notices(self) -> Sequence[Notice]: ...

    @property
    def oddities(self) -> Sequence[Notice]: ...

    @property
    def faults(self) -> Sequence[Fault]: ...

    @property
    def live(self) -> int: ...

    @property
    def bytes(self) -> int: ...

    def rows(self) -> Iterator[Row]:
        """Give the live rows in physical order. May be asked for again. Raises Refused."""
        ...

    def pieces(self, columns: Collection[int] | None = None) -> Iterator[Piece]:
        """Give the same rows by columns, some together; perhaps only the columns named. Raises Refused."""
        ...
