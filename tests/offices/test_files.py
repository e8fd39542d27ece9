"""Stored bytes are whole or absent, and are read back only as they were stored."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.embedded import ROOT
from offices import files
from offices.files import StoredBytesDiffer
from offices.models import StoredFile
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(256)) * 4096
KILLED_BEFORE_RENAMING = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from offices import files
Path.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
files.store(content=bytes(range(256)) * 4096, name="x", media_type=files.DBF, by=None, at=None)
"""


def store(content: bytes = CONTENT) -> StoredFile:
    return files.store(content=content, name="a.dbf", media_type=files.DBF, by=factories.staff(), at=AT)


def test_reads_back_what_was_stored() -> None:
    file = store()
    assert files.read(file) == CONTENT
    assert (file.size, file.sha256, file.media_type) == (1 << 20, files.sha256_of(CONTENT), "application/x-dbf")


def test_keeps_the_same_bytes_once_on_disk() -> None:
    first, second = store(), store()
    assert first.pk != second.pk
    assert files.place_of(first.sha256) == files.place_of(second.sha256)
    assert [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()] == [files.place_of(first.sha256)]


def test_keeps_the_bytes_of_a_file_as_they_are(tmp_path: Path) -> None:
    brought = tmp_path / "brought"
    brought.write_bytes(CONTENT)
    file = files.store(content=brought, name="a.dbf", media_type=files.DBF, by=factories.staff(), at=AT)
    assert (file.size, file.sha256) == (len(CONTENT), files.sha256_of(CONTENT))
    assert files.whole(file).read_bytes() == CONTENT
    assert brought.exists()


def test_leaves_nothing_in_place_when_killed_before_renaming() -> None:
    environ = {**os.environ, "FILES_ROOT": str(settings.FILES_ROOT), "PYTHONPATH": str(ROOT)}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_RENAMING], env=environ, cwd=ROOT, timeout=60, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    place = files.place_of(files.sha256_of(CONTENT))
    assert not place.exists()
    assert [path.stat().st_size for path in place.parent.iterdir()] == [len(CONTENT)]
    assert files.read(store()) == CONTENT


def test_writes_no_row_when_the_disk_gives_other_bytes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashlib, "file_digest", lambda *_: hashlib.sha256(b"other"))
    with pytest.raises(StoredBytesDiffer, match="Запись на диск не удалась"):
        store()
    assert not StoredFile.objects.exists()
    assert not [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("damage", [lambda place: place.write_bytes(CONTENT[:-1]), Path.unlink], ids=["cut", "lost"])
def test_refuses_to_read_damaged_or_lost_bytes(damage) -> None:
    file = store()
    damage(files.place_of(file.sha256))
    with pytest.raises(StoredBytesDiffer, match=r"«a\.dbf»"):
        files.read(file)
    with pytest.raises(StoredBytesDiffer, match=r"«a\.dbf»"):
        files.whole(file)
