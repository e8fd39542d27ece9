"""Norms of sale and prices of fuel: four kinds, two people, the narrowest scope, never firewood."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from offices.models import Role
from providers.fuel_in_force import fuel_price_on, sale_norm_on
from providers.in_force import Place
from providers.models import FuelPrice, SaleNorm
from providers.services import fuel_directories
from providers.services.directories import ConfirmedByItsAuthor, RowScope
from providers.services.fuel_directories import BandsDoNotGoUp, NormOfSale
from providers.succession import AlreadyEntered, NotAcceptable
from tests import factories as make
from tests.factories import AT, LONG_AGO, MONTH
from tests.providers import fuelled

pytestmark = pytest.mark.django_db
BANDS = ((Decimal(9), Decimal("0.8")), (Decimal(18), Decimal("1.3")))
HOUSEHOLD = NormOfSale("per_household", Decimal(2), Decimal(30), Decimal("0.07"))


def enter(norm: NormOfSale = HOUSEHOLD, **given: object) -> SaleNorm:
    fuelled.solid_fuel()
    row = {"fuel": "coal", "valid_from": LONG_AGO, "decree": make.decree(), "by": make.staff()} | given
    return fuel_directories.enter_sale_norm(norm=norm, **row)


def price(**given: object) -> FuelPrice:
    fuelled.solid_fuel(), fuelled.bottled_gas()
    row = {"fuel": "coal", "price": Decimal(7800), "valid_from": LONG_AGO, "decree": make.decree(), "by": make.staff()}
    return fuel_directories.enter_fuel_price(**row | given)


@pytest.mark.parametrize(
    "norm",
    [HOUSEHOLD, NormOfSale("per_meter", Decimal("0.13")), NormOfSale("per_person", Decimal("3.55")),
     NormOfSale("by_band", bands=BANDS)],
    ids=lambda norm: norm.kind,
)  # fmt: skip
def test_puts_each_kind_of_norm_into_force_by_a_second_person(norm: NormOfSale) -> None:
    row = enter(norm)
    assert sale_norm_on(fuel="coal", place=Place(), day=MONTH) is None
    fuel_directories.confirm_sale_norm(norm_id=row.pk, by=make.staff(), at=AT)
    assert sale_norm_on(fuel="coal", place=Place(), day=MONTH) == row


@pytest.mark.parametrize(
    "norm",
    [NormOfSale("per_household"), NormOfSale("by_band"), NormOfSale("per_meter", Decimal(1), Decimal(30)),
     NormOfSale("by_band", Decimal(1), bands=BANDS)],
)  # fmt: skip
def test_refuses_a_norm_without_what_its_kind_needs(norm: NormOfSale) -> None:
    with pytest.raises(NotAcceptable, match="ступен"):
        enter(norm)


def test_refuses_bands_that_do_not_go_up() -> None:
    with pytest.raises(BandsDoNotGoUp):
        enter(NormOfSale("by_band", bands=BANDS[::-1]))


@pytest.mark.parametrize("fuel", ["wood", "cylinder"])
def test_refuses_a_norm_of_firewood_and_of_gas(fuel: str) -> None:
    with pytest.raises(NotAcceptable):
        enter(fuel=fuel)


def test_ends_the_former_price_where_the_new_one_begins() -> None:
    former, new = price(), price(price=Decimal(8100), valid_from=MONTH)
    former.refresh_from_db()
    assert (former.valid_to, new.valid_to) == (MONTH, None)
    with pytest.raises(AlreadyEntered):
        price(valid_from=MONTH)


def test_is_not_confirmed_by_its_author() -> None:
    row = price(fuel="cylinder", price=Decimal(1150))
    with pytest.raises(ConfirmedByItsAuthor):
        fuel_directories.confirm_fuel_price(price_id=row.pk, by=row.entered_by, at=AT)
    fuel_directories.confirm_fuel_price(price_id=row.pk, by=make.staff(), at=AT)
    assert fuel_price_on(fuel="cylinder", place=Place(), day=MONTH) == row


def test_takes_the_narrowest_scope() -> None:
    district, settlement, provider = make.district(), make.settlement(), make.provider()
    place = Place(provider_id=None, settlement_id=settlement.pk, district_id=district.pk)
    for scope in (
        RowScope(),
        RowScope(district=district),
        RowScope(settlement=settlement),
        RowScope(provider=provider),
    ):
        row = price(scope=scope)
        fuel_directories.confirm_fuel_price(price_id=row.pk, by=make.staff(), at=AT)
        found = fuel_price_on(fuel="coal", place=place, day=MONTH)
        assert found is not None
        assert (found == row) is (scope.provider is None), "another seller's price is not for this place"
    assert fuel_price_on(fuel="coal", place=Place(provider_id=provider.pk), day=MONTH) == row


def test_counts_the_price_of_the_day() -> None:
    fuelled.fuel_price(valid_to=MONTH)
    now = fuelled.fuel_price(price=Decimal(8100), valid_from=MONTH)
    assert fuel_price_on(fuel="coal", place=Place(), day=MONTH) == now
    before = fuel_price_on(fuel="coal", place=Place(), day=MONTH - dt.timedelta(days=1))
    assert before is not None
    assert before.price == Decimal(7800)


def test_is_entered_in_the_administration_and_decided_by_the_guard() -> None:
    fuelled.solid_fuel()
    client = Client()
    client.force_login(make.staff(Role.CALCULATION))
    typed = {"fuel": "coal", "kind": "by_band", "quantity": "0", "area": "0", "further": "0", "band_areas": "9; 18",
             "band_quantities": "0,8; 1,3", "decree": make.decree().pk, "valid_from": "01.01.2026"}  # fmt: skip
    add = reverse("admin:providers_salenorm_add")
    page = client.get(add).content.decode()
    assert all(group in page for group in ("Норма продажи", "Ступени площади", "Где действует", "Основание и срок"))
    assert "количество для каждой ступени" in client.post(add, typed | {"band_quantities": "0,8"}).content.decode()
    assert client.post(add, typed).status_code == 302
    row = SaleNorm.objects.get()
    assert (row.band_areas, row.band_quantities) == ([Decimal(9), Decimal(18)], [Decimal("0.8"), Decimal("1.3")])
    client.force_login(make.staff(Role.HEAD))
    listed = reverse("admin:providers_salenorm_changelist")
    assert reverse("guard-row", args=["sale-norm", row.pk]) in client.get(listed).content.decode()
    client.post(listed, {"action": "confirm_rows", "_selected_action": row.pk})
    row.refresh_from_db()
    assert row.confirmed_by is None
