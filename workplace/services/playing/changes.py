"""Items 3.5 and 3.16: deaths and moves are reported and sent on, and the rights of the dead end."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, Q

from housing.models import Residence
from housing.services import end_residence
from offices.models import Office, Role
from offices.months import next_month
from recipients.eligibility import TerminationCode
from recipients.models import Change, ChangeBatch, EntitledPerson, Entitlement, Termination
from recipients.services import changes, termination
from workplace.services.playing.scene import Scene
from workplace.services.playing.timetable import Moment
from workplace.simulation.lives import Event, events

DEATH = TerminationCode.DEATH


def report_and_send(*, scene: Scene) -> None:
    """Play item 3.5 in every office: what happened is reported, sent, accepted."""
    for office in scene.offices:
        clerk = scene.cast.of(office, Role.EXCHANGE)
        for right, event in _happened(scene, office):
            _report(scene, right, event)
        batch = ChangeBatch.objects.filter(office=office, month=scene.month).first()
        if batch is None:
            sent_at = scene.timetable.at(Moment.CHANGES_SENT)
            batch = changes.send_changes(office=office, month=scene.month, by=clerk, at=sent_at)
        if batch.accepted_at is None:
            accepted_at = scene.timetable.at(Moment.CHANGES_ACCEPTED)
            changes.accept_changes(batch_id=batch.pk, by=scene.cast.one(Role.RECEPTION), at=accepted_at)


def end_rights_of_the_dead(*, scene: Scene) -> None:
    """Play item 3.16 in every office: a decision is prepared by one and confirmed by the head."""
    for office in scene.offices:
        for right, event in _happened(scene, office):
            if event.is_death:
                _terminate(scene, office, right, event)


def _happened(scene: Scene, office: Office) -> Iterator[tuple[Entitlement, Event]]:
    """Give what happens this month to adults who are paid for their own disability, by СНИЛС.

    The question has the same answer before and after the answer is written down.
    """
    start = scene.month
    alive = Q(disabled_person__death_date__isnull=True) | Q(disabled_person__death_date__gte=start)
    rights = Entitlement.objects.filter(
        alive,
        Q(valid_to__isnull=True) | Q(valid_to__gt=start),
        recipient__office=office,
        recipient__person=F("disabled_person"),
        valid_from__lte=start,
        disabled_person__snils__isnull=False,
    )
    by_snils = {right.disabled_person.snils or "": right for right in rights.select_related("disabled_person")}
    for event in events(sorted(by_snils), month=start, seed=scene.seed, manners=scene.manners):
        yield by_snils[event.snils], event


def _report(scene: Scene, right: Entitlement, event: Event) -> None:
    kind = Change.Kind.DEATH if event.is_death else Change.Kind.MOVE
    known = Change.objects.filter(recipient=right.recipient_id, kind=kind, happened_on=event.day)
    if known.exists() or ChangeBatch.objects.filter(office=right.recipient.office_id, month=scene.month).exists():
        return
    if event.is_death:
        _report_death(scene, right, event.day)
    else:
        _report_move(scene, right, event.day)


def _report_death(scene: Scene, right: Entitlement, day: dt.date) -> None:
    changes.report_change(
        recipient_id=right.recipient_id,
        kind=Change.Kind.DEATH,
        happened_on=day,
        source="отдел ЗАГС",
        document=_certificate(day),
        note="",
        by=scene.cast.of(right.recipient.office, Role.EXCHANGE),
        at=scene.timetable.at(Moment.CHANGES),
    )


@transaction.atomic
def _report_move(scene: Scene, right: Entitlement, day: dt.date) -> None:
    """Let somebody of the household who has no right move out; nobody to move, nothing to report."""
    home = Residence.objects.valid_on(day).filter(person=right.disabled_person).order_by("pk").first()
    if home is None:
        return
    covered = EntitledPerson.objects.touching(scene.month, dt.date.max).values("person")
    leaving = (
        Residence.objects.valid_on(day)
        .filter(dwelling=home.dwelling_id, valid_to__isnull=True, valid_from__lt=scene.month)
        .exclude(person__in=covered)
        .order_by("person__snils", "pk")
        .first()
    )
    if leaving is None:
        return
    office, at = right.recipient.office, scene.timetable.at(Moment.CHANGES)
    end_residence(
        residence_id=leaving.pk, ends_on=next_month(scene.month), by=scene.cast.of(office, Role.CALCULATION), at=at
    )
    changes.report_change(
        recipient_id=right.recipient_id,
        kind=Change.Kind.MOVE,
        happened_on=day,
        source="получатель",
        document=f"заявление о снятии с регистрационного учёта от {day:%d.%m.%Y}",
        note="член семьи выехал",
        by=scene.cast.of(office, Role.EXCHANGE),
        at=at,
    )


def _terminate(scene: Scene, office: Office, right: Entitlement, event: Event) -> None:
    decision = Termination.objects.filter(entitlement=right).first()
    if decision is None:
        decision = termination.prepare_termination(
            entitlement_id=right.pk,
            ground_code=DEATH,
            document=_certificate(event.day),
            happened_on=event.day,
            by=scene.cast.of(office, Role.CALCULATION),
            at=scene.timetable.at(Moment.TERMINATIONS),
        )
    if decision.status == Termination.Status.PREPARED:
        termination.confirm_termination(
            termination_id=decision.pk,
            by=scene.cast.of(office, Role.HEAD),
            at=scene.timetable.at(Moment.TERMINATIONS_CONFIRMED),
        )


def _certificate(day: dt.date) -> str:
    return f"свидетельство о смерти I-ЯЯ № {day:%d%m%y} от {day:%d.%m.%Y}"
