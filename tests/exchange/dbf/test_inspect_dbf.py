import datetime as dt
import io
import json
import os
import re
import struct
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from config.embedded import ROOT
from exchange.dbf import inspection
from exchange.dbf.header import Field
from exchange.dbf.inspection import inspect, look
from exchange.dbf.writing import write_dbf
from tests.exchange.dbf.raw import Column, raw_table

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


def test_shows_what_every_kind_of_cell_holds(tmp_path: Path) -> None:
    columns: list[Column] = [("AT", "T", 8, 0), ("SUM", "Y", 8, 4), ("X", "Q", 3, 0), ("X", "C", 3, 0)]
    record = b" " + struct.pack("<ii", 2_459_000, 30_599_999) + struct.pack("<q", 15_000) + b"\0\x01\0" + b" a "
    path = tmp_path / "kinds.dbf"
    path.write_bytes(raw_table(columns, [record], version=0x30, backlink=263))
    ((document,), code) = documents(path)
    assert (code, document["rows"]) == (0, [["2020-05-30T08:29:59", "1.5000", "hex:0001", " a"]])
    assert [field["name"] for field in document["fields"]] == ["AT", "SUM", "X", "X_2"]
    assert [notice["code"] for notice in document["notices"]] == ["repeated_names", "part_of_second"]


def test_surveys_all_rows_though_few_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "odd.dbf"
    path.write_bytes(raw_table([("X", "N", 4, 2)], [b" 1.00", b" 1E+1", b" ****"]))
    ((document,), _) = documents(path, "--rows", "1")
    assert document["rows"] == [["1.00"]]
    assert [fault["row"] for fault in document["faults"]] == [3]
    assert [notice["code"] for notice in document["notices"]] == ["exponent"]


def test_writes_on_one_line_just_what_the_document_holds(tmp_path: Path, sound: Path) -> None:
    large = tmp_path / "large.dbf"
    large.write_bytes(write_dbf(FIELDS, ROWS * 3000, encoding="cp866"))
    for path in (sound, large):
        out = io.StringIO()
        assert look(path).write_json(out)
        assert out.getvalue().count("\n") == 1
        assert json.loads(out.getvalue()) == inspect(path)
    assert documents(sound, large) == ([inspect(sound), inspect(large)], 0)


def test_tells_nothing_but_the_refusal_of_a_file_that_shrinks_while_it_is_read(sound: Path) -> None:
    inspected = look(sound)
    sound.write_bytes(sound.read_bytes()[:-30])
    out = io.StringIO()
    assert not inspected.write_json(out)
    assert list(json.loads(out.getvalue())) == ["file", "refused"]
    assert list(inspected.document()) == ["file", "refused"]


def test_answers_without_servers_or_applications(sound: Path) -> None:
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "APP_VAR": str(sound.parent)}
    code = "import runpy, sys; runpy.run_path('manage.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, "inspect_dbf", str(sound), "--json"],
        cwd=ROOT,
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"][0][0] == "Анна"
    assert "exchange.models" not in done.stderr


def test_refuses_rows_that_repeat_a_long_memo_beyond_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MOST_TEXT", 100_000)
    path = tmp_path / "cards.dbf"
    path.with_suffix(".dbt").write_bytes(bytes(512) + b"a" * 50_000 + b"\x1a")
    for rows, code in ((3, 0), (3000, 2)):
        path.write_bytes(raw_table([("NOTE", "M", 10, 0)], [b" " + b"1".rjust(10)] * rows, version=0x83))
        assert documents(path)[1] == code


def test_says_in_russian_why_a_file_does_not_open(tmp_path: Path, sound: Path) -> None:
    for path in (tmp_path / "absent.dbf", sound / "inside.dbf", tmp_path / ("x" * 300), tmp_path):
        ((document,), code) = documents(path)
        assert code == 2
        assert document["refused"]["code"] == "unreadable_file"
        assert not re.search("[A-Za-z]", document["refused"]["text"])


def test_names_a_file_whose_name_is_no_text(tmp_path: Path, sound: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.dbf")
    path.write_bytes(sound.read_bytes())
    ((document,), code) = documents(path)
    assert code == 0
    assert document["file"] == f"{tmp_path}/\\xff.dbf"


@pytest.mark.parametrize("page", ["utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "rot13", "hex"])
def test_takes_no_way_of_writing_letters_for_a_code_page(sound: Path, page: str) -> None:
    ((document,), code) = documents(sound, "--encoding", page)
    assert code == 2
    assert document["refused"]["code"] == "unknown_encoding"


@pytest.mark.parametrize("rows", ["-1", "x", "1.5"])
def test_wants_a_whole_number_of_rows(sound: Path, rows: str) -> None:
    with pytest.raises(CommandError, match="целое число"):
        documents(sound, f"--rows={rows}")
