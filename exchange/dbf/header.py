"""The header of a DBF: facts, field descriptors and the size equation."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from exchange.dbf.descriptors import (
    Descriptor,
    classic_descriptors,
    dbase_7_descriptors,
    displaced,
    doubts,
    filling,
)
from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Notice, Refused

VERSIONS = {
    0x02: "FoxBASE",
    0x03: "dBASE III",
    0x04: "dBASE 7",
    0x05: "dBASE 5",
    0x07: "Visual Objects",
    0x13: "FlagShip",
    0x23: "FlagShip",
    0x30: "Visual FoxPro",
    0x31: "Visual FoxPro",
    0x32: "Visual FoxPro",
    0x43: "dBASE IV",
    0x63: "dBASE IV",
    0x33: "FlagShip",
    0x7B: "dBASE IV с примечаниями",
    0x83: "dBASE III с примечаниями",
    0x87: "Visual Objects с примечаниями",
    0x8B: "dBASE IV с примечаниями",
    0x8C: "dBASE 7 с примечаниями",
    0x8E: "dBASE IV",
    0xB3: "FlagShip с примечаниями",
    0xCB: "dBASE IV с примечаниями",
    0xE5: "Clipper SIX с примечаниями",
    0xF5: "FoxPro с примечаниями",
    0xFB: "FoxBASE",
}
UNKNOWN_VERSION = "неизвестная версия"
VISUAL_FOXPRO = frozenset({0x30, 0x31, 0x32})
DBASE_7 = frozenset({0x04, 0x8C})
FOXPRO_BACKLINK = 263
END_OF_FILE = 0x1A
MOST_EMPTY_FIELDS = 8
MOST_EMPTY_ROWS = 1_000
_PADDING = b"\x1a\0 "
_MOST_PADDING = 1024 * 1024
_CLASSIC_TYPES = frozenset("CNFDLMGPB")
_FOXPRO_TYPES = frozenset("CNFDTBILMGPYVQW0")
_DBASE_7_TYPES = frozenset("CNFDLMGBOI+@")


@dataclass(frozen=True, slots=True)
class Field:
    """One column: `length` is its width in bytes, whatever byte of the descriptor keeps it."""

    name: str
    type: str
    length: int
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """Facts of a header whose size equation was looked at. `extra_bytes` stand after the promised rows.

    `is_dbase_7` tells how it is laid out, which the version byte 0x04 leaves open: dBASE IV wrote it too.
    `language_driver` is the name dBASE 7 keeps of its code page; other versions have the byte only.
    """

    version: int
    records: int
    header_length: int
    record_length: int
    language_byte: int
    descriptors: tuple[Descriptor, ...]
    extra_bytes: int
    notices: tuple[Notice, ...]
    is_dbase_7: bool = False
    language_driver: str = ""

    @property
    def is_closed(self) -> bool:
        """Tell whether the list of columns ends as it should and holds any."""
        return not {notice.code for notice in self.notices} & {"no_terminator", "no_fields", "header_padding"}

    @property
    def version_name(self) -> str:
        return VERSIONS.get(self.version, UNKNOWN_VERSION)

    @property
    def is_visual_foxpro(self) -> bool:
        return self.version in VISUAL_FOXPRO

    @property
    def records_in_file(self) -> int:
        """Whole rows that the file has room for; one trailing byte is not a row."""
        return self.records if self.extra_bytes <= 1 else self.records + self.extra_bytes // self.record_length


def read_header(source: Source) -> Header:
    """Read the header and weigh it against the size of the file.

    Raises Refused when the structure cannot be trusted at all. What only the import must refuse
    comes back as a grave notice.
    """
    if source.size < 33:
        raise Refused("not_dbf", f"Это не DBF: в файле {source.size} байт, меньше заголовка.")
    version = source.read(0, 1)[0]
    if version in VERSIONS:
        return _read(source)
    stranger = Refused(
        "not_dbf", f"Это не DBF: первый байт файла 0x{version:02X} не означает ни одной известной версии."
    )
    try:
        header = _read(source)
    except Refused as refusal:
        raise stranger from refusal
    if any(one.trouble is not None for one in header.descriptors) or not header.is_closed:
        raise stranger
    text = f"Первый байт файла 0x{version:02X} не означает ни одной известной версии: файл прочитан как dBASE III."
    return replace(header, notices=(Notice("unknown_version", text, grave=True), *header.notices))


def _read(source: Source) -> Header:
    version, records, header_length, record_length, language_byte = struct.unpack("<B3xIHH17xB2x", source.read(0, 32))
    if header_length < 33 or record_length < 1:
        raise Refused("bad_header", f"Заголовок повреждён: его длина {header_length}, длина записи {record_length}.")
    if header_length > source.size:
        raise Refused("truncated", f"Файл обрезан: заголовок занимает {header_length} байт, в файле {source.size}.")
    area = source.read(32, header_length - 32)
    notices: list[Notice] = []
    found = _dbase_7_columns(area, record_length) if version in DBASE_7 else None
    columns = _classic_columns(area, version, record_length, notices) if found is None else found
    notices.extend(
        doubts(columns, _usual_types(version, is_dbase_7=found is not None), VERSIONS.get(version, UNKNOWN_VERSION))
    )
    _refuse_emptiness(columns, records)
    extra = source.size - header_length - records * record_length
    _weigh_size(source, extra, records, record_length, notices)
    return Header(
        version,
        records,
        header_length,
        record_length,
        language_byte,
        columns,
        extra,
        tuple(notices),
        is_dbase_7=found is not None,
        language_driver="" if found is None else _driver(area[:32]),
    )


def _dbase_7_columns(area: bytes, record_length: int) -> tuple[Descriptor, ...] | None:
    """Return the columns when the header is laid out as dBASE 7 does it, or None when it may be a classic one.

    Raises Refused when it is neither.
    """
    found = dbase_7_descriptors(area[36:])
    try:
        return filling(found, record_length) if found else None
    except Refused as refusal:
        classic, _ = classic_descriptors(area, [])
        if all(one.trouble is None for one in classic):
            return None
        raise refusal from None


def _classic_columns(area: bytes, version: int, record_length: int, notices: list[Notice]) -> tuple[Descriptor, ...]:
    found, end = classic_descriptors(area, notices)
    _weigh_padding(area[end:], version, notices)
    if not found:
        notices.append(Notice("no_fields", "В заголовке нет ни одного поля.", grave=True))
    found = filling(found, record_length)
    if version in VISUAL_FOXPRO:
        notices.extend(displaced(found))
    return found


def _usual_types(version: int, *, is_dbase_7: bool) -> frozenset[str]:
    if is_dbase_7:
        return _DBASE_7_TYPES
    return _FOXPRO_TYPES if version in VISUAL_FOXPRO else _CLASSIC_TYPES


def _refuse_emptiness(columns: tuple[Descriptor, ...], records: int) -> None:
    """Refuse what makes much out of no bytes: fields without width, rows without fields."""
    without_width = sum(one.length == 0 for one in columns)
    if without_width > MOST_EMPTY_FIELDS and 2 * without_width > len(columns):
        raise Refused("limits", f"Полей нулевой ширины {without_width}: это не таблица.")
    if without_width == len(columns) and records > MOST_EMPTY_ROWS:
        raise Refused("limits", f"Строк без полей {records}: это не таблица.")


def _driver(raw: bytes) -> str:
    return raw.split(b"\0")[0].decode("latin-1").strip()


def _weigh_padding(padding: bytes, version: int, notices: list[Notice]) -> None:
    if not padding or padding == b"\0":
        return
    if version in VISUAL_FOXPRO and len(padding) == FOXPRO_BACKLINK:
        return
    is_blank = not padding.strip(b"\0 ")
    text = f"Между описанием полей и строками лежит лишних байтов: {len(padding)}."
    notices.append(Notice("header_padding", text, grave=not is_blank))


def _weigh_size(source: Source, extra: int, records: int, record_length: int, notices: list[Notice]) -> None:
    """Hold the size equation: header + rows × length, and after them nothing that might be a row."""
    if extra < 0:
        whole = max(0, (extra + records * record_length) // record_length)
        raise Refused(
            "truncated",
            f"Файл обрезан или в заголовке чужое число записей: обещано {records}, целых в файле {whole}.",
        )
    if extra == 0:
        notices.append(Notice("no_end_mark", "В конце файла нет байта 0x1A."))
    elif extra == 1:
        if source.read(source.size - 1, 1)[0] != END_OF_FILE:
            notices.append(Notice("extra_byte", "Последний байт файла не 0x1A."))
    elif _is_only_tail(source, extra, record_length):
        notices.append(Notice("tail", f"После конца таблицы (0x1A) лежит ещё {extra - 1} байт, строк там нет."))
    else:
        rows = extra // record_length
        text = f"За обещанными строками ({records}) лежит ещё {extra} байт"
        text += f": хватило бы на {rows} строк." if rows else "."
        notices.append(Notice("extra_bytes", text, grave=True))


def _is_only_tail(source: Source, extra: int, record_length: int) -> bool:
    """Tell whether the rows are closed by the end mark and what follows is too short for a row, or padding."""
    if extra > _MOST_PADDING:
        return False
    tail = source.read(source.size - extra, extra)
    return tail[0] == END_OF_FILE and (extra - 1 < record_length or not tail.strip(_PADDING))
