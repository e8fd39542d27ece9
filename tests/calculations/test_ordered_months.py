"""A past month that an order calculates anew: every service of it, what differs and what is not due any more."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from calculations.inputs.past_months import read_past_months
from calculations.models import CalculationRun
from calculations.services.differences import Difference, Unresolved, differences_of, ground_of
from housing.models import Residence
from recipients.models import EntitledPerson, Entitlement
from tests import factories
from tests.calculations import made, town

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), factories.MONTH
WATER, HEAT = "10", "11"


@pytest.fixture
def office():
    factories.open_month(SEPTEMBER)
    factories.open_month(OCTOBER)
    town.directories()
    return factories.office()


@pytest.fixture
def family(office) -> town.Family:
    """Two people in September, 10 m³ of water (56.29 within the norm) and hot water for 100.00."""
    one = town.family(office, residents=2)
    town.bill(one, WATER, "260.60", "10", month=SEPTEMBER)
    town.bill(one, HEAT, "100.00", "0.6", month=SEPTEMBER)
    made.forward(town.calculate(office, month=SEPTEMBER))
    return one


def ordered(of: town.Family, office: Any, **given: Any) -> dict[str, Difference]:
    """What an order about September finds in October, by service."""
    found = differences(of, office, **given)
    return {one.service: one for one in found if isinstance(one, Difference)}


def differences(of: town.Family, office: Any, **given: Any) -> list[Difference | Unresolved]:
    ids = [of.recipient.pk]
    past = read_past_months(office_id=office.pk, month=OCTOBER, recipient_ids=ids, ordered={SEPTEMBER: ids}, **given)
    return [one for month in past for one in differences_of(ground_of(month))]


def test_finds_nothing_where_nothing_changed(family, office) -> None:
    assert {one.difference for one in ordered(family, office).values()} == {Decimal("0.00")}


def test_calculates_every_service_by_the_household_that_is_known_now(family, office) -> None:
    """A third person lived there since August: a third instead of a half, a norm of 12.96 m³."""
    factories.residence(person=factories.person(), dwelling=family.account.dwelling, valid_from=dt.date(2026, 8, 1))
    found = ordered(family, office)
    assert {code: (one.due, one.difference) for code, one in found.items()} == {
        WATER: (Decimal("43.43"), Decimal("-12.86")),
        HEAT: (Decimal("16.67"), Decimal("-8.33")),
    }


def test_takes_everything_back_where_the_right_had_ended(family, office) -> None:
    EntitledPerson.objects.filter(entitlement=family.right).update(valid_to=SEPTEMBER)
    Entitlement.objects.filter(pk=family.right.pk).update(valid_to=SEPTEMBER)
    found = ordered(family, office)
    assert {code: (one.due, one.difference) for code, one in found.items()} == {
        WATER: (0, Decimal("-56.29")),
        HEAT: (0, Decimal("-25.00")),
    }
    assert {one.result.rule for one in found.values()} == {"taken_back"}


def test_takes_back_what_was_accrued_for_a_person_who_lived_elsewhere(family, office) -> None:
    Residence.objects.filter(person=family.people[0]).update(valid_to=SEPTEMBER)
    assert {one.due for one in ordered(family, office).values()} == {Decimal("0.00")}


def test_takes_nothing_back_while_something_is_missing_to_tell(family, office) -> None:
    """Without the dwelling's facts of September nobody can say what is due."""
    family.account.dwelling.facts.all().delete()
    found = differences(family, office)
    assert [type(one) for one in found] == [Unresolved, Unresolved]


def test_goes_on_with_the_right_that_followed_another_of_the_same_person(family, office) -> None:
    """The group changed from a past day: the new right's line is the difference to the old right's, not paid twice."""
    EntitledPerson.objects.filter(entitlement=family.right).update(valid_to=SEPTEMBER)
    Entitlement.objects.filter(pk=family.right.pk).update(valid_to=SEPTEMBER)
    follower = factories.entitlement(
        recipient=family.recipient, disabled_person=family.right.disabled_person, category="1", valid_from=SEPTEMBER
    )
    found = ordered(family, office)
    assert {(one.right_id, one.difference) for one in found.values()} == {(follower.pk, Decimal("0.00"))}


def test_counts_the_states_of_runs_that_are_asked_for(family, office) -> None:
    """A preview sees runs that wait for their approval too."""
    run = CalculationRun.objects.get(office=office, month=SEPTEMBER)
    assert run.status == CalculationRun.Status.APPROVED
    none = ordered(family, office, counted=(CalculationRun.Status.SUBMITTED,))
    assert {one.before.roubles for one in none.values()} == {Decimal("0.00")}


def test_reads_the_bills_of_the_office_that_the_recipient_left(family, office) -> None:
    other = factories.office()
    family.recipient.office = other
    family.recipient.save(update_fields=["office"])
    assert {one.difference for one in ordered(family, other).values()} == {Decimal("0.00")}
