import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from exchange.dbf.header import Field
from exchange.dbf.writing import write_dbf
from tests.exchange.dbf.raw import raw_table

FIELDS = [Field("NAME", "C", 10), Field("SUM", "N", 9, 2), Field("DAY", "D", 8), Field("OK", "L", 1)]
ROWS = [("Анна", Decimal("1.50"), dt.date(2026, 10, 1), True), ("Ёж", None, None, None)]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.dbf"
    path.write_bytes(write_dbf(FIELDS, ROWS, encoding="cp866"))
    return path


@pytest.fixture
def cut(tmp_path: Path, sound: Path) -> Path:
    path = tmp_path / "cut.dbf"
    path.write_bytes(sound.read_bytes()[:-5])
    return path


def run(*arguments: str | Path) -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("inspect_dbf", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def documents(*arguments: str | Path) -> tuple[list[dict[str, Any]], int]:
    text, code = run(*arguments, "--json")
    return [json.loads(line) for line in text.splitlines()], code


def test_tells_everything_about_a_file_in_one_json_line(sound: Path) -> None:
    ((document,), code) = documents(sound)
    assert code == 0
    assert document["file"] == str(sound)
    assert document["bytes"] == sound.stat().st_size
    assert (document["encoding"], document["encoding_from"]) == ("cp866", "language_byte")
    assert (document["records_in_header"], document["records_in_file"], document["deleted"]) == (2, 2, 0)
    assert document["fields"][1] == {"name": "SUM", "type": "N", "length": 9, "decimals": 2}
    assert (document["notices"], document["faults"]) == ([], [])
    assert document["rows"] == [["Анна", "1.50", "2026-10-01", True], ["Ёж", None, None, None]]


def test_shows_each_fault_with_its_physical_row_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "odd.dbf"
    path.write_bytes(raw_table([("X", "N", 4, 2)], [b"*   1", b" ****", b" 2.50", b" 1-50"]))
    ((document,), code) = documents(path)
    assert code == 0
    assert [(fault["row"], fault["field"], fault["code"], fault["raw"]) for fault in document["faults"]] == [
        (2, "X", "overflow", "****"),
        (4, "X", "bad_number", "1-50"),
    ]
    assert (document["deleted"], document["rows"]) == (1, [[None], ["2.50"], [None]])


def test_ends_with_2_and_one_sentence_when_any_file_is_refused(sound: Path, cut: Path) -> None:
    (first, second), code = documents(cut, sound)
    assert code == 2
    assert first == {"file": str(cut), "refused": {"code": "truncated", "text": first["refused"]["text"]}}
    assert second["rows"] != []
    text, code = run(sound, cut)
    assert code == 2
    assert "отказано (truncated)" in text


def test_shows_as_many_rows_as_asked(sound: Path) -> None:
    ((document,), _) = documents(sound, "--rows", "1")
    assert document["rows"] == [["Анна", "1.50", "2026-10-01", True]]
    assert document["records_in_file"] == 2


def test_reads_in_the_code_page_it_is_told(sound: Path) -> None:
    ((document,), _) = documents(sound, "--encoding", "cp1251")
    assert document["encoding_from"] == "setting"
    assert document["rows"][0][0] == "Анна".encode("cp866").decode("cp1251")


def test_tells_a_person_what_is_in_the_file(sound: Path) -> None:
    text, code = run(sound)
    assert code == 0
    assert "строк по заголовку 2" in text
    assert "Анна | 1.50 | 2026-10-01 | True" in text
