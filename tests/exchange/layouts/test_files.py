"""Files kept beside what they must say. REWRITE_FILES=1 makes both anew; the difference is then reviewed."""

import dataclasses
import datetime as dt
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exchange.dbf.inspection import inspect
from exchange.layouts.definitions import PRESETS, preset
from exchange.layouts.names import parse_name
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from tests.exchange.files.make import FILES, MONTH

FOLDER = Path(__file__).parents[1] / "files"


def plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case dt.date():
            return value.isoformat()
        case tuple():
            return [plain(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        facts = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {name: fact for name, fact in facts.items() if name != "cells" and fact not in (None, "", [])}
    return value


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = {"inspected": {**inspect(path), "file": path.name}}
    layout = path.parent.name
    if layout in PRESETS:
        table = open_table(preset(layout), path)
        document["rows"] = [plain(row) for row in parse_return(preset(layout), table)]
    return document


@pytest.mark.parametrize("name", FILES)
def test_reads_a_kept_file_as_it_is_written_beside_it(name: str) -> None:
    path = FOLDER / name
    expected = path.with_suffix(".json")
    if os.environ.get("REWRITE_FILES"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(FILES[name]())
        expected.write_text(json.dumps(read(path), ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert read(path) == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_still_makes_a_kept_file_byte_for_byte(name: str) -> None:
    assert FILES[name]() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", [name for name in FILES if name.partition("/")[0] in PRESETS])
def test_a_kept_file_bears_a_name_of_its_layout(name: str) -> None:
    layout, _, file = name.partition("/")
    parts = parse_name(preset(layout), file)
    assert parts is not None
    assert parts.month == MONTH
