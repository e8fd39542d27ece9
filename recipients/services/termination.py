"""A right ends by a decision that one prepares and another confirms (regulation, item 3.16)."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from offices import files, journal, numbering
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import JournalEntry, NumberSeries, Staff
from offices.months import month_of
from offices.refusals import Refusal
from recipients import selectors
from recipients.documents import terminations
from recipients.eligibility import first_day_without
from recipients.models import EntitledPerson, Entitlement, Ground, Termination
from recipients.services import own_case

ITEM = "3.16"


class RightEnded(Refusal):
    """The right ended before, or a decision on it is confirmed."""


class EventNotPossible(Refusal):
    """The event lies in the future, before the right began, or contradicts a date of death."""


class DocumentMissing(Refusal):
    """A decision names the document that proves the event."""


class NotPrepared(Refusal):
    """The decision was confirmed before."""


class ConfirmedByItsAuthor(Refusal):
    """A decision is confirmed by another person than the one who prepared it."""


@transaction.atomic
def prepare_termination(
    *, entitlement_id: int, ground_code: str, document: str, happened_on: dt.date, by: Staff, at: dt.datetime
) -> Termination:
    """Prepare the decision that a right ends; nothing changes until another person confirms it.

    After a death the right ends on the day after; otherwise on the first of the month after the event,
    unless the ground says otherwise. Preparing again corrects what is not confirmed yet.
    Raises OwnCase, GroundNotInForce, RightEnded, EventNotPossible, DocumentMissing.
    """
    right = _locked(entitlement_id)
    own_case.require_stranger(by=by, persons=[right.recipient.person, right.disabled_person])
    ground = selectors.ground_in_force(kind=Ground.Kind.TERMINATION, code=ground_code, on=day_of(at))
    if not document.strip():
        raise DocumentMissing("Укажите документ, подтверждающий событие: номер, дату и кем выдан.")
    if happened_on > day_of(at):
        raise EventNotPossible(f"Дата события {happened_on:%d.%m.%Y} ещё не наступила.")
    ends_on = _first_day_without(right, ground, happened_on)
    _require_running(right, ends_on)
    termination = Termination.objects.filter(entitlement=right).first() or Termination(
        entitlement=right, office=right.recipient.office, number=_number(right, at)
    )
    if termination.status != Termination.Status.PREPARED:
        raise RightEnded(f"Решение № {termination.number} о прекращении этого права уже утверждено.")
    termination.ground, termination.document = ground, document.strip()
    termination.happened_on, termination.ends_on = happened_on, ends_on
    termination.prepared_at, termination.prepared_by = at, by
    termination.save()
    _journal(termination, "решение о прекращении подготовлено", by=by, at=at)
    return termination


@transaction.atomic
def confirm_termination(
    *, termination_id: int, by: Staff, at: dt.datetime, overpaid: Decimal | None = None
) -> Termination:
    """Confirm a prepared decision: the right ends, whom it covered too, and the form of appendix 6 is stored.

    `overpaid` is roubles already paid for the time after the end, as the payments floor knows it; without
    it the form's line is filled by hand.
    Raises NotPrepared, ConfirmedByItsAuthor, OwnCase, RightEnded.
    """
    right = _locked(Termination.objects.values_list("entitlement_id", flat=True).get(pk=termination_id))
    termination: Termination = (
        Termination.objects.select_for_update(of=("self",))
        .select_related("ground__decree", "prepared_by", "office")
        .get(pk=termination_id)
    )
    if termination.status != Termination.Status.PREPARED:
        raise NotPrepared(f"Решение № {termination.number} уже утверждено.")
    if termination.prepared_by_id == by.pk:
        raise ConfirmedByItsAuthor(f"Решение № {termination.number} утверждает не тот, кто его подготовил.")
    own_case.require_stranger(by=by, persons=[right.recipient.person, right.disabled_person])
    _require_running(right, termination.ends_on)
    _end(right, termination.ends_on)
    termination.entitlement = right
    termination.status = Termination.Status.CONFIRMED
    termination.confirmed_at, termination.confirmed_by = at, by
    termination.decision_file = files.store(
        content=terminations.print_termination(termination=termination, overpaid=overpaid),
        name=f"Решение № {termination.number.replace('/', '-')} о прекращении.pdf",
        media_type=files.PDF,
        by=by,
        at=at,
    )
    termination.save(update_fields=["status", "confirmed_at", "confirmed_by", "decision_file"])
    _journal(termination, "решение о прекращении утверждено", by=by, at=at)
    return termination


def _locked(entitlement_id: int) -> Entitlement:
    right: Entitlement = (
        Entitlement.objects.select_for_update(of=("self",))
        .select_related("recipient__person", "recipient__office", "disabled_person", "application")
        .get(pk=entitlement_id)
    )
    return right


def _first_day_without(right: Entitlement, ground: Ground, happened_on: dt.date) -> dt.date:
    """Return the first day on which the right is no more; a death recorded must be the event's day."""
    deaths = [day for day in (right.recipient.person.death_date, right.disabled_person.death_date) if day]
    if ground.ends == Ground.Ends.NEXT_DAY and deaths and happened_on not in deaths:
        raise EventNotPossible(
            f"В карточке записана дата смерти {deaths[0]:%d.%m.%Y}, а в решении {happened_on:%d.%m.%Y}: "
            "исправьте дату или внесите изменение (пункт 3.5)."
        )
    ends_next_day = ground.ends == Ground.Ends.NEXT_DAY or happened_on in deaths
    return first_day_without(happened_on=happened_on, ends_next_day=ends_next_day)


def _require_running(right: Entitlement, ends_on: dt.date) -> None:
    if right.valid_to is not None and right.valid_to <= ends_on:
        raise RightEnded(f"Право уже прекращено с {right.valid_to:%d.%m.%Y}.")
    if ends_on <= right.valid_from:
        raise EventNotPossible(
            f"Право начинается {right.valid_from:%d.%m.%Y}, а прекратиться должно {ends_on:%d.%m.%Y}: "
            "событие произошло раньше назначения. Проверьте дату события."
        )


def _end(right: Entitlement, ends_on: dt.date) -> None:
    """End the right and the cover of every person."""
    covered = EntitledPerson.objects.select_for_update(of=("self",)).filter(entitlement=right).order_by("pk")
    for person in covered:
        if person.valid_from >= ends_on:
            raise EventNotPossible(
                f"Право распространяется на {person.person} с {person.valid_from:%d.%m.%Y}, позже "
                "его прекращения: сначала исправьте состав имеющих право."
            )
        if person.valid_to is None or person.valid_to > ends_on:
            person.valid_to = ends_on
            person.save(update_fields=["valid_to"])
    right.valid_to = ends_on
    right.save(update_fields=["valid_to"])


def _number(right: Entitlement, at: dt.datetime) -> str:
    year = numbering.year_of(at)
    office = right.recipient.office
    return f"{numbering.next_number(office=office, series=NumberSeries.Series.DECISION, year=year)}/{year}"


def _journal(termination: Termination, event: str, *, by: Staff, at: dt.datetime) -> None:
    file = termination.decision_file
    paper = Paper(
        subject=f"{termination}, {termination.entitlement.recipient}: {termination.ground}"[:300],
        item=ITEM,
        month=month_of(termination.ends_on),
        file_name=file.name if file else "",
        sha256=file.sha256 if file else "",
        way=JournalEntry.Way.PAPER,
    )
    journal.record(office=termination.office, event=event, paper=paper, by=by, at=at)
