"""What of the exchange is fuzzed: a target takes any bytes and ends, or raises our own refusal and nothing else."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from exchange.dbf.archives import is_archive, unpacked
from exchange.dbf.inspection import inspect
from exchange.dbf.reading import Table, look_into, read_dbf
from exchange.dbf.verdicts import Refused
from exchange.layouts.definitions import BadLayout, layout_from, preset
from exchange.layouts.flat import parse_records
from exchange.layouts.model import Container, Kind, Layout
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.layouts.tables.opened import open_sample
from tests.fuzzing.kinds import FIXED, LIMITS, SHEET, TABLE, with_sheet

Target: TypeAlias = Callable[[bytes], None]
MEMO_SUFFIXES = (".dbt", ".fpt")
SPLIT = 3
"""Bytes before a table with memos: the kind of its memo file, and how long the table is."""


def fuzz_table(content: bytes) -> None:
    """A table in memory: both ways of reading it tell the same, and the count of rows is what the header promised."""
    with suppress(Refused):
        _compare(look_into(content))
    with suppress(Refused):
        read_dbf(content)


def fuzz_memos(content: bytes) -> None:
    """A table with a memo file beside it, told as a document."""
    kind, length = content[:1], int.from_bytes(content[1:SPLIT], "little")
    suffix = MEMO_SUFFIXES[kind == b"\1"]
    table, memos = content[SPLIT : SPLIT + length], content[SPLIT + length :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.dbf")
        path.write_bytes(table)
        path.with_suffix(suffix).write_bytes(memos)
        json.dumps(inspect(path))


def fuzz_archive(content: bytes) -> None:
    """An archive: every member has the size its directory promised."""
    with suppress(Refused):
        if is_archive(content):
            with unpacked(content) as members:
                assert all(member.path.stat().st_size == member.size for member in members)


def fuzz_sample(content: bytes) -> None:
    """A file of no known layout, as a person brings it to the page where layouts are built."""
    with suppress(Refused):
        sample = open_sample(content, limits=LIMITS)
        width = len(sample.table.fields)
        assert all(len(row.values) == width for row in sample.table.rows())


def fuzz_text(content: bytes) -> None:
    """Rows of one service each, as text with a delimiter."""
    _parse(TABLE[Container.CSV], content)


def fuzz_fixed(content: bytes) -> None:
    """Lines of fixed width."""
    _parse(FIXED, content)


def fuzz_workbook(content: bytes) -> None:
    """The bytes of a workbook."""
    _parse(TABLE[Container.XLSX], content)


def fuzz_sheet(content: bytes) -> None:
    """The XML of one sheet inside a sound workbook, which no checksum shields."""
    _parse(SHEET, with_sheet(content))


def fuzz_layouts(content: bytes) -> None:
    """A returned table by the presets that providers answer in."""
    for code in ("l1_tula", "l2_gubkin", "l3_capital_repair", "l5_ivanovo", "long", "pension"):
        _parse(preset(code), content)


def fuzz_definition(content: bytes) -> None:
    """A layout's definition as it is kept: any structure of JSON is a layout, or told to be none."""
    try:
        definition: Any = json.loads(content)
    except (ValueError, RecursionError):
        return
    if isinstance(definition, dict):
        with suppress(BadLayout):
            layout_from(definition)


def _parse(layout: Layout, content: bytes) -> None:
    with suppress(Refused):
        table = open_table(layout, content)
        rows = parse_records(layout, table) if layout.kind is Kind.FLAT else parse_return(layout, table)
        numbers = [row.row_no for row in rows]
        assert numbers == sorted(set(numbers))
        assert len(numbers) == table.live


def _compare(table: Table) -> None:
    rows = list(table.rows())
    assert len(rows) == table.live
    assert all(len(row.values) == len(table.fields) for row in rows)
    faults = [fault for row in rows for fault in row.faults]
    numbers: list[int] = []
    values: list[tuple[object, ...]] = []
    batch_faults = []
    for batch in table.batches():
        numbers.extend(batch.numbers.tolist())
        columns = [column.values() for column in batch.columns]
        values.extend(zip(*columns, strict=True) if columns else [() for _ in batch.numbers])
        batch_faults.extend(batch.faults)
    assert numbers == [row.number for row in rows]
    assert values == [row.values for row in rows]
    assert batch_faults == faults


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "table": fuzz_table,
        "memos": fuzz_memos,
        "archive": fuzz_archive,
        "sample": fuzz_sample,
        "text": fuzz_text,
        "fixed": fuzz_fixed,
        "workbook": fuzz_workbook,
        "sheet": fuzz_sheet,
        "layouts": fuzz_layouts,
        "definition": fuzz_definition,
    }
)
