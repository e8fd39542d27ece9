"""Bytes on disk under their SHA-256: whole or not at all, the same bytes once.

A file is written beside its place, flushed, read back and only then renamed; the row comes after.
A file without a row is harmless: the next storing of the same bytes finds it.
"""

import datetime as dt
import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings

from offices.models import Staff, StoredFile
from offices.refusals import Refusal

DBF = "application/x-dbf"
PDF = "application/pdf"
CSV = "text/csv"
TEXT = "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
BINARY = "application/octet-stream"


class StoredBytesDiffer(Refusal):
    """The bytes on disk are not the bytes that were stored."""


def sha256_of(content: bytes | Path) -> str:
    """Return the SHA-256 of the bytes, or of a file's read piece by piece, in lower-case hexadecimal."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def place_of(sha256: str) -> Path:
    """Return where bytes with this hash are kept."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def store(*, content: bytes | Path, name: str, media_type: str, by: Staff, at: dt.datetime) -> StoredFile:
    """Keep the bytes on disk and return their row; those of a file are copied without being held in memory.

    Raises StoredBytesDiffer when what was read back is not what was written.
    """
    sha256 = sha256_of(content)
    place = place_of(sha256)
    if not place.exists():
        _write_whole(place, content, sha256)
    return StoredFile.objects.create(
        sha256=sha256,
        name=name,
        size=len(content) if isinstance(content, bytes) else content.stat().st_size,
        media_type=media_type,
        stored_at=at,
        stored_by=by,
    )


def read(file: StoredFile) -> bytes:
    """Return the stored bytes.

    Raises StoredBytesDiffer when the file is absent or its hash is another.
    """
    place = place_of(file.sha256)
    content = place.read_bytes() if place.exists() else b""
    if sha256_of(content) != file.sha256:
        raise _lost(file)
    return content


def whole(file: StoredFile) -> Path:
    """Return where the stored bytes are, once they were found to be those that were stored.

    Raises StoredBytesDiffer when the file is absent or its hash is another.
    """
    place = place_of(file.sha256)
    if not place.exists() or sha256_of(place) != file.sha256:
        raise _lost(file)
    return place


def _lost(file: StoredFile) -> StoredBytesDiffer:
    return StoredBytesDiffer(f"Файл «{file.name}» на диске отсутствует или повреждён.")


def _write_whole(place: Path, content: bytes | Path, sha256: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    with beside.open("wb") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            with content.open("rb") as given:
                shutil.copyfileobj(given, stream)
        stream.flush()
        os.fsync(stream.fileno())
    if sha256_of(beside) != sha256:
        beside.unlink()
        raise StoredBytesDiffer(f"Запись на диск не удалась: {place.name}.")
    beside.rename(place)
    directory = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
