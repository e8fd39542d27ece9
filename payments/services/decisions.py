"""Items 3.3.2 (д-ж) and 2.4.5: the decision to pay a family member what the deceased did not receive."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from calculations.models import Accrual
from config.pdf import Signature
from offices import files, journal
from offices.calendar import day_of
from offices.models import NumberSeries, Office, Staff
from offices.money import to_kopecks
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from payments.documents.decisions import HeirPaper, MonthPart, heir_decision_pdf
from payments.documents.facts import signature_of
from payments.models import HeirDecision, HeirPart
from payments.selectors.heirs import (
    UnreceivedAccrual,
    last_day_to_claim,
    service_sums,
    unreceived_accruals,
)
from recipients.models import Application, DocumentKind, Person, Recipient

NEEDED = (DocumentKind.DEATH, DocumentKind.KINSHIP, DocumentKind.JOINT_RESIDENCE)


class ClaimNotPossible(Refusal):
    """The claim does not stand: no death, no application of the claimant, documents missing, or too late."""


class PartsNotPossible(Refusal):
    """A part is of an accrual that is paid, is not the deceased's, or is more than what is left of it."""


class DecisionNotYours(Refusal):
    """Who prepared the decision may not confirm it, and nobody decides his own case."""


@transaction.atomic
def prepare_heir_decision(
    *,
    office: Office,
    recipient_id: int,
    application_id: int,
    claimant: Person,
    relation: str,
    parts: Sequence[tuple[int, Decimal]],
    by: Staff,
    at: dt.datetime,
) -> HeirDecision:
    """Prepare a decision on accruals of a dead recipient that were not paid, each with the claimant's part.

    `parts` are (accrual id, roubles). Several claimants may share an accrual; their parts never exceed it.
    Source: Regulation 369 of 30.10.2007, items 2.4.5, 2.5.4, 3.3.2 (д-ж); Civil Code, article 1183.
    Raises ClaimNotPossible, PartsNotPossible, DecisionNotYours.
    """
    recipient = Recipient.objects.select_for_update(of=("self",)).select_related("person").get(pk=recipient_id)
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    _check_claim(office, recipient, application, claimant, relation)
    if by.snils and by.snils in {claimant.snils, recipient.person.snils}:
        raise DecisionNotYours("Своё дело решает другой сотрудник.")
    _check_parts(recipient, parts)
    decision = HeirDecision.objects.create(
        office=office,
        number=_number(office, at),
        recipient=recipient,
        application=application,
        claimant=claimant,
        relation=relation.strip(),
        total=sum(payable for _, payable in parts),
        status=HeirDecision.Status.PREPARED,
        prepared_at=at,
        prepared_by=by,
    )
    HeirPart.objects.bulk_create(
        HeirPart(decision=decision, accrual_id=accrual_id, payable=payable) for accrual_id, payable in parts
    )
    journal.record(office=office, event="подготовлено решение", paper=_journal_paper(decision), by=by, at=at)
    return decision


@transaction.atomic
def confirm_heir_decision(*, decision_id: int, by: Staff, at: dt.datetime) -> HeirDecision:
    """Confirm a decision by another person and print it; the application is granted.

    Confirmed before, nothing changes.
    Source: Regulation 369 of 30.10.2007, item 3.3.2 (ж), appendix 5. That another person confirms is our
    stricter rule.
    Raises DecisionNotYours.
    """
    decision = (
        HeirDecision.objects.select_for_update(of=("self",))
        .select_related("office", "recipient__person", "claimant", "application", "prepared_by")
        .get(pk=decision_id)
    )
    if decision.status == HeirDecision.Status.CONFIRMED:
        return decision
    if by.pk == decision.prepared_by_id:
        raise DecisionNotYours("Решение утверждает не тот, кто его подготовил.")
    if by.snils and by.snils in {decision.claimant.snils, decision.recipient.person.snils}:
        raise DecisionNotYours("Своё дело решает другой сотрудник.")
    pdf = heir_decision_pdf(_paper(decision, confirmed_by=by, on=day_of(at)))
    name = f"Решение о выплате члену семьи № {decision.number.replace('/', '-')}.pdf"
    document = files.store(content=pdf, name=name, media_type=files.PDF, by=by, at=at)
    decision.status = HeirDecision.Status.CONFIRMED
    decision.confirmed_at, decision.confirmed_by, decision.document = at, by, document
    decision.save(update_fields=["status", "confirmed_at", "confirmed_by", "document"])
    _grant(decision)
    journal.record(office=decision.office, event="утверждено решение", paper=_journal_paper(decision), by=by, at=at)
    return decision


def _check_claim(
    office: Office, recipient: Recipient, application: Application, claimant: Person, relation: str
) -> None:
    death = recipient.person.death_date
    if death is None:
        raise ClaimNotPossible("Смерть получателя не внесена: сначала внесите её в карточку.")
    if {recipient.office_id, application.office_id} != {office.pk}:
        raise ClaimNotPossible("Дело и заявление принадлежат другому отделу.")
    if application.kind != Application.Kind.HEIR or application.status != Application.Status.REGISTERED:
        raise ClaimNotPossible("Нужно нерассмотренное заявление о недополученных суммах умершего.")
    if application.applicant_id != claimant.pk or claimant.pk == recipient.person_id:
        raise ClaimNotPossible("Заявление подал не тот, кому предлагается выплата.")
    if not relation.strip():
        raise ClaimNotPossible("Укажите, кем заявитель приходился умершему.")
    handed_in = set(application.documents.values_list("kind", flat=True))
    missing = [kind.label for kind in NEEDED if kind not in handed_in]
    if missing:
        raise ClaimNotPossible(f"Не хватает документов по пункту 2.5.4: {'; '.join(missing)}.")
    last_day = last_day_to_claim(death)
    if application.received_on > last_day:
        raise ClaimNotPossible(
            f"Срок обращения истёк {last_day:%d.%m.%Y}: сумма входит в наследство, "
            "её получают по свидетельству нотариуса (статья 1183 ГК)."
        )
    if application.received_on < death:
        raise ClaimNotPossible("Заявление подано раньше смерти получателя.")


def _check_parts(recipient: Recipient, parts: Sequence[tuple[int, Decimal]]) -> None:
    ids = [accrual_id for accrual_id, _ in parts]
    if not parts or len(set(ids)) != len(ids):
        raise PartsNotPossible("Укажите хотя бы одно начисление, каждое один раз.")
    locked = Accrual.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    months = {accrual.pk: accrual.month for accrual in locked}
    left = {one.accrual_id: one.left for one in unreceived_accruals(recipient)}
    for accrual_id, payable in parts:
        if accrual_id not in left:
            month = f" за {months[accrual_id]:%m.%Y}" if accrual_id in months else ""
            raise PartsNotPossible(f"Начисление{month} выплачено, разбирается или не принадлежит умершему.")
        if payable <= 0 or payable > left[accrual_id] or payable != to_kopecks(payable):
            raise PartsNotPossible(
                f"За {months[accrual_id]:%m.%Y} осталось {left[accrual_id]} руб., а указано {payable}."
            )


def _number(office: Office, at: dt.datetime) -> str:
    year = year_of(at)
    return f"{next_number(office=office, series=NumberSeries.Series.DECISION, year=year)}/{year}"


def _grant(decision: HeirDecision) -> None:
    application = decision.application
    application.status = Application.Status.GRANTED
    application.recipient = decision.recipient
    application.decided_at, application.decided_by = decision.confirmed_at, decision.confirmed_by
    application.decision_file = decision.document
    application.save(update_fields=["status", "recipient", "decided_at", "decided_by", "decision_file"])


def _paper(decision: HeirDecision, *, confirmed_by: Staff, on: dt.date) -> HeirPaper:
    office, recipient, application = decision.office, decision.recipient, decision.application
    death = recipient.person.death_date
    assert death is not None, "a decision is prepared only after a death"
    author = decision.prepared_by
    return HeirPaper(
        number=decision.number,
        decided_on=on,
        office=office,
        deceased=recipient.person,
        case_number=recipient.case_number,
        claimant=decision.claimant,
        relation=decision.relation,
        application=str(application),
        documents=[_document(*row) for row in application.documents.order_by("pk").values_list("kind", "note")],
        channel=application.channel,
        last_day_to_claim=last_day_to_claim(death),
        months=_months(decision),
        signatures=(
            Signature(author.position or "Специалист, осуществляющий расчёт", signature_of(author)),
            Signature(confirmed_by.position or "Начальник отдела", signature_of(confirmed_by)),
        ),
        executor=str(author),
    )


def _document(kind: str, note: str) -> str:
    label = DocumentKind(kind).label
    return f"{label}: {note}" if note else label


def _months(decision: HeirDecision) -> list[MonthPart]:
    parts = list(decision.parts.select_related("accrual").order_by("accrual__month", "accrual_id"))
    accruals = [
        UnreceivedAccrual(part.accrual_id, part.accrual.month, part.accrual.accrued, part.payable) for part in parts
    ]
    sums = service_sums(accruals)
    return [
        MonthPart(
            month=part.accrual.month,
            services=[(one.service, one.accrued) for one in sums if one.accrual_id == part.accrual_id],
            accrued=part.accrual.accrued,
            payable=part.payable,
        )
        for part in parts
    ]


def _journal_paper(decision: HeirDecision) -> journal.Paper:
    return journal.Paper(
        subject=f"решение № {decision.number} о выплате члену семьи умершего",
        item="3.3",
        rows=decision.parts.count(),
        roubles=decision.total,
    )
