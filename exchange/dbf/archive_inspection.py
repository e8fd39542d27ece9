"""Looking into a file that may be an archive of tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exchange.dbf.archives import Member, is_archive, unpacked
from exchange.dbf.encodings import AUTO
from exchange.dbf.inspection import Json, inspect
from exchange.dbf.verdicts import Refused


def inspect_all(path: Path, *, encoding: str = AUTO, rows: int | None = None) -> Iterator[dict[str, Json]]:
    """Give the document of a table or, of an archive, one document for each table inside.

    A table inside is named by the path of the archive and its name there. Files of an archive that are no tables
    are left out, unless they call themselves so. `rows` limits the rows shown of each table.
    """
    try:
        if is_archive(path):
            yield from _inside(path, encoding, rows)
        else:
            yield inspect(path, encoding=encoding, rows=rows)
    except Refused as refusal:
        yield {"file": str(path), "refused": {"code": refusal.code, "text": refusal.text}}


def _inside(path: Path, encoding: str, rows: int | None) -> Iterator[dict[str, Json]]:
    with unpacked(path) as members:
        found = False
        for member in members:
            document = _document(path, member, encoding, rows)
            if document is not None:
                found = True
                yield document
        if not found:
            raise Refused("archive_empty", "В архиве нет ни одной таблицы DBF.")


def _document(path: Path, member: Member, encoding: str, rows: int | None) -> dict[str, Json] | None:
    document = inspect(member.path, encoding=encoding, rows=rows)
    if "refused" in document and member.path.suffix != ".dbf":
        return None
    return {**document, "file": f"{path}/{member.name}"}
