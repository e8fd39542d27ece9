"""Item 3.4.4: who sent a faulty list is told what is wrong in it, by a numbered letter."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from exchange.documents.fund_notice import FaultyRow, Notice, print_notice
from exchange.models import ExchangeFile, FundNotice
from exchange.selectors.pension import faulty_records
from exchange.services.pension_data import SENDERS
from offices import files, journal
from offices.calendar import day_of
from offices.letterhead import letterhead_of
from offices.models import NumberSeries, Staff
from offices.months import month_name
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from recipients.snils import format_snils


class NothingToTell(Refusal):
    """The file has no faults."""


@transaction.atomic
def make_notice(*, file_id: int, by: Staff, at: dt.datetime) -> FundNotice:
    """Number, print and store the letter about a file's faults, once; it stands in the journal as sent.

    Raises NothingToTell.
    """
    file: ExchangeFile = (
        ExchangeFile.objects.select_for_update(of=("self",), no_key=True)
        .select_related("office__district")
        .get(pk=file_id, kind__in=ExchangeFile.PEOPLE)
    )
    made: FundNotice | None = FundNotice.objects.filter(file=file).first()
    if made is not None:
        return made
    rows = list(_faulty(file))
    if not rows:
        raise NothingToTell(f"В файле «{file}» ошибок нет, уведомлять не о чем.")
    year = year_of(at)
    number = f"{next_number(office=file.office, series=NumberSeries.Series.NOTICE, year=year)}/{year}"
    document = files.store(
        content=print_notice(_notice(file, number, rows, by=by, at=at)),
        name=f"Уведомление № {number.replace('/', '-')} об ошибках в сведениях.pdf",
        media_type=files.PDF,
        by=by,
        at=at,
    )
    notice: FundNotice = FundNotice.objects.create(
        file=file,
        office=file.office,
        month=file.month,
        number=number,
        faults=len(rows),
        made_at=at,
        made_by=by,
        document=document,
    )
    _journal(notice, file, by=by, at=at)
    return notice


def _faulty(file: ExchangeFile) -> Iterator[FaultyRow]:
    if file.status == ExchangeFile.Status.REFUSED:
        yield FaultyRow(None, "файл целиком", "", [file.refusal_text])
    for record in faulty_records(file).iterator(1000):
        told = record.content
        name = " ".join(filter(None, (told.get("last_name"), told.get("first_name"), told.get("middle_name"))))
        born = told.get("birth_date")
        person = f"{name}, {dt.date.fromisoformat(born):%d.%m.%Y}" if born else name
        snils = told.get("snils", "")
        yield FaultyRow(record.row_number, person, format_snils(snils) if snils else "", told.get("faults", []))


def _notice(file: ExchangeFile, number: str, rows: list[FaultyRow], *, by: Staff, at: dt.datetime) -> Notice:
    head = letterhead_of(file.office)
    return Notice(
        number=number,
        made_on=f"{day_of(at):%d.%m.%Y}",
        addressee=SENDERS[ExchangeFile.Kind(file.kind)].name,
        month=month_name(file.month),
        department=head.department,
        office=head.office,
        contacts=head.contacts,
        file_name=file.name,
        file_sha256=file.sha256,
        received_on=f"{day_of(file.at):%d.%m.%Y}",
        rows_in_file=file.rows,
        is_refused=file.status == ExchangeFile.Status.REFUSED,
        made_by=str(by),
        rows=rows,
    )


def _journal(notice: FundNotice, file: ExchangeFile, *, by: Staff, at: dt.datetime) -> None:
    sender = SENDERS[ExchangeFile.Kind(file.kind)]
    paper = journal.Paper(
        subject=f"{notice}: {sender.stage}, файл «{file}»"[:300],
        item=sender.item,
        month=file.month,
        file_name=notice.document.name,
        sha256=notice.document.sha256,
        rows=notice.faults,
    )
    journal.record(
        office=file.office, event="составлено уведомление", paper=paper, counterpart=sender.name, by=by, at=at
    )
