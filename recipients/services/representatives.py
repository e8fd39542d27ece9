"""Who acts for whom, by what authority, from when until when (regulation, items 2.5.1 and 2.7.1)."""

import datetime as dt

from django.db import transaction

from offices.models import Staff
from offices.refusals import Refusal
from offices.services.succession import end_former
from recipients.models import LegalRepresentative, Person
from recipients.services import own_case


class CannotRepresent(Refusal):
    """The person cannot act for the other."""


class AuthorityEnded(Refusal):
    """The authority is not in force on the day it is to end."""


@transaction.atomic
def record_representative(
    *,
    represented: Person,
    representative: Person,
    authority: str,
    document: str,
    document_issued_on: dt.date,
    starts_on: dt.date,
    ends_on: dt.date | None,
    by: Staff,
) -> LegalRepresentative:
    """Record an authority from a day on; `ends_on` is the first day without it, None where it has no term.

    A former authority of the same representative ends where the new one begins.
    Raises OwnCase, CannotRepresent, StartsBeforeFormer.
    """
    own_case.require_stranger(by=by, persons=[represented, representative])
    if represented == representative:
        raise CannotRepresent("Человек не может быть своим представителем.")
    if representative.death_date is not None:
        raise CannotRepresent(f"Представитель {representative} умер {representative.death_date:%d.%m.%Y}.")
    if not document.strip() or document_issued_on > starts_on:
        raise CannotRepresent("Укажите документ о полномочиях, выданный не позже начала его действия.")
    if ends_on is not None and ends_on <= starts_on:
        raise CannotRepresent("Полномочия заканчиваются раньше, чем начинаются.")
    same = LegalRepresentative.objects.filter(represented=represented, representative=representative)
    end_former(rows=same, starts_on=starts_on, what=f"Полномочия представителя {representative}")
    return LegalRepresentative.objects.create(
        represented=represented,
        representative=representative,
        authority=authority,
        document=document.strip(),
        document_issued_on=document_issued_on,
        valid_from=starts_on,
        valid_to=ends_on,
    )


@transaction.atomic
def end_authority(*, representative_id: int, ends_on: dt.date, by: Staff) -> LegalRepresentative:
    """End an authority; `ends_on` is the first day without it.

    Raises OwnCase, AuthorityEnded.
    """
    row: LegalRepresentative = (
        LegalRepresentative.objects.select_for_update(of=("self",))
        .select_related("represented", "representative")
        .get(pk=representative_id)
    )
    own_case.require_stranger(by=by, persons=[row.represented, row.representative])
    if ends_on <= row.valid_from or (row.valid_to is not None and row.valid_to <= ends_on):
        raise AuthorityEnded(f"Полномочия нельзя прекратить {ends_on:%d.%m.%Y}: в этот день они не действуют.")
    row.valid_to = ends_on
    row.save(update_fields=["valid_to"])
    return row
