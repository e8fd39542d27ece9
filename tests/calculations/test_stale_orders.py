"""What is approved is what was seen: an order whose months changed meanwhile is counted anew or refused."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.models import CalculationRun, Recalculation
from calculations.services import guard, recalculations, rehearsals, taking
from calculations.services.fact_changes import Departure
from calculations.services.guard import NORM
from calculations.services.recalculations import DifferenceIsStale, NothingToRecalculate
from offices import jobs
from offices.models import Role
from providers.models import ConsumptionNorm
from providers.services import directories
from providers.services.directories import NormShape
from tests import factories
from tests.calculations import made, town
from tests.calculations.retroactive import (
    NOVEMBER,
    OCTOBER,
    PAPER,
    SEPTEMBER,
    TODAY,
    approve,
    approved,
    area,
    billed_family,
    changed,
    corrections,
    registration,
    seen_by,
    told,
)

pytestmark = pytest.mark.django_db
DECEMBER = dt.date(2026, 12, 1)
HEAT, WATER, WASTE = "21", "10", "23"


@pytest.fixture
def office():
    town.directories()
    return factories.office()


@pytest.fixture
def clerk(office):
    return town.specialist(office)


@pytest.fixture
def family(office):
    found = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    return found


def recalculated_by_the_provider(family: town.Family) -> None:
    """November's bill of heating tells 400 roubles less for October."""
    factories.open_month(NOVEMBER)
    town.bill(
        family, HEAT, "1658.56", "0.9990", month=NOVEMBER, adjustment=Decimal("-400.00"), adjustment_month=OCTOBER
    )


def settled(office, month: dt.date) -> CalculationRun:
    """An approved run that has done the orders it took."""
    run = approved(office, month)
    taking.settle_recalculations(run=run)
    return run


def recounted(order: Recalculation) -> Recalculation:
    by = town.specialist(order.office)
    return recalculations.recount_recalculation(order_id=order.pk, by=by, at=TODAY)


def test_is_not_approved_by_what_a_provider_has_recalculated_since(family, office, clerk) -> None:
    """The preview of October knows the bill of then; counted anew, the run accrues what was seen to the kopeck."""
    order = changed(clerk, Departure(registration(family, 2), OCTOBER, PAPER))
    recalculated_by_the_provider(family)
    approved(office, NOVEMBER)
    with pytest.raises(DifferenceIsStale, match="октябрь"):
        approve(order)
    order.refresh_from_db()
    assert order.status == "prepared"
    anew = recounted(order)
    order.refresh_from_db()
    assert (order.status, order.replaced_by, anew.what) == ("replaced", anew, order.what)
    approve(anew)
    factories.open_month(DECEMBER)
    run = town.calculate(office, month=DECEMBER)
    (month,) = anew.months.all()
    assert sum(corrections(run).values()) == month.recalculated - month.accrued
    services = {service for _, _, service in corrections(run)}
    assert WASTE in services, "what nobody recalculated is still due"
    assert HEAT not in services, "November has calculated October's heating for two already: it is not paid twice"


def test_counts_a_month_that_was_corrected_once_from_its_correction(family, office, clerk) -> None:
    """First a resident leaves, then the area shrinks: the second difference begins where the first one ended."""
    approve(changed(clerk, Departure(registration(family, 2), OCTOBER, PAPER)))
    first = settled(office, NOVEMBER)
    change = area(family, "27", OCTOBER)
    found = seen_by(clerk, change)
    (october,) = [one for one in found.months if one.month == OCTOBER]
    heat = next(one for one in october.services if one.service == HEAT)
    assert heat.accrued == Decimal("414.64")
    approve(changed(clerk, change))
    factories.open_month(DECEMBER)
    assert corrections(town.calculate(office, month=DECEMBER)) == told(found)
    assert corrections(first)[family.recipient.pk, OCTOBER, HEAT] == Decimal("138.21")


def test_drops_the_months_that_two_orders_settled_between_them(family, office, clerk) -> None:
    """The area shrank and was measured again as it had been: the second order has nothing, the first is refused."""
    order = changed(clerk, area(family, "27", SEPTEMBER))
    family.account.dwelling.facts.filter(valid_from=SEPTEMBER).update(total_area=Decimal(54))
    with pytest.raises(DifferenceIsStale):
        approve(order)
    with pytest.raises(NothingToRecalculate):
        recounted(order)


def test_carries_over_what_a_month_cannot_bear(family, office, clerk) -> None:
    """Everybody's area was none: October's heating is taken back beyond November's sum, which is never negative."""
    approve(changed(clerk, Departure(registration(family, 0), SEPTEMBER, PAPER)))
    factories.open_month(NOVEMBER)
    run = approved(office, NOVEMBER)
    (accrual,) = run.accruals.all()
    assert (accrual.accrued, accrual.carried_out) == (0, 2 * Decimal("804.25"))


def test_finds_nothing_before_the_first_month_that_was_accrued(office, clerk) -> None:
    family = billed_family(office, months=(OCTOBER,))
    approved(office, OCTOBER)
    found = seen_by(clerk, Departure(registration(family, 2), dt.date(2026, 3, 1), PAPER))
    assert {one.month for one in found.months} == {OCTOBER}


def norm_of_water(amount: str, since: dt.date) -> ConsumptionNorm:
    return directories.enter_norm(
        service=factories.service(code=WATER), shape=NormShape(ConsumptionNorm.Basis.PER_PERSON), amount=Decimal(amount),
        decree=factories.decree(), valid_from=since, by=factories.staff(Role.CALCULATION),
    )  # fmt: skip


def confirmed(row: ConsumptionNorm) -> list[Recalculation]:
    head = factories.staff(Role.DEPARTMENT_HEAD, office=None)
    job = guard.request_effect(kind=NORM, row=row, told="норматив воды", by=head, at=factories.AT)
    jobs.work(job.pk, rehearsals.rehearse_chunk)
    return guard.confirm_seen(kind=NORM, row_id=row.pk, by=head, at=factories.AT)


def test_orders_by_a_norm_what_earlier_corrections_left(family, office, clerk) -> None:
    """October's share is corrected from a third to a half before the norm of its sixteenth day is confirmed."""
    approve(changed(clerk, Departure(registration(family, 2), OCTOBER, PAPER)))
    settled(office, NOVEMBER)
    (order,) = confirmed(norm_of_water("4.00", dt.date(2026, 10, 16)))
    (month,) = order.months.filter(month=OCTOBER)
    # 15 days by 4.32 m³ and 16 by 4.00 for two: 8.309677 m³ x 26.06 / 2 / 2 = 54.14, where 56.29 stood.
    assert (month.accrued, month.recalculated) == (Decimal("56.29"), Decimal("54.14"))
    approve(order)
    factories.open_month(DECEMBER)
    assert corrections(town.calculate(office, month=DECEMBER))[family.recipient.pk, OCTOBER, WATER] == Decimal("-2.15")


def test_orders_by_a_norm_in_the_district_that_keeps_the_case_now(family, office) -> None:
    other = factories.office()
    for month in (SEPTEMBER, OCTOBER):
        made.forward(made.run(office=other, month=month))
    family.recipient.office = other
    family.recipient.save(update_fields=["office"])
    (order,) = confirmed(norm_of_water("4.00", OCTOBER))
    assert (order.office, [one.month for one in order.months.all()]) == (other, [OCTOBER])
