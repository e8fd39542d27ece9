"""Putting a table on the disk whole or not at all (guarantee G6)."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exchange.dbf.header import END_OF_FILE, Field
from exchange.dbf.proving import prove_chunk
from exchange.dbf.putting import Writable
from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import NOTHING, Unwritable, Version, counted, encoded_chunks, header_bytes

PIECE = 1024 * 1024


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

    The bytes go to a temporary file of the same folder, a chunk of rows at a time; those of each chunk are read as
    a table and compared with the given values, cell by cell. When all are flushed to the disk they are read back
    from there and compared, the header as a table; then the file takes its name.

    Raises Unwritable as `write_dbf` does, or when what was read back is not what was given.
    """
    header = header_bytes(fields, encoding=encoding, version=version, day=day)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(header)
            body = hashlib.sha256()
            count = 0
            for chunk in encoded_chunks(fields, rows, encoding=encoding, substitutions=substitutions):
                prove_chunk(chunk, header, fields, encoding=encoding, substitutions=substitutions)
                file.write(chunk.content)
                body.update(chunk.content)
                count += len(chunk.rows)
            file.write(bytes((END_OF_FILE,)))
            body.update(bytes((END_OF_FILE,)))
            header = counted(header, count)
            file.seek(0)
            file.write(header)
            file.flush()
            os.fsync(file.fileno())
        written = _prove_file(temporary, header, body.digest(), fields, count, encoding=encoding)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return replace(written, path=path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prove_file(
    path: Path, header: bytes, body: bytes, fields: Sequence[Field], rows: int, *, encoding: str
) -> WrittenFile:
    """Hold that the disk gives back the bytes, and that they are a table of these fields and so many rows."""
    found = hashlib.sha256()
    whole = hashlib.sha256(header)
    with path.open("rb") as file:
        same = file.read(len(header)) == header
        while piece := file.read(PIECE):
            found.update(piece)
            whole.update(piece)
        size = file.tell()
    if not same or found.digest() != body:
        raise Unwritable(0, "", "read_back", "с диска прочитано не то, что записано.")
    table = read_dbf(path, encoding=encoding)
    if table.fields != tuple(fields) or table.live != rows:
        raise Unwritable(0, "", "read_back", f"записано строк {rows}, прочитано {table.live}.")
    return WrittenFile(path, size, rows, whole.hexdigest())
