"""The database itself refuses impossible addresses, dwellings and registrations."""

import datetime as dt

import pytest

from housing.models import DwellingFacts, PersonAddress, Settlement, Street
from tests import factories
from tests.constraints import Violation, changed, copied, unnamed

pytestmark = pytest.mark.django_db

LATER = dt.date(2025, 1, 1)
BEFORE = dt.date(2019, 1, 1)
PAST = {"valid_from": BEFORE, "valid_to": factories.LONG_AGO}


def person_address() -> PersonAddress:
    return PersonAddress.objects.create(
        person=factories.person(), kind="residence", address=factories.address(), valid_from=factories.LONG_AGO
    )


def facts() -> DwellingFacts:
    return factories.dwelling().facts.get()


def small_street() -> Street:
    return factories.street(code="1", name="ул. Мира")


def small_settlement() -> Settlement:
    return factories.settlement(code="1", kind="д.", name="Борок")


def settlement_paid_for() -> Settlement:
    """A settlement in which somebody is supported for a dwelling."""
    return factories.supported_dwelling().dwelling.address.street.settlement


VIOLATIONS: list[Violation] = [
    changed("housing.Settlement", "a_settlement_paid_for_stays_what_it_is", settlement_paid_for, is_rural=True),
    changed("housing.Address", "address_has_a_house_and_an_index", factories.address, house=""),
    changed("housing.Address", "address_has_a_house_and_an_index", factories.address, postal_index="21400"),
    copied("housing.Address", "address_is_listed_once", factories.address, fine={"room": "2"}, postal_index="214001"),
    changed("housing.DwellingFacts", "dwelling_areas_are_possible", facts, living_area=60),
    changed("housing.DwellingFacts", "dwelling_areas_are_possible", facts, total_area=0, living_area=0),
    changed("housing.DwellingFacts", "dwelling_areas_are_possible", facts, rooms=0),
    changed("housing.DwellingFacts", "dwelling_facts_period_is_not_empty", facts, valid_to=factories.LONG_AGO),
    copied("housing.DwellingFacts", "dwelling_facts_do_not_overlap", facts, fine=PAST, valid_from=LATER),
    changed("housing.PersonAddress", "person_address_period_is_not_empty", person_address, valid_to=BEFORE),
    copied(
        "housing.PersonAddress",
        "person_has_one_address_of_a_kind_at_a_time",
        person_address,
        fine={"kind": "postal"},
        valid_from=LATER,
    ),
    changed("housing.Residence", "residence_period_is_not_empty", factories.residence, valid_to=factories.LONG_AGO),
    copied(
        "housing.Residence", "person_has_one_registration_of_a_kind", factories.residence, fine=PAST, valid_from=LATER
    ),
    copied(
        "housing.Residence", "person_is_counted_once_in_a_dwelling", factories.residence, fine=PAST, basis="temporary"
    ),
    copied(
        "housing.Settlement",
        "settlement_code_is_unique_in_its_district",
        small_settlement,
        fine={"code": "2", "name": "Лесной"},
        name="Новый",
    ),
    copied(
        "housing.Settlement",
        "settlement_is_listed_once_in_its_district",
        small_settlement,
        fine={"code": "2", "kind": "г."},
        code="3",
    ),
    copied(
        "housing.Street",
        "street_code_is_unique_in_its_settlement",
        small_street,
        fine={"code": "2", "name": "ул. Новая"},
        name="ул. Старая",
    ),
    copied(
        "housing.Street",
        "street_is_listed_once_in_its_settlement",
        small_street,
        fine={"code": "2", "name": "ул. Новая"},
        code="3",
    ),
    changed(
        "housing.SupportedDwelling",
        "supported_dwelling_period_is_not_empty",
        factories.supported_dwelling,
        valid_to=BEFORE,
    ),
    copied(
        "housing.SupportedDwelling",
        "recipient_has_one_dwelling_at_a_time",
        factories.supported_dwelling,
        fine=PAST,
        basis="temporary",
    ),
    copied("housing.Dwelling", "unique address", factories.dwelling, fine=None),
]


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_refuses(violation: Violation) -> None:
    violation.check()


def test_names_every_constraint_of_the_app() -> None:
    assert unnamed("housing", violations=VIOLATIONS) == set()
