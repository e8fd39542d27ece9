"""Text tables with a delimiter: CSV and its kin. A row of another number of cells is a fault, never a guess."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from exchange.dbf.header import Field
from exchange.dbf.reading import Row
from exchange.dbf.verdicts import Fault, Notice, Refused
from exchange.layouts.model import Limits, Writing
from exchange.layouts.tables.sheet import UNTYPED, Sheet, Tell, column_names, refuse_shape, refuse_size
from exchange.layouts.tables.texts import decode, shown

DELIMITERS = (";", "\t", ",", "|")
LONGEST_LINE = 256 * 1024
"""Characters of a line beyond which it is none: a thousand columns take less."""
_LINES_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    delimiter: str
    quote: str
    header_row: int
    width: int


def read_delimited(
    content: bytes, *, encoding: str, writing: Writing, limits: Limits, names: Sequence[str] = ()
) -> Sheet:
    """Read a text table whose cells stand between delimiters; `names` are of columns that no row names.

    The whole of it is looked through once: its quotes close, its rows and columns are within the limits.

    Raises Refused, with the sentence for the protocol.
    """
    refuse_size(len(content), limits)
    text, choice = decode(content, encoding)
    refuse_endless(text)
    refuse_shape(rows=max(map(text.count, "\r\n")), columns=0, limits=limits)
    delimiter = writing.delimiter or found_delimiter(text, writing.quote)
    head = _head(text, delimiter, writing, names)
    table = _Text(text, delimiter, writing.quote, writing.header_row, len(head))
    refuse_shape(rows=0, columns=len(head), limits=limits)
    live = 0
    for _ in _records(table):
        live += 1
    notices = [] if text.endswith(("\n", "\r")) or not live else [_unfinished()]
    fields = [Field(name, UNTYPED, 0) for name in column_names(head)]
    return Sheet(
        lambda tell: _rows(table, tell), fields=fields, choice=choice, size=len(content), live=live, notices=notices
    )


def refuse_endless(text: str) -> None:
    """Raise Refused for a text with a line that has no end in sight."""
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = max(text.rfind(sign, start, start + LONGEST_LINE) for sign in "\r\n")
        if end < 0:
            raise Refused("endless_line", f"В файле есть строка длиннее {LONGEST_LINE} знаков: это не таблица.")
        start = end + 1


def found_delimiter(text: str, quote: str) -> str:
    """Return the sign that parts the first lines into the same number of cells, more than one.

    Raises Refused when there is none, or two do equally well.
    """
    refuse_endless(text)
    scores = {sign: _evenness(text, sign, quote) for sign in DELIMITERS}
    best = max(scores.values())
    found = [sign for sign, score in scores.items() if score == best]
    if best == (0, 0) or len(found) > 1:
        raise Refused("no_delimiter", "Непонятно, чем в файле разделены столбцы: укажите разделитель в формате.")
    return found[0]


def _evenness(text: str, delimiter: str, quote: str) -> tuple[int, int]:
    """Return how many of the first lines have the usual number of cells, and that number; nothing for one cell."""
    try:
        widths = Counter(len(cells) for cells in islice(_reader(text, delimiter, quote), _LINES_LOOKED_AT) if cells)
    except csv.Error:
        return 0, 0
    width, lines = max(widths.items(), key=lambda one: (one[1], one[0]), default=(1, 0))
    return (lines, width) if width > 1 else (0, 0)


def _head(text: str, delimiter: str, writing: Writing, names: Sequence[str]) -> list[str]:
    records = _checked(_reader(text, delimiter, writing.quote))
    if not writing.header_row:
        return list(names) or [""] * max((len(cells) for cells in islice(records, _LINES_LOOKED_AT)), default=0)
    head = next(islice(records, writing.header_row - 1, None), [])
    while head and not head[-1].strip():
        head.pop()
    if not head:
        raise Refused("no_header", f"В строке {writing.header_row} нет имён столбцов.")
    return head


def _reader(text: str, delimiter: str, quote: str) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if not quote:
        return csv.reader(lines, delimiter=delimiter, quotechar=None, quoting=csv.QUOTE_NONE, strict=True)
    return csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)


def _checked(records: Iterator[list[str]]) -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            text = f"Строка {number}: кавычки в ней не сходятся или ячейка слишком длинна, дальше читать нельзя."
            raise Refused("bad_quotes", text) from error
        yield record


def _records(table: _Text) -> Iterator[tuple[int, list[str]]]:
    """Give the rows below the names, blank ones left out, numbered from 1 with the blank ones counted."""
    records = _checked(_reader(table.text, table.delimiter, table.quote))
    for number, cells in enumerate(islice(records, table.header_row, None), start=1):
        if any(map(str.strip, cells)):
            yield number, cells


def _rows(table: _Text, tell: Tell) -> Iterator[Row]:
    before = 0
    for number, cells in _records(table):
        if number > before + 1:
            tell("blank_rows")
        before = number
        if len(cells) > table.width and not any(cell.strip() for cell in cells[table.width :]):
            tell("trailing_cells")
            yield _row(number, cells[: table.width], table)
        else:
            yield _row(number, cells, table)


def _row(number: int, cells: list[str], table: _Text) -> Row:
    if len(cells) != table.width:
        text = f"В строке ячеек {len(cells)}, а столбцов {table.width}: она сдвинута или обрезана."
        fault = Fault(number, "", "row_width", shown(table.delimiter.join(cells)), text)
        return Row(number, (None,) * table.width, (fault,))
    return Row(number, tuple(cell.rstrip(" ") for cell in cells))


def _unfinished() -> Notice:
    return Notice("no_final_newline", "Последняя строка не завершена переводом строки: файл мог быть обрезан.")
