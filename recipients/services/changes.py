"""Changes of the data: reported as they come, sent by the schedule, accepted (regulation, item 3.5)."""

import datetime as dt

from django.db import transaction

from offices import balances, journal
from offices import selectors as office_selectors
from offices.balances import Amount, Balance
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import JournalEntry, Office, Staff
from offices.refusals import Refusal
from offices.services.months import require_open
from recipients import selectors
from recipients.models import Change, ChangeBatch, Person, Recipient
from recipients.services import own_case

ITEM = "3.5"


class ChangeNotPossible(Refusal):
    """The change lies in the future or before birth, lacks its source or contradicts what is known."""


class ChangeReported(Refusal):
    """The same change was reported before."""


class ChangesSent(Refusal):
    """The office's changes of the month were sent before."""


class ChangesAccepted(Refusal):
    """The message was accepted before."""


class AcceptedByTheirSender(Refusal):
    """Changes are accepted by another person than the one who sent them."""


@transaction.atomic
def report_change(
    *,
    recipient_id: int,
    kind: str,
    happened_on: dt.date,
    source: str,
    document: str,
    note: str,
    by: Staff,
    at: dt.datetime,
) -> Change:
    """Write down what happened to a recipient: a death, a move, a change of the household (3.5.1 а).

    A death is written into the person's card as the date of death. `source` is who told, `document`
    what proves it.
    Raises OwnCase, ChangeNotPossible, ChangeReported.
    """
    recipient: Recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("person", "office").get(pk=recipient_id)
    )
    own_case.require_stranger(by=by, persons=[recipient.person])
    if not source.strip() or not document.strip():
        raise ChangeNotPossible("Укажите, кто сообщил об изменении и каким документом оно подтверждено.")
    if happened_on > day_of(at) or happened_on < recipient.person.birth_date:
        raise ChangeNotPossible(f"Дата изменения {happened_on:%d.%m.%Y} невозможна: проверьте её.")
    if Change.objects.filter(recipient=recipient, kind=kind, happened_on=happened_on).exists():
        raise ChangeReported(f"Изменение «{Change.Kind(kind).label}» от {happened_on:%d.%m.%Y} уже внесено.")
    if kind == Change.Kind.DEATH:
        record_death(person=recipient.person, died_on=happened_on)
    change: Change = Change.objects.create(
        recipient=recipient,
        office=recipient.office,
        kind=kind,
        happened_on=happened_on,
        source=source.strip(),
        document=document.strip(),
        note=note,
        reported_at=at,
        reported_by=by,
    )
    subject = f"{change} {happened_on:%d.%m.%Y}, {change.document}"
    paper = Paper(subject=subject[:300], item=ITEM, way=JournalEntry.Way.PAPER)
    journal.record(
        office=recipient.office, event="внесено изменение", paper=paper, by=by, at=at, counterpart=change.source
    )
    return change


@transaction.atomic
def send_changes(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> ChangeBatch:
    """Send everything not sent yet to the payments unit, once a month; a month without changes is said too.

    Raises MonthNotOpen, ChangesSent, UnitNotFound.
    """
    require_open(month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    if ChangeBatch.objects.filter(office=office, month=month).exists():
        raise ChangesSent(f"{office}: изменения за {month:%m.%Y} уже отправлены.")
    unit = office_selectors.unit_of_kind(kind=Office.Kind.PAYMENTS)
    batch: ChangeBatch = ChangeBatch.objects.create(office=office, month=month, sent_at=at, sent_by=by)
    waiting = list(selectors.changes_to_send(office=office).select_for_update(of=("self",)))
    for change in waiting:
        change.batch = batch
        change.save(update_fields=["batch"])
    amount = Amount(len(waiting))
    balances.strike(
        month=month,
        item=ITEM,
        stage="сообщение об изменениях",
        office=office,
        subject=f"изменения {month:%m.%Y}",
        balance=Balance(taken=amount, handed_on=amount),
        at=at,
    )
    subject = f"изменения сведений о получателях, {batch}" if waiting else f"изменений нет, {batch}"
    paper = Paper(subject=subject[:300], item=ITEM, month=month, rows=len(waiting))
    journal.record_handover(sender=office, receiver=unit, paper=paper, by=by, at=at)
    return batch


@transaction.atomic
def accept_changes(*, batch_id: int, by: Staff, at: dt.datetime) -> ChangeBatch:
    """Note that the payments unit received an office's changes (3.5.2 а).

    Raises ChangesAccepted, AcceptedByTheirSender.
    """
    batch: ChangeBatch = ChangeBatch.objects.select_for_update(of=("self",)).select_related("office").get(pk=batch_id)
    if batch.accepted_at is not None:
        raise ChangesAccepted(f"{batch.office}: изменения за {batch.month:%m.%Y} уже приняты.")
    if batch.sent_by_id == by.pk:
        raise AcceptedByTheirSender("Изменения принимает не тот, кто их отправил.")
    batch.accepted_at, batch.accepted_by = at, by
    batch.save(update_fields=["accepted_at", "accepted_by"])
    unit = office_selectors.unit_of_kind(kind=Office.Kind.PAYMENTS)
    paper = Paper(subject=f"изменения сведений о получателях, {batch}"[:300], item=ITEM, month=batch.month)
    journal.record(office=unit, event="принято", paper=paper, by=by, at=at, counterpart=str(batch.office))
    return batch


@transaction.atomic
def record_death(*, person: Person, died_on: dt.date) -> None:
    """Write the date of death into a person's card; the same date again changes nothing.

    Raises ChangeNotPossible.
    """
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if locked.death_date not in {None, died_on}:
        raise ChangeNotPossible(
            f"В карточке уже записана другая дата смерти: {locked.death_date:%d.%m.%Y}. Сверьте со свидетельством."
        )
    locked.death_date = died_on
    locked.save(update_fields=["death_date"])
