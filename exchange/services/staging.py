"""How a received file is kept: the bytes, its rows as they were sent, the lines of each row."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from exchange.checks.matching import Matched, Outcome, sent_key
from exchange.dbf.inspection import as_json
from exchange.layouts.exchanged import ParsedRow
from exchange.media_types import media_type_told_by
from exchange.models import ExchangeFile, ReturnedLine, ReturnedRow
from offices import files
from offices.copying import copy_rows, next_ids
from offices.models import Office, Staff, StoredFile
from providers.models import Service

ROW_COLUMNS = ("id", "file_id", "row_number", "match", "request_row_id", "content", "residents", "total_area")
LINE_COLUMNS = (
    "id", "row_id", "position", "service_id", "billed", "adjustment", "adjustment_month", "tariff",
    "quantity", "norm", "is_metered", "debt", "status",
)  # fmt: skip
_TEXT = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=as_json).encode
"""Cells go into JSON at one pass: texts and blanks in C, the rest as `as_json` writes it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came: bytes, name, hash, for which office and month, taken by whom and when."""

    content: bytes | Path
    name: str
    sha256: str
    office: Office
    month: dt.date
    by: Staff
    at: dt.datetime
    stored: StoredFile | None = None
    """Where the bytes are kept already."""


def keep_refused(incoming: Incoming, /, *, request: ExchangeFile | None, code: str, text: str) -> ExchangeFile:
    """Keep a refused file with its reason; nothing of it is staged."""
    return _keep(
        incoming,
        request=request,
        status=ExchangeFile.Status.REFUSED,
        refusal_code=code[:20],
        refusal_text=text[:500],
    )


def keep_received(
    incoming: Incoming,
    /,
    *,
    request: ExchangeFile,
    matched: Sequence[Matched],
    encoding: str,
    billed: Decimal,
    **facts: Any,
) -> ExchangeFile:
    """Keep an accepted file and stage every row of it with the lines that could be read.

    `billed` is what it bills, in roubles as sent; `facts` are further columns of the file.
    """
    received = _keep(
        incoming,
        request=request,
        status=ExchangeFile.Status.RECEIVED,
        rows=len(matched),
        encoding=encoding,
        billed=billed,
        acknowledged_at=incoming.at,
        acknowledged_by=incoming.by.full_name or incoming.by.username,
        **facts,
    )
    _stage(received, matched)
    return received


def billed_in(matched: Iterable[Matched], /) -> Decimal:
    """Sum what a file bills, in roubles as sent; a blank is nothing."""
    return sum((line.billed for one in matched for line in one.row.lines if line.billed is not None), Decimal("0.00"))


def holds_same_rows(received: ExchangeFile, matched: Sequence[Matched], /) -> bool:
    """Tell whether an accepted file has these very rows, cell by cell and in their order."""
    if received.rows != len(matched):
        return False
    kept = ReturnedRow.objects.filter(file=received).order_by("row_number").values_list("content", flat=True)
    return all(
        was["cells"] == now["cells"] and was["faults"] == now["faults"]
        for was, now in zip(kept, map(json.loads, map(content_of_row, matched)), strict=True)
    )


def _keep(
    incoming: Incoming,
    *,
    request: ExchangeFile | None,
    kind: str = ExchangeFile.Kind.RETURN,
    **facts: Any,
) -> ExchangeFile:
    stored = incoming.stored or files.store(
        content=incoming.content,
        name=incoming.name[:200],
        media_type=media_type_told_by(incoming.content, name=incoming.name),
        by=incoming.by,
        at=incoming.at,
    )
    return ExchangeFile.objects.create(
        kind=kind,
        office=incoming.office,
        month=incoming.month,
        provider=request.provider if request else None,
        layout=request.layout if request else None,
        request=request,
        file=stored,
        name=incoming.name[:200],
        sha256=incoming.sha256,
        by=incoming.by,
        at=incoming.at,
        **facts,
    )


def _stage(received: ExchangeFile, matched: Sequence[Matched]) -> None:
    services = set(Service.objects.values_list("code", flat=True))
    row_ids = next_ids(ReturnedRow, len(matched))
    copy_rows(
        "exchange_returnedrow",
        ROW_COLUMNS,
        (
            (
                row_id, received.pk, one.row.row_no, one.outcome.value, one.key,
                content_of_row(one), one.row.residents, one.row.total_area,
            )
            for row_id, one in zip(row_ids, matched, strict=True)
        ),
    )  # fmt: skip
    lines = [(row_id, line) for row_id, one in zip(row_ids, matched, strict=True) for line in one.row.lines]
    line_ids = next_ids(ReturnedLine, len(lines))
    copy_rows(
        "exchange_returnedline",
        LINE_COLUMNS,
        (
            (
                line_id, row_id, line.position, line.service if line.service in services else None, line.billed,
                line.adjustment or Decimal(0), line.adjustment_month, line.tariff, line.quantity, line.norm,
                line.metered, line.debt, ReturnedLine.Status.STAGED.value,
            )
            for line_id, (row_id, line) in zip(line_ids, lines, strict=True)
        ),
    )  # fmt: skip


def content_of_row(one: Matched, /) -> str:
    """Write what was sent as JSON: every cell in order, what could not be read, and who is meant where it is not plain."""
    row = one.row
    content: dict[str, Any] = {
        "cells": row.cells,
        "faults": [
            {"field": fault.field, "code": fault.code, "text": fault.text, "raw": fault.raw} for fault in row.faults
        ],
    }
    if one.key is None or one.outcome is Outcome.REMEMBERED:
        content["who"] = _who(row)
    return _TEXT(content)


def _who(row: ParsedRow) -> dict[str, Any]:
    account, name = sent_key(row)
    return {
        "account": row.account,
        "name": " ".join(f"{row.last_name} {row.first_name} {row.middle_name}".split()),
        "birth_date": row.birth_date,
        "snils": row.snils,
        "address": row.address,
        "services": sorted({line.service for line in row.lines if line.service}),
        "key": [account, name],
    }
