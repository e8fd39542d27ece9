"""What an accepted proposal does (3.4, 3.5), each as a fact of its own with its history.

A death becomes a change of item 3.5; of a disabled child, with the day of death in the child's card. A disappearance
is no death: it becomes a change for the office to clear up, and so do a group that ended and another address: the
right ends by a decision, the dwelling changes by its documents. A move ends the registration in the dwelling the
recipient is supported for on its day: that somebody left is told by the list, where they live now is not. A name, a
birth date or the number of the pension case corrects the card. A certificate's new term is written into the right. A
person new to us gets nothing: a right takes an application. A new group begins a new right where the old one ends, from the file's month, or
from the next one when that month's register stands already. What would make the right another person's is refused:
it takes an application.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.models import DifferenceSource, ExchangeFile, PensionDifference
from exchange.selectors.registers import standing_register
from exchange.services.pension_data import SENDERS
from housing.models import Residence, SupportedDwelling
from housing.services import end_residence
from offices.calendar import day_of
from offices.dated import open_end
from offices.models import Staff
from offices.months import next_month
from offices.refusals import Refusal
from recipients.models import Category, Change, EntitledPerson, Entitlement, Person, Recipient
from recipients.services.changes import ChangeReported, report_change

Kind = PensionDifference.Kind
CLEAR_UP = "Выяснить причину."


class RightNotInForce(Refusal):
    """The right the difference is about ended meanwhile."""


class NeedsApplication(Refusal):
    """The fund's group would make the right another person's; that takes an application."""


@dataclass(frozen=True, slots=True)
class _Accepted:
    """An accepted proposal about a person of ours, with what its first source sent and whose word it is."""

    month: dt.date
    kind: str
    recipient: Recipient
    person: Person
    theirs: str
    content: Mapping[str, Any]
    source: str
    document: str
    by: Staff
    at: dt.datetime


def apply_difference(
    *, difference: PensionDifference, sources: Sequence[DifferenceSource], by: Staff, at: dt.datetime
) -> None:
    """Do what accepting the proposal means; `sources` are the rows it stands on, the deciding one first.

    Raises RightNotInForce, NeedsApplication, ChangeNotPossible, ResidenceNotPossible.
    """
    if difference.person is None or difference.recipient is None:
        return  # a person without a case: the decision itself is all
    told = _Accepted(
        month=difference.file.month,
        kind=difference.kind,
        recipient=difference.recipient,
        person=difference.person,
        theirs=difference.theirs,
        content=sources[0].record.content if sources else {},
        source=_source(difference, sources),
        document=_document(difference, sources),
        by=by,
        at=at,
    )
    match difference.kind:
        case Kind.DIED:
            _record_death(told)
        case Kind.DISAPPEARED:
            _report(told, Change.Kind.OTHER, day_of(at), f"{told.person}: {told.theirs}, право действует. {CLEAR_UP}")
        case Kind.ENDED:
            note = f"{told.person}: группа закончилась ({told.theirs}). Подготовить решение о прекращении."
            _report(told, Change.Kind.OTHER, day_of(at), note)
        case Kind.MOVED:
            _record_move(told)
        case Kind.ADDRESS:
            _report(told, Change.Kind.MOVE, day_of(at), f"{told.person}, адрес: {told.theirs}. {CLEAR_UP}")
        case Kind.NAME:
            _correct(told, last_name="last_name", first_name="first_name", middle_name="middle_name")
        case Kind.BIRTH_DATE:
            _correct(told, birth_date="birth_date")
        case Kind.CASE:
            _correct(told, pension_case="pension_case_no")
        case Kind.CERTIFICATE:
            _write_certificate(told)
        case Kind.GROUP:
            _change_group(told)


def _source(difference: PensionDifference, sources: Sequence[DifferenceSource]) -> str:
    kinds = [one.record.file.kind for one in sources] or [difference.file.kind]
    return ", ".join(dict.fromkeys(SENDERS[ExchangeFile.Kind(kind)].name for kind in kinds))


def _document(difference: PensionDifference, sources: Sequence[DifferenceSource]) -> str:
    told = [one.record.file for one in sources] or [difference.file]
    return "; ".join(f"сведения за {file.month:%m.%Y}, файл {file}" for file in told)[:200]


def _record_death(told: _Accepted) -> None:
    died_on = dt.date.fromisoformat(told.content["death_date"])
    if told.person.pk == told.recipient.person_id:
        _report(told, Change.Kind.DEATH, died_on, "")
        return
    person = Person.objects.select_for_update(of=("self",)).get(pk=told.person.pk)
    person.death_date = died_on
    person.save(update_fields=["death_date"])
    _report(told, Change.Kind.HOUSEHOLD, died_on, f"умер(ла) {person}")


def _record_move(told: _Accepted) -> None:
    """End the registration in the dwelling the recipient is supported for; where there is none, report only."""
    moved_on = dt.date.fromisoformat(told.content["moved_on"])
    homes = SupportedDwelling.objects.filter(recipient=told.recipient).valid_on(moved_on).values("dwelling")
    for residence in Residence.objects.filter(person=told.person, dwelling__in=homes).valid_on(moved_on):
        end_residence(residence_id=residence.pk, ends_on=moved_on, by=told.by, at=told.at)
    _report(told, Change.Kind.MOVE, moved_on, told.theirs)


def _report(told: _Accepted, kind: str, happened_on: dt.date, note: str) -> None:
    """Report a change; one that was reported before is as good."""
    try:
        report_change(
            recipient_id=told.recipient.pk,
            kind=kind,
            happened_on=happened_on,
            source=told.source,
            document=told.document,
            note=note[:300],
            by=told.by,
            at=told.at,
        )
    except ChangeReported:
        return


def _correct(told: _Accepted, **attributes: str) -> None:
    """Write what was sent into the person's card; `attributes` tells which value goes where."""
    locked = Person.objects.select_for_update(of=("self",)).get(pk=told.person.pk)
    for name, sent in attributes.items():
        value = told.content.get(sent, "")
        setattr(locked, name, dt.date.fromisoformat(value) if name == "birth_date" else value)
    locked.save(update_fields=list(attributes))


def _right(told: _Accepted) -> Entitlement:
    month = told.month
    rights = Entitlement.objects.touching(month, next_month(month)).select_for_update(of=("self",))
    right: Entitlement | None = rights.filter(recipient=told.recipient, disabled_person=told.person).first()
    if right is None:
        raise RightNotInForce(f"Право по инвалиду {told.person} за {month:%m.%Y} уже не действует.")
    return right


def _write_certificate(told: _Accepted) -> None:
    right = _right(told)
    last_day = told.content.get("disability_to")
    right.certificate_valid_to = open_end(dt.date.fromisoformat(last_day)) if last_day else None
    right.save(update_fields=["certificate_valid_to"])


def _change_group(told: _Accepted) -> None:
    right = _right(told)
    group = told.content.get("disability_group", "")
    if not group or (group == Category.CHILD) != (right.category == Category.CHILD):
        raise NeedsApplication(
            f"Прислано: {told.theirs}. Такое право оформляют заявлением, а прежнее прекращают решением."
        )
    starts_on = group_starts_on(recipient=told.recipient, month=told.month)
    if right.valid_from >= starts_on:
        right.category = group
        right.save(update_fields=["category"])
        return
    _follow(right, group, starts_on, by=told.by, at=told.at)


def group_starts_on(*, recipient: Recipient, month: dt.date) -> dt.date:
    """Return the first day of an accepted new group: the file's month, or the next where its register stands."""
    frozen = standing_register(office=recipient.office, month=month) is not None
    return next_month(month) if frozen else month


def _follow(right: Entitlement, group: str, starts_on: dt.date, *, by: Staff, at: dt.datetime) -> None:
    """End the right where one of another group begins, for the same persons and on the same application."""
    if right.valid_to is not None and right.valid_to <= starts_on:
        raise RightNotInForce(f"Право прекращается {right.valid_to:%d.%m.%Y}, новой группе считать нечего.")
    ends_on, right.valid_to = right.valid_to, starts_on
    right.save(update_fields=["valid_to"])
    new = Entitlement.objects.create(
        recipient=right.recipient,
        disabled_person=right.disabled_person,
        application=right.application,
        holder=right.holder,
        category=group,
        certificate=right.certificate,
        certificate_valid_to=right.certificate_valid_to,
        granted_at=at,
        granted_by=by,
        valid_from=starts_on,
        valid_to=ends_on,
    )
    covered = EntitledPerson.objects.select_for_update(of=("self",)).filter(entitlement=right)
    for person in covered.touching(starts_on, dt.date.max).order_by("pk"):
        if person.valid_from >= starts_on:
            person.entitlement = new
            person.save(update_fields=["entitlement"])
            continue
        until, person.valid_to = person.valid_to, starts_on
        person.save(update_fields=["valid_to"])
        EntitledPerson.objects.create(
            entitlement=new, person=person.person, relation=person.relation, valid_from=starts_on, valid_to=until
        )
