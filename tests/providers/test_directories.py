"""Tariffs, norms, providers and services, entered and confirmed by two people."""

import datetime as dt
from decimal import Decimal

import pytest

from providers.models import ConsumptionNorm, Provider, Tariff
from providers.selectors import norms_in_force, tariffs_in_force
from providers.services import directories
from providers.services.directories import (
    AlreadyConfirmed,
    AlreadyRefused,
    ConfirmedByItsAuthor,
    NormShape,
    RefusedWithoutReason,
    RowScope,
)
from providers.succession import AlreadyEntered, NotAcceptable
from tests import factories as make
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db
PER_PERSON = NormShape(ConsumptionNorm.Basis.PER_PERSON)


def enter_tariff(**given: object) -> Tariff:
    row = {"price": Decimal("26.06"), "valid_from": LONG_AGO, "service": make.service()} | given
    row.setdefault("decree", make.decree())
    row.setdefault("by", make.staff())
    return directories.enter_tariff(**row)


def test_puts_a_tariff_into_force_when_a_second_person_confirms_it() -> None:
    row = enter_tariff()
    assert tariffs_in_force(month=MONTH).rows == {}
    second = make.staff()
    confirmed = directories.confirm_tariff(tariff_id=row.pk, by=second, at=AT)
    assert (confirmed.confirmed_by, confirmed.confirmed_at) == (second, AT)
    assert [row.price for rows in tariffs_in_force(month=MONTH).rows.values() for row in rows] == [Decimal("26.0600")]


def test_refuses_a_confirmation_by_the_author() -> None:
    row = enter_tariff()
    with pytest.raises(ConfirmedByItsAuthor):
        directories.confirm_tariff(tariff_id=row.pk, by=row.entered_by, at=AT)


def test_refuses_a_second_confirmation() -> None:
    row = enter_tariff()
    directories.confirm_tariff(tariff_id=row.pk, by=make.staff(), at=AT)
    with pytest.raises(AlreadyConfirmed):
        directories.confirm_tariff(tariff_id=row.pk, by=make.staff(), at=AT)


def test_ends_the_former_tariff_where_the_new_one_begins() -> None:
    former = enter_tariff()
    new = enter_tariff(valid_from=MONTH, price=Decimal("28.50"))
    former.refresh_from_db()
    assert (former.valid_to, new.valid_to) == (MONTH, None)


def test_leaves_the_month_without_a_tariff_until_the_new_one_is_confirmed() -> None:
    directories.confirm_tariff(tariff_id=enter_tariff().pk, by=make.staff(), at=AT)
    enter_tariff(valid_from=MONTH)
    assert tariffs_in_force(month=MONTH).rows == {}


def test_puts_a_forgotten_tariff_before_the_one_that_follows() -> None:
    first, last = enter_tariff(), enter_tariff(valid_from=dt.date(2026, 7, 1))
    between = enter_tariff(valid_from=dt.date(2023, 1, 1))
    first.refresh_from_db()
    assert (first.valid_to, between.valid_to) == (between.valid_from, last.valid_from)


def test_leaves_tariffs_of_other_scopes_and_variants_alone() -> None:
    region = enter_tariff()
    enter_tariff(valid_from=MONTH, scope=RowScope(district=make.district()))
    enter_tariff(valid_from=MONTH, scope=RowScope(provider=make.provider()))
    enter_tariff(valid_from=MONTH, variant=Tariff.Variant.MUNICIPAL)
    region.refresh_from_db()
    assert region.valid_to is None


def test_refuses_a_tariff_that_begins_on_the_day_of_another() -> None:
    enter_tariff()
    with pytest.raises(AlreadyEntered):
        enter_tariff(price=Decimal("27.00"))


@pytest.mark.parametrize("price", ["0", "-1", "100000.01"])
def test_refuses_an_impossible_price_in_the_tables_own_words(price: str) -> None:
    with pytest.raises(NotAcceptable, match="Тариф больше нуля"):
        enter_tariff(price=Decimal(price))
    assert not Tariff.objects.exists()


def test_refuses_a_row_of_two_scopes() -> None:
    with pytest.raises(NotAcceptable, match="либо предприятие, либо территорию"):
        enter_tariff(scope=RowScope(provider=make.provider(), district=make.district()))


def enter_norm(**given: object) -> ConsumptionNorm:
    row = {"shape": PER_PERSON, "amount": Decimal("4.32"), "valid_from": LONG_AGO, "service": make.service()} | given
    return directories.enter_norm(**row, decree=make.decree(), by=make.staff())


def test_puts_a_norm_into_force_when_a_second_person_confirms_it() -> None:
    row = enter_norm()
    assert norms_in_force(month=MONTH).rows == {}
    directories.confirm_norm(norm_id=row.pk, by=make.staff(), at=AT)
    (found,) = next(iter(norms_in_force(month=MONTH).rows.values()))
    assert (found.amount, found.basis) == (Decimal("4.320000"), "per_person")


def test_refuses_a_norms_confirmation_by_its_author() -> None:
    row = enter_norm()
    with pytest.raises(ConfirmedByItsAuthor):
        directories.confirm_norm(norm_id=row.pk, by=row.entered_by, at=AT)


def test_ends_the_former_norm_of_the_same_shape_only() -> None:
    three = NormShape(ConsumptionNorm.Basis.PER_PERSON, rooms=2, persons=3, stove="gas", dwelling_kind="flat")
    former, another = enter_norm(shape=three), enter_norm()
    enter_norm(shape=three, valid_from=MONTH)
    former.refresh_from_db()
    another.refresh_from_db()
    assert (former.valid_to, another.valid_to) == (MONTH, None)


def test_refuses_a_norm_of_nothing() -> None:
    with pytest.raises(NotAcceptable, match="Норматив больше нуля"):
        enter_norm(amount=Decimal(0))


def test_enters_a_provider_with_its_districts() -> None:
    new = Provider(code="00417", name="МУП «Водоканал»", short_name="Водоканал", inn="6730000001", kind="water")
    districts = [make.district(), make.district()]
    stored = directories.enter_provider(provider=new, districts=districts, valid_from=LONG_AGO)
    assert {row.district for row in stored.districts.all()} == set(districts)


def test_refuses_a_provider_whose_code_is_not_digits() -> None:
    new = Provider(code="АБВ", name="МУП", short_name="МУП", inn="6730000001", kind="water")
    with pytest.raises(NotAcceptable, match="от трёх до шести цифр"):
        directories.enter_provider(provider=new, districts=[], valid_from=LONG_AGO)


def test_enters_a_service_once() -> None:
    directories.enter_service(code="10", kind="cold_water", name="холодная вода", unit="м³")
    with pytest.raises(NotAcceptable):
        directories.enter_service(code="10", kind="sewerage", name="водоотведение", unit="м³")


def test_gives_the_days_back_to_the_former_tariff_when_the_new_one_is_refused() -> None:
    former = make.tariff(valid_from=LONG_AGO)
    row = enter_tariff(service=former.service, valid_from=MONTH, price=Decimal("99.00"))
    assert tariffs_in_force(month=MONTH).rows == {}
    refused = directories.refuse_tariff(tariff_id=row.pk, reason="опечатка: 29,00", by=make.staff(), at=AT)
    former.refresh_from_db()
    assert (former.valid_to, refused.refusal_reason) == (None, "опечатка: 29,00")
    again = enter_tariff(service=former.service, valid_from=MONTH, price=Decimal("29.00"))
    former.refresh_from_db()
    assert (former.valid_to, again.valid_to) == (MONTH, None)


def test_refuses_a_norm_by_another_person_with_a_reason_and_once() -> None:
    row = make.norm(confirmed_at=None)
    with pytest.raises(RefusedWithoutReason):
        directories.refuse_norm(norm_id=row.pk, reason=" ", by=make.staff(), at=AT)
    with pytest.raises(ConfirmedByItsAuthor):
        directories.refuse_norm(norm_id=row.pk, reason="не тот акт", by=row.entered_by, at=AT)
    directories.refuse_norm(norm_id=row.pk, reason="не тот акт", by=make.staff(), at=AT)
    for act in (
        lambda: directories.refuse_norm(norm_id=row.pk, reason="ещё раз", by=make.staff(), at=AT),
        lambda: directories.confirm_norm(norm_id=row.pk, by=make.staff(), at=AT),
    ):
        with pytest.raises(AlreadyRefused, match="не тот акт"):
            act()
