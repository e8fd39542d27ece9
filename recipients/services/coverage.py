"""Whom a new right covers, and that nobody is covered twice (regulation, items 2.3 and 2.4.1)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from offices.refusals import Refusal
from recipients import selectors
from recipients.models import Application, Category, EntitledPerson, Entitlement, Person

HIMSELF = "инвалид"
THE_CHILD = "ребёнок-инвалид"


class AlreadyEntitled(Refusal):
    """The measure is granted already on the ground of this person, or covers this person."""


class CoversOnlyOneself(Refusal):
    """The right of an adult covers nobody else, and nobody on a day without it."""


class CertificateDoesNotReach(Refusal):
    """The certificate of disability ends before the right would begin, or is not named."""


@dataclass(frozen=True, slots=True)
class CoveredPerson:
    """A member of a disabled child's family, covered by the family's right."""

    person: Person
    relation: str


def require_certificate(*, certificate: str, valid_to: dt.date | None, starts_on: dt.date) -> None:
    """Raise CertificateDoesNotReach unless a certificate is named that is valid on the right's first day.

    `valid_to` is the first day without the certificate, None for one without a term.
    """
    if not certificate.strip():
        raise CertificateDoesNotReach("Укажите номер и дату справки об установлении инвалидности.")
    if valid_to is not None and valid_to <= starts_on:
        last = valid_to - dt.timedelta(days=1)
        raise CertificateDoesNotReach(
            f"Справка действует по {last:%d.%m.%Y}, а право начинается с {starts_on:%d.%m.%Y}: нужна новая справка."
        )


def persons_covered(*, application: Application, covered: Sequence[CoveredPerson]) -> list[CoveredPerson]:
    """List whom the right covers: the adult, or the child and the family members given.

    Raises CoversOnlyOneself.
    """
    disabled = application.disabled_person
    if application.category == Category.CHILD:
        family = [member for member in covered if member.person != disabled]
        return [CoveredPerson(disabled, THE_CHILD), *family]
    if any(member.person != disabled for member in covered):
        raise CoversOnlyOneself(
            "Право инвалида распространяется только на него самого: члены семьи включаются "
            "только по ребёнку-инвалиду (пункт 2.3)."
        )
    return [CoveredPerson(disabled, HIMSELF)]


def require_free(*, disabled_person: Person, persons: Sequence[CoveredPerson], starts_on: dt.date) -> None:
    """Raise AlreadyEntitled when the ground or a covered person has a right from `starts_on` on.

    The people stay locked, so two offices granting at once ask one after the other.
    """
    ids = {disabled_person.pk, *(member.person.pk for member in persons)}
    list(Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))
    right = selectors.right_grounded_on(disabled_person=disabled_person, start=starts_on)
    if right is not None:
        raise AlreadyEntitled(
            f"Мера по инвалиду {disabled_person} уже назначена с {right.valid_from:%d.%m.%Y}: "
            f"{right.recipient}, {right.recipient.office}. Сначала прекратите прежнее право."
        )
    people = [member.person for member in persons]
    twice = selectors.rights_covering(persons=people, start=starts_on).first()
    if twice is not None:
        raise AlreadyEntitled(
            f"На {twice.person} уже распространяется право получателя {twice.entitlement.recipient} "
            f"с {twice.valid_from:%d.%m.%Y}: одного человека учитывают один раз."
        )
    if len(set(people)) != len(people):
        raise AlreadyEntitled("Один и тот же человек указан в составе семьи дважды.")


def cover(*, right: Entitlement, persons: Sequence[CoveredPerson]) -> None:
    """Write whom the right covers, from its first day on."""
    EntitledPerson.objects.bulk_create(
        EntitledPerson(
            entitlement=right,
            person=member.person,
            relation=member.relation,
            valid_from=right.valid_from,
            valid_to=right.valid_to,
        )
        for member in persons
    )


@transaction.atomic
def cover_newcomer(*, entitlement_id: int, person: Person, relation: str, starts_on: dt.date) -> EntitledPerson:
    """Let the right of a disabled child's family cover a person who joined the family, from a day on.

    Raises CoversOnlyOneself, AlreadyEntitled.
    """
    right: Entitlement = Entitlement.objects.select_for_update(of=("self",)).get(pk=entitlement_id)
    if right.holder != Entitlement.Holder.FAMILY:
        raise CoversOnlyOneself(
            "Право инвалида распространяется только на него самого: члены семьи включаются "
            "только по ребёнку-инвалиду (пункт 2.3)."
        )
    if starts_on < right.valid_from or (right.valid_to is not None and right.valid_to <= starts_on):
        term = f" по {right.valid_to - dt.timedelta(days=1):%d.%m.%Y}" if right.valid_to else ""
        raise CoversOnlyOneself(
            f"Право семьи действует с {right.valid_from:%d.%m.%Y}{term}: с {starts_on:%d.%m.%Y} включить в него нельзя."
        )
    if not relation.strip():
        raise CoversOnlyOneself("Укажите, кем человек приходится ребёнку-инвалиду.")
    twice = selectors.rights_covering(persons=[person], start=starts_on).first()
    if twice is not None:
        raise AlreadyEntitled(
            f"На {twice.person} уже распространяется право получателя {twice.entitlement.recipient} "
            f"с {twice.valid_from:%d.%m.%Y}: одного человека учитывают один раз."
        )
    row: EntitledPerson = EntitledPerson.objects.create(
        entitlement=right, person=person, relation=relation.strip(), valid_from=starts_on, valid_to=right.valid_to
    )
    return row
