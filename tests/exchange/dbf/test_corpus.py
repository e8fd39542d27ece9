"""Real files, where DBF_CORPUS names the folder that holds `dbf/` and `oracles/`.

Each is read whole or refused with a reason. Where the three readers of an oracle agree, our rows are theirs; where
they do not, or we differ, the reason stands in docs/dbf_readers.md.
"""

import hashlib
import json
import os
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exchange.dbf.inspection import inspect

CORPUS = Path(os.environ["DBF_CORPUS"])
FILES = sorted(path for path in (CORPUS / "dbf").rglob("*") if path.suffix.lower() in {".dbf", ".dbc"})
TABLE = Path(__file__).parents[3] / "docs" / "dbf_readers.md"
EXPLAINED = set(re.findall(r"^\| `([^`]+/[^`]+)` \|", TABLE.read_text("utf-8"), flags=re.MULTILINE))
NUMBERS = frozenset("NFIYBO+")


def oracle_of(path: Path) -> dict[str, Any]:
    owner, name = path.relative_to(CORPUS / "dbf").parts[0].split("__", 1)
    parts = (owner, name, *path.relative_to(CORPUS / "dbf").parts[1:])
    found: dict[str, Any] = json.loads((CORPUS / "oracles" / f"{'__'.join(parts)}.json").read_text("utf-8"))
    return found


def told(value: Any, kind: str) -> str | bool | None:
    """A cell as the oracles tell it: numbers to fifteen digits, empty text as nothing, one sign for a new line."""
    if value is None or isinstance(value, bool):
        return value
    if kind in NUMBERS and re.fullmatch(r"#?[+-]?[0-9.]+(e[+-]?[0-9]+)?", value):
        number = Decimal(f"{float(value.lstrip('#')):.15g}")
        return f"#{number + 0:f}" if number else "#0"
    return value.replace("\r\n", "\n").rstrip(" ") or None


def column_of(rows: Sequence[Sequence[Any]], index: int, kind: str) -> list[str | bool | None]:
    return [told(row[index], kind) for row in rows]


def differs(document: dict[str, Any], oracle: dict[str, Any]) -> str:
    """Say where our rows are not those of the oracle, or nothing."""
    rows, kinds = document["rows"], [field["type"] for field in document["fields"]]
    theirs = oracle.get("rows", [])
    columns = len(oracle.get("names", []))
    if columns != len(kinds):
        return f"{len(kinds)} columns, not {columns}"
    if len(rows) != len(theirs) and "rows_tail" not in oracle:
        return f"{len(rows)} rows, not {len(theirs)}"
    whole = list(oracle.get("column_sha1", {}).get(oracle.get("rows_from"), {}).values())
    for index, kind in enumerate(kinds):
        ours = column_of(rows, index, kind)
        if ours[: len(theirs)] != column_of(theirs, index, kind):
            return f"column {oracle['names'][index]}"
        summed = hashlib.sha1("\n".join(map(str, ours)).encode(), usedforsecurity=False).hexdigest()[:16]
        if "rows_tail" in oracle and len(whole) == len(kinds) and whole[index] != summed:
            return f"column {oracle['names'][index]} further down"
    return ""


def test_finds_the_files_and_explains_none_that_is_not_there() -> None:
    found = {oracle_of(path)["file"] for path in FILES}
    assert found
    assert found & EXPLAINED == EXPLAINED or not found & EXPLAINED


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPUS)))
def test_reads_a_real_file_as_its_readers_do_or_says_why_not(path: Path) -> None:
    document: dict[str, Any] = inspect(path)
    oracle = oracle_of(path)
    if "refused" in document:
        assert document["refused"]["code"]
        assert document["refused"]["text"].endswith(".")
        assert oracle["file"] in EXPLAINED
        return
    rows = document["rows"]
    assert len(rows) == document["records_in_header"] - document["deleted"]
    assert {len(row) for row in rows} <= {len(document["fields"])}
    difference = differs(document, oracle)
    needs_reason = bool(difference) or oracle["agreement"] != "agree"
    assert needs_reason == (oracle["file"] in EXPLAINED), difference or oracle["agreement"]
