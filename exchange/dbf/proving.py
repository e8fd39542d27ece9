"""Holding that written bytes say what was given: they are read again, as anyone's table is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exchange.dbf.cells import Value
from exchange.dbf.header import END_OF_FILE, Field
from exchange.dbf.putting import Writable
from exchange.dbf.reading import read_dbf
from exchange.dbf.writing import Chunk, Unwritable, counted


def prove_chunk(
    chunk: Chunk, header: bytes, fields: Sequence[Field], *, encoding: str, substitutions: Mapping[str, str]
) -> None:
    """Read the bytes of some rows as a table of their own and compare it with what was given.

    Raises Unwritable (`read_back`) naming the first row and field that differ.
    """
    content = b"".join((counted(header, len(chunk.rows)), chunk.content, bytes((END_OF_FILE,))))
    found: list[list[Value]] = [[] for _ in fields]
    for batch in read_dbf(content, encoding=encoding).batches():
        for values, column in zip(found, batch.columns, strict=True):
            values.extend(column.values())
    table = str.maketrans(dict(substitutions))
    for field, values, given in zip(fields, found, zip(*chunk.rows, strict=True), strict=True):
        expected = _texts(given, table) if field.type == "C" else list(given)
        if values != expected:
            raise _difference(chunk, field, values, expected)


def _texts(given: Sequence[Writable], table: dict[int, str]) -> list[Writable]:
    texts = [str(value or "") for value in given]
    return [text.rstrip(" ") for text in ([text.translate(table) for text in texts] if table else texts)]


def _difference(chunk: Chunk, field: Field, values: Sequence[Value], expected: Sequence[Writable]) -> Unwritable:
    if len(values) != len(expected):
        return Unwritable(0, "", "read_back", f"записано строк {len(expected)}, прочитано {len(values)}.")
    row = next(place for place, pair in enumerate(zip(values, expected, strict=True)) if pair[0] != pair[1])
    text = f"записано «{expected[row]}», прочитано «{values[row]}»."
    return Unwritable(chunk.first + row, field.name, "read_back", text)
