"""Suspending a payment because of a debt: a court act is entered, one person prepares, another confirms.

Source: Housing Code, article 160, item 3; dossier 1.1 (`arrears_rule`) and 1.2 («Debt > 0»).
"""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction

from calculations.documents.debts import print_notice
from calculations.models import CalculationRun, DebtAnswer, DebtCourtAct, Suspension
from calculations.selectors import LIVE, parameters_in_force
from offices import files, journal, numbering
from offices.calendar import day_of
from offices.models import JournalEntry, NumberSeries, Staff, StoredFile
from offices.months import month_name, shift_month
from offices.refusals import Refusal
from recipients import selectors
from recipients.eligibility import MOST_MONTHS_OF_DEBT, ArrearsRule, Debt, first_day_of_suspension, suspension_of
from recipients.models import Ground, Recipient
from recipients.services import own_case

ITEM: Final = "3.3"
Status = Suspension.Status
Outcome = DebtAnswer.Outcome


class DebtNotPossible(Refusal):
    """A court act lacks something, is not in force yet, or confirms a debt of more than three years."""


class NotSuspended(Refusal):
    """The rule of the month or what is known of the debt gives no ground to suspend."""


class SuspensionDecided(Refusal):
    """The suspension was confirmed, withdrawn or resumed before, or another one is open."""


class ConfirmedByItsAuthor(Refusal):
    """A suspension is confirmed by another person than the one who prepared it."""


@transaction.atomic
def enter_court_act(  # what a court act says
    *,
    recipient_id: int,
    provider_id: int,
    court: str,
    number: str,
    decided_on: dt.date,
    in_force_on: dt.date,
    debt: Decimal,
    owed_since: dt.date,
    months: int,
    by: Staff,
    at: dt.datetime,
) -> DebtCourtAct:
    """Enter a court act in force; `debt` in roubles, `owed_since` the first of a month, `months` at most 36.

    Raises DebtNotPossible, OwnCase.
    """
    recipient = _recipient(recipient_id)
    own_case.require_stranger(by=by, persons=[recipient.person])
    since = owed_since.replace(day=1)
    if not (court.strip() and number.strip()):
        raise DebtNotPossible("Укажите суд и номер судебного акта.")
    if not decided_on <= in_force_on <= day_of(at):
        raise DebtNotPossible("Учитывается только акт, вступивший в законную силу: проверьте даты.")
    if not 1 <= months <= MOST_MONTHS_OF_DEBT:
        raise DebtNotPossible(
            "Учитывается долг не более чем за три года (36 месяцев): укажите период в этих границах (часть 3 статьи 160 "
            "Жилищного кодекса)."
        )
    if shift_month(since, months - 1) > decided_on:
        raise DebtNotPossible("Долг возникает до судебного акта: проверьте месяцы долга.")
    if DebtCourtAct.objects.filter(recipient=recipient, court=court.strip(), number=number.strip()).exists():
        raise DebtNotPossible(f"{court.strip()}, № {number.strip()}: этот судебный акт уже записан.")
    act: DebtCourtAct = DebtCourtAct.objects.create(
        office=recipient.office,
        recipient=recipient,
        provider_id=provider_id,
        court=court.strip(),
        number=number.strip(),
        decided_on=decided_on,
        in_force_on=in_force_on,
        debt=debt,
        owed_since=since,
        months=months,
        entered_at=at,
        entered_by=by,
    )
    note(recipient=recipient, told=f"судебный акт: {act}", event="записан судебный акт", by=by, at=at)
    return act


@transaction.atomic
def prepare_suspension(
    *, recipient_id: int, by: Staff, at: dt.datetime, court_act_id: int | None = None, answer_id: int | None = None
) -> Suspension:
    """Prepare the decision by what the rule of its first month asks for: a court act, or a provider's answer.

    Raises NotSuspended, SuspensionDecided, OwnCase, GroundNotInForce, ParameterMissing.
    """
    recipient = _recipient(recipient_id)
    own_case.require_stranger(by=by, persons=[recipient.person])
    if Suspension.objects.filter(recipient=recipient, status__in=(Status.PREPARED, Status.CONFIRMED)).exists():
        raise SuspensionDecided("Выплата этому получателю уже приостановлена, или решение ждёт утверждения.")
    starts_on = first_day_of_suspension(decided_on=day_of(at))
    act = DebtCourtAct.objects.get(pk=court_act_id, recipient=recipient) if court_act_id else None
    answer = DebtAnswer.objects.get(pk=answer_id, recipient=recipient) if answer_id else None
    ground = _ground(act, answer, starts_on)
    year = numbering.year_of(at)
    number = numbering.next_number(office=recipient.office, series=NumberSeries.Series.DECISION, year=year)
    suspension: Suspension = Suspension.objects.create(
        office=recipient.office,
        recipient=recipient,
        number=f"{number}/{year}",
        rule=Suspension.Rule.COURT_ACT if act else Suspension.Rule.AGREEMENT,
        ground=ground,
        court_act=act,
        answer=answer,
        starts_on=starts_on,
        prepared_at=at,
        prepared_by=by,
    )
    note(recipient=recipient, told=f"{suspension}: {ground}", event="приостановление подготовлено", by=by, at=at)
    return suspension


@transaction.atomic
def withdraw_suspension(*, suspension_id: int, by: Staff, at: dt.datetime) -> Suspension:
    """Withdraw a decision that nobody has confirmed. Raises SuspensionDecided, OwnCase."""
    suspension = locked_suspension(suspension_id=suspension_id, status=Status.PREPARED)
    own_case.require_stranger(by=by, persons=[suspension.recipient.person])
    suspension.status = Status.WITHDRAWN
    suspension.save(update_fields=["status"])
    note(recipient=suspension.recipient, told=str(suspension), event="приостановление отозвано", by=by, at=at)
    return suspension


@transaction.atomic
def confirm_suspension(*, suspension_id: int, by: Staff, at: dt.datetime) -> Suspension:
    """Confirm a decision: from the first of the next month nothing is accrued, and the notice is stored.

    Raises SuspensionDecided, ConfirmedByItsAuthor, OwnCase, NotSuspended, GroundNotInForce, ParameterMissing.
    """
    suspension = locked_suspension(suspension_id=suspension_id, status=Status.PREPARED)
    if suspension.prepared_by_id == by.pk:
        raise ConfirmedByItsAuthor(f"Решение № {suspension.number} утверждает не тот, кто его подготовил.")
    recipient = suspension.recipient
    own_case.require_stranger(by=by, persons=[recipient.person])
    starts_on = first_day_of_suspension(decided_on=day_of(at))
    if _ground(suspension.court_act, suspension.answer, starts_on) != suspension.ground:
        raise NotSuspended("Основание изменилось, пока решение ждало: отзовите его и подготовьте заново.")
    if CalculationRun.objects.filter(office=suspension.office, month__gte=starts_on, status__in=LIVE).exists():
        raise NotSuspended(
            f"{month_name(starts_on).capitalize()} в районе уже рассчитан: отмените расчёт или утвердите решение позже."
        )
    suspension.status, suspension.starts_on = Status.CONFIRMED, starts_on
    suspension.confirmed_at, suspension.confirmed_by = at, by
    suspension.notice = files.store(
        content=print_notice(suspension),
        name=f"Уведомление № {suspension.number.replace('/', '-')} о приостановлении.pdf",
        media_type=files.PDF,
        by=by,
        at=at,
    )
    suspension.save(update_fields=["status", "starts_on", "confirmed_at", "confirmed_by", "notice"])
    told = f"{suspension}: с {starts_on:%d.%m.%Y}, {suspension.ground}"
    note(recipient=recipient, told=told, event="выплата приостановлена", by=by, at=at, file=suspension.notice)
    return suspension


def _ground(act: DebtCourtAct | None, answer: DebtAnswer | None, starts_on: dt.date) -> Ground:
    """Return the coded ground by the rule of the first month, with the article in force then."""
    rule = parameters_in_force(starts_on).arrears_rule
    is_latest = answer is not None and not _answered_after(answer)
    debt = Debt(
        is_told=is_latest and answer is not None and answer.outcome == Outcome.DEBT,
        is_agreed=answer is not None and not is_latest,
        court_act_months=act.months if act and act.is_in_force_on(starts_on - dt.timedelta(days=1)) else None,
    )
    code = suspension_of(debt, rule=rule)
    if code is None:
        raise NotSuspended(_WHY_NOT[rule])
    return selectors.ground_in_force(kind=Ground.Kind.SUSPENSION, code=code, on=starts_on)


def _answered_after(answer: DebtAnswer) -> bool:
    later = DebtAnswer.objects.filter(
        recipient=answer.recipient_id, request__provider=answer.request.provider_id, pk__gt=answer.pk
    )
    return later.exclude(outcome=Outcome.WAITING).exists()


_WHY_NOT: Final = {
    ArrearsRule.NONE: "По правилу этого месяца долг выплату не приостанавливает.",
    ArrearsRule.AGREEMENT: (
        "По правилу этого месяца выплату приостанавливают, только если последний ответ предприятия говорит о долге без "
        "соглашения или с соглашением, которое не исполняется."
    ),
    ArrearsRule.COURT_ACT: (
        "По правилу этого месяца выплату приостанавливают только по вступившему в законную силу судебному акту о "
        "непогашенном долге не более чем за три года. Одного ответа предприятия мало."
    ),
}


def _recipient(recipient_id: int) -> Recipient:
    rows = Recipient.objects.select_for_update(of=("self",)).select_related("person", "office")
    recipient: Recipient = rows.get(pk=recipient_id)
    return recipient


def locked_suspension(*, suspension_id: int, status: str) -> Suspension:
    """Return a suspension of the status, locked. Raises SuspensionDecided."""
    rows = Suspension.objects.select_for_update(of=("self",)).select_related(
        "recipient__person", "recipient__office", "office", "ground__decree", "court_act", "answer__request",
        "prepared_by",
    )  # fmt: skip
    suspension: Suspension = rows.get(pk=suspension_id)
    if suspension.status != status:
        raise SuspensionDecided(f"Решение № {suspension.number}: {suspension.get_status_display()}.")
    return suspension


def note(
    *, recipient: Recipient, told: str, event: str, by: Staff, at: dt.datetime, file: StoredFile | None = None
) -> None:
    """Write a line about a recipient's suspension into the office's journal."""
    paper = journal.Paper(
        subject=f"{recipient}: {told}"[:300],
        item=ITEM,
        way=JournalEntry.Way.PAPER,
        file_name=file.name if file else "",
        sha256=file.sha256 if file else "",
    )
    journal.record(office=recipient.office, event=event, paper=paper, by=by, at=at)
