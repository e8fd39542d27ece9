"""Field descriptors: what a header says of each column, and what may be believed of it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

from exchange.dbf.verdicts import Notice, Refused

END_OF_FIELDS = 0x0D
SYSTEM, NULLABLE = 0x01, 0x02
VARIABLE = frozenset("VQ\x1b")
MEMOS = frozenset("MGPW\x1c")
"""Types whose cell points into a memo file; a B of ten digits does too."""

# Widths that a type must have; a known type that is absent here may be of any width.
WIDTHS: dict[str, frozenset[int]] = {
    "L": frozenset({1}),
    "I": frozenset({1, 2, 3, 4, 8}),
    "B": frozenset({8, 10}),
    **dict.fromkeys("+4", frozenset({4})),
    **dict.fromkeys("YTO@78=^", frozenset({8})),
    **dict.fromkeys(MEMOS, frozenset({4, 10})),
    "2": frozenset({2}),
}
TYPES = frozenset("NFCD0\x1a") | VARIABLE | WIDTHS.keys()


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A column as the header gives it; the name is not decoded before the encoding is known.

    `offset` is where the header says the column begins in the row; only Visual FoxPro means it.
    """

    raw_name: bytes
    type: str
    length: int
    decimals: int
    offset: int = 0
    flags: int = 0

    @property
    def shown_name(self) -> str:
        return self.raw_name.decode("cp866")

    @property
    def is_nullable(self) -> bool:
        return bool(self.flags & NULLABLE)

    @property
    def points_to_memo(self) -> bool:
        return self.type in MEMOS or (self.type == "B" and self.length == 10)

    @property
    def trouble(self) -> Notice | None:
        """Why the cells of the column cannot be read, or None."""
        if self.type not in TYPES:
            kind = shown_type(self.type)
            return Notice("unknown_type", f"Поле «{self.shown_name}» имеет неизвестный тип «{kind}».", grave=True)
        if self.type in WIDTHS and self.length not in WIDTHS[self.type]:
            text = f"Поле «{self.shown_name}» типа {shown_type(self.type)} не может иметь ширину {self.length}."
            return Notice("field_width", text, grave=True)
        return None


def shown_type(letter: str) -> str:
    return letter if letter.isascii() and letter.isprintable() and letter != " " else f"0x{ord(letter):02X}"


def classic_descriptors(area: bytes, notices: list[Notice]) -> tuple[tuple[Descriptor, ...], int]:
    """Read the descriptors of 32 bytes that all versions but dBASE 7 have.

    Return them and the offset of the first byte after them and their terminator.
    """
    found: list[Descriptor] = []
    start = 0
    while start + 32 <= len(area) and area[start] not in (END_OF_FIELDS, 0):
        name, kind, offset, length, decimals, flags = struct.unpack("<11scIBBB13x", area[start : start + 32])
        found.append(Descriptor(_name(name), kind.decode("latin-1"), length, decimals, offset, flags))
        start += 32
    return tuple(found), _end(area, start, notices)


def dbase_7_descriptors(area: bytes) -> tuple[Descriptor, ...]:
    """Read the descriptors of 48 bytes of dBASE 7; properties of the fields follow them."""
    found: list[Descriptor] = []
    start = 0
    while start + 48 <= len(area) and area[start] not in (END_OF_FIELDS, 0):
        name, kind, length, decimals = struct.unpack("<32scBB13x", area[start : start + 48])
        found.append(Descriptor(_name(name), kind.decode("latin-1"), length, decimals))
        start += 48
    return tuple(found)


def _name(raw: bytes) -> bytes:
    return raw.split(b"\0")[0].strip()


def _end(area: bytes, start: int, notices: list[Notice]) -> int:
    if start < len(area) and area[start] == END_OF_FIELDS:
        return start + 1
    if start < len(area) and area[start] == 0:
        notices.append(Notice("no_terminator", "Список полей закрыт байтом 0x00 вместо 0x0D."))
        return start + 1
    notices.append(Notice("no_terminator", "Список полей не закрыт байтом 0x0D."))
    return start


def filling(descriptors: tuple[Descriptor, ...], record_length: int) -> tuple[Descriptor, ...]:
    """Return the columns with the widths that fill the row; a wide C continues its length in the decimals byte.

    Raises Refused when no reading of the widths fills it.
    """
    plain = tuple(replace(one, decimals=0) if one.type == "C" else one for one in descriptors)
    wide = tuple(_widened(one) for one in descriptors)
    for candidate in (wide, plain):
        if 1 + sum(one.length for one in candidate) == record_length:
            return candidate
    total = 1 + sum(one.length for one in plain)
    raise Refused(
        "record_length", f"Длина записи в заголовке {record_length}, а поля с признаком удаления занимают {total}."
    )


def _widened(one: Descriptor) -> Descriptor:
    return replace(one, length=one.length + 256 * one.decimals, decimals=0) if one.type == "C" else one


def doubts(descriptors: Sequence[Descriptor], usual: frozenset[str], version: str) -> list[Notice]:
    """Return what is odd about the columns; `usual` are the types that programs of this version write."""
    found = [trouble for one in descriptors if (trouble := one.trouble) is not None]
    if any(one.length == 0 for one in descriptors):
        found.append(Notice("zero_width", "В таблице есть поле нулевой ширины."))
    rare = [one for one in descriptors if one.type not in usual and one.type in TYPES]
    if rare:
        listed = ", ".join(f"{one.shown_name} {shown_type(one.type)}" for one in rare[:5])
        more = f" и ещё {len(rare) - 5}" if len(rare) > 5 else ""
        found.append(Notice("rare_type", f"Типы полей, необычные для {version}: {listed}{more}."))
    return found


def displaced(descriptors: Sequence[Descriptor]) -> list[Notice]:
    """Return a notice when a header that should tell where each column begins tells it wrongly."""
    begins = 1
    for one in descriptors:
        if one.offset != begins:
            text = f"Смещения полей в заголовке неверны (с поля «{one.shown_name}»): места полей взяты по их ширине."
            return [Notice("displacement", text)]
        begins += one.length
    return []
