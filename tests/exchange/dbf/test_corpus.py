"""Real files, where DBF_CORPUS names the folder that holds `dbf/`: each is read or refused with a reason."""

import os
from pathlib import Path

import pytest

from exchange.dbf.inspection import inspect

CORPUS = Path(os.environ["DBF_CORPUS"])
FILES = sorted(path for path in (CORPUS / "dbf").rglob("*") if path.suffix.lower() == ".dbf")


def test_finds_the_files() -> None:
    assert len(FILES) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPUS)))
def test_reads_a_real_file_whole_or_refuses_it(path: Path) -> None:
    document = inspect(path)
    if "refused" in document:
        refused = document["refused"]
        assert isinstance(refused, dict)
        assert refused["code"]
        assert str(refused["text"]).endswith(".")
        return
    rows, fields, deleted, promised = (document[key] for key in ("rows", "fields", "deleted", "records_in_header"))
    assert isinstance(rows, list)
    assert isinstance(fields, list)
    assert isinstance(deleted, int)
    assert isinstance(promised, int)
    assert len(rows) == promised - deleted
    assert {len(row) for row in rows if isinstance(row, list)} <= {len(fields)}
