"""Questions to the ground floor: units, working days, the exchange schedule, roles that conflict."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from offices.calendar import ProductionCalendar
from offices.models import CalendarDay, ForbiddenRolePair, HandoverBalance, Office, ScheduledStep, Staff
from offices.refusals import Refusal


class UnitNotFound(Refusal):
    """The department has no unit of this kind, or several."""


def unit_of_kind(*, kind: str) -> Office:
    """Return the department's one unit of a kind: `Office.Kind.PAYMENTS`, SUBSIDIES, ...

    Raises UnitNotFound when there is none, or more than one.
    """
    found = list(Office.objects.filter(kind=kind).order_by("pk")[:2])
    if len(found) != 1:
        number = "нет" if not found else "больше одного"
        raise UnitNotFound(f"В справочнике отделов {number}: «{Office.Kind(kind).label}». Проверьте справочник.")
    return found[0]


def district_offices() -> QuerySet[Office]:
    """Return the district offices in the order of their districts' names."""
    return Office.objects.filter(kind=Office.Kind.DISTRICT).select_related("district").order_by("district__name", "pk")


def production_calendar(*, start: dt.date, end: dt.date) -> ProductionCalendar:
    """Read the working days of the half-open period into memory."""
    rows = CalendarDay.objects.filter(day__gte=start, day__lt=end).values_list("day", "is_working")
    return ProductionCalendar(dict(rows))


def due_on(*, office: Office, month: dt.date, item: str) -> dt.date | None:
    """Return the day by which the office finishes the item for the month billed, None if unplanned."""
    step = ScheduledStep.objects.filter(office=office, month=month, item=item).first()
    return step.due_on if step else None


def steps_of(*, month: dt.date) -> QuerySet[ScheduledStep]:
    """Return a month's steps of every office with `is_done`: the item's balance is struck.

    An item of the department's own units is done for every office by the unit's balance.
    """
    return _steps().filter(month=month).annotate(is_done=_is_struck())


def overdue_steps(*, on: dt.date) -> QuerySet[ScheduledStep]:
    """Return the steps of every month that are past their day on `on` and not done."""
    return _steps().filter(~_is_struck(), due_on__lt=on)


def _steps() -> QuerySet[ScheduledStep]:
    return ScheduledStep.objects.select_related("office").order_by("due_on", "item", "office__name", "pk")


def _is_struck() -> Exists:
    struck = HandoverBalance.objects.filter(month=OuterRef("month"), item=OuterRef("item"))
    return Exists(struck.filter(Q(office=OuterRef("office")) | Q(office__district__isnull=True)))


def conflicting_roles(*, staff: Staff, role: str, start: dt.date, end: dt.date | None) -> list[str]:
    """Name the roles the person holds in the half-open period that never go with `role`."""
    pairs = ForbiddenRolePair.objects.filter(Q(first=role) | Q(second=role)).values_list("first", "second")
    forbidden = _others(role, pairs)
    held = staff.grants.filter(role__in=forbidden).touching(start, end or dt.date.max)
    return sorted(set(held.values_list("role", flat=True)))


def _others(role: str, pairs: Iterable[tuple[str, str]]) -> set[str]:
    return {second if first == role else first for first, second in pairs}
