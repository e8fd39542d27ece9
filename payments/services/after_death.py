"""What was accrued for months after a death: cancelled where unpaid, asked back from the bank or the post where paid."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from config.pdf import Signature
from offices import files, journal
from offices.calendar import day_of
from offices.letterhead import letterhead_of
from offices.models import JournalEntry, NumberSeries, Office, Staff
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from payments.documents.facts import signature_of
from payments.documents.return_notices import AskedBack, ReturnPaper, print_return_notice
from payments.models import CancelledAccrual, PaymentLine, PaymentRegister, ReturnNotice, ReturnNoticeLine
from payments.selectors.after_death import paid_after_death, unpaid_after_death
from recipients.models import Recipient
from recipients.services import own_case

REASON = "получатель умер"
POST = "АО «Почта России»"
ITEM = "3.15"
ZERO = Decimal("0.00")


class NothingAfterDeath(Refusal):
    """Nothing was accrued, or paid, for months after the death."""


@transaction.atomic
def cancel_after_death(*, recipient_id: int, by: Staff, at: dt.datetime) -> list[CancelledAccrual]:
    """Cancel what a dead recipient was accrued for months after the month of death and not paid; it is listed no more.

    Source: Regulation 369 of 30.10.2007, items 2.4.5 and 3.16.1.
    Raises NothingAfterDeath, OwnCase.
    """
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("person").get(pk=recipient_id)
    own_case.require_stranger(by=by, persons=[recipient.person])
    waiting = list(unpaid_after_death([recipient.pk]).select_related("office"))
    if not waiting:
        raise NothingAfterDeath("Невыплаченных начислений за месяцы после смерти нет.")
    cancelled = [
        CancelledAccrual(
            accrual=accrual,
            office_id=accrual.office_id,
            recipient=recipient,
            reason=REASON,
            cancelled_at=at,
            cancelled_by=by,
        )
        for accrual in waiting
    ]
    CancelledAccrual.objects.bulk_create(cancelled)
    paper = journal.Paper(
        subject=f"начисления за месяцы после смерти, дело {recipient.case_number}: {REASON}"[:300],
        item="3.16",
        rows=len(waiting),
        roubles=sum((accrual.accrued for accrual in waiting), ZERO),
    )
    journal.record(office=waiting[0].office, event="аннулированы начисления", paper=paper, by=by, at=at)
    return cancelled


@transaction.atomic
def ask_back(*, by: Staff, at: dt.datetime) -> list[ReturnNotice]:
    """Write a letter to every bank, and to the post, that paid for months after a death and was not asked to return it.

    Each payment is asked back once. What comes back is recorded as any returned payment.
    Source: Regulation 369 of 30.10.2007, items 2.4.5, 3.15.4.
    Raises NothingAfterDeath.
    """
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    groups: dict[tuple[str, str], list[PaymentLine]] = {}
    for line in paid_after_death():
        groups.setdefault((line.kind, line.bank_id or ""), []).append(line)
    if not groups:
        raise NothingAfterDeath("Выплат за месяцы после смерти, которые ещё не просили вернуть, нет.")
    return [_write(unit, lines, by=by, at=at) for _, lines in sorted(groups.items())]


def _write(unit: Office, lines: Sequence[PaymentLine], *, by: Staff, at: dt.datetime) -> ReturnNotice:
    bank, year = lines[0].bank, year_of(at)
    number = f"{next_number(office=unit, series=NumberSeries.Series.BANK_LETTER, year=year)}/{year}"
    to = str(bank) if bank else POST
    head = letterhead_of(unit)
    content = print_return_notice(
        ReturnPaper(
            number=number,
            made_on=day_of(at),
            department=head.department,
            office=head.office,
            contacts=head.contacts,
            addressee=to,
            address=bank.address if bank else "",
            is_bank=bank is not None,
            signed_by=Signature(by.position or "Специалист отдела организации выплат", signature_of(by)),
            executor=f"{by}{f', тел. {head.phone}' if head.phone else ''}",
            lines=[_asked(line) for line in lines],
        )
    )
    name = f"Письмо о возврате выплат № {number.replace('/', '-')}.pdf"
    document = files.store(content=content, name=name, media_type=files.PDF, by=by, at=at)
    total = sum((line.payable for line in lines), ZERO)
    paper = journal.Paper(
        subject=f"письмо № {number} о возврате выплат за месяцы после смерти получателей",
        item=ITEM,
        file_name=document.name,
        sha256=document.sha256,
        rows=len(lines),
        roubles=total,
        way=JournalEntry.Way.PAPER,
    )
    entry = journal.record(office=unit, event="направлено письмо", paper=paper, by=by, at=at, counterpart=to[:200])
    notice = ReturnNotice.objects.create(
        office=unit,
        number=number,
        channel=PaymentRegister.Channel.BANK if bank else PaymentRegister.Channel.POST,
        bank=bank,
        rows=len(lines),
        total=total,
        made_at=at,
        made_by=by,
        document=document,
        entry=entry,
    )
    ReturnNoticeLine.objects.bulk_create(ReturnNoticeLine(notice=notice, line=line) for line in lines)
    return notice


def _asked(line: PaymentLine) -> AskedBack:
    death = line.recipient.person.death_date
    assert death is not None, "only what was paid after a death is asked back"
    entry = line.entry
    return AskedBack(
        deceased=line.recipient.person.full_name,
        died_on=death,
        payee=line.payee_name,
        where=line.account if line.bank_id else f"отделение {line.post_office_id}, {line.address}",
        accrued_for=line.accrual.month,
        register=f"№ {entry.register.number} за {entry.register.month:%m.%Y}, строка {entry.row_number}",
        payable=line.payable,
    )
