"""Memo files: long texts, and pictures, kept beside a table and found by the number of their block."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from exchange.dbf.cells import Read, Tell, Unreadable, Value, show_hex, text_reader, wide_text_reader
from exchange.dbf.descriptors import Descriptor
from exchange.dbf.header import VISUAL_FOXPRO
from exchange.dbf.sources import Source, companion
from exchange.dbf.verdicts import Refused

FOXPRO_SUFFIXES = (".fpt", ".dct")
DBASE_SUFFIXES = (".dbt",)
SUFFIXES = FOXPRO_SUFFIXES + DBASE_SUFFIXES
LONGEST_MEMO = 4 * 1024 * 1024
SPARE_BYTES = 32 * 1024 * 1024
"""How much more than twice the memo file may be read of it: rows may share texts, but not without end."""
MOST_BLOCKS_LOOKED_AT = 8_192
FOXPRO = VISUAL_FOXPRO | {0xF5}
_DBASE_3 = frozenset({0x02, 0x03, 0x83, 0xFB})
_FOXPRO_HEAD = 512
_FOXPRO_TEXT = 1
_LETTERS_HEARD = 256 * 1024
_DBASE_4_START = b"\xff\xff\x08\x00"
_DBASE_4_HEAD = 8


def memo_file(origin: bytes | Path, version: int, columns: Sequence[Descriptor]) -> Path | None:
    """Return the memo file beside a table that points into one, if there is any."""
    if isinstance(origin, bytes) or not any(column.points_to_memo for column in columns):
        return None
    orders = (FOXPRO_SUFFIXES, DBASE_SUFFIXES)
    for suffixes in orders if version in FOXPRO else reversed(orders):
        found = companion(origin, suffixes)
        if found is not None:
            return found
    return None


def memo_letters(path: Path | None) -> bytes:
    """Return the beginning of a memo file, whose letters speak where the table itself has none."""
    if path is None:
        return b""
    source = Source(path)
    try:
        return source.read(0, min(source.size, _LETTERS_HEARD))
    finally:
        source.close()


class Memos:
    """The memo file of one table while its rows are read. `path` is None when there is no such file."""

    def __init__(self, path: Path | None, *, version: int, encoding: str) -> None:
        self._source = None if path is None else Source(path)
        self._is_foxpro = path is not None and path.suffix.lower() in FOXPRO_SUFFIXES
        self._is_dbase_3 = version in _DBASE_3
        self._encoding = encoding
        self._left = SPARE_BYTES + 2 * (0 if self._source is None else self._source.size)

    def close(self) -> None:
        if self._source is not None:
            self._source.close()

    def reader(self, column: Descriptor, notice: Tell) -> Read:
        """Return the function that reads a memo by the pointer in its cell: text, or bytes shown as hex."""
        match column.type:
            case "M":
                shown: Read = text_reader(self._encoding, notice)
            case "\x1c":
                shown = wide_text_reader(notice)
            case _:
                shown = show_hex

        def read(pointer: bytes) -> Value:
            block = block_number(pointer)
            if block == 0:
                return None
            memo, is_text = self._memo(block)
            return shown(memo) if is_text else show_hex(memo)

        return read

    def _memo(self, block: int) -> tuple[bytes, bool]:
        """Return a memo and whether it can be text: FoxPro marks what is not."""
        if self._source is None:
            raise Unreadable("memo_missing", "Нет файла примечаний, лежащего рядом с таблицей.")
        if self._left < 0:
            raise Refused("memo_shared", "Указатели слишком часто ведут в одно место файла примечаний: файл испорчен.")
        return self._foxpro_memo(block) if self._is_foxpro else (self._dbase_memo(block), True)

    def _foxpro_memo(self, block: int) -> tuple[bytes, bool]:
        size = int.from_bytes(self._piece(6, 2), "big")
        start = block * size
        if size == 0 or start < _FOXPRO_HEAD:
            raise Unreadable("memo_pointer", "Указатель ведёт в заголовок файла примечаний.")
        kind, length = struct.unpack(">II", self._piece(start, 8))
        return self._piece(start + 8, length), kind == _FOXPRO_TEXT

    def _dbase_memo(self, block: int) -> bytes:
        size = 512 if self._is_dbase_3 else self._block_size
        start = block * size
        head = self._piece(start, min(_DBASE_4_HEAD, max(0, self._size - start)))
        if not head or not head.startswith(_DBASE_4_START) or len(head) < _DBASE_4_HEAD:
            return self._terminated_memo(start)
        length = int.from_bytes(head[4:], "little")
        if not self._counts_text_only:
            length -= _DBASE_4_HEAD
        if length < 0:
            raise Unreadable("memo_pointer", "Длина примечания указана неверно.")
        return self._piece(start + _DBASE_4_HEAD, length)

    @property
    def _size(self) -> int:
        return 0 if self._source is None else self._source.size

    @cached_property
    def _block_size(self) -> int:
        return int.from_bytes(self._piece(20, 2), "little") or 512

    @cached_property
    def _counts_text_only(self) -> bool:
        """Tell whether the writer left the eight bytes before a text out of its length.

        dBASE IV counts them in; some libraries do not. Their file ends with the last text, inside a block, eight
        bytes after where dBASE IV would have ended it.
        """
        size = self._block_size
        if self._size % size == 0:
            return False
        last = self._size // size
        for block in range(last, max(0, last - MOST_BLOCKS_LOOKED_AT), -1):
            start = self._piece(block * size, min(_DBASE_4_HEAD, self._size - block * size))
            if start.startswith(_DBASE_4_START) and len(start) == _DBASE_4_HEAD:
                return block * size + _DBASE_4_HEAD + int.from_bytes(start[4:], "little") == self._size
        return False

    def _terminated_memo(self, start: int) -> bytes:
        found = b""
        while b"\x1a" not in found:
            rest = self._size - start - len(found)
            if rest <= 0:
                text = "Примечание не закончено или указатель ведёт за конец файла примечаний."
                raise Unreadable("memo_pointer", text)
            if len(found) > LONGEST_MEMO:
                raise Unreadable("memo_pointer", "Примечание длиннее допустимого.")
            found += self._piece(start + len(found), min(rest, max(4096, len(found))))
        return found[: found.index(b"\x1a")]

    def _piece(self, start: int, length: int) -> bytes:
        if self._source is None or length > LONGEST_MEMO or start + length > self._source.size:
            raise Unreadable("memo_pointer", "Указатель ведёт за конец файла примечаний.")
        self._left -= length
        return self._source.read(start, length)


def block_number(pointer: bytes) -> int:
    """Return the block that a cell points to; 0 is no memo. Ten digits, or four bytes in Visual FoxPro."""
    if len(pointer) == 4:
        return int.from_bytes(pointer, "little") if pointer.strip(b" ") else 0
    digits = pointer.strip(b" \0")
    if digits and not digits.isdigit():
        raise Unreadable("memo_pointer", "Указатель на примечание не число.")
    return int(digits or b"0")
