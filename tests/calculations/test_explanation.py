"""A stored line explains itself by being calculated again."""

from decimal import Decimal

import pytest

from calculations.models import AccrualLine
from calculations.rules.stored import UnreadableStoredLine
from calculations.services import explanation
from tests import factories
from tests.calculations import town

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> AccrualLine:
    factories.open_month()
    town.directories()
    office = factories.office()
    town.bill(town.family(office), "10", "364.84", "14")
    town.calculate(office)
    return AccrualLine.objects.get()


def test_tells_the_steps_of_the_stored_sum(line: AccrualLine) -> None:
    found = explanation.replay(line=line)
    assert found.equals_stored
    assert (found.result.cash_equivalent, line.accrued) == (Decimal("56.29"), Decimal("56.29"))
    assert [caption.title for caption in found.captions] == [
        "Правило",
        "Начислено предприятием",
        "Стоимость в пределах норматива",
        "Принято в расчёт",
        "Доля имеющих право",
        "Скидка",
        "Денежный эквивалент",
    ]
    norm = found.captions[2]
    assert norm.text.startswith("4,32 м³ на человека × 3 чел. × 26,06 ₽")
    assert norm.source.count("Постановление") == 2


def test_keeps_the_counted_people_by_their_ids(line: AccrualLine) -> None:
    period = line.inputs["periods"][0]
    assert period["entitled_ids"] == [str(line.recipient.person_id)]
    assert len(period["resident_ids"]) == 3
    assert period["parts"][0]["origin"] == "введено вручную"


@pytest.mark.parametrize(
    "changed", [{"accrued": Decimal("56.30")}, {"base": Decimal("1.00")}, {"share": "1/2"}], ids=str
)
def test_sees_a_stored_sum_that_is_not_the_rules(line: AccrualLine, changed: dict) -> None:
    for name, value in changed.items():
        setattr(line, name, value)
    assert not explanation.replay(line=line).equals_stored


def test_refuses_a_line_whose_inputs_cannot_be_read(line: AccrualLine) -> None:
    line.inputs = {"format": 99}
    with pytest.raises(UnreadableStoredLine):
        explanation.replay(line=line)
