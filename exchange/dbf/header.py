"""The header of a DBF: facts, field descriptors and the size equation."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from exchange.dbf.sources import Source
from exchange.dbf.verdicts import Notice, Refused

VERSIONS = {
    0x02: "FoxBASE",
    0x03: "dBASE III",
    0x30: "Visual FoxPro",
    0x31: "Visual FoxPro",
    0x32: "Visual FoxPro",
    0x43: "dBASE IV",
    0x63: "dBASE IV",
    0x83: "dBASE III с примечаниями",
    0x8B: "dBASE IV с примечаниями",
    0xCB: "dBASE IV с примечаниями",
    0xF5: "FoxPro с примечаниями",
    0xFB: "FoxBASE",
}
VISUAL_FOXPRO = frozenset({0x30, 0x31, 0x32})
DBASE_7 = frozenset({0x04, 0x8C})
FOXPRO_BACKLINK = 263
END_OF_FIELDS = 0x0D
END_OF_FILE = 0x1A

# Widths that a type must have; a type that is absent here may be of any width.
WIDTHS: dict[str, frozenset[int]] = {
    "L": frozenset({1}),
    "I": frozenset({4}),
    "Y": frozenset({8}),
    "T": frozenset({8}),
    "B": frozenset({8, 10}),
    "M": frozenset({4, 10}),
}
TYPES = frozenset("NFCDLMIBYT0")


@dataclass(frozen=True, slots=True)
class Field:
    """One column: `length` is its width in bytes, whatever byte of the descriptor keeps it."""

    name: str
    type: str
    length: int
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A column as the header gives it; the name is not decoded before the encoding is known."""

    raw_name: bytes
    type: str
    length: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Header:
    """Facts of a header whose size equation was looked at. `extra_bytes` stand after the promised rows."""

    version: int
    records: int
    header_length: int
    record_length: int
    language_byte: int
    descriptors: tuple[Descriptor, ...]
    extra_bytes: int
    notices: tuple[Notice, ...]

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
    version, records, header_length, record_length, language_byte = struct.unpack("<B3xIHH17xB2x", source.read(0, 32))
    _refuse_version(version)
    if header_length < 33 or record_length < 1:
        raise Refused("bad_header", f"Заголовок повреждён: его длина {header_length}, длина записи {record_length}.")
    if header_length > source.size:
        raise Refused("truncated", f"Файл обрезан: заголовок занимает {header_length} байт, в файле {source.size}.")
    area = source.read(32, header_length - 32)
    notices: list[Notice] = []
    descriptors, end = _descriptors(area, notices)
    descriptors = _checked_lengths(descriptors, record_length, notices)
    _weigh_padding(area[end:], version, notices)
    extra = source.size - header_length - records * record_length
    _weigh_size(source, extra, records, record_length, notices)
    return Header(version, records, header_length, record_length, language_byte, descriptors, extra, tuple(notices))


def _refuse_version(version: int) -> None:
    if version in DBASE_7:
        raise Refused(
            "dbase7", "Это таблица dBASE 7: такой вид пока не читается, пересохраните файл как dBASE III или IV."
        )
    if version not in VERSIONS:
        raise Refused(
            "not_dbf", f"Это не DBF: первый байт файла 0x{version:02X} не означает ни одной известной версии."
        )


def _descriptors(area: bytes, notices: list[Notice]) -> tuple[tuple[Descriptor, ...], int]:
    """Return the descriptors and the offset of the first byte after them and their terminator."""
    found: list[Descriptor] = []
    start = 0
    while start + 32 <= len(area) and area[start] not in (END_OF_FIELDS, 0):
        raw = area[start : start + 32]
        found.append(Descriptor(raw[:11].split(b"\0")[0].strip(), chr(raw[11]), raw[16], raw[17]))
        start += 32
    if not found:
        raise Refused("no_fields", "В заголовке нет ни одного поля: файл повреждён.")
    if start < len(area) and area[start] in (END_OF_FIELDS, 0):
        if area[start] == 0:
            notices.append(Notice("no_terminator", "Список полей закрыт байтом 0x00 вместо 0x0D."))
        return tuple(found), start + 1
    notices.append(Notice("no_terminator", "Список полей не закрыт байтом 0x0D."))
    return tuple(found), start


def _checked_lengths(
    descriptors: tuple[Descriptor, ...], record_length: int, notices: list[Notice]
) -> tuple[Descriptor, ...]:
    """Prove that the fields fill the record; wide C fields continue their length in the decimals byte."""
    for descriptor in descriptors:
        if descriptor.type not in TYPES:
            raise Refused(
                "unknown_type",
                f"Поле «{_shown(descriptor)}» имеет неизвестный тип «{_type_shown(descriptor.type)}»: файл не читается.",
            )
    plain = tuple(_narrow(one) for one in descriptors)
    wide = tuple(_widened(one) for one in descriptors)
    for candidate in (wide, plain):
        if 1 + sum(one.length for one in candidate) == record_length:
            break
    else:
        total = 1 + sum(one.length for one in wide)
        raise Refused(
            "record_length", f"Длина записи в заголовке {record_length}, а поля с признаком удаления занимают {total}."
        )
    for descriptor in candidate:
        allowed = WIDTHS.get(descriptor.type)
        if allowed is not None and descriptor.length not in allowed:
            raise Refused(
                "field_width",
                f"Поле «{_shown(descriptor)}» типа {descriptor.type} не может иметь ширину {descriptor.length}.",
            )
    if any(one.length == 0 for one in candidate):
        notices.append(Notice("zero_width", "В таблице есть поле нулевой ширины."))
    return candidate


def _narrow(one: Descriptor) -> Descriptor:
    return Descriptor(one.raw_name, one.type, one.length, 0) if one.type == "C" else one


def _widened(one: Descriptor) -> Descriptor:
    if one.type == "C":
        return Descriptor(one.raw_name, one.type, one.length + 256 * one.decimals, 0)
    return one


def _shown(descriptor: Descriptor) -> str:
    return descriptor.raw_name.decode("cp866")


def _type_shown(letter: str) -> str:
    return letter if letter.isascii() and letter.isprintable() else f"0x{ord(letter):02X}"


def _weigh_padding(padding: bytes, version: int, notices: list[Notice]) -> None:
    if not padding or padding == b"\0":
        return
    if version in VISUAL_FOXPRO and len(padding) == FOXPRO_BACKLINK:
        return
    notices.append(
        Notice("header_padding", f"Между описанием полей и строками лежит лишних байтов: {len(padding)}.", grave=True)
    )


def _weigh_size(source: Source, extra: int, records: int, record_length: int, notices: list[Notice]) -> None:
    """Hold the size equation: header + rows × length, and at most one byte after them."""
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
    else:
        rows = extra // record_length
        text = f"За обещанными строками ({records}) лежит ещё {extra} байт"
        text += f": хватило бы на {rows} строк." if rows else "."
        notices.append(Notice("extra_bytes", text, grave=True))
