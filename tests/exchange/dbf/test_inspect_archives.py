import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from exchange.dbf.header import Field
from exchange.dbf.writing import write_dbf
from tests.exchange.dbf.zipped import archive

TABLE = write_dbf([Field("NAME", "C", 12)], [("Ёлкина",)], encoding="cp866")


def inspected(path: Path) -> tuple[list[dict[str, Any]], int]:
    out = io.StringIO()
    code = 0
    try:
        call_command("inspect_dbf", str(path), "--json", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], code


def test_shows_each_table_of_an_archive_as_a_document_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "answers.zip"
    path.write_bytes(archive(("дом/a.dbf", TABLE), ("письмо.txt", b"two tables"), ("b.001", TABLE)))
    documents, code = inspected(path)
    assert code == 0
    assert [document["file"] for document in documents] == [f"{path}/дом/a.dbf", f"{path}/b.001"]
    assert [document["rows"] for document in documents] == [[["Ёлкина"]], [["Ёлкина"]]]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        pytest.param(archive(("a.dbf", TABLE), ("b.dbf", b"text")), [None, "not_dbf"], id="one is no table"),
        pytest.param(archive(("letter.txt", b"text")), ["archive_empty"], id="no table"),
        pytest.param(archive(("a.dbf", TABLE))[:-1], ["archive_damaged"], id="damaged"),
    ],
)
def test_tells_what_of_an_archive_is_refused(tmp_path: Path, content: bytes, codes: list[str | None]) -> None:
    path = tmp_path / "answers.zip"
    path.write_bytes(content)
    documents, code = inspected(path)
    assert code == 2
    assert [document.get("refused", {}).get("code") for document in documents] == codes
