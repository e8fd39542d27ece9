"""Item 3.15.4: answers of the bank and the post, returns and how they are cleared up."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from exchange.dbf.verdicts import Refused
from offices import balances, files, journal
from offices.calendar import day_of
from offices.models import HandoverBalance, Office, Staff, StoredFile
from offices.refusals import Refusal
from offices.selectors import unit_of_kind
from offices.services.months import require_open
from payments.documents.files import AnswerRow, BadAnswerRow, read_answer, row_id
from payments.models import PaymentLine, PaymentRegister, RegisterAnswer, ReturnedPayment, ReturnReason
from payments.selectors.claims import requisites_to_pay_by
from payments.selectors.returns import answer_balance
from recipients.models import PaymentChannel
from recipients.services import own_case

ANSWER = ("3.15", "ответ")
ZERO = Decimal("0.00")
Status = PaymentLine.Status


class AnswerRefused(Refusal):
    """The answer is not one to this register, or a row of it cannot be right; nothing is changed."""


class ReturnAlreadyClarified(Refusal):
    """The return was cleared up before."""


class OutcomeNotPossible(Refusal):
    """What is to be done does not fit the reason, the recipient or the person who decides."""


@transaction.atomic
def record_answer(*, register_id: int, content: bytes, name: str, by: Staff, at: dt.datetime) -> RegisterAnswer:
    """Record what the bank or the post says of a register's rows; the same bytes again change nothing.

    The file is taken whole or refused whole. Lines become paid or returned with the coded reason; a later
    file may answer rows left out before, and return what was paid. Rows it says again are left as they are.
    Source: Regulation 369 of 30.10.2007, item 3.15.4.
    Raises AnswerRefused, MonthNotOpen.
    """
    register = PaymentRegister.objects.select_for_update(of=("self",)).select_related("bank").get(pk=register_id)
    if register.status == PaymentRegister.Status.FORMED:
        raise AnswerRefused("Реестр ещё не отправлен, ответа на него быть не может.")
    sha256 = files.sha256_of(content)
    recorded = RegisterAnswer.objects.filter(register=register, sha256=sha256).first()
    if recorded is not None:
        return recorded
    rows = _read(content, register)
    lines = {row_id(line.pk): line for line in _lines(register)}
    _check(rows, lines, register, on=day_of(at))
    _apply(rows, lines, by=by, at=at)
    file = files.store(content=content, name=name[:200], media_type=files.DBF, by=by, at=at)
    answer = _store(register, file, rows, by=by, at=at)
    _close_balance(register, answer, at=at)
    paper = journal.Paper(
        subject=f"ответ {answer.number} на {register.subject}",
        item="3.15",
        month=register.month,
        file_name=file.name,
        sha256=sha256,
        rows=len(rows),
        roubles=sum((row.amount for row in rows), ZERO),
    )
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    sender = str(register.bank or "ФГУП «Почта России»")[:200]
    journal.record(office=unit, event="получен ответ", paper=paper, by=by, at=at, counterpart=sender)
    return answer


@transaction.atomic
def clarify_return(
    *, returned_id: int, outcome: str, clarification: str, by: Staff, at: dt.datetime
) -> ReturnedPayment:
    """Write down why a payment came back and what becomes of it, by another person than its recorder.

    RELIST puts the line into the next supplementary list; where the reason spoils the requisites, new
    confirmed ones must be there. HEIRS leaves the sum to the family of a dead recipient, CLOSED ends it.
    Source: Regulation 369 of 30.10.2007, item 3.15.4.
    Raises ReturnAlreadyClarified, OutcomeNotPossible, OwnCase.
    """
    returned = (
        ReturnedPayment.objects.select_for_update(of=("self",))
        .select_related("line__recipient__person", "line__payee", "line__accrual", "reason", "office")
        .get(pk=returned_id)
    )
    if returned.outcome != ReturnedPayment.Outcome.OPEN:
        raise ReturnAlreadyClarified(f"Возврат уже разобран: {returned.get_outcome_display()}.")
    _check_person(returned, clarification, by=by)
    _check_outcome(returned, outcome, on=day_of(at))
    returned.outcome, returned.clarification = outcome, clarification.strip()
    returned.clarified_at, returned.clarified_by = at, by
    returned.save(update_fields=["outcome", "clarification", "clarified_at", "clarified_by"])
    paper = journal.Paper(
        subject=f"возврат, строка {returned.line_id}: {returned.get_outcome_display()}", item="3.15", rows=1
    )
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    journal.record(office=unit, event="выяснена причина возврата", paper=paper, by=by, at=at)
    return returned


def _read(content: bytes, register: PaymentRegister) -> list[AnswerRow]:
    try:
        rows = read_answer(content, from_bank=register.bank_id is not None)
    except Refused as refused:
        raise AnswerRefused(refused.text) from refused
    except BadAnswerRow as fault:
        raise AnswerRefused(str(fault)) from fault
    if not rows:
        raise AnswerRefused("В ответе нет ни одной строки.")
    return rows


def _lines(register: PaymentRegister) -> Sequence[PaymentLine]:
    return list(PaymentLine.objects.select_for_update(of=("self",)).filter(entry__register=register).order_by("pk"))


def _check(
    rows: Sequence[AnswerRow], lines: Mapping[str, PaymentLine], register: PaymentRegister, *, on: dt.date
) -> None:
    assert register.released_at is not None, "a register that is not formed is released"
    known = dict(ReturnReason.objects.filter(channel=register.channel).values_list("code", "title"))
    first_day, seen = day_of(register.released_at), set()
    for row in rows:
        line = lines.get(row.row_id)
        if line is None:
            raise AnswerRefused(f"Строка {row.row_no}: в реестре нет строки с номером «{row.row_id}».")
        if row.row_id in seen:
            raise AnswerRefused(f"Строка {row.row_no}: номер «{row.row_id}» повторяется.")
        seen.add(row.row_id)
        if row.amount != line.payable:
            raise AnswerRefused(f"Строка {row.row_no}: сумма {row.amount} вместо {line.payable} руб. по реестру.")
        if not first_day <= row.day <= on:
            raise AnswerRefused(
                f"Строка {row.row_no}: день {row.day:%d.%m.%Y} раньше отправки реестра или ещё не настал."
            )
        if row.reason_code and row.reason_code not in known:
            raise AnswerRefused(f"Строка {row.row_no}: причины «{row.reason_code}» нет в справочнике.")
        if row.is_paid and line.status == Status.RETURNED:
            raise AnswerRefused(f"Строка {row.row_no}: выплата уже возвращена и не может стать выплаченной.")


def _apply(rows: Sequence[AnswerRow], lines: Mapping[str, PaymentLine], *, by: Staff, at: dt.datetime) -> None:
    told = [(row, lines[row.row_id]) for row in rows]
    paid = [line.pk for row, line in told if row.is_paid and line.status == Status.SENT]
    back = [(row, line) for row, line in told if not row.is_paid and line.status != Status.RETURNED]
    PaymentLine.objects.filter(pk__in=paid).update(status=Status.PAID)
    PaymentLine.objects.filter(pk__in=[line.pk for _, line in back]).update(status=Status.RETURNED)
    ReturnedPayment.objects.bulk_create(
        ReturnedPayment(
            line=line,
            office_id=line.office_id,
            reason_id=row.reason_code,
            returned_on=row.day,
            recorded_at=at,
            recorded_by=by,
        )
        for row, line in back
    )


def _store(
    register: PaymentRegister, file: StoredFile, rows: Sequence[AnswerRow], *, by: Staff, at: dt.datetime
) -> RegisterAnswer:
    if register.status == PaymentRegister.Status.RELEASED:
        require_open(register.month)
        register.status = PaymentRegister.Status.ANSWERED
        register.answered_at, register.answer_file = at, file
        register.save(update_fields=["status", "answered_at", "answer_file"])
    paid = sum(row.is_paid for row in rows)
    return RegisterAnswer.objects.create(
        register=register,
        number=register.answers.count() + 1,
        file=file,
        sha256=file.sha256,
        rows=len(rows),
        paid=paid,
        returned=len(rows) - paid,
        recorded_at=at,
        recorded_by=by,
    )


def _close_balance(register: PaymentRegister, answer: RegisterAnswer, *, at: dt.datetime) -> None:
    """Strike the balance of the answers so far; a later one takes the place of the one before."""
    item, stage = ANSWER
    unit = unit_of_kind(kind=Office.Kind.PAYMENTS)
    of_register = Q(subject=register.subject) | Q(subject__startswith=f"{register.subject}, ")
    before = HandoverBalance.objects.filter(
        of_register, month=register.month, item=item, stage=stage, office=unit, superseded_by__isnull=True
    ).first()
    balances.strike(
        month=register.month,
        item=item,
        stage=stage,
        office=unit,
        subject=register.subject if answer.number == 1 else f"{register.subject}, ответ {answer.number}",
        balance=answer_balance(register),
        at=at,
        supersedes=before,
    )


def _check_person(returned: ReturnedPayment, clarification: str, *, by: Staff) -> None:
    if not clarification.strip():
        raise OutcomeNotPossible("Напишите, что выяснено.")
    if by.pk == returned.recorded_by_id:
        raise OutcomeNotPossible("Причину выясняет не тот, кто записал возврат.")
    own_case.require_stranger(by=by, persons=[returned.line.recipient.person, returned.line.payee])


def _check_outcome(returned: ReturnedPayment, outcome: str, *, on: dt.date) -> None:
    match outcome:
        case ReturnedPayment.Outcome.RELIST:
            _check_relist(returned, on=on)
        case ReturnedPayment.Outcome.HEIRS:
            _check_heirs(returned)
        case ReturnedPayment.Outcome.CLOSED:
            return
        case _:
            raise OutcomeNotPossible("Укажите, что делать с возвратом.")


def _check_heirs(returned: ReturnedPayment) -> None:
    death = returned.line.recipient.person.death_date
    if death is None:
        raise OutcomeNotPossible("Смерть получателя не внесена: сначала внесите её в карточку.")
    if returned.line.heir_part_id is not None:
        raise OutcomeNotPossible("Это выплата наследнику: включите её повторно или закройте возврат.")
    if returned.line.accrual.month > death:
        raise OutcomeNotPossible(
            f"Начислено за {returned.line.accrual.month:%m.%Y}, после месяца смерти: наследникам это не выплачивают, "
            "закройте возврат."
        )


def _check_relist(returned: ReturnedPayment, *, on: dt.date) -> None:
    line = returned.line
    paid_to = line.recipient.person if line.heir_part_id is None else line.payee
    if paid_to.death_date is not None or returned.reason.stops_payment:
        raise OutcomeNotPossible(f"При причине «{returned.reason}» выплату повторно не включают.")
    if not returned.reason.needs_new_requisites:
        return
    if not _has_new_requisites(line, on=on):
        raise OutcomeNotPossible(f"При причине «{returned.reason}» нужны новые подтверждённые реквизиты.")


def _has_new_requisites(line: PaymentLine, *, on: dt.date) -> bool:
    if line.heir_part_id is not None:
        now = requisites_to_pay_by([line.heir_part_id]).get(line.heir_part_id)
        return now is not None and now.pk != line.heir_requisites_id
    new = PaymentChannel.objects.valid_on(on).filter(recipient_id=line.recipient_id, confirmed_at__isnull=False)
    return new.exclude(pk=line.channel_id).exists()
