"""The tabs about people: the recipient, the rights, the family."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from housing.models import PersonAddress, Residence, SupportedDwelling
from offices.dated import last_valid_day
from recipients.eligibility import Basis, Ending, end_of_right
from recipients.models import Category, EntitledPerson, Entitlement, LegalRepresentative, Person, Recipient
from workplace.selectors.card.identity import Identity, State


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An address of the person, of one kind; `until` is the last day inclusive."""

    kind: str
    address: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class RepresentativeRow:
    """Who acts for whom, by what authority and document; `until` is the last day inclusive."""

    representative: str
    represented: str
    authority: str
    document: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class PersonTab:
    """The recipient as a person, with addresses and representatives, and the case."""

    person: Person
    recipient: Recipient
    addresses: tuple[PlaceRow, ...]
    representatives: tuple[RepresentativeRow, ...]


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A person that a right covers; `until` is the last day inclusive."""

    name: str
    relation: str
    since: dt.date
    until: dt.date | None


_ENDINGS: Final = {
    Ending.CERTIFICATE: "кончается срок справки об инвалидности",
    Ending.CAME_OF_AGE: "ребёнку исполняется 18 лет",
    Ending.DEATH: "смерть инвалида",
    Ending.DECISION: "право прекращено",
}


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right with its ground, term, people and how it ended; days are inclusive.

    `lasts` says until when the right lasts and what ends it first, empty for one without a term.
    """

    entitlement: Entitlement
    state: State
    until: dt.date | None
    certificate_to: dt.date | None
    persons: tuple[CoveredRow, ...]
    ending: str
    lasts: str


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """A person registered in the supported dwelling and whether the measure covers them; days are inclusive."""

    name: str
    born: dt.date
    basis: str
    since: dt.date
    until: dt.date | None
    is_here: bool
    right: str


def person_tab(identity: Identity, *, on: dt.date) -> PersonTab:
    """Read the recipient's person, addresses on the day and everyone who acts for or by them."""
    person = identity.recipient.person
    addresses = (
        PersonAddress.objects.valid_on(on)
        .filter(person=person)
        .select_related("address__street__settlement")
        .order_by("kind", "pk")
    )
    acting = LegalRepresentative.objects.filter(Q(represented=person) | Q(representative=person)).select_related(
        "representative", "represented"
    )
    return PersonTab(
        person=person,
        recipient=Recipient.objects.select_related("office", "created_by").get(pk=identity.recipient.pk),
        addresses=tuple(
            PlaceRow(str(row.get_kind_display()), str(row.address), row.valid_from, last_valid_day(row.valid_to))
            for row in addresses
        ),
        representatives=tuple(_representative(row) for row in acting.order_by("-valid_from", "-pk")),
    )


def rights_tab(identity: Identity, *, on: dt.date) -> tuple[RightRow, ...]:
    """Read every right of the recipient, the newest first, with the people it covers."""
    rights = (
        Entitlement.objects.filter(recipient=identity.recipient)
        .select_related("disabled_person", "application", "granted_by")
        .prefetch_related("persons__person", "terminations__ground")
        .order_by("-valid_from", "-pk")
    )
    return tuple(_right(row, on) for row in rights)


def family_tab(identity: Identity, *, on: dt.date) -> tuple[ResidentRow, ...]:
    """Read who is or was registered in the dwelling of the day, those who are there first."""
    homes = SupportedDwelling.objects.valid_on(on).filter(recipient=identity.recipient).values("dwelling")
    residents = list(Residence.objects.filter(dwelling__in=homes).select_related("person").order_by("valid_from", "pk"))
    covered = _covered([row.person_id for row in residents], on)
    rows = [_resident(row, covered.get(row.person_id), on) for row in residents]
    return tuple(sorted(rows, key=lambda row: (not row.is_here, row.since, row.name)))


def _representative(row: LegalRepresentative) -> RepresentativeRow:
    return RepresentativeRow(
        representative=row.representative.full_name,
        represented=row.represented.full_name,
        authority=str(row.get_authority_display()),
        document=f"{row.document} от {row.document_issued_on:%d.%m.%Y}",
        since=row.valid_from,
        until=last_valid_day(row.valid_to),
    )


def _right(row: Entitlement, on: dt.date) -> RightRow:
    persons = sorted(row.persons.all(), key=lambda one: (one.valid_from, one.pk))
    ending = next(iter(row.terminations.all()), None)
    return RightRow(
        entitlement=row,
        state=_state(row, on),
        until=last_valid_day(row.valid_to),
        certificate_to=last_valid_day(row.certificate_valid_to),
        persons=tuple(
            CoveredRow(one.person.full_name, one.relation, one.valid_from, last_valid_day(one.valid_to))
            for one in persons
        ),
        ending=f"решение № {ending.number}: {ending.ground.title} ({ending.get_status_display()})" if ending else "",
        lasts=_lasts(row),
    )


def _lasts(row: Entitlement) -> str:
    end = end_of_right(
        Basis(
            is_child=row.category == Category.CHILD,
            born_on=row.disabled_person.birth_date,
            certificate_valid_to=row.certificate_valid_to,
            died_on=row.disabled_person.death_date,
            ends_on=row.valid_to,
        )
    )
    return f"по {last_valid_day(end.day):%d.%m.%Y}: {_ENDINGS[end.why]}" if end else ""


def _state(row: Entitlement, on: dt.date) -> State:
    if row.valid_from > on:
        return State("run", f"начнётся {row.valid_from:%d.%m.%Y}")
    return State("ok", "действует") if row.is_valid_on(on) else State("idle", "закончилось")


def _covered(person_ids: Iterable[int], on: dt.date) -> dict[int, EntitledPerson]:
    rows = EntitledPerson.objects.valid_on(on).filter(person__in=person_ids).select_related("entitlement")
    return {row.person_id: row for row in rows.order_by("pk")}


def _resident(row: Residence, covered: EntitledPerson | None, on: dt.date) -> ResidentRow:
    here = row.is_valid_on(on) and row.person.death_date is None
    dead = f" (умер {row.person.death_date:%d.%m.%Y})" if row.person.death_date else ""
    right = f"есть: {covered.relation}, {covered.entitlement.get_category_display()}" if covered and here else "нет"
    return ResidentRow(
        name=f"{row.person.full_name}{dead}",
        born=row.person.birth_date,
        basis=str(row.get_basis_display()),
        since=row.valid_from,
        until=last_valid_day(row.valid_to),
        is_here=here,
        right=right,
    )
