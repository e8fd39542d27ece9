"""Items 3.3.2 (д, е) and 2.5.4: claims of what a deceased recipient did not receive, and how claimants are paid."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from offices import journal
from offices.models import JournalEntry, Staff
from offices.refusals import Refusal
from payments.models import HeirClaim, HeirDecision, HeirRequisites
from payments.selectors.claims import DOCUMENT_KINDS, last_day_to_claim, live_claims
from recipients.models import Application, DocumentKind, Entitlement, Person, Recipient
from recipients.services import applications, own_case
from recipients.services.admission import HandedDocument
from recipients.services.requisites import Requisites, require_complete

ITEM = "3.3"


class ClaimNotPossible(Refusal):
    """The claim does not stand: no death, an earlier claim, documents that do not belong, too late or too early."""


class RequisitesNotYours(Refusal):
    """Requisites are confirmed by another person than the one who entered them, once."""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """Who claims and in which quality (`HeirClaim.Kind`), when the office received it, by what papers, paid how."""

    kind: str
    relation: str
    received_on: dt.date
    way: str
    address: str
    documents: Sequence[HandedDocument]
    requisites: Requisites


@transaction.atomic
def register_claim(*, recipient_id: int, claimant: Person, facts: ClaimFacts, by: Staff, at: dt.datetime) -> HeirClaim:
    """Register a claim: its application under the next number, the claim, and the claimant's requisites.

    A claim out of its term is registered too; it is refused by `refuse_claim`, never decided.
    Source: Regulation 369 of 30.10.2007, items 2.5.4, 3.3.2 (д, е); Civil Code, article 1183.
    Raises ClaimNotPossible, OwnCase, RequisitesIncomplete, AccountDoesNotFit and the refusals of admission.
    """
    recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("person", "office").get(pk=recipient_id)
    )
    death = _check(recipient, claimant, facts)
    require_complete(requisites=facts.requisites)
    application = applications.register_application(
        office=recipient.office,
        kind=Application.Kind.HEIR,
        way=facts.way,
        received_on=facts.received_on,
        applicant=claimant,
        disabled_person=recipient.person,
        category=_category(recipient),
        address=facts.address,
        is_place_of_stay=False,
        channel="через банк" if facts.requisites.bank else "через почту",
        documents=facts.documents,
        by=by,
        at=at,
    )
    claim: HeirClaim = HeirClaim.objects.create(
        application=application,
        office=recipient.office,
        recipient=recipient,
        claimant=claimant,
        kind=facts.kind,
        relation=facts.relation.strip(),
        claimed_on=facts.received_on,
        term_ends_on=last_day_to_claim(death),
        entered_at=at,
        entered_by=by,
    )
    _store(claim, facts.requisites, by=by, at=at)
    return claim


@transaction.atomic
def refuse_claim(*, claim_id: int, ground_code: str, facts: str, by: Staff, at: dt.datetime) -> Application:
    """Refuse a claim on a coded ground with what was found; the letter is kept with the application.

    Raises ClaimNotPossible, and the refusals of `recipients.services.applications.refuse_application`.
    """
    claim = HeirClaim.objects.select_for_update(of=("self",)).get(pk=claim_id)
    decisions = HeirDecision.objects.filter(application_id=claim.pk).exclude(status=HeirDecision.Status.WITHDRAWN)
    if decisions.exists():
        raise ClaimNotPossible("По этому требованию уже есть решение о выплате: сначала отзовите его.")
    return applications.refuse_application(application_id=claim.pk, ground_code=ground_code, facts=facts, by=by, at=at)


@transaction.atomic
def give_requisites(*, claim_id: int, requisites: Requisites, by: Staff, at: dt.datetime) -> HeirRequisites:
    """Enter other requisites of a claimant, after a return for one; another person confirms them.

    Raises RequisitesIncomplete, AccountDoesNotFit, OwnCase.
    """
    claim = HeirClaim.objects.select_related("claimant", "recipient__person", "office").get(pk=claim_id)
    own_case.require_stranger(by=by, persons=[claim.claimant, claim.recipient.person])
    require_complete(requisites=requisites)
    return _store(claim, requisites, by=by, at=at)


@transaction.atomic
def confirm_requisites(*, requisites_id: int, by: Staff, at: dt.datetime) -> HeirRequisites:
    """Confirm a claimant's requisites that another person entered; from now on they are paid by.

    Raises RequisitesNotYours, OwnCase.
    """
    row = (
        HeirRequisites.objects.select_for_update(of=("self",))
        .select_related("claim__claimant", "claim__recipient__person", "claim__office", "bank")
        .get(pk=requisites_id)
    )
    if row.confirmed_at is not None:
        raise RequisitesNotYours(f"Реквизиты уже подтверждены {row.confirmed_at:%d.%m.%Y}.")
    if row.entered_by_id == by.pk:
        raise RequisitesNotYours("Реквизиты подтверждает не тот, кто их ввёл: попросите другого сотрудника.")
    own_case.require_stranger(by=by, persons=[row.claim.claimant, row.claim.recipient.person])
    row.confirmed_at, row.confirmed_by = at, by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    _journal(row, "реквизиты заявителя подтверждены", by=by, at=at)
    return row


def _check(recipient: Recipient, claimant: Person, facts: ClaimFacts) -> dt.date:
    death = recipient.person.death_date
    if death is None:
        raise ClaimNotPossible("Смерть получателя не внесена: сначала внесите её в карточку.")
    if claimant.pk == recipient.person_id:
        raise ClaimNotPossible("Умерший получатель не может быть заявителем: укажите, кто обратился.")
    if facts.kind not in HeirClaim.Kind.values or not facts.relation.strip():
        raise ClaimNotPossible("Укажите, кто обратился и кем он приходился умершему.")
    if facts.received_on < death:
        raise ClaimNotPossible(f"Заявление подано {facts.received_on:%d.%m.%Y}, раньше смерти {death:%d.%m.%Y}.")
    earlier = live_claims(recipient).filter(claimant=claimant).first()
    if earlier is not None:
        raise ClaimNotPossible(f"{claimant} уже обращался: {earlier.application}. Решают по нему.")
    needed = DOCUMENT_KINDS[facts.kind]
    for document in facts.documents:
        if document.kind not in needed:
            title = DocumentKind(document.kind).label
            raise ClaimNotPossible(f"Документ «{title}» у такого заявителя не требуют: уберите его (пункт 2.5.5).")
    return death


def _category(recipient: Recipient) -> str:
    right: Entitlement | None = recipient.entitlements.order_by("-valid_from", "-pk").first()
    if right is None:
        raise ClaimNotPossible("Права на меру у умершего не было: выплачивать нечего.")
    category: str = right.category
    return category


def _store(claim: HeirClaim, requisites: Requisites, *, by: Staff, at: dt.datetime) -> HeirRequisites:
    row: HeirRequisites = HeirRequisites.objects.create(
        claim=claim,
        kind=requisites.kind,
        bank=requisites.bank,
        account=requisites.account,
        post_office=requisites.post_office,
        entered_at=at,
        entered_by=by,
    )
    _journal(row, "реквизиты заявителя внесены", by=by, at=at)
    return row


def _journal(row: HeirRequisites, event: str, *, by: Staff, at: dt.datetime) -> None:
    subject = f"{row.claim}: {row.get_kind_display()}, дело {row.claim.recipient.case_number}"
    paper = journal.Paper(subject=subject[:300], item=ITEM, way=JournalEntry.Way.PAPER)
    journal.record(office=row.claim.office, event=event, paper=paper, by=by, at=at)
