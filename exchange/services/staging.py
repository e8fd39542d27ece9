"""How a received file is kept: the bytes, its rows as they were sent, the lines of each row."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from exchange.checks.matching import Matched, Outcome, sent_key
from exchange.dbf.inspection import as_json
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import Layout
from exchange.matched_rows import LineTold, MatchedPiece, MatchedRows, told_of
from exchange.media_types import media_type_told_by
from exchange.models import ExchangeFile, ReturnedLine, ReturnedRow
from offices import files
from offices.copying import copying_beside, next_ids
from offices.models import Office, Staff, StoredFile
from providers.models import Service

ROW_COLUMNS = ("id", "file_id", "row_number", "match", "request_row_id", "content", "residents", "total_area")
LINE_COLUMNS = (
    "id", "row_id", "position", "service_id", "billed", "adjustment", "adjustment_month", "tariff",
    "quantity", "norm", "is_metered", "debt", "status",
)  # fmt: skip
ROWS_AT_ONCE = 2_000
NOTHING = Decimal(0)
STAGED = ReturnedLine.Status.STAGED.value
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
    matched: Collection[Matched],
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


def billed_in(matched: Iterable[Matched], /, *, layout: Layout) -> Decimal:
    """Sum what a file bills, in roubles as sent: with the recalculations where its sums hold them; a blank is nothing."""
    billed = [line for one in matched for line in one.row.lines if line.billed is not None]
    within = [line.adjustment or NOTHING for line in billed] if layout.sum_includes_adjustment else []
    return sum(within, sum((line.billed or NOTHING for line in billed), Decimal("0.00")))


def holds_same_rows(received: ExchangeFile, matched: Collection[Matched], /) -> bool:
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


def _stage(received: ExchangeFile, matched: Collection[Matched]) -> None:
    """Write the rows and their lines by COPY, some thousands at once: they are written while the next are read."""
    known = set(Service.objects.values_list("code", flat=True))
    row_ids = iter(next_ids(ReturnedRow, len(matched)))
    with copying_beside() as beside:
        for piece in matched.pieces() if isinstance(matched, MatchedRows) else _whole(matched):
            ids = list(islice(row_ids, len(piece.rows)))
            rows = zip(ids, piece.rows, piece.lines, strict=True)
            sent = (_row_cells(row_id, received.pk, one, lines) for row_id, one, lines in rows)
            beside.copy("exchange_returnedrow", ROW_COLUMNS, sent)
            line_ids = iter(beside.next_ids(ReturnedLine, sum(map(len, piece.lines))))
            beside.copy(
                "exchange_returnedline",
                LINE_COLUMNS,
                [
                    (
                        next(line_ids), row_id, position, service if service in known else None, billed,
                        adjustment or NOTHING, *others, STAGED,
                    )
                    for row_id, lines in zip(ids, piece.lines, strict=True)
                    for position, service, billed, adjustment, *others in lines
                ],
            )  # fmt: skip


def _whole(matched: Iterable[Matched]) -> Iterator[MatchedPiece]:
    """Give rows that were read before, some thousands together."""
    rows = iter(matched)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield MatchedPiece(some, [[told_of(line) for line in one.row.lines] for one in some])


def _row_cells(row_id: int, file_id: int, one: Matched, lines: Sequence[LineTold]) -> tuple[object, ...]:
    row = one.row
    content = content_of_row(one, services={service for _, service, *_ in lines})
    return row_id, file_id, row.row_no, one.outcome.value, one.key, content, row.residents, row.total_area


def content_of_row(one: Matched, /, *, services: Iterable[str] | None = None) -> str:
    """Write what was sent as JSON: every cell in order, what could not be read, and who is meant where it is not plain.

    `services` are those of its lines where they were read beside the row.
    """
    row = one.row
    content: dict[str, Any] = {
        "cells": [_number(cell) if isinstance(cell, Decimal) else cell for cell in row.cells],
        "faults": [
            {"field": fault.field, "code": fault.code, "text": fault.text, "raw": fault.raw} for fault in row.faults
        ],
    }
    if one.key is None or one.outcome is Outcome.REMEMBERED:
        content["who"] = _who(row, services if services is not None else {line.service for line in row.lines})
    return _TEXT(content)


def _number(value: Decimal) -> str:
    """Write a number as `as_json` does; the quicker way is the same unless it gives an exponent."""
    text = str(value)
    return format(value, "f") if "E" in text else text


def _who(row: ParsedRow, services: Iterable[str]) -> dict[str, Any]:
    account, name = sent_key(row)
    return {
        "account": row.account,
        "name": " ".join(f"{row.last_name} {row.first_name} {row.middle_name}".split()),
        "birth_date": row.birth_date,
        "snils": row.snils,
        "address": row.address,
        "services": sorted(filter(None, services)),
        "key": [account, name],
    }
