"""A protocol taken for changing, and what happened to it written into the journal (3.10.4)."""

import datetime as dt

from exchange.models import DiscrepancyProtocol
from offices import journal
from offices.models import JournalEntry, Staff

ITEM = "3.10"
Way = DiscrepancyProtocol.Way


def lock_protocol(protocol_id: int, /) -> DiscrepancyProtocol:
    """Take a protocol for changing; whoever comes second waits, and sees what the first one did."""
    locked = DiscrepancyProtocol.objects.select_for_update(of=("self",))
    protocol: DiscrepancyProtocol = locked.select_related("file__provider", "office", "document").get(pk=protocol_id)
    return protocol


def write_into_journal(protocol: DiscrepancyProtocol, event: str, /, *, by: Staff, at: dt.datetime) -> None:
    """Write a line about a protocol into the office's journal."""
    paper = journal.Paper(
        subject=f"протокол несоответствий № {protocol.number}",
        item=ITEM,
        month=protocol.month,
        file_name=protocol.document.name,
        sha256=protocol.document.sha256,
        rows=protocol.discrepancies.count(),
        way=JournalEntry.Way.PAPER if protocol.sent_way == Way.PAPER else JournalEntry.Way.ELECTRONIC,
    )
    to = str(protocol.file.provider)
    journal.record(office=protocol.office, event=event, paper=paper, by=by, at=at, counterpart=to)
