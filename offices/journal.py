"""The registration journals: numbered per office and year, written once, never changed.

A hand-over is written twice: by who gave and by who took, under one number of the hand-over.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from offices.models import JournalEntry, NumberSeries, Office, Staff
from offices.numbering import next_number, year_of


@dataclass(frozen=True, slots=True)
class Paper:
    """What a journal line says of the thing itself: file, hash, rows, roubles."""

    subject: str
    item: str
    month: dt.date | None = None
    file_name: str = ""
    sha256: str = ""
    rows: int | None = None
    roubles: Decimal | None = None
    way: str = JournalEntry.Way.ELECTRONIC


@transaction.atomic
def record(
    *,
    office: Office,
    event: str,
    paper: Paper,
    by: Staff,
    at: dt.datetime,
    counterpart: str = "",
    handover: uuid.UUID | None = None,
) -> JournalEntry:
    """Write one line into an office's journal; `event` is the past tense in Russian."""
    year = year_of(at)
    return JournalEntry.objects.create(
        office=office,
        year=year,
        number=next_number(office=office, series=NumberSeries.Series.JOURNAL, year=year),
        at=at,
        by=by,
        event=event,
        item=paper.item,
        subject=paper.subject,
        counterpart=counterpart,
        way=paper.way,
        month=paper.month,
        file_name=paper.file_name,
        sha256=paper.sha256,
        rows=paper.rows,
        roubles=paper.roubles,
        handover=handover,
    )


@transaction.atomic
def record_handover(
    *, sender: Office, receiver: Office, paper: Paper, by: Staff, at: dt.datetime
) -> tuple[JournalEntry, JournalEntry]:
    """Write the sender's and the receiver's lines of one hand-over.

    The counters are taken in the order of the offices' ids, so two hand-overs never wait crosswise.
    """
    handover = uuid.uuid4()
    sides = [(sender, receiver, "передано"), (receiver, sender, "получено")]
    lines = {
        office.pk: record(
            office=office,
            event=event,
            paper=paper,
            by=by,
            at=at,
            counterpart=str(other),
            handover=handover,
        )
        for office, other, event in sorted(sides, key=lambda side: side[0].pk)
    }
    return lines[sender.pk], lines[receiver.pk]
