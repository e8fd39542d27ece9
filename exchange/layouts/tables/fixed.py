"""Text of fixed width: a line is a record, a column is so many characters of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exchange.dbf.header import Field
from exchange.dbf.reading import Row
from exchange.dbf.verdicts import Fault, Refused
from exchange.layouts.model import Limits
from exchange.layouts.tables.sheet import UNTYPED, Sheet, Tell, refuse_shape, refuse_size
from exchange.layouts.tables.texts import decode, shown


def read_fixed(content: bytes, *, columns: Sequence[Field], encoding: str, header_row: int, limits: Limits) -> Sheet:
    """Read lines of fixed width. Lines down to `header_row` are not records.

    A line that lost its trailing blanks is whole when only text is missing; any other line of another length is a
    fault.

    Raises Refused, with the sentence for the protocol.
    """
    refuse_size(len(content), limits)
    text, choice = decode(content, encoding)
    lines = text.split("\n")
    is_finished = not lines[-1]
    lines = [line.removesuffix("\r") for line in (lines[:-1] if is_finished else lines)][header_row:]
    live = sum(1 for line in lines if line.strip())
    refuse_shape(rows=live, columns=len(columns), limits=limits)
    length = sum(column.length for column in columns)
    if live and not any(len(line) == length for line in lines):
        longest = max(len(line) for line in lines)
        raise Refused("record_length", f"Ни одна строка не длиной {length} знаков, самая длинная — {longest}.")
    unfinished = None if is_finished else len(lines)
    return Sheet(
        lambda tell: _rows(lines, columns, unfinished, tell),
        fields=[Field(column.name, UNTYPED, column.length) for column in columns],
        choice=choice,
        size=len(content),
        live=live,
    )


def _rows(lines: Sequence[str], columns: Sequence[Field], unfinished: int | None, tell: Tell) -> Iterator[Row]:
    length = sum(column.length for column in columns)
    least = length - _text_at_the_end(columns)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            tell("blank_rows")
            continue
        if len(line) < length and least <= len(line) and number != unfinished:
            tell("trimmed_lines")
            line = line.ljust(length)  # noqa: PLW2901 - the line as it was before a program trimmed it
        if len(line) != length:
            text = f"Строка длиной {len(line)} знаков вместо {length}: она обрезана или сдвинута."
            yield Row(number, (None,) * len(columns), (Fault(number, "", "line_length", shown(line), text),))
            continue
        yield Row(number, tuple(_cells(line, columns)))


def _cells(line: str, columns: Sequence[Field]) -> Iterator[str]:
    start = 0
    for column in columns:
        cell = line[start : start + column.length]
        yield cell.rstrip(" ") if column.type == "C" else cell.strip(" ")
        start += column.length


def _text_at_the_end(columns: Sequence[Field]) -> int:
    """Return how many characters at the end of a line belong to text."""
    found = 0
    for column in reversed(columns):
        if column.type != "C":
            break
        found += column.length
    return found
