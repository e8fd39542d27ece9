"""Item 3.15: bank and post registers with their documents, and their release."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from exchange.dbf.writing import Unwritable
from offices import balances, files, journal
from offices.balances import Amount, Balance
from offices.calendar import day_of
from offices.copying import copy_rows
from offices.models import Bank, Office, Staff
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open
from payments.documents.contents import RegisterHead, TotalsDiffer
from payments.documents.facts import in_order, register_head, register_rows
from payments.documents.files import register_file_name
from payments.documents.papers import RegisterPapers, papers_of
from payments.models import PaymentDocument, PaymentLine, PaymentRegister, RegisterEntry
from payments.selectors.registers import lines_to_register, payment_day
from payments.terms import last_day_for_post

REGISTERS = ("3.15", "реестры")
POST = "ФГУП «Почта России»"


class NothingToRegister(Refusal):
    """No line of the month waits for this register."""


class NotYourRegister(Refusal):
    """Who handed the lists over may not form their register; who formed it may not release it."""


class PapersDiffer(Refusal):
    """The papers do not tell the same sum, or a value does not fit into the file."""


@dataclass(frozen=True, slots=True)
class Release:
    """A released register and what is wrong with its day, empty when nothing is."""

    register: PaymentRegister
    warning: str = ""


@transaction.atomic
def build_bank_register(*, bik: str, month: dt.date, by: Staff, at: dt.datetime) -> PaymentRegister:
    """Form a bank's register over all districts, with its file and documents.

    It takes the lines of lists handed over that no register holds; when there are none, the last
    register of the bank is returned unchanged. Lists handed over later make the next number.
    Source: Regulation 369 of 30.10.2007, item 3.15.1 (б).
    Raises NothingToRegister, NotYourRegister, MonthNotOpen, PapersDiffer.
    """
    bank = Bank.objects.get(pk=bik)
    return _build(PaymentRegister.Channel.BANK, bank, month, by=by, at=at)


@transaction.atomic
def build_post_register(*, month: dt.date, by: Staff, at: dt.datetime) -> PaymentRegister:
    """Form the post's register over all districts, with its file, documents and postal orders.

    Repeated calls behave as those of a bank's register.
    Source: Regulation 369 of 30.10.2007, item 3.15.1 (в).
    Raises NothingToRegister, NotYourRegister, MonthNotOpen, PapersDiffer.
    """
    return _build(PaymentRegister.Channel.POST, None, month, by=by, at=at)


@transaction.atomic
def release_register(*, register_id: int, by: Staff, at: dt.datetime) -> Release:
    """Send a register out: to accounting for the bank, to the legal unit for the post.

    The lines become sent. A post package given later than three days before the payment is warned of, not
    refused. Released before, nothing changes.
    Source: Regulation 369 of 30.10.2007, items 3.15.1 (г, д), 3.15.2 (б), 3.15.3.
    Raises NotYourRegister, MonthNotOpen, StoredBytesDiffer.
    """
    register = (
        PaymentRegister.objects.select_for_update(of=("self",)).select_related("bank", "file").get(pk=register_id)
    )
    if register.status != PaymentRegister.Status.FORMED:
        return Release(register, _lateness(register))
    if by.pk == register.formed_by_id:
        raise NotYourRegister("Реестр отправляет не тот, кто его сформировал.")
    require_open(register.month)
    files.read(register.file)
    register.status = PaymentRegister.Status.RELEASED
    register.released_at, register.released_by = at, by
    register.save(update_fields=["status", "released_at", "released_by"])
    sent = PaymentLine.objects.filter(entry__register=register, status=PaymentLine.Status.REGISTERED)
    count = sent.update(status=PaymentLine.Status.SENT)
    _hand_out(register, by=by, at=at)
    item, stage = REGISTERS
    balances.strike(
        month=register.month,
        item=item,
        stage=stage,
        office=unit_of_kind(kind=Office.Kind.PAYMENTS),
        subject=register.subject,
        balance=Balance(Amount(register.rows, register.total), Amount(count, register.total)),
        at=at,
    )
    return Release(register, _lateness(register))


def _build(channel: str, bank: Bank | None, month: dt.date, *, by: Staff, at: dt.datetime) -> PaymentRegister:
    lines = in_order(
        lines_to_register(month)
        .filter(kind=channel, bank=bank)
        .select_for_update(of=("self",))
        .select_related("list", "office__district", "accrual", "payee", "post_office")
        .order_by("pk")
    )
    formed = PaymentRegister.objects.filter(channel=channel, bank=bank, month=month)
    if not lines:
        last = formed.order_by("-number").first()
        if last is None:
            raise NothingToRegister(f"За {month:%m.%Y} нет строк для реестра: {bank or 'почта'}.")
        return last
    if by.pk in {line.list.handed_by_id for line in lines}:
        raise NotYourRegister("Реестр формирует не тот, кто передал списки.")
    require_open(month)
    number = (formed.aggregate(last=Max("number"))["last"] or 0) + 1
    head = register_head(number, lines, bank, unit=unit_of_kind(kind=Office.Kind.PAYMENTS), by=by, on=day_of(at))
    papers = _checked_papers(head, lines)
    register = _store(channel, bank, head, lines, papers, by=by, at=at)
    _store_documents(register, papers, by=by, at=at)
    _record(register, by=by, at=at)
    return register


def _checked_papers(head: RegisterHead, lines: Sequence[PaymentLine]) -> RegisterPapers:
    try:
        papers = papers_of(head, register_rows(lines))
        papers.check(_total_of(lines))
    except Unwritable as fault:
        raise PapersDiffer(f"Файл реестра не записать: {fault}") from fault
    except TotalsDiffer as fault:
        raise PapersDiffer(f"Документы реестра не сходятся: {fault}") from fault
    return papers


def _store(
    channel: str,
    bank: Bank | None,
    head: RegisterHead,
    lines: Sequence[PaymentLine],
    papers: RegisterPapers,
    *,
    by: Staff,
    at: dt.datetime,
) -> PaymentRegister:
    file = files.store(content=papers.file, name=register_file_name(head), media_type=files.DBF, by=by, at=at)
    total = _total_of(lines)
    register = PaymentRegister.objects.create(
        channel=channel,
        bank=bank,
        month=head.month,
        paid_month=head.paid_month,
        number=head.number,
        status=PaymentRegister.Status.FORMED,
        rows=total.rows,
        total=total.roubles,
        file=file,
        formed_at=at,
        formed_by=by,
    )
    copy_rows(
        RegisterEntry._meta.db_table,
        ("register_id", "row_number", "line_id"),
        ((register.pk, place, line.pk) for place, line in enumerate(lines, start=1)),
    )
    PaymentLine.objects.filter(entry__register=register).update(status=PaymentLine.Status.REGISTERED)
    return register


def _store_documents(register: PaymentRegister, papers: RegisterPapers, *, by: Staff, at: dt.datetime) -> None:
    PaymentDocument.objects.bulk_create(
        PaymentDocument(
            register=register,
            kind=paper.kind,
            office_id=paper.office_id,
            file=files.store(content=paper.content, name=paper.name[:200], media_type=files.PDF, by=by, at=at),
        )
        for paper in papers.printed()
    )


def _record(register: PaymentRegister, *, by: Staff, at: dt.datetime) -> None:
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    journal.record(office=unit, event="сформирован реестр", paper=_paper(register), by=by, at=at)


def _hand_out(register: PaymentRegister, *, by: Staff, at: dt.datetime) -> None:
    """Write the way out: payments unit, the unit that hands the papers on, the bank or the post."""
    to_bank = register.bank is not None
    on_the_way = unit_of_kind(kind=Office.Kind.ACCOUNTING if to_bank else Office.Kind.LEGAL)
    paper = _paper(register)
    payments_unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    journal.record_handover(sender=payments_unit, receiver=on_the_way, paper=paper, by=by, at=at)
    receiver = str(register.bank) if to_bank else POST
    journal.record(office=on_the_way, event="передано", paper=paper, by=by, at=at, counterpart=receiver[:200])


def _paper(register: PaymentRegister) -> journal.Paper:
    return journal.Paper(
        subject=register.subject,
        item="3.15",
        month=register.month,
        file_name=register.file.name,
        sha256=register.file.sha256,
        rows=register.rows,
        roubles=register.total,
    )


def _lateness(register: PaymentRegister) -> str:
    """Say what is wrong with the day on which the post's package left (3.15.3)."""
    if register.channel != PaymentRegister.Channel.POST or register.released_at is None:
        return ""
    paid_on = payment_day(register.month)
    if paid_on is None:
        return "В графике нет срока по пункту 3.15: не проверено, что почта получила пакет за три дня до выплаты."
    released_on, latest = day_of(register.released_at), last_day_for_post(paid_on)
    if released_on <= latest:
        return ""
    return (
        f"Пакет для почты передан {released_on:%d.%m.%Y}, а при выплате {paid_on:%d.%m.%Y} "
        f"его передают не позднее {latest:%d.%m.%Y} (3.15.3)."
    )


def _total_of(lines: Sequence[PaymentLine]) -> Amount:
    return sum((Amount(1, line.payable) for line in lines), Amount())
