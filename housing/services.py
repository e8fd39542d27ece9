"""Addresses, dwellings and registrations, each dated: the new row ends the former (regulation, item 3.3.2 а)."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from housing.models import Address, Dwelling, DwellingFacts, PersonAddress, Residence, Street, SupportedDwelling
from offices import journal
from offices.journal import Paper
from offices.models import Office, Staff
from offices.refusals import Refusal
from offices.services.succession import end_former
from recipients.models import EntitledPerson, Person, Recipient

ITEM = "3.3"


class AddressIncomplete(Refusal):
    """An address needs a house and an index of six digits."""


class AreasImpossible(Refusal):
    """The areas or the number of rooms cannot be."""


class ResidenceNotPossible(Refusal):
    """The person cannot be registered so on the day, or is not."""


class NotResident(Refusal):
    """Nobody the right covers is registered in the dwelling on the day."""


@dataclass(frozen=True, slots=True)
class DwellingDescription:
    """What a dwelling is like; the areas are in square metres."""

    stock: str
    kind: str
    total_area: Decimal
    living_area: Decimal
    rooms: int
    stove: str
    has_central_heating: bool
    amenities: str
    document: str = ""


@transaction.atomic
def enter_address(
    *, street: Street, house: str, postal_index: str, building: str = "", flat: str = "", room: str = ""
) -> Address:
    """Return the address, written now if it is not listed yet.

    Raises AddressIncomplete.
    """
    if not house.strip() or not (len(postal_index) == 6 and postal_index.isascii() and postal_index.isdigit()):
        raise AddressIncomplete("Укажите дом и почтовый индекс из шести цифр.")
    address, _ = Address.objects.get_or_create(
        street=street,
        house=house.strip(),
        building=building.strip(),
        flat=flat.strip(),
        room=room.strip(),
        defaults={"postal_index": postal_index},
    )
    return address


@transaction.atomic
def enter_dwelling(*, address: Address) -> Dwelling:
    """Return the dwelling at the address, made now if there is none."""
    district = address.street.settlement.district
    dwelling, _ = Dwelling.objects.get_or_create(address=address, defaults={"district": district})
    return dwelling


@transaction.atomic
def record_address(
    *, person: Person, kind: str, address: Address, starts_on: dt.date, by: Staff, at: dt.datetime
) -> PersonAddress:
    """Record where a person lives, stays, is found or gets post, from a day on; the former address ends.

    Raises StartsBeforeFormer.
    """
    former = PersonAddress.objects.filter(person=person, kind=kind)
    label = PersonAddress.Kind(kind).label
    end_former(rows=former, starts_on=starts_on, what=f"{person}, адрес ({label})")
    row = PersonAddress.objects.create(person=person, kind=kind, address=address, valid_from=starts_on)
    _journal(by.office, "внесён адрес", f"{person}: {row}, с {starts_on:%d.%m.%Y}", by=by, at=at)
    return row


@transaction.atomic
def record_dwelling_facts(
    *, dwelling: Dwelling, facts: DwellingDescription, starts_on: dt.date, by: Staff, at: dt.datetime
) -> DwellingFacts:
    """Record what a dwelling is like from a day on; the former facts end.

    Raises AreasImpossible, StartsBeforeFormer.
    """
    possible = 0 < facts.living_area <= facts.total_area <= 2000 and 1 <= facts.rooms <= 30
    if not possible:
        raise AreasImpossible("Площадь больше нуля и не больше 2000 м², жилая не больше общей, комнат от 1 до 30.")
    end_former(rows=dwelling.facts.all(), starts_on=starts_on, what=f"Характеристики жилья ({dwelling})")
    row = DwellingFacts.objects.create(dwelling=dwelling, valid_from=starts_on, **asdict(facts))
    _journal(by.office, "внесены характеристики жилья", f"{row}, с {starts_on:%d.%m.%Y}", by=by, at=at)
    return row


@transaction.atomic
def register_resident(
    *, dwelling: Dwelling, person: Person, basis: str, starts_on: dt.date, by: Staff, at: dt.datetime
) -> Residence:
    """Register a person in a dwelling from a day on; a former registration of the same kind ends.

    Raises ResidenceNotPossible, StartsBeforeFormer.
    """
    if person.death_date is not None and person.death_date < starts_on:
        raise ResidenceNotPossible(f"{person}: дата смерти {person.death_date:%d.%m.%Y}.")
    here = Residence.objects.filter(person=person, dwelling=dwelling).touching(starts_on, dt.date.max).first()
    if here is not None:
        raise ResidenceNotPossible(
            f"{person} уже числится в этом жилье {here.get_basis_display()} с {here.valid_from:%d.%m.%Y}."
        )
    end_former(
        rows=Residence.objects.filter(person=person, basis=basis),
        starts_on=starts_on,
        what=f"{person}, регистрация {Residence.Basis(basis).label}",
    )
    row = Residence.objects.create(dwelling=dwelling, person=person, basis=basis, valid_from=starts_on)
    _journal(by.office, "внесена регистрация", f"{row}, с {starts_on:%d.%m.%Y}", by=by, at=at)
    return row


@transaction.atomic
def end_residence(*, residence_id: int, ends_on: dt.date, by: Staff, at: dt.datetime) -> Residence:
    """End a registration; `ends_on` is the first day without it.

    Raises ResidenceNotPossible.
    """
    row: Residence = (
        Residence.objects.select_for_update(of=("self",)).select_related("person", "dwelling").get(pk=residence_id)
    )
    if ends_on <= row.valid_from or (row.valid_to is not None and row.valid_to <= ends_on):
        raise ResidenceNotPossible(f"Регистрацию нельзя прекратить {ends_on:%d.%m.%Y}: в этот день она не действует.")
    row.valid_to = ends_on
    row.save(update_fields=["valid_to"])
    _journal(by.office, "регистрация прекращена", f"{row}, с {ends_on:%d.%m.%Y}", by=by, at=at)
    return row


@transaction.atomic
def support_dwelling(
    *, recipient_id: int, dwelling: Dwelling, basis: str, starts_on: dt.date, by: Staff, at: dt.datetime
) -> SupportedDwelling:
    """Count the recipient's equivalent for this dwelling from a day on; the former one ends.

    The recipient, or somebody the recipient's right covers, is registered in it on that day.
    Raises NotResident, StartsBeforeFormer.
    """
    recipient: Recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("person", "office").get(pk=recipient_id)
    )
    covered = EntitledPerson.objects.touching(starts_on, dt.date.max).filter(entitlement__recipient=recipient)
    entitled = Q(person=recipient.person) | Q(person__in=covered.values("person"))
    if not Residence.objects.valid_on(starts_on).filter(entitled, dwelling=dwelling, basis=basis).exists():
        raise NotResident(
            f"На {starts_on:%d.%m.%Y} в этом жилье не зарегистрирован никто, на кого распространяется право "
            f"получателя {recipient}: сначала внесите регистрацию {Residence.Basis(basis).label}."
        )
    end_former(rows=recipient.dwellings.all(), starts_on=starts_on, what=f"Жильё получателя {recipient}")
    row = SupportedDwelling.objects.create(recipient=recipient, dwelling=dwelling, basis=basis, valid_from=starts_on)
    _journal(recipient.office, "указано жильё получателя", f"{row}, с {starts_on:%d.%m.%Y}", by=by, at=at)
    return row


def _journal(office: Office | None, event: str, subject: str, *, by: Staff, at: dt.datetime) -> None:
    """Write the change into the journal of the office that made it; the rows' own history keeps the rest."""
    if office is not None:
        journal.record(office=office, event=event, paper=Paper(subject=subject[:300], item=ITEM), by=by, at=at)
