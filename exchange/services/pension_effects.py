"""What an accepted difference with the pension fund does (3.4), each as a fact of its own with its history.

A death becomes a change of item 3.5; of a disabled child, with the day of death in the child's card. A disappearance
is no death: it becomes a change for the office to clear up. A name or birth date corrects the card. A certificate's
new term is written into the right. A new group begins a new right where the old one ends, from the file's month, or
from the next one when that month's register stands already. What would make the right another person's is refused:
it takes an application.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from exchange.models import PensionDifference, PensionRecord
from exchange.selectors.registers import standing_register
from offices.calendar import day_of
from offices.dated import open_end
from offices.models import Staff
from offices.months import next_month
from offices.refusals import Refusal
from recipients.models import Category, Change, EntitledPerson, Entitlement, Person
from recipients.services import own_case
from recipients.services.changes import ChangeReported, report_change

SOURCE = "Отделение Пенсионного фонда"
Kind = PensionDifference.Kind


class RightNotInForce(Refusal):
    """The right the difference is about ended meanwhile."""


class NeedsApplication(Refusal):
    """The fund's group would make the right another person's; that takes an application."""


def apply_difference(*, difference: PensionDifference, by: Staff, at: dt.datetime) -> None:
    """Do what accepting the difference means.

    Raises OwnCase, RightNotInForce, NeedsApplication, ChangeNotPossible.
    """
    own_case.require_stranger(by=by, persons=[difference.person, difference.recipient.person])
    match difference.kind:
        case Kind.DIED:
            _record_death(difference, by=by, at=at)
        case Kind.DISAPPEARED:
            note = f"{difference.person}: {difference.theirs}, право действует. Выяснить причину."
            _report(difference, Change.Kind.OTHER, day_of(at), note, by=by, at=at)
        case Kind.NAME:
            _correct(difference.person, _content(difference), ("last_name", "first_name", "middle_name"))
        case Kind.BIRTH_DATE:
            _correct(difference.person, _content(difference), ("birth_date",))
        case Kind.CERTIFICATE:
            _write_certificate(difference)
        case Kind.GROUP:
            _change_group(difference, by=by, at=at)


def _content(difference: PensionDifference) -> Mapping[str, Any]:
    """Return what the fund sent of the person."""
    record = PensionRecord.objects.get(file=difference.file, person=difference.person)
    content: Mapping[str, Any] = record.content
    return content


def _record_death(difference: PensionDifference, *, by: Staff, at: dt.datetime) -> None:
    died_on = dt.date.fromisoformat(_content(difference)["death_date"])
    if difference.person_id == difference.recipient.person_id:
        _report(difference, Change.Kind.DEATH, died_on, "", by=by, at=at)
        return
    person = Person.objects.select_for_update(of=("self",)).get(pk=difference.person_id)
    person.death_date = died_on
    person.save(update_fields=["death_date"])
    _report(difference, Change.Kind.HOUSEHOLD, died_on, f"умер(ла) {person}", by=by, at=at)


def _report(
    difference: PensionDifference, kind: str, happened_on: dt.date, note: str, *, by: Staff, at: dt.datetime
) -> None:
    """Report a change; one that was reported before is as good."""
    try:
        report_change(
            recipient_id=difference.recipient_id,
            kind=kind,
            happened_on=happened_on,
            source=SOURCE,
            document=f"сведения за {difference.file.month:%m.%Y}, файл {difference.file}"[:200],
            note=note[:300],
            by=by,
            at=at,
        )
    except ChangeReported:
        return


def _correct(person: Person, content: Mapping[str, Any], names: tuple[str, ...]) -> None:
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    for name in names:
        value = content.get(name, "")
        setattr(locked, name, dt.date.fromisoformat(value) if name == "birth_date" else value)
    locked.save(update_fields=list(names))


def _right(difference: PensionDifference) -> Entitlement:
    month = difference.file.month
    rights = Entitlement.objects.touching(month, next_month(month)).select_for_update(of=("self",))
    right: Entitlement | None = rights.filter(recipient=difference.recipient, disabled_person=difference.person).first()
    if right is None:
        raise RightNotInForce(f"Право по инвалиду {difference.person} за {month:%m.%Y} уже не действует.")
    return right


def _write_certificate(difference: PensionDifference) -> None:
    right = _right(difference)
    last_day = _content(difference).get("disability_to")
    right.certificate_valid_to = open_end(dt.date.fromisoformat(last_day)) if last_day else None
    right.save(update_fields=["certificate_valid_to"])


def _change_group(difference: PensionDifference, *, by: Staff, at: dt.datetime) -> None:
    right = _right(difference)
    group = _content(difference).get("disability_group", "")
    if not group or (group == Category.CHILD) != (right.category == Category.CHILD):
        raise NeedsApplication(
            f"У фонда: {difference.theirs}. Такое право оформляют заявлением, а прежнее прекращают решением."
        )
    month = difference.file.month
    frozen = standing_register(office=difference.recipient.office, month=month) is not None
    starts_on = next_month(month) if frozen else month
    if right.valid_from >= starts_on:
        right.category = group
        right.save(update_fields=["category"])
        return
    _follow(right, group, starts_on, by=by, at=at)


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
