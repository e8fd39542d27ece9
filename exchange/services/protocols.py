"""The protocols of a file's discrepancies: numbered, printed, stored, sent, closed (3.10.4)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from exchange.documents.protocol import Protocol, ProtocolRow, print_protocol
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, ReturnedRow
from exchange.selectors.discrepancies import Weight, marked_rows, narrowed, weight_of
from exchange.services import file_lines
from exchange.services.decisions import require_in_verification, require_unchanged
from offices import files, journal
from offices.calendar import day_of
from offices.letterhead import letterhead_of
from offices.models import NumberSeries, Staff
from offices.months import month_name
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from offices.selectors import production_calendar

DAYS_TO_ANSWER = 3
_STRAY: dict[str, str] = {
    ReturnedRow.Match.UNKNOWN: "строка, которую не запрашивали",
    ReturnedRow.Match.AMBIGUOUS: "подходит к нескольким строкам запроса",
    ReturnedRow.Match.DUPLICATE: "ещё одна строка о том же",
}


class NothingMarked(Refusal):
    """No row of the file waits for a protocol."""


class ProtocolAlreadySent(Refusal):
    """The protocol has gone to the provider."""


@transaction.atomic
def form_protocol(*, file_id: int, expected: Weight, by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    """Number, print and store a protocol of exactly the rows marked for it and told by no other.

    `expected` is what was confirmed, rows and roubles at stake. A file may have several: rows marked later go into the next one.

    Raises MonthNotOpen, FileNotReceived, CheckedByItsReceiver, NothingMarked, ListChanged.
    """
    file = file_lines.lock_file(file_id)
    require_in_verification(file, by)
    marked = list(marked_rows(file))
    if not marked:
        raise NothingMarked(f"В файле «{file}» ни одна строка не отмечена «Протокол»: отметьте хотя бы одну.")
    require_unchanged(weight_of(narrowed(file, state="marked")), expected)
    protocol = _written(file, marked, by=by, at=at)
    Discrepancy.objects.filter(pk__in=[one.pk for one in marked]).update(protocol=protocol)
    return protocol


def _written(file: ExchangeFile, marked: Sequence[Discrepancy], *, by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    year, made_on, head = year_of(at), day_of(at), letterhead_of(file.office)
    number = next_number(office=file.office, series=NumberSeries.Series.PROTOCOL, year=year)
    calendar = production_calendar(start=made_on, end=made_on + dt.timedelta(days=31))
    due = calendar.add(made_on, working_days=DAYS_TO_ANSWER)
    printed = print_protocol(
        Protocol(
            number=f"{number}/{year}",
            made_on=f"{made_on:%d.%m.%Y}",
            month=month_name(file.month),
            department=head.department,
            office=head.office,
            contacts=head.contacts,
            provider=file.provider.name if file.provider else "",
            file_name=file.name,
            file_sha256=file.sha256,
            rows_in_file=file.rows,
            answer_due_on=f"{due:%d.%m.%Y}",
            made_by=str(by),
            rows=[_row(one) for one in marked],
        )
    )
    name = f"protocol_{number}_{year}.pdf"
    return DiscrepancyProtocol.objects.create(
        file=file,
        office=file.office,
        month=file.month,
        number=f"{number}/{year}",
        made_at=at,
        made_by=by,
        answer_due_on=due,
        document=files.store(content=printed, name=name, media_type=files.PDF, by=by, at=at),
    )


@transaction.atomic
def send_protocol(*, protocol_id: int, by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    """Send the protocol to the provider and write it into the journal.

    Raises ProtocolAlreadySent.
    """
    locked = DiscrepancyProtocol.objects.select_for_update(of=("self",))
    protocol = locked.select_related("file__provider", "office", "document").get(pk=protocol_id)
    if protocol.sent_at is not None:
        raise ProtocolAlreadySent(f"Протокол № {protocol.number} отправлен {day_of(protocol.sent_at):%d.%m.%Y}.")
    protocol.sent_at = at
    protocol.save(update_fields=["sent_at"])
    paper = journal.Paper(
        subject=f"протокол несоответствий № {protocol.number}",
        item="3.10",
        month=protocol.month,
        file_name=protocol.document.name,
        sha256=protocol.document.sha256,
        rows=protocol.discrepancies.count(),
    )
    journal.record(
        office=protocol.office, event="отправлено", paper=paper, by=by, at=at, counterpart=str(protocol.file.provider)
    )
    return protocol


def _row(one: Discrepancy) -> ProtocolRow:
    asked = one.request_row
    return ProtocolRow(
        row_number=one.row.row_number if one.row else None,
        account=asked.account.number if asked else "",
        person=asked.recipient.person.full_name if asked else one.found,
        address=str(asked.account.dwelling) if asked else "",
        service=one.line.service.name if one.line and one.line.service else "",
        code=one.code,
        expected=one.expected,
        found=one.found if asked else _stray(one),
        difference=one.difference,
        is_blocking=one.is_blocking,
    )


def _stray(one: Discrepancy) -> str:
    """Say what is wrong with a row that answers none of ours; who is in it stands in the person's column."""
    return _STRAY.get(one.row.match, "") if one.row else ""
