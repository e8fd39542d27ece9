"""The first rows of a stored DBF file, as a person looks into it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

from exchange.dbf.cells import Value
from exchange.dbf.reading import look_into
from exchange.dbf.verdicts import Refused
from offices import files
from offices.models import StoredFile

ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class TablePreview:
    """Columns and the first rows of a table, how many rows there are, and the letters they are written in.

    `refusal` says in words why a file that is no table cannot be shown; the rest is empty then.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    encoding: str
    refusal: str = ""


def table_preview(file: StoredFile, /, *, most: int = ROWS) -> TablePreview:
    """Read the first rows of a stored DBF as far as it can be read. Raises StoredBytesDiffer."""
    content = files.read(file)
    try:
        table = look_into(content)
        rows = tuple(tuple(_shown(value) for value in row.values) for row in islice(table.rows(), most))
    except Refused as refusal:
        return TablePreview((), (), 0, "", refusal.text)
    return TablePreview(tuple(field.name for field in table.fields), rows, table.live, table.encoding)


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value)
