"""Items 3.3.2 (д-ж) and 2.4.5: what the deceased did not receive is shared among claimants, decided and confirmed."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from calculations.models import Accrual
from config.pdf import Signature
from offices import files, journal
from offices.calendar import day_of
from offices.models import NumberSeries, Staff
from offices.numbering import next_number, year_of
from offices.refusals import Refusal
from payments.documents.decisions import heir_decision_pdf
from payments.documents.facts import signature_of
from payments.documents.heir_facts import heir_paper
from payments.models import HeirClaim, HeirDecision, HeirPart
from payments.selectors.claims import live_claims, obstacle_of
from payments.selectors.heirs import shares_of, unreceived_accruals
from payments.services.claims import confirm_requisites
from recipients.models import Application, Recipient
from recipients.services import applications, own_case

Status = HeirDecision.Status
ITEM = "3.3"


class NothingToShare(Refusal):
    """Nothing is left to share, nobody claims it, or a claim has to be refused first."""


class DecisionNotYours(Refusal):
    """Who prepared the decision may not confirm it."""


class DecisionMade(Refusal):
    """The decision was confirmed or withdrawn before."""


@transaction.atomic
def share_among_claimants(*, recipient_id: int, by: Staff, at: dt.datetime) -> list[HeirDecision]:
    """Prepare a decision for every claimant with equal parts of what a dead recipient was not paid, to the kopeck.

    Decisions prepared before and not confirmed are prepared anew under their numbers; confirmed ones stand, and only
    what they leave is shared. Family and dependants who claimed in time go before heirs.
    Source: Regulation 369 of 30.10.2007, items 2.4.5, 2.5.4, 3.3.2 (д-ж); Civil Code, article 1183.
    Raises NothingToShare, OwnCase.
    """
    recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("person", "office").get(pk=recipient_id)
    )
    claims = _claims(recipient)
    own_case.require_stranger(by=by, persons=[recipient.person, *(claim.claimant for claim in claims)])
    open_ones = _emptied(recipient)
    list(Accrual.objects.select_for_update(of=("self",)).filter(recipient=recipient).order_by("pk").values_list("pk"))
    unreceived = unreceived_accruals(recipient)
    if not any(one.undecided for one in unreceived):
        raise NothingToShare("Неполученных сумм не осталось: всё выплачено или уже решено о выплате.")
    parts = shares_of(unreceived, claims=[claim.pk for claim in claims])
    made = [
        _write(claim, parts[claim.pk], open_ones.pop(claim.pk, None), by=by, at=at)
        for claim in claims
        if parts[claim.pk]
    ]
    for left in open_ones.values():
        _withdraw(left, by=by, at=at)
    return made


@transaction.atomic
def confirm_heir_decision(*, decision_id: int, by: Staff, at: dt.datetime) -> HeirDecision:
    """Confirm a decision by another person and print it; the application is granted, the requisites are confirmed.

    Confirmed before, nothing changes.
    Source: Regulation 369 of 30.10.2007, item 3.3.2 (ж), appendix 5. That another person confirms is our
    stricter rule.
    Raises DecisionNotYours, OwnCase, DecisionMade, NothingToShare, RequisitesNotYours.
    """
    decision = _locked(decision_id)
    if decision.status == Status.CONFIRMED:
        return decision
    _require_prepared(decision)
    if by.pk == decision.prepared_by_id:
        raise DecisionNotYours("Решение утверждает не тот, кто его подготовил.")
    own_case.require_stranger(by=by, persons=[decision.claimant, decision.recipient.person])
    claim = HeirClaim.objects.get(pk=decision.application_id)
    _require_sound(claim)
    requisites = claim.requisites.order_by("-pk").first()
    if requisites is not None and requisites.confirmed_at is None:
        confirm_requisites(requisites_id=requisites.pk, by=by, at=at)
    pdf = heir_decision_pdf(heir_paper(decision, signatures=_signatures(decision, by), on=day_of(at)))
    name = f"Решение о выплате сумм умершего № {decision.number.replace('/', '-')}.pdf"
    document = files.store(content=pdf, name=name, media_type=files.PDF, by=by, at=at)
    decision.status = Status.CONFIRMED
    decision.confirmed_at, decision.confirmed_by, decision.document = at, by, document
    decision.save(update_fields=["status", "confirmed_at", "confirmed_by", "document"])
    _grant(decision, by=by, at=at)
    _record(decision, "утверждено решение", by=by, at=at)
    return decision


@transaction.atomic
def withdraw_heir_decision(*, decision_id: int, by: Staff, at: dt.datetime) -> HeirDecision:
    """Withdraw a prepared decision: its parts are free again, its number is not given anew.

    Raises DecisionMade.
    """
    decision = _locked(decision_id)
    _require_prepared(decision)
    decision.parts.all().delete()
    return _withdraw(decision, by=by, at=at)


def _claims(recipient: Recipient) -> list[HeirClaim]:
    """Return who shares: family and dependants, or the heirs where there are none; every claim must stand."""
    claims = list(live_claims(recipient).select_for_update(of=("self",)))
    first = [claim for claim in claims if claim.kind != HeirClaim.Kind.HEIR]
    sharing = first or claims
    if not sharing:
        raise NothingToShare("Никто не обращался: сначала зарегистрируйте требование члена семьи или наследника.")
    for claim in sharing:
        _require_sound(claim)
    return sharing


def _require_sound(claim: HeirClaim) -> None:
    _, why = obstacle_of(claim)
    if why:
        raise NothingToShare(f"{claim}: {why} Откажите по этому требованию или дополните его.")


def _require_prepared(decision: HeirDecision) -> None:
    if decision.status != Status.PREPARED:
        raise DecisionMade(f"Решение № {decision.number} уже {decision.get_status_display()}.")


def _locked(decision_id: int) -> HeirDecision:
    return (
        HeirDecision.objects.select_for_update(of=("self",))
        .select_related("office", "recipient__person", "claimant", "application", "prepared_by")
        .get(pk=decision_id)
    )


def _emptied(recipient: Recipient) -> dict[int, HeirDecision]:
    """Take the parts out of the recipient's decisions that are not confirmed, and return these by their claims."""
    prepared = HeirDecision.objects.select_for_update(of=("self",)).filter(recipient=recipient, status=Status.PREPARED)
    found = {decision.application_id: decision for decision in prepared.select_related("office").order_by("pk")}
    HeirPart.objects.filter(decision__in=found.values()).delete()
    return found


def _write(
    claim: HeirClaim, parts: Sequence[tuple[int, Decimal]], former: HeirDecision | None, *, by: Staff, at: dt.datetime
) -> HeirDecision:
    """Write the claimant's decision with its parts."""
    decision = former or HeirDecision(
        office=claim.office,
        number=_number(claim, at),
        recipient=claim.recipient,
        application=claim.application,
        claimant=claim.claimant,
        relation=claim.relation,
        status=Status.PREPARED,
    )
    decision.total = sum((payable for _, payable in parts), Decimal("0.00"))
    decision.prepared_at, decision.prepared_by = at, by
    decision.save()
    HeirPart.objects.bulk_create(
        HeirPart(decision=decision, accrual_id=accrual_id, payable=payable) for accrual_id, payable in parts
    )
    _record(decision, "подготовлено решение", by=by, at=at)
    return decision


def _withdraw(decision: HeirDecision, *, by: Staff, at: dt.datetime) -> HeirDecision:
    decision.status, decision.total = Status.WITHDRAWN, Decimal("0.00")
    decision.save(update_fields=["status", "total"])
    _record(decision, "отозвано решение", by=by, at=at)
    return decision


def _number(claim: HeirClaim, at: dt.datetime) -> str:
    year = year_of(at)
    return f"{next_number(office=claim.office, series=NumberSeries.Series.DECISION, year=year)}/{year}"


def _grant(decision: HeirDecision, *, by: Staff, at: dt.datetime) -> None:
    """Grant the application and file its papers in the case; the first decision is the application's document."""
    application = decision.application
    if application.status == Application.Status.GRANTED:
        return
    granted = applications.grant_heir_application(
        application_id=application.pk, recipient_id=decision.recipient_id, by=by, at=at
    )
    granted.decision_file = decision.document
    granted.save(update_fields=["decision_file"])


def _signatures(decision: HeirDecision, confirmed_by: Staff) -> tuple[Signature, Signature]:
    author = decision.prepared_by
    return (
        Signature(author.position or "Специалист, осуществляющий расчёт", signature_of(author)),
        Signature(confirmed_by.position or "Начальник отдела", signature_of(confirmed_by)),
    )


def _record(decision: HeirDecision, event: str, *, by: Staff, at: dt.datetime) -> None:
    paper = journal.Paper(
        subject=f"решение № {decision.number} о выплате сумм умершего получателя",
        item=ITEM,
        rows=decision.parts.count(),
        roubles=decision.total,
    )
    journal.record(office=decision.office, event=event, paper=paper, by=by, at=at)
