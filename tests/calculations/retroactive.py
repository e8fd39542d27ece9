"""Families of a small office with September approved, whose facts are changed from a past date."""

import datetime as dt
from decimal import Decimal
from typing import Any

from calculations.models import AccrualLine, CalculationRun, Recalculation
from calculations.services import recalculations
from calculations.services.fact_changes import DwellingChange, FactChange
from calculations.services.foreseeing import Foreseen, foresee, make_change
from housing.models import Residence
from housing.services import DwellingDescription
from offices.models import Role, Staff
from tests import factories
from tests.calculations import made, town

SEPTEMBER, OCTOBER, NOVEMBER = dt.date(2026, 9, 1), factories.MONTH, dt.date(2026, 11, 1)
TODAY = dt.datetime(2026, 11, 20, 12, tzinfo=factories.MOSCOW)
PAPER = "справка о составе семьи от 19.11.2026"


def approved(office: Any, month: dt.date) -> CalculationRun:
    factories.open_month(month)
    return made.forward(town.calculate(office, month=month))


def billed_family(office: Any, months: tuple[dt.date, ...] = (SEPTEMBER, OCTOBER), **given: Any) -> town.Family:
    """The family of EX-2 with its bills of the months."""
    family = town.family(office, **given)
    for month in months:
        factories.open_month(month)
        town.bills(family, town.BILLS_OF_EX_2, month=month)
    return family


def registration(of: town.Family, place: int) -> int:
    return Residence.objects.get(person=of.people[place], dwelling=of.account.dwelling).pk


def area(of: town.Family, square_meters: str, since: dt.date, **given: Any) -> DwellingChange:
    facts = of.account.dwelling.facts.get()
    described: dict[str, Any] = {
        "stock": facts.stock, "kind": facts.kind, "total_area": Decimal(square_meters), "living_area": Decimal(20),
        "rooms": facts.rooms, "stove": facts.stove, "has_central_heating": facts.has_central_heating,
        "amenities": facts.amenities,
    } | given  # fmt: skip
    return DwellingChange(of.account.dwelling.pk, DwellingDescription(**described), since, "техпаспорт от 01.09.2026")


def seen_by(by: Staff, change: FactChange) -> Foreseen:
    return foresee(change=change, by=by, at=TODAY)


def changed(by: Staff, change: FactChange) -> Recalculation:
    """Make a change that was seen; it needs one order."""
    (order,) = make_change(change=change, seen=seen_by(by, change).fingerprint, by=by, at=TODAY)
    return order


def approve(order: Recalculation) -> Recalculation:
    head = factories.staff(Role.HEAD, office=order.office)
    return recalculations.approve_recalculation(order_id=order.pk, by=head, at=TODAY)


def corrections(run: CalculationRun) -> dict[tuple[int, dt.date, str], Decimal]:
    """What the run's correction lines accrue by recipient, past month and service."""
    rows = AccrualLine.objects.filter(run=run, corrects_month__isnull=False)
    found: dict[tuple[int, dt.date, str], Decimal] = {}
    for recipient, month, service, accrued in rows.values_list("recipient", "corrects_month", "service", "accrued"):
        assert month is not None
        key = recipient, month, service
        found[key] = found.get(key, Decimal("0.00")) + accrued
    return found


def told(found: Foreseen) -> dict[tuple[int, dt.date, str], Decimal]:
    """What was foreseen, by recipient, past month and service."""
    return {
        (one.recipient_id, one.month, service.service): service.difference
        for one in found.months
        for service in one.services
    }
