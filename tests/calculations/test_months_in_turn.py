"""A district's months are calculated one after another: what is on its way to approval is not accrued again."""

import datetime as dt

import pytest

from calculations.models import AccrualLine, CalculationRun
from calculations.services import runs
from calculations.services.turns import MonthOutOfTurn
from offices.models import BillingMonth
from tests import factories
from tests.calculations import fuelled, made, town

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)


@pytest.fixture
def family() -> town.Family:
    """A house with coal assigned for October to December; October is calculated."""
    fuelled.directories()
    factories.open_month(OCTOBER)
    factories.open_month(NOVEMBER)
    of = fuelled.house()
    fuelled.assigned(of)
    town.calculate(of.recipient.office, month=OCTOBER)
    return of


def parts_of(of: town.Family) -> list[tuple[int, int]]:
    """Each line of fuel: the month of its run, the number of its part."""
    lines = AccrualLine.objects.filter(recipient=of.recipient, fuel_part__isnull=False).order_by("month", "pk")
    return [(month.month, number) for month, number in lines.values_list("month", "fuel_part__number")]


@pytest.mark.parametrize("status", ["calculated", "submitted"])
def test_waits_until_the_earlier_month_is_approved(family, status: str) -> None:
    office = family.recipient.office
    october = made.forward(CalculationRun.objects.get(), status)
    with pytest.raises(MonthOutOfTurn, match="Сначала утвердите расчёт района за октябрь 2026"):
        town.request(office, month=NOVEMBER)
    made.forward(october)
    town.calculate(office, month=NOVEMBER)
    assert parts_of(family) == [(10, 1), (11, 2)]


def test_waits_for_a_returned_month_as_long_as_it_is_open(family) -> None:
    office = family.recipient.office
    made.forward(CalculationRun.objects.get(), "returned", return_reason="нет начислений")
    with pytest.raises(MonthOutOfTurn, match="октябрь 2026"):
        town.request(office, month=NOVEMBER)
    BillingMonth.objects.filter(month=OCTOBER).update(closed_at=factories.AT, closed_by=factories.staff())
    town.calculate(office, month=NOVEMBER)
    assert parts_of(family)[1:] == [(11, 1), (11, 2)]


def test_does_not_go_back_behind_a_month_that_is_calculated(family) -> None:
    office = factories.office()
    november = town.calculate(office, month=NOVEMBER)
    with pytest.raises(MonthOutOfTurn, match="уже рассчитан за ноябрь 2026"):
        town.request(office, month=OCTOBER)
    runs.discard_run(run_id=november.pk, reason="сначала октябрь", by=town.specialist(office), at=factories.AT)
    assert town.calculate(office, month=OCTOBER).status == "calculated"


def test_asks_again_when_the_work_begins(family) -> None:
    office = factories.office()
    job = town.request(office, month=NOVEMBER)
    made.run(office=office, month=OCTOBER)
    with pytest.raises(MonthOutOfTurn):
        runs.calculate_chunk(job)
