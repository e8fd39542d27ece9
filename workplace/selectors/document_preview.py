"""The first rows of a stored table, as a person looks into it, whatever it is written in."""

from dataclasses import dataclass

from exchange.selectors.file_content import content_in, layout_of_stored
from offices import files
from offices.models import StoredFile


@dataclass(frozen=True, slots=True)
class TablePreview:
    """Columns and the first rows of a table, how many rows there are, what it is written in, and in which letters.

    `refusal` says in words why a file that is no table cannot be shown; the rest is empty then.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: int = 0
    written_in: str = ""
    encoding: str = ""
    refusal: str = ""


def table_preview(file: StoredFile, /) -> TablePreview:
    """Read the first rows of a stored table as far as it can be read. Raises StoredBytesDiffer."""
    content = content_in(files.whole(file), layout=layout_of_stored(file))
    if content.why_unreadable:
        return TablePreview(refusal=content.why_unreadable)
    return TablePreview(
        columns=tuple(field.name for field in content.fields),
        rows=tuple(cells for _, cells in content.rows),
        total=content.live,
        written_in=content.version,
        encoding=content.encoding,
    )
