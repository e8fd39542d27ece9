"""Files of a request go to disk piece by piece, and no further than the limit."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from offices.uploading import BeyondTheLimit, CutFile

LARGE = 3 * 1024 * 1024
"""Bytes that Django does not hold in memory."""


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    settings.BROUGHT_FILE_LIMIT = LARGE
    return tmp_path / "uploads"


def sent(*sizes: int) -> list[Any]:
    files = [SimpleUploadedFile(f"{number}.dbf", bytes(size)) for number, size in enumerate(sizes)]
    return RequestFactory().post("/", {"files": files}).FILES.getlist("files")


def test_keeps_a_large_file_on_disk_in_the_installation(place: Path) -> None:
    (file,) = sent(LARGE)
    assert isinstance(file, TemporaryUploadedFile)
    assert Path(file.temporary_file_path()).parent == place
    assert Path(file.temporary_file_path()).stat().st_size == file.size == LARGE
    file.close()
    assert not list(place.iterdir())


def test_lets_go_of_a_file_beyond_the_limit_and_keeps_its_size(place: Path) -> None:
    cut, whole = sent(LARGE + 1, 100)
    assert len(list(place.iterdir())) == 1
    assert isinstance(cut, CutFile)
    assert (cut.name, cut.size) == ("0.dbf", LARGE + 1)
    for way in (cut.read, lambda: list(cut.chunks())):
        with pytest.raises(BeyondTheLimit, match=r"«0\.dbf» не принят: предел для одного файла 3 МБ"):
            way()
    assert whole.read() == bytes(100)
    whole.close()


def test_lets_go_of_the_files_beyond_what_a_request_may_hold(place: Path) -> None:
    files = sent(*[LARGE] * 5)
    assert [isinstance(file, CutFile) for file in files] == [False] * 4 + [True]
    for file in files:
        file.close()
