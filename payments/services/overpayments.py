"""Overpayments: found and told of, agreed to be withheld, paid back, claimed in court."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from calculations.rules.withholding import WITHHELD
from offices import files, journal
from offices.calendar import day_of
from offices.letterhead import head_of
from offices.models import NumberSeries, Office, Staff, StoredFile
from offices.money import format_sum, to_kopecks
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from payments.documents.overpayments import OverpaidMonth, OverpaymentPaper, consent_form_pdf, notice_pdf
from payments.models import Overpayment, OverpaymentPart, Repayment
from payments.selectors.overpayments import PaidMonth, foreseen_plan, paid_months, percent_allowed
from recipients.models import Recipient
from recipients.services import own_case

Cause, Status = Overpayment.Cause, Overpayment.Status
ITEM = "3.15"
ENDED = (Status.SETTLED, Status.WRITTEN_OFF)


class OverpaymentNotPossible(Refusal):
    """The months or sums of an overpayment are not what the recipient was paid."""


class ConsentNotPossible(Refusal):
    """The consent does not fit the overpayment: the authority's own error, a percent too high, a day to come."""


class OverpaymentEnded(Refusal):
    """The overpayment is settled, written off or claimed in court already."""


@transaction.atomic
def record_overpayment(
    *,
    office: Office,
    recipient_id: int,
    cause: str,
    description: str,
    found_on: dt.date,
    parts: Sequence[tuple[int, Decimal]],
    by: Staff,
    at: dt.datetime,
) -> Overpayment:
    """Record what a recipient was overpaid, month by month, and print the notice and the form of consent.

    Of the dead nothing is withheld: the notice goes to who received the money, and there is no form.
    `parts` are (accrual id, roubles); each is of an accrual that was paid, and of no more than is not overpaid yet.
    Raises OverpaymentNotPossible, OwnCase, ParameterMissing.
    """
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("person").get(pk=recipient_id)
    if recipient.office_id != office.pk:
        raise OverpaymentNotPossible("Дело ведёт другой отдел: переплату записывает он.")
    own_case.require_stranger(by=by, persons=[recipient.person])
    if not description.strip():
        raise OverpaymentNotPossible("Напишите, что произошло: из-за чего выплачено лишнее.")
    today = day_of(at)
    if found_on > today:
        raise OverpaymentNotPossible("Переплата не может быть выявлена позже сегодняшнего дня.")
    known = {one.accrual_id: one for one in paid_months(recipient)}
    _check_parts(parts, known)
    total = sum((roubles for _, roubles in parts), Decimal("0.00"))
    may_agree = cause in WITHHELD and recipient.person.death_date is None
    number = f"{next_number(office=office, series=NumberSeries.Series.OVERPAYMENT, year=year_of(at))}/{year_of(at)}"
    paper = OverpaymentPaper(
        number=number,
        office=office,
        recipient=recipient,
        cause=Cause(cause),
        description=description.strip(),
        months=[OverpaidMonth(known[key].month, known[key].paid, roubles) for key, roubles in sorted(parts)],
        percent=percent_allowed(today),
        plan=foreseen_plan(recipient, total, on=today) if may_agree else (),
        at=at,
        by=by,
        signed_by=head_of(office, on=today),
    )
    name = f"переплате № {number.replace('/', '-')}"
    notice = notice_pdf(paper, is_withheld=cause in WITHHELD)
    form = consent_form_pdf(paper) if may_agree else None
    made = Overpayment.objects.create(
        office=office,
        number=number,
        recipient=recipient,
        cause=cause,
        description=description.strip(),
        found_on=found_on,
        total=total,
        rest=total,
        recorded_at=at,
        recorded_by=by,
        notice=_kept(notice, f"Уведомление о {name}.pdf", by=by, at=at),
        consent_form=_kept(form, f"Согласие по {name}.pdf", by=by, at=at) if form else None,
    )
    OverpaymentPart.objects.bulk_create(
        OverpaymentPart(overpayment=made, accrual_id=accrual_id, roubles=roubles) for accrual_id, roubles in parts
    )
    tell_journal(made, "выявлена переплата", total, by=by, at=at)
    return made


@transaction.atomic
def record_consent(
    *,
    overpayment_id: int,
    agreed_on: dt.date,
    document: str,
    percent: Decimal,
    is_more_agreed: bool,
    by: Staff,
    at: dt.datetime,
) -> Overpayment:
    """Record that the recipient agreed to withholding, and to what percent of each payment; done before, refused.

    The percent is not above the dated parameter in force on the day of consent, unless the consent itself says more.
    Source: dossier 1.3 («при условии добровольного согласия»; not over 20 % of each payment).
    Raises ConsentNotPossible, OverpaymentEnded, OwnCase, ParameterMissing.
    """
    one = locked(overpayment_id)
    own_case.require_stranger(by=by, persons=[one.recipient.person])
    if one.cause not in WITHHELD:
        raise ConsentNotPossible(
            "Ошибку отдела или Департамента не удерживают: примите возврат, если получатель вернёт сам, или спишите."
        )
    if one.recipient.person.death_date is not None:
        raise ConsentNotPossible(
            "Получатель умер: удерживать не из чего. Примите возврат, взыщите через суд или спишите."
        )
    if one.status != Status.OPEN:
        raise OverpaymentEnded(f"Согласие по переплате № {one.number} уже записано, или она закрыта.")
    if not document.strip():
        raise ConsentNotPossible("Укажите документ, в котором получатель согласился.")
    if not one.found_on <= agreed_on <= day_of(at):
        raise ConsentNotPossible("День согласия — не раньше дня, когда переплату выявили, и не позже сегодняшнего.")
    most = percent_allowed(agreed_on)
    if not 0 < percent <= 100:
        raise ConsentNotPossible("Процент — больше 0 и не больше 100.")
    if percent > most and not is_more_agreed:
        raise ConsentNotPossible(
            f"Без особой оговорки в согласии удерживают не больше {most:f} % выплаты. "
            "Если получатель сам написал больший процент, отметьте это."
        )
    one.consent_on, one.consent_document = agreed_on, document.strip()
    one.percent, one.most_percent, one.is_more_agreed = percent, most, percent > most
    one.consent_recorded_at, one.consent_recorded_by = at, by
    one.status = Status.AGREED
    one.save()
    tell_journal(one, "записано согласие на удержание", one.rest, by=by, at=at)
    return one


@transaction.atomic
def record_repayment(
    *, overpayment_id: int, paid_on: dt.date, roubles: Decimal, document: str, by: Staff, at: dt.datetime
) -> Repayment:
    """Record what the recipient paid back, not more than is owed; the last kopeck settles the overpayment.

    Raises OverpaymentNotPossible, OverpaymentEnded, OwnCase.
    """
    one = locked(overpayment_id)
    own_case.require_stranger(by=by, persons=[one.recipient.person])
    if one.status in ENDED:
        raise OverpaymentEnded(f"По переплате № {one.number} ничего не осталось.")
    if not 0 < roubles <= one.rest or roubles != to_kopecks(roubles):
        raise OverpaymentNotPossible(f"Осталось {format_sum(one.rest)} руб.: вернуть можно не больше этого.")
    if not document.strip():
        raise OverpaymentNotPossible("Укажите документ о возврате: квитанцию, чек, платёжное поручение.")
    if not one.found_on <= paid_on <= day_of(at):
        raise OverpaymentNotPossible("День возврата — не раньше дня, когда переплату выявили, и не позже сегодняшнего.")
    receipt = Repayment.objects.create(
        overpayment=one, paid_on=paid_on, roubles=roubles, document=document.strip(), recorded_at=at, recorded_by=by
    )
    lessen(one, roubles)
    tell_journal(one, "возвращена переплата", roubles, by=by, at=at)
    return receipt


@transaction.atomic
def claim_in_court(
    *, overpayment_id: int, claimed_on: dt.date, document: str, by: Staff, at: dt.datetime
) -> Overpayment:
    """Record that the rest is claimed in court: nothing is withheld any more; what the court recovers is a repayment.

    Raises OverpaymentNotPossible, OverpaymentEnded, OwnCase.
    """
    one = locked(overpayment_id)
    own_case.require_stranger(by=by, persons=[one.recipient.person])
    if one.status in (*ENDED, Status.CLAIMED):
        raise OverpaymentEnded(f"Переплата № {one.number} уже взыскивается или закрыта.")
    if one.cause not in WITHHELD:
        raise OverpaymentNotPossible("Ошибку отдела или Департамента не взыскивают: спишите её.")
    if not document.strip():
        raise OverpaymentNotPossible("Укажите исковое заявление: номер, суд.")
    if not one.found_on <= claimed_on <= day_of(at):
        raise OverpaymentNotPossible("День иска — не раньше дня, когда переплату выявили, и не позже сегодняшнего.")
    one.claimed_on, one.claim_document, one.status = claimed_on, document.strip(), Status.CLAIMED
    one.save(update_fields=["claimed_on", "claim_document", "status"])
    tell_journal(one, "подан иск о взыскании переплаты", one.rest, by=by, at=at)
    return one


def locked(overpayment_id: int, /) -> Overpayment:
    """Return an overpayment that nobody else changes until the transaction ends."""
    return (
        Overpayment.objects.select_for_update(of=("self",))
        .select_related("office", "recipient__person")
        .get(pk=overpayment_id)
    )


def lessen(one: Overpayment, roubles: Decimal, /) -> None:
    """Take roubles off the rest; nothing left settles the overpayment, otherwise its state stays."""
    one.rest -= roubles
    if not one.rest:
        one.status = Status.SETTLED
    one.save(update_fields=["rest", "status"])


def tell_journal(one: Overpayment, event: str, roubles: Decimal, /, *, by: Staff, at: dt.datetime) -> None:
    """Write what was done with an overpayment into the journal of its office."""
    paper = journal.Paper(subject=f"{one}, дело № {one.recipient.case_number}", item=ITEM, roubles=roubles)
    journal.record(office=one.office, event=event, paper=paper, by=by, at=at)


def _kept(content: bytes, name: str, *, by: Staff, at: dt.datetime) -> StoredFile:
    return files.store(content=content, name=name, media_type=files.PDF, by=by, at=at)


def _check_parts(parts: Sequence[tuple[int, Decimal]], known: dict[int, PaidMonth]) -> None:
    ids = [accrual_id for accrual_id, _ in parts]
    if not parts or len(set(ids)) != len(ids):
        raise OverpaymentNotPossible("Укажите хотя бы один выплаченный месяц, каждый один раз.")
    for accrual_id, roubles in parts:
        if accrual_id not in known:
            raise OverpaymentNotPossible("Переплатить можно только то, что выплачено: выберите выплаченные месяцы.")
        one = known[accrual_id]
        if not 0 < roubles <= one.left or roubles != to_kopecks(roubles):
            raise OverpaymentNotPossible(
                f"За {one.month:%m.%Y} переплатой можно назвать от 0,01 до {format_sum(one.left)} руб."
            )
