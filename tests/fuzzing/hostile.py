"""Files made to eat time and memory, each read in a process of its own: `python -m tests.fuzzing.hostile`.

Prints a line of JSON for each: its name, the seconds of the processor it took, the megabytes it added, how it ended.
"""

from __future__ import annotations

import io
import json
import os
import resource
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from exchange.dbf.archives import is_archive, unpacked
from exchange.dbf.inspection import Inspected, inspect
from exchange.dbf.reading import look_into
from exchange.dbf.verdicts import Refused
from exchange.layouts.recognition import open_table
from exchange.layouts.tables.opened import open_sample
from tests.exchange.dbf.raw import Column, raw_table
from tests.fuzzing.kinds import FIXED, LIMITS, SHEET, sheet_of, sound_workbook, with_sheet
from tests.fuzzing.seeds import bank_answer
from tests.fuzzing.targets import MEMO_SUFFIXES, SPLIT, Target

MEGABYTE = 1024 * 1024
ONE: list[Column] = [("X", "N", 4, 2)]
ROW = b'<row r="%d"><c r="%s%d" t="n"><v>1</v></c></row>'


def _archive(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _sheet(data: bytes, before: bytes = b"") -> bytes:
    start, end = sheet_of(bank_answer(SHEET)).split(b"<sheetData>")
    head, rest = end.split(b"</row>", 1)
    declaration, body = start.split(b"?>", 1)
    return with_sheet(
        declaration + b"?>" + before + body + b"<sheetData>" + head + b"</row>" + data
        + b"</sheetData>" + rest.split(b"</sheetData>")[1]
    )  # fmt: skip


def _laughing() -> bytes:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {one} "{f"&{next_};" * 10}">' for one, next_ in pairwise(names))
    told = f'<!DOCTYPE worksheet [{entities}<!ENTITY j "{"ha" * 10}">]>'
    return _sheet(b'<row r="2"><c r="A2" t="inlineStr"><is><t>&a;</t></is></c></row>', told.encode())


def _swollen_sheet() -> bytes:
    made = io.BytesIO(sound_workbook())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (20 * MEGABYTE), compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _shared_memo() -> bytes:
    """Twenty thousand rows that all point to one memo of four megabytes less a little."""
    text = b"x" * (4 * MEGABYTE - 64)
    memos = bytes(6) + struct.pack(">H", 64) + bytes(504) + struct.pack(">II", 1, len(text)) + text
    table = raw_table([("NOTE", "M", 4, 0)], [b" " + struct.pack("<I", 8)] * 12_000, version=0x30, backlink=263)
    return b"\1" + (len(table)).to_bytes(2, "little") + table + memos


def _endless_memo() -> bytes:
    """A memo of dBASE III without an end, in every row the next block."""
    table = raw_table(
        [("NOTE", "M", 10, 0)], [b" " + str(block).encode().rjust(10) for block in range(1, 4_000)], version=0x83
    )
    return b"\0" + len(table).to_bytes(2, "little") + table + b"x" * (2 * MEGABYTE)


def _table(content: bytes) -> None:
    """Read a table as a document, which tells rows and faults."""
    _tell(Inspected("table", look_into(content)).document())


def _memos(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, end = Path(folder, "table.dbf"), SPLIT + int.from_bytes(content[1:SPLIT], "little")
        path.write_bytes(content[SPLIT:end])
        path.with_suffix(MEMO_SUFFIXES[content[0]]).write_bytes(content[end:])
        _tell(inspect(path))


def _tell(document: dict[str, Any]) -> None:
    if "refused" in document:
        raise Refused(document["refused"]["code"], document["refused"]["text"])


def _unpack(content: bytes) -> None:
    if is_archive(content):
        with unpacked(content) as members:
            [member.path.read_bytes() for member in members]


def _sample(content: bytes) -> None:
    for _ in open_sample(content, limits=LIMITS).table.rows():
        pass


def _fixed(content: bytes) -> None:
    for _ in open_table(FIXED, content).rows():
        pass


def _book(content: bytes) -> None:
    for _ in open_table(SHEET, content).rows():
        pass


Case: TypeAlias = tuple[Target, Callable[[], bytes]]
HOSTILE: Mapping[str, Case] = MappingProxyType(
    {
        "four thousand million rows": (_table, lambda: raw_table(ONE, [b" 1.00"], count=0xFFFFFFFF)),
        "rows without bytes": (_table, lambda: raw_table(ONE, [b" 1.00"], record_length=0, count=0xFFFFFFFF)),
        "rows longer than the file": (_table, lambda: raw_table(ONE, [b" 1.00"], record_length=0xFFFF)),
        "header longer than the file": (
            _table, lambda: raw_table(ONE, [b" 1.00"])[:8] + b"\xff\xff" + raw_table(ONE, [b" 1.00"])[10:],
        ),
        "two thousand columns": (
            _table, lambda: raw_table([(f"F{n}", "C", 1, 0) for n in range(2000)], [b" " + b"x" * 2000] * 40),
        ),
        "two thousand columns of one name": (
            _table, lambda: raw_table([("X", "N", 1, 0)] * 2000, [b" " + b"x" * 2000] * 20),
        ),
        "columns without width": (
            _table, lambda: raw_table([("X", "C", 0, 0)] * 2000, [b" "] * 20_000),
        ),
        "nothing but faults": (_table, lambda: raw_table([("X", "N", 1, 0)] * 10, [b" xxxxxxxxxx"] * 70_000)),
        "one memo for all rows": (_memos, _shared_memo),
        "memos without an end": (_memos, _endless_memo),
        "archive of zeros": (_unpack, lambda: _archive(("a.dbf", bytes(40 * MEGABYTE)))),
        "archive of many zeros": (_unpack, lambda: _archive(*((f"{n}.dbf", bytes(15 * MEGABYTE)) for n in range(6)))),
        "archive in an archive": (_unpack, lambda: _archive(("a.dbf", _archive(("b.dbf", bytes(MEGABYTE)))))),
        "archive of a thousand files": (_unpack, lambda: _archive(*((f"{n}.dbf", b"") for n in range(1_000)))),
        "workbook of blanks": (_book, _swollen_sheet),
        "workbook of entities": (_book, _laughing),
        "workbook with its last cell": (_book, lambda: _sheet(ROW % (1_048_576, b"XFD", 1_048_576))),
        "workbook of far cells": (_book, lambda: _sheet(b"".join(ROW % (n, b"XFD", n) for n in range(2, 3000)))),
        "text of one line": (_sample, lambda: b"a;b\n" + b"1;" * (4 * MEGABYTE)),
        "text of one name": (_sample, lambda: b"a" * (8 * MEGABYTE)),
        "text of columns": (_sample, lambda: b";" * (8 * MEGABYTE)),
        "text of blank lines": (_sample, lambda: b"a;b\n" + b"\n" * (2 * MEGABYTE)),
        "text of open quotes": (_sample, lambda: b'a;b\n"1;' + b'2;""\n' * MEGABYTE),
        "text of wrong rows": (_sample, lambda: b"a;b\n" + b"1;2;3\n" * 100_000),
        "line of fixed width": (_fixed, lambda: b"1" * (8 * MEGABYTE)),
        "lines of fixed width": (_fixed, lambda: b"1" * 47 + b"\n" + b"1\n" * MEGABYTE),
    }
)  # fmt: skip


def main() -> None:
    """Read every case in a child and tell what it took."""
    for name, (target, make) in HOSTILE.items():
        content = make()
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _read(name, target, content)
        os.waitpid(child, 0)


def _read(name: str, target: Target, content: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (2048 * MEGABYTE, 2048 * MEGABYTE))
    before = _resident()
    try:
        target(content)
        end = "read"
    except Refused as refused:
        end = refused.code
    used = resource.getrusage(resource.RUSAGE_SELF)
    facts = {
        "name": name,
        "bytes": len(content),
        "seconds": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": max(0, used.ru_maxrss * 1024 - before) // MEGABYTE,
        "end": end,
    }
    sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
