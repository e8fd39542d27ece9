"""Exchange agreements of offices with providers: signed, renewed, ended (3.8.1).

Periods never overlap: a new agreement ends the former one where it begins, and the table refuses the rest.
"""

import datetime as dt

from django.db import transaction

from offices import journal
from offices.models import Office, Staff
from offices.refusals import Refusal
from providers.models import Agreement, Provider
from providers.succession import make_room, write

ITEM = "3.3"


class AgreementNotInForce(Refusal):
    """The agreement is not in force on the day, so it cannot end there."""


class AgreementEndsTooEarly(Refusal):
    """The agreement is said to end before it begins."""


@transaction.atomic
def sign_agreement(
    *,
    provider: Provider,
    office: Office,
    number: str,
    signed_on: dt.date,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    contact: str = "",
    by: Staff,
    at: dt.datetime,
) -> Agreement:
    """Record an exchange agreement of an office with a provider; the former one ends where it begins (3.8.1).

    `valid_to` is the day after the last one; without it the agreement lasts until the next one begins.
    Raises AlreadyEntered, AgreementEndsTooEarly, NotAcceptable.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise AgreementEndsTooEarly(f"Соглашение № {number} заканчивается раньше, чем начинается.")
    Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
    following = make_room(Agreement.objects.filter(provider=provider, office=office), valid_from=valid_from)
    row = Agreement(
        provider=provider,
        office=office,
        number=number,
        signed_on=signed_on,
        contact=contact,
        valid_from=valid_from,
        valid_to=min((day for day in (valid_to, following) if day), default=None),
    )
    write(row)
    _record(row, "заключено", by=by, at=at)
    return row


@transaction.atomic
def end_agreement(*, agreement_id: int, valid_to: dt.date, by: Staff, at: dt.datetime) -> Agreement:
    """End an agreement; `valid_to` is the day after the last one.

    Raises AgreementNotInForce.
    """
    row: Agreement = _locked(agreement_id)
    last = valid_to - dt.timedelta(days=1)
    if not row.is_valid_on(last):
        raise AgreementNotInForce(f"Соглашение № {row.number} {last:%d.%m.%Y} не действует: выберите другой день.")
    row.valid_to = valid_to
    row.save(update_fields=["valid_to"])
    _record(row, "прекращено", by=by, at=at)
    return row


@transaction.atomic
def name_contact(*, agreement_id: int, contact: str) -> Agreement:
    """Say who answers for an agreement at the provider: a person with a phone."""
    row: Agreement = _locked(agreement_id)
    row.contact = " ".join(contact.split())[:150]
    row.save(update_fields=["contact"])
    return row


def _locked(agreement_id: int) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("provider", "office")
    found: Agreement = rows.get(pk=agreement_id)
    return found


def _record(row: Agreement, event: str, *, by: Staff, at: dt.datetime) -> None:
    paper = journal.Paper(subject=f"соглашение об обмене № {row.number}", item=ITEM)
    journal.record(office=row.office, event=event, paper=paper, counterpart=row.provider.name, by=by, at=at)
