"""What a person sees who looks into a DBF: header facts, oddities, faults and rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from exchange.dbf.cells import Value
from exchange.dbf.encodings import AUTO
from exchange.dbf.reading import Table, look_into
from exchange.dbf.verdicts import Fault, Notice, Refused

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def inspect(path: Path, *, encoding: str = AUTO, rows: int | None = None) -> dict[str, Json]:
    """Return the document of one file: what it holds, or why it is refused. `rows` limits the rows shown."""
    try:
        table = look_into(path, encoding=encoding)
        return _document(path, table, rows)
    except Refused as refusal:
        return {"file": str(path), "refused": {"code": refusal.code, "text": refusal.text}}


def _document(path: Path, table: Table, rows: int | None) -> dict[str, Json]:
    notices = table.notices + table.oddities
    return {
        "file": str(path),
        "bytes": table.bytes,
        "version": f"0x{table.header.version:02X} {table.version}",
        "language_byte": f"0x{table.header.language_byte:02X}",
        "encoding": table.encoding,
        "encoding_from": table.encoding_from,
        "encoding_confidence": table.encoding_confidence,
        "records_in_header": table.header.records,
        "records_in_file": table.header.records_in_file,
        "deleted": table.deleted,
        "fields": [
            {"name": field.name, "type": field.type, "length": field.length, "decimals": field.decimals}
            for field in table.fields
        ],
        "notices": [_notice(notice) for notice in notices],
        "faults": [_fault(fault) for fault in table.faults],
        "rows": [[as_json(value) for value in row.values] for row in islice(table.rows(), rows)],
    }


def _notice(notice: Notice) -> dict[str, Json]:
    return {"code": notice.code, "text": notice.text, "import_refuses": notice.grave}


def _fault(fault: Fault) -> dict[str, Json]:
    return {"row": fault.row, "field": fault.field, "code": fault.code, "raw": fault.raw, "text": fault.text}


def as_json(value: Value) -> Json:
    """Return a cell for JSON: numbers as exact decimal strings, days and moments by ISO 8601."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
