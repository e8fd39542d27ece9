"""Whether a region-wide provider gets one file or one for each district: by two people, for months not yet asked."""

import datetime as dt

import pytest

from exchange.models import FileLayout, ProviderFileScope
from exchange.selectors.file_scopes import is_one_file
from exchange.services import file_scopes
from exchange.services.file_scopes import (
    NotJoinable,
    NotRegionWide,
    ScopeConfirmedByItsAuthor,
    ScopeTooLate,
    ScopeUnchanged,
)
from offices.models import JournalEntry, Office, Staff
from providers.models import Provider
from tests import factories as make
from tests.exchange import answering
from tests.exchange.region_asking import region
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


def entered(provider: Provider, by: Staff, *, is_one: bool = True, since: dt.date = NOVEMBER) -> ProviderFileScope:
    return file_scopes.enter_scope(
        provider_id=provider.pk, is_one=is_one, valid_from=since, basis=" письмо  № 4 ", by=by, at=AT
    )


def test_follows_the_setting_from_its_month_until_the_next_one() -> None:
    make.unit(Office.Kind.PAYMENTS)
    provider, author, second = make.provider(is_regional=True), make.staff(), make.staff()
    first = entered(provider, author)
    assert not is_one_file(provider_id=provider.pk, month=NOVEMBER)
    with pytest.raises(ScopeConfirmedByItsAuthor):
        file_scopes.confirm_scope(scope_id=first.pk, by=author, at=AT)
    file_scopes.confirm_scope(scope_id=first.pk, by=second, at=AT)
    back = entered(provider, second, is_one=False, since=DECEMBER)
    file_scopes.confirm_scope(scope_id=back.pk, by=author, at=AT)
    months = (MONTH, NOVEMBER, DECEMBER)
    assert [is_one_file(provider_id=provider.pk, month=month) for month in months] == [False, True, False]
    assert JournalEntry.objects.filter(event="подтверждено", counterpart=provider.name).count() == 2


def test_replaces_what_waits_for_confirmation() -> None:
    provider, author = make.provider(is_regional=True), make.staff()
    entered(provider, author)
    entered(provider, author, since=DECEMBER)
    assert ProviderFileScope.objects.get().valid_from == DECEMBER


def test_refuses_a_setting_that_changes_nothing_or_comes_too_late() -> None:
    at = region(people=1)
    author = make.staff()
    with pytest.raises(ScopeUnchanged):
        entered(at.provider, author)
    with pytest.raises(ScopeTooLate, match=r"10\.2026"):
        entered(at.provider, author, is_one=False, since=MONTH)
    assert entered(at.provider, author, is_one=False).basis == "письмо № 4"


def test_refuses_one_file_for_a_provider_of_one_district_or_without_a_dbf() -> None:
    answering.desk()
    local = make.provider()
    with pytest.raises(NotRegionWide):
        entered(local, make.staff())
    wide = make.provider(is_regional=True)
    row = FileLayout.objects.get(code="long")
    text = make.layout(code="long_text", definition=row.definition | {"code": "long_text", "container": "csv"})
    make.provider_layout(provider=wide, layout=text)
    with pytest.raises(NotJoinable):
        entered(wide, make.staff())
