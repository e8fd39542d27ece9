"""The factories of tests make rows that the database takes."""

import pytest

from providers.models import Charge
from tests import factories

pytestmark = pytest.mark.django_db


def test_makes_a_paid_household() -> None:
    household = factories.entitled_household(office=factories.office())
    assert household.right.persons.get().person == household.recipient.person
    assert household.dwelling.district == household.recipient.office.district
    assert household.channel.confirmed_by != household.channel.entered_by


def test_makes_a_month_with_a_charge() -> None:
    factories.open_month()
    made = factories.charge()
    assert Charge.objects.get(month=factories.MONTH) == made


@pytest.mark.parametrize(
    "make",
    [
        factories.unit, factories.post_office, factories.ground, factories.application, factories.representative,
        factories.residence, factories.supported_dwelling, factories.agreement, factories.connected_service,
        factories.tariff, factories.norm, factories.provider_layout,
    ],
    ids=lambda make: make.__name__,
)  # fmt: skip
def test_makes_several_of_a_kind(make) -> None:
    if make in {factories.tariff, factories.norm}:
        assert make(provider=factories.provider()) != make(provider=factories.provider())
    else:
        assert make() != make()
