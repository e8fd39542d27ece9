"""Looking into a file that may be an archive of tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exchange.dbf.archives import is_archive, unpacked
from exchange.dbf.encodings import AUTO
from exchange.dbf.inspection import Inspected, look
from exchange.dbf.reading import Table
from exchange.dbf.sources import shown_path
from exchange.dbf.verdicts import Refused


def look_through(path: Path, *, encoding: str = AUTO) -> Iterator[Inspected]:
    """Look into a table or, of an archive, into each table inside, which can be read until the next is asked for.

    A table inside is named by the path of the archive and its name there. Files of an archive that are no tables
    are left out, unless they call themselves so.
    """
    try:
        if is_archive(path):
            yield from _inside(path, encoding)
        else:
            yield look(path, encoding=encoding)
    except Refused as refusal:
        yield Inspected(shown_path(path), refusal)


def _inside(path: Path, encoding: str) -> Iterator[Inspected]:
    with unpacked(path) as members:
        found = False
        for member in members:
            inspected = look(member.path, encoding=encoding, file=f"{shown_path(path)}/{member.name}")
            if isinstance(inspected.verdict, Table) or member.path.suffix == ".dbf":
                found = True
                yield inspected
        if not found:
            raise Refused("archive_empty", "В архиве нет ни одной таблицы DBF.")
