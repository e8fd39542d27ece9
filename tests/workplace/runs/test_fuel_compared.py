"""A run with parts of fuel beside the month before: they are a part of the difference, named by their application."""

from decimal import Decimal

import pytest

from calculations.models import CalculationRun
from offices.months import shift_month
from tests import factories
from tests.calculations import fuelled, made, town
from workplace.selectors.runs import comparison
from workplace.selectors.runs.causes import why
from workplace.selectors.runs.waterfall import waterfall

pytestmark = pytest.mark.django_db
OCTOBER = factories.MONTH
SEPTEMBER = shift_month(OCTOBER, -1)


@pytest.fixture
def runs() -> tuple[CalculationRun, CalculationRun]:
    """September with 7 m³ of water; October alike, and the first of three parts of fuel (EX-8)."""
    for month in (SEPTEMBER, OCTOBER):
        factories.open_month(month)
    fuelled.directories()
    office = factories.office()
    family = fuelled.house(office)
    fuelled.assigned(family)
    for month in (SEPTEMBER, OCTOBER):
        town.bill(family, "10", "182.42", "7", month=month)
    before = made.forward(town.calculate(office, month=SEPTEMBER))
    return before, town.calculate(office, month=OCTOBER)


def test_parts_the_difference_into_fuel(runs: tuple[CalculationRun, CalculationRun]) -> None:
    before, run = runs
    fall = waterfall(run, before)
    assert [(part.title, part.difference) for part in fall.parts] == [("Твёрдое топливо", Decimal("2841.67"))]
    assert fall.parts[-1].total == run.total == Decimal("2897.96")


def test_names_the_application_and_no_provider(runs: tuple[CalculationRun, CalculationRun]) -> None:
    _, run = runs
    rows = comparison.every_row(run).rows
    (found,) = why(run, rows).values()
    assert "Твёрдое топливо" in found.main
    assert [one.difference for one in found.services] == [Decimal("2841.67"), Decimal("0.00")]
