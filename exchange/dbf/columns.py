"""Reading a batch of one column at once: the usual cells together, the odd ones one by one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from exchange.dbf.cells import Cells, Read, Unreadable, Value
from exchange.dbf.header import Field

_NUMBER_BYTES = b"0123456789.+- "
_ONE_BYTE_PAGES = frozenset({"cp866", "cp1251"})


class Column:
    """One column; `unreadable` holds what is wrong with the faulty cells of the last batch, by their bytes."""

    def __init__(self, field: Field, read: Read, *, encoding: str) -> None:
        self._cells = Cells(read)
        self._width = field.length
        self._encoding = encoding
        self._is_number = field.type in "NF" and field.length > 0
        self._is_text = field.type == "C" and field.length > 0 and encoding in _ONE_BYTE_PAGES
        self.unreadable: dict[bytes, Unreadable] = self._cells.unreadable

    def read(self, cells: Sequence[bytes]) -> Sequence[Value]:
        """Return the values of a batch; a faulty cell is None and its bytes are in `unreadable`."""
        self._cells.forget()
        found: Sequence[Value] | None = None
        if self._is_number:
            found = self._numbers(b"".join(cells))
        elif self._is_text:
            found = self._texts(b"".join(cells))
        return list(map(self._cells.__getitem__, cells)) if found is None else found

    def _numbers(self, joined: bytes) -> Sequence[Value] | None:
        """Return the numbers when all are plain; of these signs `Decimal` takes just what a cell may hold."""
        if joined.translate(None, _NUMBER_BYTES):
            return None
        text = joined.decode("ascii")
        width = self._width
        blank = " " * width
        pieces = [text[start : start + width] for start in range(0, len(text), width)]
        try:
            return [None if piece == blank else Decimal(piece) for piece in pieces]
        except InvalidOperation:
            return None

    def _texts(self, joined: bytes) -> Sequence[Value] | None:
        """Return the texts when all letters are of the code page and nothing is padded by zero bytes."""
        if b"\0" in joined:
            return None
        try:
            text = joined.decode(self._encoding)
        except UnicodeDecodeError:
            return None
        width = self._width
        return [text[start : start + width].rstrip(" ") for start in range(0, len(text), width)]
