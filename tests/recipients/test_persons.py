import datetime as dt
from dataclasses import replace

import pytest

from recipients.models import Person
from recipients.services.own_case import OwnCase
from recipients.services.persons import PersonFacts, PersonIncomplete, PersonKnown, enter_person
from tests import factories

FACTS = PersonFacts("Ёлкина", "Анна", "", "f", dt.date(1960, 2, 3), "11223344595")
AT = dt.datetime(2026, 10, 5, 10, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def test_writes_a_card() -> None:
    person = enter_person(facts=FACTS, by=factories.staff(), at=AT)
    assert Person.objects.get(pk=person.pk).full_name == "Ёлкина Анна"


@pytest.mark.parametrize(
    "wrong",
    [{"last_name": " "}, {"first_name": ""}, {"snils": "11223344596"}, {"birth_date": dt.date(2026, 10, 6)}],
    ids=["no surname", "no name", "bad СНИЛС", "born tomorrow"],
)
def test_refuses_an_incomplete_card(wrong: dict[str, object]) -> None:
    with pytest.raises(PersonIncomplete):
        enter_person(facts=replace(FACTS, **wrong), by=factories.staff(), at=AT)
    assert not Person.objects.filter(last_name="Ёлкина").exists()


def test_refuses_a_second_card_with_the_same_number() -> None:
    clerk = factories.staff()
    enter_person(facts=FACTS, by=clerk, at=AT)
    with pytest.raises(PersonKnown, match="Ёлкина"):
        enter_person(facts=replace(FACTS, last_name="Иванова"), by=clerk, at=AT)
    enter_person(facts=replace(FACTS, last_name="Иванова", snils=None), by=clerk, at=AT)
    enter_person(facts=replace(FACTS, last_name="Петрова", snils=None), by=clerk, at=AT)


def test_refuses_ones_own_card() -> None:
    clerk = factories.staff()
    clerk.snils = FACTS.snils
    clerk.save(update_fields=["snils"])
    with pytest.raises(OwnCase):
        enter_person(facts=FACTS, by=clerk, at=AT)
