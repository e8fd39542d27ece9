"""Memo files: long texts kept beside a table, found by the number of their block."""

from __future__ import annotations

import struct

from exchange.dbf.cells import Read, Unreadable, text_reader
from exchange.dbf.header import VISUAL_FOXPRO
from exchange.dbf.sources import Source

SUFFIXES = (".dbt", ".fpt", ".dct")
LONGEST_MEMO = 16 * 1024 * 1024
DBASE_3 = frozenset({0x83})
FOXPRO = VISUAL_FOXPRO | {0xF5}
_DBASE_4_START = b"\xff\xff\x08\x00"
_DBASE_4_HEAD = 8


def memo_reader(version: int, memos: Source | None, encoding: str) -> Read:
    """Return the function that reads a memo by the pointer in its cell. `memos` is None when there is no such file."""
    read_text = text_reader(encoding, lambda code: None)

    def read(pointer: bytes) -> str | None:
        block = block_number(pointer)
        if block == 0:
            return None
        if memos is None:
            raise Unreadable("memo_missing", "Нет файла примечаний, лежащего рядом с таблицей.")
        text = read_text(_memo(version, memos, block))
        assert text is None or isinstance(text, str)
        return text

    return read


def block_number(pointer: bytes) -> int:
    """Return the block that a cell points to; 0 is no memo. Ten digits, or four bytes in Visual FoxPro."""
    if len(pointer) == 4:
        return int.from_bytes(pointer, "little")
    digits = pointer.strip(b" \0")
    if digits and not digits.isdigit():
        raise Unreadable("memo_pointer", "Указатель на примечание не число.")
    return int(digits or b"0")


def _memo(version: int, memos: Source, block: int) -> bytes:
    if version in FOXPRO:
        return _foxpro_memo(memos, block)
    if version in DBASE_3:
        return _terminated_memo(memos, block * 512)
    return _dbase_4_memo(memos, block)


def _foxpro_memo(memos: Source, block: int) -> bytes:
    size = int.from_bytes(_piece(memos, 6, 2), "big")
    if size == 0:
        raise Unreadable("memo_pointer", "В файле примечаний не указан размер блока.")
    _kind, length = struct.unpack(">II", _piece(memos, block * size, 8))
    return _piece(memos, block * size + 8, length)


def _dbase_4_memo(memos: Source, block: int) -> bytes:
    size = int.from_bytes(_piece(memos, 20, 2), "little") or 512
    start = _piece(memos, block * size, _DBASE_4_HEAD)
    if not start.startswith(_DBASE_4_START):
        return _terminated_memo(memos, block * size)
    length = int.from_bytes(start[4:], "little")
    if not _counts_text_only(memos, size):
        length -= _DBASE_4_HEAD
    if length < 0:
        raise Unreadable("memo_pointer", "Длина примечания указана неверно.")
    return _piece(memos, block * size + _DBASE_4_HEAD, length)


def _counts_text_only(memos: Source, size: int) -> bool:
    """Tell whether the writer left the eight bytes before a text out of its length.

    dBASE IV counts them in; some libraries do not. Their file ends with the last text, inside a block, eight bytes
    after where dBASE IV would have ended it.
    """
    if memos.size % size == 0:
        return False
    for block in range(memos.size // size, 0, -1):
        if memos.size - block * size > LONGEST_MEMO + _DBASE_4_HEAD:
            return False
        start = memos.read(block * size, min(_DBASE_4_HEAD, memos.size - block * size))
        if start.startswith(_DBASE_4_START) and len(start) == _DBASE_4_HEAD:
            return block * size + _DBASE_4_HEAD + int.from_bytes(start[4:], "little") == memos.size
    return False


def _terminated_memo(memos: Source, start: int) -> bytes:
    found = b""
    while b"\x1a" not in found:
        rest = memos.size - start - len(found)
        if rest <= 0:
            raise Unreadable("memo_pointer", "Примечание не закончено или указатель ведёт за конец файла примечаний.")
        if len(found) > LONGEST_MEMO:
            raise Unreadable("memo_pointer", "Примечание длиннее допустимого.")
        found += _piece(memos, start + len(found), min(rest, 4096))
    return found[: found.index(b"\x1a")]


def _piece(memos: Source, start: int, length: int) -> bytes:
    if length > LONGEST_MEMO or start + length > memos.size:
        raise Unreadable("memo_pointer", "Указатель ведёт за конец файла примечаний.")
    return memos.read(start, length)
