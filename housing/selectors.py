"""Questions about dwellings: what they are like, who is registered in them, for whom they count."""

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from housing.models import Dwelling, DwellingFacts, PersonAddress, Residence, SupportedDwelling
from offices.models import Staff
from recipients.models import Person, Recipient


def dwelling_of(*, recipient: Recipient, day: dt.date) -> Dwelling | None:
    """Return the one dwelling the recipient's equivalent is counted for on the day."""
    row: SupportedDwelling | None = (
        SupportedDwelling.objects.valid_on(day)
        .filter(recipient=recipient)
        .select_related("dwelling__address__street__settlement", "dwelling__district")
        .first()
    )
    return row.dwelling if row else None


def facts_of(*, dwelling: Dwelling, day: dt.date) -> DwellingFacts | None:
    """Return what the dwelling is like on the day."""
    facts: DwellingFacts | None = DwellingFacts.objects.valid_on(day).filter(dwelling=dwelling).first()
    return facts


def facts_in(*, dwelling_ids: Collection[int], start: dt.date, end: dt.date) -> "QuerySet[DwellingFacts]":
    """Return the facts in force on some day of the half-open period, by dwelling and day."""
    return (
        DwellingFacts.objects.touching(start, end)
        .filter(dwelling__in=dwelling_ids)
        .order_by("dwelling_id", "valid_from", "pk")
    )


def residents_in(*, dwelling_ids: Collection[int], start: dt.date, end: dt.date) -> "QuerySet[Residence]":
    """Return who is registered in the dwellings on some day of the half-open period, by dwelling and day."""
    return (
        Residence.objects.touching(start, end)
        .filter(dwelling__in=dwelling_ids)
        .select_related("person")
        .order_by("dwelling_id", "valid_from", "pk")
    )


def registration_of(*, person: Person, basis: str, day: dt.date) -> Residence | None:
    """Return the person's registration of a kind on the day."""
    residence: Residence | None = (
        Residence.objects.valid_on(day).filter(person=person, basis=basis).select_related("dwelling__address").first()
    )
    return residence


def addresses_of(*, person: Person, day: dt.date) -> "QuerySet[PersonAddress]":
    """Return the person's addresses of every kind on the day."""
    return (
        PersonAddress.objects.valid_on(day)
        .filter(person=person)
        .select_related("address__street__settlement")
        .order_by("kind", "pk")
    )


def dwellings_for_user(*, staff: Staff, on: dt.date) -> "QuerySet[Dwelling]":
    """Return the dwellings of the recipients `staff` may see on the day."""
    seen = Recipient.objects.for_user(staff, on=on)
    return Dwelling.objects.filter(pk__in=SupportedDwelling.objects.filter(recipient__in=seen).values("dwelling"))
