"""Small files from which fuzzing starts: made here, by our writer or byte by byte; none is anybody's."""

from __future__ import annotations

import datetime as dt
import io
import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from exchange.dbf.reading import read_dbf
from exchange.layouts.definitions import preset_definition
from exchange.layouts.exchanged import ReturnedAnswer, ReturnedRow
from exchange.layouts.model import Container, Layout
from exchange.layouts.tables.written import write_table
from tests.exchange.dbf.raw import Column, dbase_7_table, raw_table
from tests.exchange.files.make import PEOPLE, SEWERAGE, WATER, filled
from tests.fuzzing.kinds import FIXED, SHEET, TABLE, sheet_of

_DAY = struct.pack("<ii", 2_461_345, 30_599_999)
_NOTE = "Примечание".encode("cp866")
_FOXPRO: list[Column] = [
    ("SUM", "Y", 8, 4, 2),
    ("NAME", "V", 9, 0),
    ("N", "I", 4, 0, 2),
    ("D", "B", 8, 2),
    ("WHEN", "T", 8, 0),
    ("BIN", "Q", 5, 0),
    ("PIC", "P", 4, 0),
    ("_NullFlags", "0", 1, 0, 1),
]
_FOXPRO_ROW = b"".join(
    (
        b" ",
        struct.pack("<q", 14_969_000),
        b"abcde\0\0\0\x05",
        struct.pack("<i", 7),
        struct.pack("<d", 0.1),
        _DAY,
        b"\1\2\3\0\3",
        bytes(4),
        b"\x0a",
    )
)
_DBASE_7_ROW = b" \xc0\x97\x63\x99\x99\x99\x99\x9a\x80\0\0\x07" + struct.pack(">d", 6.39e13) + b"\x80\0\0\x01"


def answers() -> list[ReturnedRow]:
    """Two rows answered in full, one blank."""
    whole = ReturnedAnswer(residents=2, total_area=Decimal("44.50"), lines=(WATER, SEWERAGE))
    return [ReturnedRow(whole, row_no=1), ReturnedRow(whole, row_no=2), ReturnedRow(None, row_no=3)]


def one_line() -> list[ReturnedRow]:
    whole = ReturnedAnswer(residents=2, total_area=Decimal("44.50"), lines=(WATER,))
    return [ReturnedRow(whole, row_no=number) for number in (1, 3)]


def bank_answer(layout: Layout) -> bytes:
    """What a bank answers of two sums: one paid, one returned."""
    day = dt.date(2026, 11, 9)
    return write_table(layout, [("12", "1", None, day, Decimal("1496.90")), ("13", "0", "B01", day, Decimal("0.01"))])


def tables() -> list[bytes]:
    classic: list[Column] = [("NAME", "C", 9, 0), ("SUM", "N", 9, 2), ("DAY", "D", 8, 0), ("OK", "L", 1, 0)]
    rows = [
        mark + name.encode("cp866").ljust(9) + amount + day + flag
        for mark, name, amount, day, flag in (
            (b" ", "Анна", b"  1496.90", b"20261031", b"T"),
            (b"*", "Пётр", b"*********", b"31.10.26", b"?"),
            (b" ", "Глеб", b"   1.E+03", b"00000000", b"N"),
        )
    ]
    odd: list[Column] = [("W", "C", 44, 1), ("F", "F", 12, 6), ("L", "D", 10, 0), ("X", "N", 3, 0), ("X", "I", 2, 0)]
    wide = b" " + b"z" * 300 + b"1496.900000" + b" 31.10.2026" + b"13." + b"\1\0"
    return [
        raw_table(classic, rows),
        raw_table(classic, rows, language_byte=0, version=0xF5, tail=b""),
        raw_table(odd, [wide], record_length=len(wide)),
        raw_table(_FOXPRO, [_FOXPRO_ROW] * 2, version=0x30, backlink=263),
        dbase_7_table(
            [("SUM", "O", 8, 0), ("N", "+", 4, 0), ("WHEN", "@", 8, 0), ("I", "I", 4, 0)], [_DBASE_7_ROW] * 2
        ),
    ]


def with_memos() -> list[bytes]:
    def joined(kind: int, table: bytes, memos: bytes) -> bytes:
        return bytes((kind,)) + len(table).to_bytes(2, "little") + table + memos

    def table(version: int, pointer: bytes, backlink: int = 0) -> bytes:
        return raw_table([("NOTE", "M", len(pointer), 0)], [b" " + pointer] * 2, version=version, backlink=backlink)

    head = bytes(20) + struct.pack("<H", 512) + bytes(490)
    fox = bytes(6) + struct.pack(">H", 64) + bytes(504)
    text = struct.pack(">II", 1, len(_NOTE)) + _NOTE
    counted = b"\xff\xff\x08\x00" + struct.pack("<I", len(_NOTE) + 8) + _NOTE
    return [
        joined(0, table(0x83, b"         1"), bytes(512) + _NOTE + b"\x1a\x1a"),
        joined(0, table(0x8B, b"         1"), head + counted),
        joined(1, table(0xF5, b"         8"), fox + text),
        joined(1, table(0x30, struct.pack("<I", 8), 263), fox + text),
    ]


def archives() -> list[bytes]:
    made = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", method) as package:
            package.writestr(zipfile.ZipInfo("один.dbf"), tables()[0])
            package.writestr(zipfile.ZipInfo("two/ДВА.DBF"), b"x" * 90, compress_type=method)
        made.append(content.getvalue())
    return made


def returned() -> list[bytes]:
    return [
        filled("l1_tula", answers(), PEOPLE[:3]),
        filled("l2_gubkin", answers(), PEOPLE[:3]),
        filled("long", one_line(), PEOPLE[:3]),
    ]


def texts() -> list[bytes]:
    """The returned rows of services as text, in two pages and with two delimiters."""
    content = write_table(TABLE[Container.CSV], _rows_of(TABLE[Container.CSV]))
    return [content, content.decode("cp866").replace(";", "\t").removesuffix("\r\n").encode("utf-8-sig")]


def workbooks() -> list[bytes]:
    return [write_table(TABLE[Container.XLSX], _rows_of(TABLE[Container.XLSX]))]


def _rows_of(layout: Layout) -> list[list[Any]]:
    table = read_dbf(returned()[2])
    places = {field.name: place for place, field in enumerate(table.fields)}
    return [[row.values[places[field.name]] for field in layout.fields] for row in table.rows()]


def definitions() -> list[bytes]:
    return [json.dumps(preset_definition(code)).encode() for code in ("bank_answer", "l6_changes", "l3_capital_repair")]


def seeds(corpus: Path | None = None) -> Mapping[str, Sequence[bytes]]:
    """Return the files to begin with by target; small real ones of `corpus` join those of the tables."""
    real = [] if corpus is None else _small(corpus)
    made = {
        "table": [*tables(), returned()[2], *real],
        "memos": with_memos(),
        "archive": archives(),
        "sample": [*texts(), *tables()[:1], *workbooks()],
        "text": texts(),
        "fixed": [bank_answer(FIXED)],
        "workbook": workbooks(),
        "sheet": [sheet_of(bank_answer(SHEET))],
        "layouts": returned(),
        "definition": definitions(),
    }
    return MappingProxyType(made)


def _small(corpus: Path, most: int = 2048) -> list[bytes]:
    found = sorted(path for path in (corpus / "dbf").rglob("*") if path.suffix.lower() == ".dbf")
    return [path.read_bytes() for path in found if path.stat().st_size <= most]
