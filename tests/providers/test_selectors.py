"""Tariffs, norms and charges of a month, read from the tables."""

import datetime as dt
from decimal import Decimal

import pytest

from providers.in_force import Place, Traits
from providers.selectors import accepted_charges, norms_in_force, tariffs_in_force
from tests import factories as make
from tests.factories import MONTH

pytestmark = pytest.mark.django_db
TRAITS = Traits(stock="private", kind="flat", stove="gas", rooms=2)


def test_reads_tariffs_with_their_scope_act_and_days() -> None:
    act = make.decree(title="Постановление", number="100")
    provider, district = make.provider(), make.district()
    make.tariff(price=Decimal(1), decree=act, valid_to=dt.date(2026, 10, 11))
    make.tariff(price=Decimal(2), decree=act, valid_from=dt.date(2026, 10, 11))
    make.tariff(price=Decimal(3), district=district)
    make.tariff(price=Decimal(4), provider=provider)
    tariffs = tariffs_in_force(month=MONTH)
    region = tariffs.find("01", place=Place(), traits=TRAITS)
    assert [(row.price, row.days) for row in region] == [(Decimal(1), 10), (Decimal(2), 21)]
    assert region[0].act == str(act)
    of_district = tariffs.find("01", place=Place(district_id=district.pk), traits=TRAITS)
    of_provider = tariffs.find("01", place=Place(provider_id=provider.pk, district_id=district.pk), traits=TRAITS)
    assert [row.price for row in (*of_district, *of_provider)] == [Decimal(3), Decimal(4)]


def test_reads_only_confirmed_rows_of_the_month() -> None:
    make.tariff(valid_to=MONTH)
    make.tariff(valid_from=dt.date(2026, 11, 1), variant="gas")
    make.tariff(confirmed_at=None, variant="municipal")
    make.norm(confirmed_at=None)
    assert tariffs_in_force(month=MONTH).rows == {}
    assert norms_in_force(month=MONTH).rows == {}


def test_reads_norms_of_every_basis() -> None:
    settlement = make.settlement()
    make.norm(service=make.service(), amount=Decimal("4.32"))
    make.norm(
        service=make.service(code="21", kind="heating"),
        basis="per_area",
        amount=Decimal("0.0185"),
        settlement=settlement,
    )
    make.norm(service=make.service(code="22", kind="fuel"), basis="per_household", amount=Decimal(7))
    norms = norms_in_force(month=MONTH)
    place = Place(settlement_id=settlement.pk)
    found = [norms.find(code, place=place, traits=TRAITS, residents=2)[0] for code in ("01", "21", "22")]
    assert [(row.basis, row.amount) for row in found] == [
        ("per_person", Decimal("4.32")),
        ("per_area", Decimal("0.0185")),
        ("per_household", Decimal(7)),
    ]


def test_reads_a_directory_in_one_query(django_assert_num_queries) -> None:
    for number in range(5):
        make.tariff(provider=make.provider(), price=Decimal(number + 1))
        make.norm(provider=make.provider())
    with django_assert_num_queries(2):
        tariffs_in_force(month=MONTH)
        norms_in_force(month=MONTH)


def test_gives_the_last_number_of_a_corrected_charge() -> None:
    make.open_month()
    first = make.charge()
    corrected = make.charge(
        recipient=first.recipient, account=first.account, number=1, billed=Decimal("90.00"), service=first.service
    )
    other = make.charge(recipient=first.recipient, account=first.account, service=make.service(code="10", kind="w"))
    make.charge()
    found = accepted_charges(office=first.office, month=MONTH)
    assert list(found) == [corrected, other]


def test_gives_no_charge_of_another_month() -> None:
    september = dt.date(2026, 9, 1)
    make.open_month(september)
    make.open_month()
    charge = make.charge(month=september)
    assert not accepted_charges(office=charge.office, month=MONTH).exists()
