"""The protocols of a file's discrepancies: numbered, printed, stored, sent (3.10.4)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from exchange.documents.protocol import print_protocol
from exchange.documents.protocol_sheet import write_protocol_sheet
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile
from exchange.selectors.discrepancies import Weight, marked_rows, narrowed, weight_of
from exchange.services import file_lines
from exchange.services.decisions import require_in_verification, require_unchanged
from exchange.services.protocol_journal import Way, lock_protocol, write_into_journal
from exchange.services.protocol_papers import protocol_table, protocol_told
from offices import files
from offices.calendar import day_of
from offices.models import NumberSeries, Staff, StoredFile
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from offices.selectors import production_calendar

DAYS_TO_ANSWER = 3


class NothingMarked(Refusal):
    """No row of the file waits for a protocol."""


class ProtocolAlreadySent(Refusal):
    """The protocol has gone to the provider."""


class AddresseeMissing(Refusal):
    """It is not said to whom the protocol goes."""


@transaction.atomic
def form_protocol(*, file_id: int, expected: Weight, by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    """Number, print and store a protocol of exactly the rows marked for it and told by no other.

    It is kept as PDF, as XLSX and, where the layout has a place, as a table of the provider's own layout. `expected`
    is what was confirmed, rows and roubles at stake. A file may have several: rows marked later go into the next one.

    Raises MonthNotOpen, FileNotReceived, CheckedByItsReceiver, NothingMarked, ListChanged.
    """
    file = file_lines.lock_file(file_id)
    require_in_verification(file, by)
    marked = list(marked_rows(file))
    if not marked:
        raise NothingMarked(f"В файле «{file}» ни одна строка не отмечена «Протокол»: отметьте хотя бы одну.")
    require_unchanged(weight_of(narrowed(file, state="marked")), expected)
    protocol = _written(file, marked, by=by, at=at)
    Discrepancy.objects.filter(pk__in=[one.pk for one in marked]).update(protocol=protocol, carried_from=None)
    return protocol


def _written(file: ExchangeFile, marked: Sequence[Discrepancy], *, by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    year, made_on = year_of(at), day_of(at)
    number = next_number(office=file.office, series=NumberSeries.Series.PROTOCOL, year=year)
    calendar = production_calendar(start=made_on, end=made_on + dt.timedelta(days=31))
    due = calendar.add(made_on, working_days=DAYS_TO_ANSWER)
    told = protocol_told(file, marked, number=f"{number}/{year}", made_on=made_on, due_on=due, made_by=by)
    table = protocol_table(file, marked)

    def kept(content: bytes, ending: str, media_type: str) -> StoredFile:
        return files.store(
            content=content, name=f"protocol_{number}_{year}{ending}", media_type=media_type, by=by, at=at
        )

    return DiscrepancyProtocol.objects.create(
        file=file,
        office=file.office,
        month=file.month,
        number=told.number,
        made_at=at,
        made_by=by,
        answer_due_on=due,
        document=kept(print_protocol(told), ".pdf", files.PDF),
        sheet=kept(write_protocol_sheet(told), ".xlsx", files.XLSX),
        table=None if table is None else kept(table.content, f"_table.{table.ending}", table.media_type),
    )


@transaction.atomic
def send_protocol(*, protocol_id: int, way: str, to: str, by: Staff, at: dt.datetime) -> DiscrepancyProtocol:
    """Say that the protocol was sent to the provider, how and to whom, and write it into the journal.

    Raises ProtocolAlreadySent, AddresseeMissing.
    """
    protocol = lock_protocol(protocol_id)
    if protocol.sent_at is not None:
        raise ProtocolAlreadySent(f"Протокол № {protocol.number} отправлен {day_of(protocol.sent_at):%d.%m.%Y}.")
    to = " ".join(to.split())[:150]
    if not to:
        raise AddresseeMissing("Напишите, кому отправлен протокол: адрес электронной почты или сотрудник предприятия.")
    protocol.sent_at, protocol.sent_by, protocol.sent_way, protocol.sent_to = at, by, Way(way), to
    protocol.save(update_fields=["sent_at", "sent_by", "sent_way", "sent_to"])
    write_into_journal(protocol, "отправлено", by=by, at=at)
    return protocol
