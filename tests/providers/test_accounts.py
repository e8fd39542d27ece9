"""Accounts of dwellings and the services on them."""

import datetime as dt

import pytest

from providers.models import ServiceAccount
from providers.services import accounts
from providers.services.accounts import AccountClosed, AccountTaken
from providers.succession import AlreadyEntered, NotAcceptable
from tests import factories as make
from tests.factories import LONG_AGO, MONTH

pytestmark = pytest.mark.django_db


def test_opens_an_account_for_a_dwelling() -> None:
    provider, dwelling = make.provider(), make.dwelling()
    row = accounts.open_account(provider=provider, dwelling=dwelling, number=" 0012-А ", valid_from=MONTH)
    assert (row.provider, row.dwelling, row.number, row.valid_to) == (provider, dwelling, "0012-А", None)


@pytest.mark.parametrize("valid_from", [LONG_AGO, MONTH], ids=["same day", "later"])
def test_refuses_an_account_that_is_open_already(valid_from: dt.date) -> None:
    taken = make.account()
    with pytest.raises(AccountTaken, match=taken.number):
        accounts.open_account(
            provider=taken.provider, dwelling=make.dwelling(), number=taken.number, valid_from=valid_from
        )


def test_gives_a_closed_number_to_another_dwelling() -> None:
    old = make.account()
    accounts.close_account(account_id=old.pk, valid_to=MONTH)
    new = accounts.open_account(provider=old.provider, dwelling=make.dwelling(), number=old.number, valid_from=MONTH)
    assert new.pk != old.pk


def test_refuses_an_account_without_a_number() -> None:
    with pytest.raises(NotAcceptable):
        accounts.open_account(provider=make.provider(), dwelling=make.dwelling(), number="  ", valid_from=MONTH)


def test_ends_the_services_of_an_account_with_it() -> None:
    connected = make.connected_service()
    accounts.close_account(account_id=connected.account_id, valid_to=MONTH)
    connected.refresh_from_db()
    assert (connected.valid_to, connected.account.valid_to) == (MONTH, MONTH)


def test_refuses_to_close_an_account_twice() -> None:
    account = make.account(valid_to=MONTH)
    with pytest.raises(AccountClosed):
        accounts.close_account(account_id=account.pk, valid_to=dt.date(2026, 12, 1))


def test_connects_a_meter_in_place_of_the_norm_from_its_day() -> None:
    account, service = make.account(), make.service()
    by_norm = accounts.connect_service(account=account, service=service, valid_from=LONG_AGO)
    by_meter = accounts.connect_service(
        account=account, service=service, valid_from=MONTH, is_metered=True, meter="СВ-15 № 77"
    )
    by_norm.refresh_from_db()
    assert (by_norm.valid_to, by_norm.is_metered, by_meter.is_metered) == (MONTH, False, True)


def test_connects_no_longer_than_the_account_is_open() -> None:
    account = make.account(valid_to=MONTH)
    row = accounts.connect_service(account=account, service=make.service(), valid_from=LONG_AGO)
    assert row.valid_to == MONTH


def test_refuses_a_service_connected_on_the_same_day() -> None:
    connected = make.connected_service()
    with pytest.raises(AlreadyEntered):
        accounts.connect_service(account=connected.account, service=connected.service, valid_from=LONG_AGO)


def test_refuses_a_service_on_a_closed_account() -> None:
    account = make.account(valid_to=MONTH)
    with pytest.raises(AccountClosed):
        accounts.connect_service(account=account, service=make.service(), valid_from=MONTH)
    assert ServiceAccount.objects.get().services.count() == 0
