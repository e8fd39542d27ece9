import hashlib
import os
import resource
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from exchange.dbf.header import Field
from exchange.dbf.reading import read_dbf
from exchange.dbf.saving import write_dbf_file
from exchange.dbf.writing import Unwritable

FIELDS = [Field("NAME", "C", 10), Field("SUM", "N", 9, 2)]
ROWS = [("Анна", Decimal("1.50")), ("«Дом»", None)]
QUOTES = {"«": '"', "»": '"'}


def test_writes_a_whole_file_and_tells_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "list.dbf"
    written = write_dbf_file(path, FIELDS, ROWS, encoding="cp866", substitutions=QUOTES)
    content = path.read_bytes()
    assert (written.rows, written.bytes, written.path) == (2, len(content), path)
    assert written.sha256 == hashlib.sha256(content).hexdigest()
    assert [row.values for row in read_dbf(path).rows()] == [("Анна", Decimal("1.50")), ('"Дом"', None)]
    assert list(tmp_path.iterdir()) == [path]


def test_leaves_the_old_file_and_nothing_else_when_a_value_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "list.dbf"
    path.write_bytes(b"old")
    with pytest.raises(Unwritable):
        write_dbf_file(path, FIELDS, [("Анна", Decimal("1.555"))], encoding="cp866")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_leaves_the_old_file_and_no_piece_of_the_new_when_the_disk_is_full(tmp_path: Path) -> None:
    path = tmp_path / "list.dbf"
    path.write_bytes(b"old")
    script = """
        import resource, signal, sys
        from pathlib import Path
        from exchange.dbf.header import Field
        from exchange.dbf.saving import write_dbf_file
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        try:
            write_dbf_file(Path(sys.argv[1]), [Field("NAME", "C", 200)], [("a",)] * 100, encoding="cp866")
        except OSError as error:
            sys.exit(error.errno)
    """
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", textwrap.dedent(script), str(path)]
    result = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, timeout=60, check=False)
    assert result.returncode == 27  # EFBIG
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1000


def test_writes_while_rows_still_come(tmp_path: Path) -> None:
    path = tmp_path / "large.dbf"
    sizes = []

    def rows() -> Iterator[tuple[str]]:
        for number in range(300):
            sizes.extend(part.stat().st_size for part in tmp_path.glob(".large.dbf.*"))
            yield (str(number),)

    written = write_dbf_file(path, [Field("LONG", "C", 60_000)], rows(), encoding="cp866")
    assert sizes[0] == 0
    assert 0 < sizes[-1] < written.bytes
    assert [row.values for row in read_dbf(path).rows()] == list(rows())


def test_leaves_the_old_file_when_the_disk_gives_back_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.dbf"
    path.write_bytes(b"old")

    def worn_out(handle: int) -> None:
        os.pwrite(handle, b"9", 110)

    monkeypatch.setattr(os, "fsync", worn_out)
    with pytest.raises(Unwritable) as caught:
        write_dbf_file(path, FIELDS, ROWS, encoding="cp866", substitutions=QUOTES)
    assert caught.value.code == "read_back"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_dbf_file(tmp_path / "none" / "list.dbf", FIELDS, ROWS, encoding="cp866", substitutions=QUOTES)
