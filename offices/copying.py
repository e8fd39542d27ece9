"""COPY into tables without history triggers; rows as plain tuples.

COPY keeps row triggers but loses their context, so it never writes a table with history.
"""

import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection, models

MOST_AT_ONCE = 4 * 1024 * 1024
"""So many signs, about, one COPY writes; more rows follow in another."""
CHUNK = 256 * 1024


def _text_of(value: object) -> str:
    """Return a value of a rarer type as COPY reads it; most are in `_AS_TEXT`."""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, dict):
        return _escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(str(int(item)) for item in value) + "}"
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


_BLANK = "\\N"
_AS_TEXT: Mapping[type, Callable[[Any], str]] = {
    str: _escaped,
    int: str,
    Decimal: str,
    dt.date: str,
}


class CopyingBeside:
    """COPY in a thread of its own: the database writes some rows while the caller makes the next ones.

    A connection does one thing at a time, so the caller asks the database nothing else before `wait`.
    """

    def __init__(self, sender: ThreadPoolExecutor) -> None:
        self._sender = sender
        self._sent: Future[None] | None = None

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Append rows as `copy_rows` does; what is wrong with them is raised here, later, or at the end."""
        for text, _ in _chunks(rows):
            self.wait()
            self._sent = self._sender.submit(_copy, connection.connection.cursor(), table, columns, text)

    def next_ids(self, model: type[models.Model], count: int) -> range:
        """Reserve ids as `next_ids` does, when the rows sent are written."""
        self.wait()
        return next_ids(model, count)

    def wait(self) -> None:
        """Wait until the rows sent are written. Raises what the database says."""
        if self._sent is not None:
            with connection.wrap_database_errors:
                self._sent.result()
        self._sent = None


@contextmanager
def copying_beside() -> Iterator[CopyingBeside]:
    """Give a way of COPY in a thread; when the block ends, all is written and the thread is gone."""
    connection.ensure_connection()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="copy") as sender:
        beside = CopyingBeside(sender)
        yield beside
        beside.wait()


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Append rows to a table by COPY, some thousands at once, and return how many.

    Values are None, bool, numbers, Decimal, dates, aware moments, text, dict (as JSON) or a list of
    whole numbers (as an array).
    """
    written = 0
    for text, count in _chunks(rows):
        with connection.cursor() as cursor:
            _copy(cursor, table, columns, text)
        written += count
    return written


def _copy(cursor: Any, table: str, columns: Sequence[str], text: str) -> None:
    cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO(text), CHUNK)


def _chunks(rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, int]]:
    """Give rows as the text that COPY reads, and how many they are."""
    lines: list[str] = []
    length = 0
    as_text = _AS_TEXT.get
    for row in rows:
        line = "\t".join([_BLANK if value is None else as_text(type(value), _text_of)(value) for value in row])
        lines.append(line)
        length += len(line)
        if length > MOST_AT_ONCE:
            yield "\n".join(lines) + "\n", len(lines)
            lines, length = [], 0
    if lines:
        yield "\n".join(lines) + "\n", len(lines)


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
