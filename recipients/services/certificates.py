"""A new certificate of disability: the right goes on from where the former certificate ended (item 3.3)."""

import datetime as dt

from django.db import transaction

from offices import journal
from offices.journal import Paper
from offices.models import Staff
from offices.refusals import Refusal
from recipients.models import Entitlement
from recipients.services import own_case

ITEM = "3.3"


class CertificateNotProlonged(Refusal):
    """The new certificate does not go on where the former one ends, or the right was ended by a decision."""


@transaction.atomic
def prolong_certificate(
    *,
    entitlement_id: int,
    former_valid_to: dt.date,
    certificate: str,
    certificate_valid_to: dt.date | None,
    established_on: dt.date,
    by: Staff,
    at: dt.datetime,
) -> Entitlement:
    """Write the certificate that follows the one seen; the right stands without a gap.

    `former_valid_to` and `certificate_valid_to` are the first days without the certificates, None for life;
    `established_on` is the day from which the new one tells the disability.
    Raises OwnCase, CertificateNotProlonged.
    """
    right: Entitlement = (
        Entitlement.objects.select_for_update(of=("self",))
        .select_related("recipient__person", "recipient__office", "disabled_person")
        .get(pk=entitlement_id)
    )
    own_case.require_stranger(by=by, persons=[right.recipient.person, right.disabled_person])
    if right.certificate_valid_to != former_valid_to:
        raise CertificateNotProlonged("Пока вы вводили справку, её изменил другой сотрудник: откройте карточку заново.")
    if right.valid_to is not None and right.valid_to <= former_valid_to:
        raise CertificateNotProlonged(
            f"Право прекращено решением с {right.valid_to:%d.%m.%Y}: по новой справке нужно новое заявление."
        )
    last = former_valid_to - dt.timedelta(days=1)
    if established_on > former_valid_to:
        raise CertificateNotProlonged(
            f"Прежняя справка действовала по {last:%d.%m.%Y}, новая с {established_on:%d.%m.%Y}: между ними перерыв. "
            "Прекратите право решением и примите новое заявление."
        )
    if certificate_valid_to is not None and certificate_valid_to <= former_valid_to:
        raise CertificateNotProlonged(
            f"Новая справка должна действовать дольше прежней, то есть после {last:%d.%m.%Y}."
        )
    right.certificate, right.certificate_valid_to = certificate.strip(), certificate_valid_to
    right.save(update_fields=["certificate", "certificate_valid_to"])
    term = "бессрочно" if certificate_valid_to is None else f"по {certificate_valid_to - dt.timedelta(days=1):%d.%m.%Y}"
    paper = Paper(f"{right.recipient}: {right.certificate}, {term}"[:300], ITEM)
    journal.record(office=right.recipient.office, event="внесена новая справка", paper=paper, by=by, at=at)
    return right
