"""A recipient who died unpaid, and those who claim: the family's papers and accounts, one person for each step."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from offices.models import Office
from payments.models import HeirClaim, HeirDecision, HeirRequisites, PaymentLine
from payments.selectors.claims import DOCUMENT_KINDS
from payments.services import claims, decisions, lists
from payments.services.claims import ClaimFacts
from recipients.models import Person, Recipient
from recipients.services.admission import HandedDocument
from recipients.services.requisites import Requisites
from tests import factories
from tests.payments import paying

DEATH = dt.date(2026, 10, 20)
RECEIVED = dt.date(2026, 12, 2)
REGISTERED_AT = dt.datetime(2027, 4, 1, 9, 0, tzinfo=factories.MOSCOW)
PREPARED_AT = dt.datetime(2027, 4, 2, 10, 0, tzinfo=factories.MOSCOW)
CONFIRMED_AT = dt.datetime(2027, 4, 3, 10, 0, tzinfo=factories.MOSCOW)
SUPPLEMENTED_AT = dt.datetime(2026, 12, 5, 10, 0, tzinfo=factories.MOSCOW)


def died(recipient: Recipient, on: dt.date | None = DEATH) -> None:
    """Record the day of death, or take it back."""
    recipient.person.death_date = on
    recipient.person.save()


def unpaid(department: paying.Department, office: Office, accrued: str = "10.00") -> Recipient:
    """A recipient who died on 20 October: the sum accrued for October was held from the list."""
    recipient = paying.payee(office, death_date=DEATH, last_name="Петренко", first_name="Иван", sex="m")
    paying.approved(office, [(recipient, accrued)])
    paying.listed(department, office)
    return recipient


def account() -> Requisites:
    bank = factories.bank()
    return Requisites("bank", bank, factories.account_at(bank))


def facts(kind: str = "family", *, but: Sequence[str] = (), **given: Any) -> ClaimFacts:
    """What a claimant of the kind brings, all papers `but` some."""
    papers = [HandedDocument(paper, note=f"№ {paper}") for paper in DOCUMENT_KINDS[kind] if paper not in but]
    told = {
        "kind": kind,
        "relation": "жена",
        "received_on": RECEIVED,
        "way": "in_person",
        "address": "214000, г. Смоленск, ул. Ленина, д. 1",
        "documents": papers,
        "requisites": account(),
    }
    return ClaimFacts(**told | given)


def claimed(recipient: Recipient, claimant: Person | None = None, kind: str = "family", **given: Any) -> HeirClaim:
    """A claim registered on 1 April 2027, received when `received_on` says."""
    return claims.register_claim(
        recipient_id=recipient.pk,
        claimant=claimant or factories.person(last_name="Петренко", first_name="Мария"),
        facts=facts(kind, **given),
        by=factories.staff(office=recipient.office),
        at=REGISTERED_AT,
    )


def shared(recipient: Recipient, **given: Any) -> list[HeirDecision]:
    by = given.pop("by", None) or factories.staff(office=recipient.office)
    return decisions.share_among_claimants(recipient_id=recipient.pk, by=by, at=PREPARED_AT)


def confirmed(decision: HeirDecision, **given: Any) -> HeirDecision:
    by = given.pop("by", None) or factories.staff(
        office=decision.office, last_name="Начальников", position="Начальник отдела"
    )
    return decisions.confirm_heir_decision(decision_id=decision.pk, by=by, at=CONFIRMED_AT)


def new_account(claim: HeirClaim) -> HeirRequisites:
    """Another account of the claimant, entered and confirmed."""
    given = claims.give_requisites(
        claim_id=claim.pk, requisites=account(), by=factories.staff(office=claim.office), at=CONFIRMED_AT
    )
    by = factories.staff(office=claim.office)
    return claims.confirm_requisites(requisites_id=given.pk, by=by, at=CONFIRMED_AT)


def supplementary(
    department: paying.Department, office: Office, month: dt.date = paying.NEXT, at: dt.datetime = SUPPLEMENTED_AT
) -> list[PaymentLine]:
    """The lines of the district's supplementary list, built now."""
    built = lists.build_supplementary_list(office=office, month=month, by=department.former, at=at)
    return list(built.lines.order_by("payee_name", "pk"))
