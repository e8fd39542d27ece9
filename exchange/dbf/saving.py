"""Putting a table on the disk whole or not at all (guarantee G6)."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exchange.dbf.header import Field
from exchange.dbf.putting import Writable
from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import NOTHING, Unwritable, Version, write_dbf


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written, read back and found equal."""

    path: Path
    bytes: int
    rows: int
    sha256: str


def write_dbf_file(
    path: Path,
    fields: Sequence[Field],
    rows: Iterable[Sequence[Writable]],
    *,
    encoding: str,
    version: Version = Version.DBASE3,
    substitutions: Mapping[str, str] = NOTHING,
    day: dt.date | None = None,
) -> WrittenFile:
    """Write a table so that `path` holds either the whole of it or what it held before.

    The bytes go to a temporary file of the same folder, are flushed to the disk, read back from there as a
    table and compared cell by cell; then the file takes its name.

    Raises Unwritable as `write_dbf` does, or when what was read back is not what was given.
    """
    kept = [tuple(row) for row in rows]
    content = write_dbf(fields, kept, encoding=encoding, version=version, substitutions=substitutions, day=day)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _prove(temporary, content, fields, kept, encoding=encoding, substitutions=substitutions)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return WrittenFile(path, len(content), len(kept), hashlib.sha256(content).hexdigest())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prove(
    path: Path,
    content: bytes,
    fields: Sequence[Field],
    given: Sequence[Sequence[Writable]],
    *,
    encoding: str,
    substitutions: Mapping[str, str],
) -> None:
    """Hold that the disk gives back the bytes and that the bytes give back the values."""
    if path.read_bytes() != content:
        raise Unwritable(0, "", "read_back", "с диска прочитано не то, что записано.")
    found = list(read_dbf(path, encoding=encoding).rows())
    if len(found) != len(given):
        raise Unwritable(0, "", "read_back", f"записано строк {len(given)}, прочитано {len(found)}.")
    table = str.maketrans(dict(substitutions))
    for row, wanted in zip(found, given, strict=True):
        for field, value, written in zip(fields, row.values, wanted, strict=True):
            expected = str(written or "").translate(table).rstrip(" ") if field.type == "C" else written
            if value != expected:
                raise Unwritable(row.number, field.name, "read_back", f"записано «{expected}», прочитано «{value}».")
