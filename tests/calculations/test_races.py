"""Runs, orders and fuel when two people act at once: one of them waits, and what is accrued is accrued once."""

import datetime as dt
from functools import partial

import pytest
from django.db import transaction

from calculations.models import AccrualLine, CalculationRun, FuelAssignment
from calculations.services import fuel, recalculations, runs
from calculations.services.fuel import NothingToStop
from calculations.services.recalculations import RecalculationDecided
from calculations.services.turns import MonthOutOfTurn
from offices import jobs
from offices.models import Role
from tests import factories
from tests.at_once import at_once, refusals, twice
from tests.calculations import fuelled, ordered, town

pytestmark = pytest.mark.django_db(transaction=True)
OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)


def test_begins_one_of_two_months() -> None:
    office = factories.office()
    factories.open_month(OCTOBER)
    factories.open_month(NOVEMBER)
    town.directories()
    both = [town.request(office, month=month) for month in (OCTOBER, NOVEMBER)]
    (refusal,) = refusals(at_once(*(partial(transaction.atomic(runs.calculate_chunk), job) for job in both)))
    assert isinstance(refusal, MonthOutOfTurn)
    assert CalculationRun.objects.count() == 1


def test_stops_fuel_or_accrues_its_part_but_never_both() -> None:
    fuelled.directories()
    factories.open_month(OCTOBER)
    of = fuelled.house()
    one = fuelled.assigned(of)
    job = town.request(of.recipient.office, month=OCTOBER)
    head = factories.staff(Role.HEAD, office=of.recipient.office)
    facts = {"from_month": OCTOBER, "reason": "выехал", "at": factories.AT}
    _, stopped = at_once(
        lambda: jobs.work(job.pk, runs.calculate_chunk),
        lambda: fuel.stop_fuel(assignment_id=one.pk, by=head, **facts),
    )
    one.refresh_from_db()
    is_accrued = AccrualLine.objects.filter(fuel_part__isnull=False).exists()
    assert isinstance(stopped, NothingToStop) == is_accrued == (one.status == FuelAssignment.Status.CONFIRMED)


def test_decides_an_order_once() -> None:
    month = ordered.month()
    head = factories.staff(Role.HEAD, office=month.order.office)
    facts = {"order_id": month.order_id, "by": head, "at": factories.AT}
    (refusal,) = refusals(twice(lambda: recalculations.approve_recalculation(**facts)))
    assert isinstance(refusal, RecalculationDecided)
