"""Claims of what a deceased recipient was owed: their term, their papers, what stands against one, how it is paid."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from calculations.rules import inheritance
from calculations.rules.inheritance import Claimant
from offices.models import Staff
from offices.selectors import production_calendar
from payments.models import HeirClaim, HeirPart, HeirRequisites
from recipients.models import Application, DocumentKind, Recipient

LONGEST_HOLIDAYS: Final = dt.timedelta(days=60)
LONGEST_TERM: Final = dt.timedelta(days=124)
DOCUMENT_KINDS: Final[Mapping[str, tuple[DocumentKind, ...]]] = {
    kind.value: tuple(DocumentKind(code) for code in codes) for kind, codes in inheritance.DOCUMENTS.items()
}
"""The papers each kind of claimant brings. Source: Regulation 369, item 2.5.4; Civil Code, article 1183."""
LATE: Final = "О08"
NOT_PROVED: Final = "О09"
TOO_EARLY: Final = "О10"
GROUNDS: Final = (LATE, NOT_PROVED, TOO_EARLY)


def last_day_to_claim(death: dt.date) -> dt.date:
    """Return the last day, inclusive, on which family and dependants may claim what the deceased did not receive.

    Four months from the death; where the last day is a day off, the next working day.
    Source: Civil Code, articles 1183 (2), 192 (3), 193.
    """
    return last_days_to_claim([death])[death]


def last_days_to_claim(deaths: Collection[dt.date]) -> dict[dt.date, dt.date]:
    """Return for each day of death the last day to claim, as `last_day_to_claim` tells it; one query."""
    if not deaths:
        return {}
    known = production_calendar(start=min(deaths), end=max(deaths) + LONGEST_TERM + LONGEST_HOLIDAYS)
    return {death: inheritance.last_day_to_claim(death, calendar_of_work=known) for death in deaths}


def live_claims(recipient: Recipient) -> "QuerySet[HeirClaim]":
    """Return the claims about a deceased recipient that are not refused, in the order of the day, then of entering."""
    return (
        HeirClaim.objects.filter(recipient=recipient)
        .exclude(application__status=Application.Status.REFUSED)
        .select_related("application", "claimant")
        .order_by("claimed_on", "pk")
    )


def claims_seen(staff: Staff, *, on: dt.date) -> "QuerySet[HeirClaim]":
    """Return the claims that `staff` may see, the newest first."""
    return (
        HeirClaim.objects.for_user(staff, on=on)
        .select_related("application__ground", "claimant", "recipient__person", "office", "entered_by")
        .prefetch_related(
            Prefetch(
                "requisites", HeirRequisites.objects.select_related("bank", "post_office", "entered_by").order_by("-pk")
            ),
            "application__documents",
        )
        .order_by("-claimed_on", "-pk")
    )


def missing_documents(claim: HeirClaim) -> list[DocumentKind]:
    """List the papers of its kind that a claim lacks; the claim's documents may be prefetched."""
    handed_in = {document.kind for document in claim.application.documents.all()}
    return [kind for kind in DOCUMENT_KINDS[claim.kind] if kind not in handed_in]


def obstacle_of(claim: HeirClaim) -> tuple[str, str]:
    """Return the code of the ground on which a claim is to be refused and why in a sentence; two empty texts if none.

    Source: Regulation 369 of 30.10.2007, item 2.5.4; Civil Code, article 1183, items 1 to 3.
    """
    day, last = f"{claim.claimed_on:%d.%m.%Y}", f"{claim.term_ends_on:%d.%m.%Y}"
    if not claim.is_in_time and claim.kind == Claimant.HEIR:
        return TOO_EARLY, (
            f"Заявление подано {day}, а члены семьи и иждивенцы могут обратиться по {last} включительно: до этого дня "
            "сумма в наследство не входит (пункты 2 и 3 статьи 1183 ГК РФ)."
        )
    if not claim.is_in_time:
        return LATE, (
            f"Заявление подано {day}, а срок обращения истёк {last}: четыре месяца со дня смерти (пункт 2 статьи 1183 "
            "ГК РФ). Сумма входит в наследство, её получают по свидетельству нотариуса."
        )
    missing = missing_documents(claim)
    if missing:
        named = "; ".join(str(kind.label) for kind in missing)
        return NOT_PROVED, f"Не представлены документы по пункту 2.5.4 и статье 1183 ГК РФ: {named}."
    return "", ""


def requisites_to_pay_by(part_ids: Collection[int]) -> dict[int, HeirRequisites]:
    """Return for each heir's part the last confirmed requisites of its claimant, with the claim and the person."""
    last = (
        HeirRequisites.objects.filter(claim__application=OuterRef("decision__application"), confirmed_at__isnull=False)
        .order_by("-confirmed_at", "-pk")
        .values("pk")[:1]
    )
    chosen = dict(HeirPart.objects.filter(pk__in=part_ids).values_list("pk", Subquery(last)))
    rows = HeirRequisites.objects.select_related("claim__claimant", "claim__application").in_bulk(
        [pk for pk in chosen.values() if pk]
    )
    return {part: rows[pk] for part, pk in chosen.items() if pk}


def channel_in_words(requisites: HeirRequisites) -> str:
    """Write how a claimant is paid."""
    if requisites.bank is not None:
        return f"через банк: {requisites.bank.name}, БИК {requisites.bank.bik}, счёт {requisites.account}"
    post_office = requisites.post_office
    assert post_office is not None, "requisites are a bank's or a post office's"
    return f"через почтовое отделение {post_office.index}, {post_office.address}"
