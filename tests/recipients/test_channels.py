"""How a recipient is paid: complete requisites, a lawful payee, a second person, one way at a time."""

import datetime as dt
from typing import Any

import pytest

from offices.models import Office, Staff
from offices.services.succession import StartsBeforeFormer
from recipients.models import PaymentChannel, Recipient
from recipients.services import cards
from recipients.services.cards import ChannelConfirmed, ConfirmedByItsAuthor
from recipients.services.own_case import OwnCase
from recipients.services.requisites import AccountDoesNotFit, NotThePayee, RequisitesIncomplete
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

FIRST = dt.date(2026, 11, 1)
LATER = dt.date(2026, 12, 15)


@pytest.fixture
def office() -> Office:
    return factories.office()


@pytest.fixture
def specialist(office: Office) -> Staff:
    return factories.staff("calculation", office=office)


@pytest.fixture
def recipient(office: Office) -> Recipient:
    return factories.recipient(office=office)


def by_bank() -> dict[str, Any]:
    bank = factories.bank()
    return {"kind": "bank", "bank": bank, "account": factories.account_at(bank)}


def by_post() -> dict[str, Any]:
    return {"kind": "post", "post_office": factories.post_office()}


def record(recipient: Recipient, by: Staff, **given: Any) -> PaymentChannel:
    defaults = {"recipient_id": recipient.pk, "payee": recipient.person, "valid_from": FIRST, "by": by, "at": AT}
    return cards.record_channel(**defaults | given)


@pytest.mark.parametrize("way", [by_bank, by_post, lambda: {"kind": "other", "other": "в кассе"}], ids=str)
def test_records_each_way_of_payment_unconfirmed(recipient: Recipient, specialist: Staff, way: Any) -> None:
    channel = record(recipient, specialist, **way())
    assert (channel.entered_by, channel.confirmed_at) == (specialist, None)


def test_ends_the_former_way_where_the_new_one_begins(recipient: Recipient, specialist: Staff) -> None:
    former = record(recipient, specialist, **by_bank())
    cards.confirm_channel(channel_id=former.pk, by=factories.staff(), at=AT)
    newer = record(recipient, specialist, **by_post(), valid_from=LATER)
    former.refresh_from_db()
    assert (former.valid_to, newer.valid_to) == (LATER, None)


@pytest.mark.parametrize("starts", [FIRST, dt.date(2026, 10, 1)], ids=["the same day", "before"])
def test_refuses_a_way_that_begins_no_later_than_a_confirmed_one(
    recipient: Recipient, specialist: Staff, starts: dt.date
) -> None:
    former = record(recipient, specialist, **by_bank())
    cards.confirm_channel(channel_id=former.pk, by=factories.staff(), at=AT)
    with pytest.raises(StartsBeforeFormer):
        record(recipient, specialist, **by_post(), valid_from=starts)


def test_corrects_requisites_that_nobody_confirmed(recipient: Recipient, specialist: Staff) -> None:
    wrong = record(recipient, specialist, **by_bank())
    colleague = factories.staff("calculation", office=recipient.office)
    right = record(recipient, colleague, **by_post())
    assert right.pk == wrong.pk
    right.refresh_from_db()
    assert (right.kind, right.bank, right.account, right.entered_by) == ("post", None, "", colleague)


@pytest.mark.parametrize(
    "requisites",
    [
        lambda: {"kind": "bank"},
        lambda: {"kind": "bank", "bank": factories.bank()},
        lambda: by_bank() | {"post_office": factories.post_office()},
        lambda: {"kind": "post"},
        lambda: by_post() | {"other": "на дом"},
        lambda: {"kind": "other", "other": "  "},
        lambda: by_bank() | {"kind": "other", "other": "в кассе"},
    ],
    ids=["no bank", "no account", "a bank and a post office", "no post office", "post and words", "no words", "all"],
)
def test_refuses_incomplete_or_foreign_requisites(recipient: Recipient, specialist: Staff, requisites: Any) -> None:
    with pytest.raises(RequisitesIncomplete):
        record(recipient, specialist, **requisites())


def test_refuses_an_account_whose_key_does_not_fit(recipient: Recipient, specialist: Staff) -> None:
    given = by_bank()
    key = int(given["account"][8])
    given["account"] = given["account"][:8] + str((key + 1) % 10) + given["account"][9:]
    with pytest.raises(AccountDoesNotFit, match="ключ"):
        record(recipient, specialist, **given)


def test_refuses_an_account_of_an_organization(recipient: Recipient, specialist: Staff) -> None:
    bank = factories.bank(bik="044525593")
    with pytest.raises(AccountDoesNotFit, match="гражданам"):
        record(recipient, specialist, kind="bank", bank=bank, account="40702810801400016513")


def test_pays_a_representative_only_within_the_authority(recipient: Recipient, specialist: Staff) -> None:
    son = factories.person()
    with pytest.raises(NotThePayee, match="полномочий"):
        record(recipient, specialist, **by_post(), payee=son)
    factories.representative(represented=recipient.person, representative=son, authority="proxy", valid_to=LATER)
    with pytest.raises(NotThePayee):
        record(recipient, specialist, **by_post(), payee=son, valid_from=LATER)
    assert record(recipient, specialist, **by_post(), payee=son).payee == son


def test_refuses_to_pay_the_dead(recipient: Recipient, specialist: Staff) -> None:
    recipient.person.death_date = dt.date(2026, 10, 1)
    with pytest.raises(NotThePayee):
        record(recipient, specialist, **by_post())


def test_confirms_requisites_by_a_second_person_once(recipient: Recipient, specialist: Staff) -> None:
    channel = record(recipient, specialist, **by_bank())
    with pytest.raises(ConfirmedByItsAuthor):
        cards.confirm_channel(channel_id=channel.pk, by=specialist, at=AT)
    head = factories.staff("head", office=recipient.office)
    assert cards.confirm_channel(channel_id=channel.pk, by=head, at=AT).confirmed_by == head
    with pytest.raises(ChannelConfirmed):
        cards.confirm_channel(channel_id=channel.pk, by=factories.staff(), at=AT)


def test_refuses_a_specialist_who_would_pay_oneself(recipient: Recipient) -> None:
    herself = factories.staff("calculation", office=recipient.office, snils=recipient.person.snils)
    with pytest.raises(OwnCase):
        record(recipient, herself, **by_post())
