"""A run with corrections beside the month before: they stand by themselves, the parts still add up."""

from decimal import Decimal

import pytest

from calculations.models import CalculationRun
from offices.months import month_name, shift_month
from tests import factories
from tests.calculations import made, town
from workplace.selectors.runs import comparison
from workplace.selectors.runs.causes import why
from workplace.selectors.runs.waterfall import waterfall

pytestmark = pytest.mark.django_db
OCTOBER = factories.MONTH
SEPTEMBER = shift_month(OCTOBER, -1)


@pytest.fixture
def runs() -> tuple[CalculationRun, CalculationRun]:
    """September with 7 m³ of water; October alike, with the late word that September had 10 m³."""
    for month in (SEPTEMBER, OCTOBER):
        factories.open_month(month)
    town.directories()
    office = factories.office()
    family = town.family(office)
    town.bill(family, "10", "182.42", "7", month=SEPTEMBER)
    before = made.forward(town.calculate(office, month=SEPTEMBER))
    town.bill(family, "10", "182.42", "7", month=OCTOBER)
    town.bill(family, "10", "260.60", "10", month=OCTOBER, billed_for=SEPTEMBER)
    return before, town.calculate(office, month=OCTOBER)


def test_parts_the_difference_into_corrections_of_past_months(runs: tuple[CalculationRun, CalculationRun]) -> None:
    before, run = runs
    fall = waterfall(run, before)
    assert [(part.title, part.difference) for part in fall.parts] == [("исправления прошлых месяцев", Decimal("13.03"))]
    assert fall.parts[-1].total == run.total


def test_names_the_month_that_is_corrected(runs: tuple[CalculationRun, CalculationRun]) -> None:
    _, run = runs
    rows = comparison.every_row(run).rows
    (found,) = why(run, rows).values()
    assert found.main == f"cold_water: за {month_name(SEPTEMBER)}: исправление: поставщик начислил 260,60\xa0₽"
    assert [one.difference for one in found.services] == [Decimal("13.03"), Decimal("0.00")]
