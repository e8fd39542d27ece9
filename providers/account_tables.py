"""Tables of former and new account numbers: XLSX, CSV or pasted text, read into pairs."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from offices.refusals import Refusal

MOST_PAIRS = 50_000
MOST_BYTES = 16 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
LONGEST_NUMBER = 24
XLSX_BYTES = b"PK\x03\x04"
DELIMITERS = (";", "\t", ",")


class TableUnreadable(Refusal):
    """The table cannot be read, is too large, or holds no pair of numbers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the table: the former number and the new one; `line` counts from 1."""

    line: int
    old: str
    new: str


def pairs_in(content: bytes, *, name: str) -> list[Pair]:
    """Read the first two columns of a CSV or XLSX table, without its header and empty lines.

    Raises TableUnreadable.
    """
    if len(content) > MOST_BYTES:
        raise TableUnreadable(f"Таблица «{name}» больше {MOST_BYTES // 1024 // 1024} МБ: разделите её.")
    if content.startswith(XLSX_BYTES):
        return _pairs(_sheet_rows(content, name), name)
    return pairs_in_text(_decoded(content), name=name)


def pairs_in_text(text: str, *, name: str = "вставленный текст") -> list[Pair]:
    """Read pairs from lines parted by a semicolon, a tab or a comma.

    Raises TableUnreadable.
    """
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = next((one for one in DELIMITERS if one in first), ";")
    return _pairs(csv.reader(lines, delimiter=delimiter), name)


def _pairs(rows: Iterable[list[str]], name: str) -> list[Pair]:
    found: list[Pair] = []
    try:
        for line, row in enumerate(rows, start=1):
            cells = [*(" ".join(cell.split()) for cell in row[:2]), "", ""]
            old, new = cells[:2]
            if not old and not new:
                continue
            if not found and not any(letter.isdigit() for letter in old + new):
                continue  # the header
            if not old or not new:
                raise TableUnreadable(f"Таблица «{name}», строка {line}: нужны и прежний, и новый номер.")
            if max(len(old), len(new)) > LONGEST_NUMBER:
                raise TableUnreadable(f"Таблица «{name}», строка {line}: номер длиннее {LONGEST_NUMBER} знаков.")
            found.append(Pair(line, old, new))
            if len(found) > MOST_PAIRS:
                raise TableUnreadable(f"Таблица «{name}»: больше {MOST_PAIRS} строк, разделите её.")
    except csv.Error as error:
        raise TableUnreadable(f"Таблица «{name}» не читается: сохраните её как CSV с точкой с запятой.") from error
    if not found:
        raise TableUnreadable(f"Таблица «{name}»: нет ни одной пары «прежний номер — новый номер».")
    return found


def _sheet_rows(content: bytes, name: str) -> Iterator[list[str]]:
    unreadable = f"Таблица «{name}» не читается: откройте её в Excel и сохраните заново."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise TableUnreadable(f"Таблица «{name}» после распаковки слишком велика.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [
            [_written(cell) for cell in row]
            for row in sheet.iter_rows(max_col=2, max_row=MOST_PAIRS + 2, values_only=True)
        ]
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise TableUnreadable(unreadable) from error
    yield from rows


def _written(cell: object) -> str:
    """Write a cell as its number stands on the sheet: a whole number has no point."""
    if cell is None:
        return ""
    text = str(cell)
    return text.removesuffix(".0") if isinstance(cell, float) else text


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableUnreadable("Кодировка таблицы не читается: сохраните её как CSV UTF-8 или XLSX.")


def written(pairs: Iterable[Pair]) -> str:
    """Write pairs as they are read again: a line each, parted by a semicolon."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows((pair.old, pair.new) for pair in pairs)
    return text.getvalue()
