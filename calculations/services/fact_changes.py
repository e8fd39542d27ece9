"""Facts of a card that change from a day on, each with the recipients whose months it touches (item 3.3)."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from calculations.models import Recalculation
from housing.models import Dwelling, Residence, SupportedDwelling
from housing.services import DwellingDescription, end_residence, record_dwelling_facts, register_resident
from offices.calendar import day_of
from offices.models import Staff
from offices.money import format_quantity
from offices.refusals import Refusal
from recipients.models import Change, Entitlement, Person, Recipient
from recipients.services import changes, coverage, groups, own_case
from recipients.services.persons import PersonFacts, enter_person

Cause = Recalculation.Cause


class ChangeNotPossible(Refusal):
    """The change lies in the future, or the person or dwelling is not the one of the card."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A change once it is written: what changed in words, and the recipients whose months it may touch."""

    what: str
    recipient_ids: tuple[int, ...]


class FactChange(Protocol):
    """A change that writes itself by the services of its facts."""

    @property
    def cause(self) -> str: ...

    @property
    def changed_from(self) -> dt.date:
        """The first day on which the new fact counts."""
        ...

    @property
    def document(self) -> str: ...

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Write the change; whoever calls holds the transaction. Raises a Refusal of the facts' services."""
        ...


@dataclass(frozen=True, slots=True)
class Departure:
    """Someone registered in a dwelling has left it; `left_on` is the first day without the registration."""

    residence_id: int
    left_on: dt.date
    document: str
    cause: str = Cause.HOUSEHOLD

    @property
    def changed_from(self) -> dt.date:
        return self.left_on

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """End the registration. Raises OwnCase, ChangeNotPossible, ResidenceNotPossible."""
        require_past(self.left_on, at=at)
        row = Residence.objects.select_related("person").get(pk=self.residence_id)
        own_case.require_stranger(by=by, persons=[row.person])
        end_residence(residence_id=row.pk, ends_on=self.left_on, by=by, at=at)
        return Applied(
            what=f"Из жилья с {self.left_on:%d.%m.%Y} выбыл(а) {row.person.full_name}",
            recipient_ids=supported_in(row.dwelling_id, since=self.left_on),
        )


@dataclass(frozen=True, slots=True)
class Death:
    """Someone registered in a dwelling has died."""

    residence_id: int
    died_on: dt.date
    source: str
    document: str
    cause: str = Cause.DEATH

    @property
    def changed_from(self) -> dt.date:
        return self.died_on + dt.timedelta(days=1)

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Write the date of death into the card; of a recipient it is reported too (3.5.1).

        Raises OwnCase, ChangeNotPossible, ChangeReported.
        """
        require_past(self.died_on, at=at)
        row = Residence.objects.select_related("person").get(pk=self.residence_id)
        own_case.require_stranger(by=by, persons=[row.person])
        case = Recipient.objects.filter(person=row.person, closed_on__isnull=True).first()
        if case is None:
            changes.record_death(person=row.person, died_on=self.died_on)
        else:
            changes.report_change(
                recipient_id=case.pk,
                kind=Change.Kind.DEATH,
                happened_on=self.died_on,
                source=self.source,
                document=self.document,
                note="",
                by=by,
                at=at,
            )
        return Applied(
            what=f"{self.died_on:%d.%m.%Y} умер(ла) {row.person.full_name}",
            recipient_ids=supported_in(row.dwelling_id, since=self.changed_from),
        )


@dataclass(frozen=True, slots=True)
class Arrival:
    """Someone is registered in a dwelling from a day on: a person known by number, or a new one.

    `right_id` names the family's right that covers the newcomer, who is `relation` to the disabled child.
    """

    dwelling_id: int
    person: int | PersonFacts
    basis: str
    arrived_on: dt.date
    document: str
    right_id: int | None = None
    relation: str = ""
    cause: str = Cause.HOUSEHOLD

    @property
    def changed_from(self) -> dt.date:
        return self.arrived_on

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Register the person; a former registration of the kind ends, so its dwelling is touched as well.

        Raises OwnCase, ChangeNotPossible, PersonIncomplete, PersonKnown, ResidenceNotPossible, StartsBeforeFormer,
        CoversOnlyOneself, AlreadyEntitled.
        """
        require_past(self.arrived_on, at=at)
        person = self._person(by=by, at=at)
        own_case.require_stranger(by=by, persons=[person])
        before = Residence.objects.filter(person=person, basis=self.basis).valid_on(self.arrived_on).first()
        dwelling = Dwelling.objects.get(pk=self.dwelling_id)
        register_resident(dwelling=dwelling, person=person, basis=self.basis, starts_on=self.arrived_on, by=by, at=at)
        if self.right_id is not None:
            coverage.cover_newcomer(
                entitlement_id=self.right_id, person=person, relation=self.relation, starts_on=self.arrived_on
            )
        dwellings = [self.dwelling_id, *([before.dwelling_id] if before else [])]
        return Applied(
            what=f"В жильё с {self.arrived_on:%d.%m.%Y} прибыл(а) {person.full_name}",
            recipient_ids=supported_in(*dwellings, since=self.arrived_on),
        )

    def _person(self, *, by: Staff, at: dt.datetime) -> Person:
        if isinstance(self.person, PersonFacts):
            return enter_person(facts=self.person, by=by, at=at)
        known: Person = Person.objects.get(pk=self.person)
        return known


@dataclass(frozen=True, slots=True)
class DwellingChange:
    """A dwelling is otherwise from a day on: area, stock, rooms."""

    dwelling_id: int
    description: DwellingDescription
    changed_from: dt.date
    document: str
    cause: str = Cause.DWELLING

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Record the facts. Raises ChangeNotPossible, AreasImpossible, StartsBeforeFormer."""
        require_past(self.changed_from, at=at)
        dwelling = Dwelling.objects.get(pk=self.dwelling_id)
        row = record_dwelling_facts(
            dwelling=dwelling, facts=self.description, starts_on=self.changed_from, by=by, at=at
        )
        told = f"общая площадь {format_quantity(row.total_area)} м², фонд {row.get_stock_display()}"
        return Applied(
            what=f"Жильё с {self.changed_from:%d.%m.%Y}: {told}, комнат {row.rooms}",
            recipient_ids=supported_in(self.dwelling_id, since=self.changed_from),
        )


@dataclass(frozen=True, slots=True)
class GroupChange:
    """An adult has another group of disability; `certificate_valid_to` is the first day without the certificate."""

    right_id: int
    category: str
    certificate: str
    certificate_valid_to: dt.date | None
    changed_on: dt.date
    cause: str = Cause.CATEGORY

    @property
    def changed_from(self) -> dt.date:
        return groups.first_day_of_group(self.changed_on)

    @property
    def document(self) -> str:
        return self.certificate

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Grant the right of the other group. Raises OwnCase, GroupNotPossible, CertificateDoesNotReach."""
        former = Entitlement.objects.get(pk=self.right_id)
        right = groups.change_group(
            entitlement_id=self.right_id,
            category=self.category,
            certificate=self.certificate,
            certificate_valid_to=self.certificate_valid_to,
            changed_on=self.changed_on,
            by=by,
            at=at,
        )
        told = f"{former.get_category_display()} → {right.get_category_display()}"
        return Applied(
            what=f"{right.disabled_person.full_name} с {right.valid_from:%d.%m.%Y}: {told}",
            recipient_ids=(right.recipient_id,),
        )


def require_past(day: dt.date, /, *, at: dt.datetime) -> None:
    """Raise ChangeNotPossible for a day that has not come yet."""
    if day > day_of(at):
        raise ChangeNotPossible(f"Дата {day:%d.%m.%Y} ещё не наступила: изменение вносят, когда оно произошло.")


def supported_in(*dwelling_ids: int, since: dt.date) -> tuple[int, ...]:
    """Return the recipients whose equivalent is counted for one of the dwellings on some day from `since` on."""
    rows = SupportedDwelling.objects.filter(dwelling__in=dwelling_ids).touching(since, dt.date.max)
    return tuple(rows.order_by("recipient_id").values_list("recipient_id", flat=True).distinct())
