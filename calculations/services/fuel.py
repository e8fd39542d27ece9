"""Solid fuel and gas in cylinders: an application is counted by one person and assigned by another (2.4.3, 2.4.4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from calculations.documents import fuel as papers
from calculations.inputs.fuel_order import CountedOrder, Wish, count_order
from calculations.models import AccrualLine, CalculationRun, FuelAssignment, FuelItem, FuelPart
from calculations.selectors import parameters_in_force
from housing.models import Dwelling, SupportedDwelling
from offices import files, journal
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import JournalEntry, Staff
from offices.months import month_of
from offices.refusals import Refusal
from providers.models import Service
from recipients.models import Application, Recipient
from recipients.selectors import channel_on
from recipients.services import applications, own_case

ITEM: Final = "3.2"
Status = FuelAssignment.Status
KINDS: Final = {
    FuelAssignment.Rule.SOLID_FUEL: Application.Kind.FUEL,
    FuelAssignment.Rule.BOTTLED_GAS: Application.Kind.BOTTLED_GAS,
}


class AlreadyDecided(Refusal):
    """The assignment is decided, or stopped before."""


class DecidedByItsAuthor(Refusal):
    """Another person decides than the one who counted."""


class NothingToStop(Refusal):
    """No part is left from that month on, or some of them are accrued already."""


def preview_fuel(
    *, recipient: Recipient, rule: str, received_on: dt.date, wishes: Sequence[Wish], months: int | None
) -> CountedOrder:
    """Count an application without saving it, with every step. Raises FuelRefused, ParameterMissing."""
    return count_order(
        recipient=recipient,
        rule=rule,
        received_on=received_on,
        wishes=wishes,
        months=months,
        parameters=parameters_in_force(month_of(received_on)),
    )


@transaction.atomic
def prepare_fuel(
    *,
    recipient: Recipient,
    rule: str,
    way: str,
    received_on: dt.date,
    wishes: Sequence[Wish],
    months: int | None,
    by: Staff,
    at: dt.datetime,
) -> FuelAssignment:
    """Register an application of appendix 3 and count it; another person assigns it.

    Raises FuelRefused, ParameterMissing and the refusals of `register_application`.
    """
    _lock_homes(recipient, received_on)
    order = preview_fuel(recipient=recipient, rule=rule, received_on=received_on, wishes=wishes, months=months)
    application = applications.register_application(
        office=recipient.office,
        kind=KINDS[FuelAssignment.Rule(rule)],
        way=way,
        received_on=received_on,
        applicant=recipient.person,
        disabled_person=order.right.disabled_person,
        category=order.right.category,
        address=str(order.dwelling),
        is_place_of_stay=_is_place_of_stay(recipient, received_on),
        channel=_channel(recipient, received_on),
        documents=(),
        by=by,
        at=at,
    )
    assignment: FuelAssignment = FuelAssignment.objects.create(
        application=application,
        office=recipient.office,
        recipient=recipient,
        entitlement=order.right,
        dwelling=order.dwelling,
        service=Service.objects.get(kind=rule),
        rule=rule,
        rule_version=order.rule_version,
        year=order.starts_on.year,
        starts_on=order.starts_on,
        months=order.months,
        cost=order.cost,
        counted_cost=order.counted_cost,
        share=order.share,
        amount=order.amount,
        inputs=dict(order.inputs),
        prepared_at=at,
        prepared_by=by,
    )
    FuelItem.objects.bulk_create(
        FuelItem(
            assignment=assignment,
            fuel=one.wish.fuel,
            applied=one.wish.quantity,
            norm=one.norm,
            limit=one.limit,
            counted=one.counted,
            price=one.price,
            seller_document=one.wish.seller_document.strip(),
        )
        for one in order.fuels
    )
    FuelPart.objects.bulk_create(
        FuelPart(assignment=assignment, number=number, month=month, amount=amount)
        for number, (month, amount) in enumerate(order.parts, start=1)
    )
    return assignment


@transaction.atomic
def confirm_fuel(*, assignment_id: int, by: Staff, at: dt.datetime) -> FuelAssignment:
    """Assign what another person counted: the application is granted, the decision stored, the parts count in runs.

    Raises AlreadyDecided, DecidedByItsAuthor and the refusals of `grant_application`.
    """
    assignment = _undecided(assignment_id, by)
    applications.grant_application(
        application_id=assignment.application_id,
        certificate="",
        certificate_valid_to=None,
        covered=(),
        shelf="",
        first_month=parameters_in_force(month_of(assignment.application.received_on)).first_month,
        by=by,
        at=at,
    )
    assignment.status, assignment.decided_at, assignment.decided_by = Status.CONFIRMED, at, by
    number = assignment.application.number
    assignment.decision_file = files.store(
        content=papers.print_assignment(assignment),
        name=f"Решение по заявлению № {number.replace('/', '-')}.pdf",
        media_type=files.PDF,
        by=by,
        at=at,
    )
    assignment.save(update_fields=["status", "decided_at", "decided_by", "decision_file"])
    _journal(assignment, "топливо или газ назначены", by=by, at=at)
    return assignment


@transaction.atomic
def refuse_fuel(*, assignment_id: int, ground_code: str, facts: str, by: Staff, at: dt.datetime) -> FuelAssignment:
    """Refuse what another person counted, on a coded ground with the facts; the letter is stored (3.2.3).

    Raises AlreadyDecided, DecidedByItsAuthor and the refusals of `refuse_application`.
    """
    assignment = _undecided(assignment_id, by)
    applications.refuse_application(
        application_id=assignment.application_id, ground_code=ground_code, facts=facts, by=by, at=at
    )
    assignment.status, assignment.decided_at, assignment.decided_by = Status.WITHDRAWN, at, by
    assignment.reason = facts.strip()[:300]
    assignment.save(update_fields=["status", "decided_at", "decided_by", "reason"])
    return assignment


@transaction.atomic
def stop_fuel(*, assignment_id: int, from_month: dt.date, reason: str, by: Staff, at: dt.datetime) -> FuelAssignment:
    """Stop the parts from a month on; they are never resumed. Parts of a right that ended stop by themselves.

    Raises AlreadyDecided, NothingToStop, OwnCase.
    """
    assignment = _locked(assignment_id, by)
    if assignment.status != Status.CONFIRMED:
        raise AlreadyDecided(f"{assignment}: остановить можно только назначенное.")
    if not reason.strip():
        raise NothingToStop("Укажите, почему выплата частей останавливается.")
    left = assignment.parts.filter(month__gte=from_month)
    if not left.exists():
        raise NothingToStop(f"С {from_month:%m.%Y} частей нет: останавливать нечего.")
    accrued = AccrualLine.objects.filter(fuel_part__in=left, month__gte=assignment.starts_on).exclude(
        run__status__in=(CalculationRun.Status.RETURNED, CalculationRun.Status.DISCARDED)
    )
    if accrued.exists():
        raise NothingToStop(f"Части с {from_month:%m.%Y} уже вошли в расчёт: выберите более поздний месяц.")
    assignment.status, assignment.reason = Status.STOPPED, reason.strip()
    assignment.stopped_from, assignment.stopped_at, assignment.stopped_by = from_month, at, by
    assignment.save(update_fields=["status", "reason", "stopped_from", "stopped_at", "stopped_by"])
    _journal(assignment, f"части с {from_month:%m.%Y} остановлены: {reason.strip()}"[:200], by=by, at=at)
    return assignment


def _locked(assignment_id: int, by: Staff) -> FuelAssignment:
    assignment: FuelAssignment = (
        FuelAssignment.objects.select_for_update(of=("self",))
        .select_related("application", "office__district", "recipient__person", "entitlement__disabled_person")
        .get(pk=assignment_id)
    )
    own_case.require_stranger(by=by, persons=[assignment.recipient.person, assignment.entitlement.disabled_person])
    return assignment


def _undecided(assignment_id: int, by: Staff) -> FuelAssignment:
    assignment = _locked(assignment_id, by)
    if assignment.status != Status.PREPARED:
        raise AlreadyDecided(f"{assignment}: решение уже принято.")
    if assignment.prepared_by_id == by.pk:
        raise DecidedByItsAuthor("Решение по топливу и газу принимает не тот, кто рассчитал заявление.")
    return assignment


def _lock_homes(recipient: Recipient, day: dt.date) -> None:
    """Let one application at a time be counted for the recipient's dwelling."""
    homes = SupportedDwelling.objects.valid_on(day).filter(recipient=recipient).values("dwelling")
    list(Dwelling.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=homes).order_by("pk"))


def _is_place_of_stay(recipient: Recipient, day: dt.date) -> bool:
    homes = SupportedDwelling.objects.valid_on(day).filter(recipient=recipient)
    return bool(homes.filter(basis="temporary").exists())


def _channel(recipient: Recipient, day: dt.date) -> str:
    channel = channel_on(recipient=recipient, day=day)
    return f"{channel.get_kind_display()} (по действующему способу выплаты)" if channel else "не указан"


def _journal(assignment: FuelAssignment, event: str, *, by: Staff, at: dt.datetime) -> None:
    file = assignment.decision_file
    paper = Paper(
        subject=f"{assignment}, {assignment.application}, {assignment.recipient}"[:300],
        item=ITEM,
        month=month_of(day_of(at)),
        file_name=file.name if file else "",
        sha256=file.sha256 if file else "",
        roubles=assignment.amount,
        way=JournalEntry.Way.PAPER,
    )
    journal.record(office=assignment.office, event=event, paper=paper, by=by, at=at)
