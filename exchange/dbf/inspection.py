"""What a person sees who looks into a DBF: header facts, oddities, faults and rows."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TextIO, TypeAlias

from exchange.dbf.cells import Value
from exchange.dbf.encodings import AUTO
from exchange.dbf.reading import Table, look_into
from exchange.dbf.sources import shown_path
from exchange.dbf.surveys import Survey
from exchange.dbf.verdicts import Fault, Notice, Refused

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
KEPT_IN_MEMORY = 8 * 1024 * 1024
MOST_TEXT = 64 * 1024 * 1024
"""So long may a document be, besides sixty-four signs for each byte of its table and memos."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """One table that was looked into under the name `file`, or why it is refused."""

    file: str
    verdict: Table | Refused

    def document(self, *, rows: int | None = None) -> dict[str, Json]:
        """Return all that is to be told of the table. `rows` limits the rows shown."""
        if isinstance(self.verdict, Refused):
            return self._refusal(self.verdict)
        try:
            survey = Survey()
            shown: list[Json] = [list(map(as_json, row)) for row in _rows(self.verdict, survey, rows)]
        except Refused as refusal:
            return self._refusal(refusal)
        return {**self._facts(self.verdict), **_findings(self.verdict, survey), "rows": shown}

    def write_json(self, out: TextIO, *, rows: int | None = None) -> bool:
        """Write the document on one line, the rows as they are read, and return whether the table was read.

        Nothing is written before all was read, so a table that turns out to be refused is not told half.
        """
        with tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY, mode="w+", encoding="utf-8") as line:
            try:
                self._write_read(line, rows)
            except Refused as refusal:
                out.write(_dumped(self._refusal(refusal)) + "\n")
                return False
            line.seek(0)
            shutil.copyfileobj(line, out)
        return True

    def _write_read(self, line: tempfile.SpooledTemporaryFile[str], rows: int | None) -> None:
        if isinstance(self.verdict, Refused):
            raise self.verdict
        survey = Survey()
        left = MOST_TEXT + 64 * self.verdict.bytes_with_memos
        line.write(_dumped(self._facts(self.verdict))[:-1] + ', "rows": [')
        for index, row in enumerate(_rows(self.verdict, survey, rows)):
            left -= line.write((", " if index else "") + _dumped(row))
            if left < 0:
                raise Refused("limits", "Строки ссылаются на одни и те же длинные примечания без меры.")
        line.write("], " + _dumped(_findings(self.verdict, survey))[1:] + "\n")

    def _refusal(self, refusal: Refused) -> dict[str, Json]:
        return {"file": self.file, "refused": {"code": refusal.code, "text": refusal.text}}

    def _facts(self, table: Table) -> dict[str, Json]:
        return {
            "file": self.file,
            "bytes": table.bytes,
            "version": f"0x{table.header.version:02X} {table.version}",
            "language_byte": f"0x{table.header.language_byte:02X}",
            "language_driver": table.header.language_driver,
            "encoding": table.encoding,
            "encoding_from": table.encoding_from,
            "encoding_confidence": table.encoding_confidence,
            "records_in_header": table.header.records,
            "records_in_file": table.header.records_in_file,
            "deleted": table.deleted,
            "fields": [
                {"name": field.name, "type": field.type, "length": field.length, "decimals": field.decimals}
                for field in table.shown_fields
            ],
        }


def look(path: Path, *, encoding: str = AUTO, file: str = "") -> Inspected:
    """Look into one table; `file` is how to name it when not by its path."""
    name = file or shown_path(path)
    try:
        return Inspected(name, look_into(path, encoding=encoding))
    except Refused as refusal:
        return Inspected(name, refusal)


def inspect(path: Path, *, encoding: str = AUTO, rows: int | None = None) -> dict[str, Json]:
    """Return the document of one file: what it holds, or why it is refused. `rows` limits the rows shown."""
    return look(path, encoding=encoding).document(rows=rows)


def _rows(table: Table, survey: Survey, most: int | None) -> Iterator[tuple[Value, ...]]:
    """Give the values of the rows to show; when they end, all rows were surveyed."""
    if most is None:
        yield from table.surveyed(survey)
        return
    yield from (row.values for row in islice(table.rows(), most))
    table.survey(survey)


def _findings(table: Table, survey: Survey) -> dict[str, Json]:
    return {
        "notices": [_notice(notice) for notice in table.notices + survey.oddities],
        "faults": [_fault(fault) for fault in survey.faults],
    }


def _notice(notice: Notice) -> dict[str, Json]:
    return {"code": notice.code, "text": notice.text, "import_refuses": notice.grave}


def _fault(fault: Fault) -> dict[str, Json]:
    return {"row": fault.row, "field": fault.field, "code": fault.code, "raw": fault.raw, "text": fault.text}


def as_json(value: Value) -> Json:
    """Return a cell for JSON: numbers as exact decimal strings, days and moments by ISO 8601, to the second."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


_dumped = json.JSONEncoder(ensure_ascii=False, default=as_json).encode
