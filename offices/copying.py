"""COPY into tables without history triggers; rows as plain tuples.

COPY keeps row triggers but loses their context, so it never writes a table with history.
"""

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict):
        return _escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(str(int(item)) for item in value) + "}"
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Append rows to a table by COPY and return how many.

    Values are None, bool, numbers, Decimal, dates, aware moments, text, dict (as JSON) or a list of
    whole numbers (as an array).
    """
    stream = io.StringIO()
    count = 0
    for row in rows:
        stream.write("\t".join(map(_cell, row)))
        stream.write("\n")
        count += 1
    stream.seek(0)
    if count:
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", stream)
    return count


def next_ids(model: type[models.Model], count: int) -> range:
    """Reserve `count` ids of a model's sequence in one statement, in ascending order.

    The ids come from the sequence, but the block is taken under an advisory lock, so it is
    contiguous.
    """
    if count == 0:
        return range(0)
    table, column = model._meta.db_table, "id"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"ids of {table}"])
        cursor.execute(
            "SELECT setval(s, nextval(s) + %s - 1) FROM pg_get_serial_sequence(%s, %s) s",
            [count, table, column],
        )
        last: Any = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
