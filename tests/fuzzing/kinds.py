"""The layouts that files are fuzzed by, and the sound workbook into which a sheet is put."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from typing import Any

from exchange.layouts.definitions import layout_from, preset_definition
from exchange.layouts.model import Container, Layout, Limits

LIMITS = Limits()
_SHEET = "xl/worksheets/sheet1.xml"


def _written(code: str, **how: Any) -> Layout:
    return layout_from(preset_definition(code) | how)


TABLE = {
    Container.CSV: _written("long", container="csv", encoding="auto", writing={"decimal_mark": ","}),
    Container.XLSX: _written("long", container="xlsx", encoding="utf-8"),
}
FIXED = _written("bank_answer", container="fixed", encoding="cp866", writing={"header_row": 0, "date_mask": "YYYYMMDD"})
SHEET = _written("bank_answer", container="xlsx", encoding="utf-8")


def with_sheet(xml: bytes) -> bytes:
    """Return a workbook whose only sheet is this XML."""
    content = io.BytesIO(sound_workbook())
    with zipfile.ZipFile(content, "a") as package:
        package.writestr(zipfile.ZipInfo(_SHEET), xml)
    return content.getvalue()


@lru_cache(maxsize=1)
def sound_workbook() -> bytes:
    """Return a workbook that has all but its sheet."""
    from tests.fuzzing.seeds import bank_answer

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bank_answer(SHEET))) as whole, zipfile.ZipFile(made, "w") as package:
        for part in whole.infolist():
            if part.filename != _SHEET:
                package.writestr(zipfile.ZipInfo(part.filename), whole.read(part))
    return made.getvalue()


def sheet_of(content: bytes) -> bytes:
    """Return the XML of the only sheet of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return whole.read(_SHEET)
