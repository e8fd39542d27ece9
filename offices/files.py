"""Bytes on disk under their SHA-256: whole or not at all, the same bytes once.

A file is written beside its place, flushed, read back and only then renamed; the row comes after.
A file without a row is harmless: the next storing of the same bytes finds it.
"""

import datetime as dt
import hashlib
import os
from pathlib import Path

from django.conf import settings

from offices.models import Staff, StoredFile
from offices.refusals import Refusal

DBF = "application/x-dbf"
PDF = "application/pdf"


class StoredBytesDiffer(Refusal):
    """The bytes on disk are not the bytes that were stored."""


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def place_of(sha256: str) -> Path:
    """Return where bytes with this hash are kept."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def store(*, content: bytes, name: str, media_type: str, by: Staff, at: dt.datetime) -> StoredFile:
    """Keep the bytes on disk and return their row.

    Raises StoredBytesDiffer when what was read back is not what was written.
    """
    sha256 = sha256_of(content)
    place = place_of(sha256)
    if not place.exists():
        _write_whole(place, content)
    return StoredFile.objects.create(
        sha256=sha256,
        name=name,
        size=len(content),
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
        raise StoredBytesDiffer(f"Файл «{file.name}» на диске отсутствует или повреждён.")
    return content


def _write_whole(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if beside.read_bytes() != content:
        beside.unlink()
        raise StoredBytesDiffer(f"Запись на диск не удалась: {place.name}.")
    beside.rename(place)
    directory = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
