"""New cards and changes go over to the payments unit, with a balance and both sides' journal lines."""

import datetime as dt
from typing import Any

import pytest

from offices.models import HandoverBalance, JournalEntry, Office, Staff
from offices.services.months import MonthNotOpen
from recipients.models import Change, HandedCard, Recipient
from recipients.services import cards, changes
from recipients.services.cards import AcceptedByItsSender, HandoverAccepted, NothingToHandOver
from recipients.services.changes import (
    AcceptedByTheirSender,
    ChangeNotPossible,
    ChangeReported,
    ChangesAccepted,
    ChangesSent,
)
from tests import factories
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def payments_unit() -> Office:
    factories.open_month()
    return factories.unit(Office.Kind.PAYMENTS)


@pytest.fixture
def office() -> Office:
    return factories.office()


@pytest.fixture
def specialist(office: Office) -> Staff:
    return factories.staff("exchange", office=office)


def receiver(unit: Office) -> Staff:
    return factories.staff("reception", office=unit)


def hand_over(office: Office, by: Staff) -> Any:
    return cards.hand_over_cards(office=office, month=MONTH, by=by, at=AT)


def channels(office: Office, *, confirmed: int, unconfirmed: int) -> None:
    for place in range(confirmed + unconfirmed):
        factories.channel(recipient=factories.recipient(office=office), confirmed_at=AT if place < confirmed else None)


def test_hands_over_confirmed_cards_and_holds_the_others(
    office: Office, specialist: Staff, payments_unit: Office
) -> None:
    channels(office, confirmed=3, unconfirmed=2)
    channels(factories.office(), confirmed=1, unconfirmed=0)
    handover = hand_over(office, specialist)
    assert handover.cards.count() == 3
    balance = HandoverBalance.objects.get(item="3.3")
    assert (balance.rows_in, balance.rows_on, balance.rows_held) == (5, 3, 2)
    assert [(held.reason, held.rows) for held in balance.held.all()] == [("unconfirmed", 2)]
    sent, received = JournalEntry.objects.exclude(handover=None).order_by("office__kind")
    assert (sent.event, sent.office, sent.rows) == ("передано", office, 3)
    assert (received.event, received.office, received.handover) == ("получено", payments_unit, sent.handover)


def test_hands_a_card_over_once(office: Office, specialist: Staff) -> None:
    channels(office, confirmed=1, unconfirmed=1)
    hand_over(office, specialist)
    with pytest.raises(NothingToHandOver):
        hand_over(office, specialist)
    channels(office, confirmed=1, unconfirmed=0)
    assert hand_over(office, specialist).number == 2
    assert HandedCard.objects.count() == 2


def test_leaves_out_a_way_of_payment_that_ended(office: Office, specialist: Staff) -> None:
    factories.channel(recipient=factories.recipient(office=office), valid_to=AT.date())
    with pytest.raises(NothingToHandOver):
        hand_over(office, specialist)


def test_hands_nothing_over_in_a_month_that_is_not_open(office: Office, specialist: Staff) -> None:
    with pytest.raises(MonthNotOpen):
        cards.hand_over_cards(office=office, month=dt.date(2026, 9, 1), by=specialist, at=AT)


def test_accepts_cards_once_and_not_by_who_sent_them(office: Office, specialist: Staff, payments_unit: Office) -> None:
    channels(office, confirmed=1, unconfirmed=0)
    handover = hand_over(office, specialist)
    with pytest.raises(AcceptedByItsSender):
        cards.accept_cards(handover_id=handover.pk, by=specialist, at=AT)
    taker = receiver(payments_unit)
    assert cards.accept_cards(handover_id=handover.pk, by=taker, at=AT).accepted_by == taker
    with pytest.raises(HandoverAccepted):
        cards.accept_cards(handover_id=handover.pk, by=taker, at=AT)
    assert JournalEntry.objects.get(event="принято").office == payments_unit


def report(recipient: Recipient, by: Staff, **given: Any) -> Change:
    defaults = {
        "recipient_id": recipient.pk,
        "kind": "move",
        "happened_on": dt.date(2026, 10, 10),
        "source": "администрация поселения",
        "document": "справка № 5",
        "note": "",
        "by": by,
        "at": AT,
    }
    return changes.report_change(**defaults | given)


def test_writes_a_death_into_the_persons_card(office: Office, specialist: Staff) -> None:
    recipient = factories.recipient(office=office)
    change = report(recipient, specialist, kind="death")
    recipient.person.refresh_from_db()
    assert recipient.person.death_date == change.happened_on
    assert JournalEntry.objects.get(office=office).counterpart == "администрация поселения"


def test_leaves_the_card_alone_after_a_move(office: Office, specialist: Staff) -> None:
    recipient = factories.recipient(office=office)
    report(recipient, specialist)
    recipient.person.refresh_from_db()
    assert recipient.person.death_date is None


@pytest.mark.parametrize(
    "given",
    [
        {"happened_on": dt.date(2026, 10, 16)},
        {"happened_on": dt.date(1951, 3, 13)},
        {"source": " "},
        {"document": ""},
    ],
    ids=["tomorrow", "before birth", "nobody told", "no document"],
)
def test_refuses_an_impossible_change(office: Office, specialist: Staff, given: dict[str, Any]) -> None:
    with pytest.raises(ChangeNotPossible):
        report(factories.recipient(office=office), specialist, **given)


def test_refuses_a_second_date_of_death(office: Office, specialist: Staff) -> None:
    recipient = factories.recipient(office=office)
    report(recipient, specialist, kind="death")
    with pytest.raises(ChangeReported):
        report(recipient, specialist, kind="death")
    with pytest.raises(ChangeNotPossible, match="другая дата смерти"):
        report(recipient, specialist, kind="death", happened_on=dt.date(2026, 10, 11))


def test_sends_what_was_not_sent_once_a_month(office: Office, specialist: Staff, payments_unit: Office) -> None:
    mine = [report(factories.recipient(office=office), specialist) for _ in range(2)]
    report(factories.recipient(), factories.staff())
    batch = changes.send_changes(office=office, month=MONTH, by=specialist, at=AT)
    assert list(batch.changes.order_by("pk")) == mine
    balance = HandoverBalance.objects.get(item="3.5")
    assert (balance.office, balance.rows_in, balance.rows_on, balance.rows_held) == (office, 2, 2, 0)
    lines = JournalEntry.objects.exclude(handover=None)
    assert {line.office for line in lines} == {office, payments_unit}
    with pytest.raises(ChangesSent):
        changes.send_changes(office=office, month=MONTH, by=specialist, at=AT)


def test_says_that_a_month_brought_no_changes(office: Office, specialist: Staff) -> None:
    batch = changes.send_changes(office=office, month=MONTH, by=specialist, at=AT)
    assert not batch.changes.exists()
    assert JournalEntry.objects.filter(subject__startswith="изменений нет", rows=0).count() == 2


def test_accepts_changes_once_and_not_by_who_sent_them(
    office: Office, specialist: Staff, payments_unit: Office
) -> None:
    batch = changes.send_changes(office=office, month=MONTH, by=specialist, at=AT)
    with pytest.raises(AcceptedByTheirSender):
        changes.accept_changes(batch_id=batch.pk, by=specialist, at=AT)
    taker = receiver(payments_unit)
    assert changes.accept_changes(batch_id=batch.pk, by=taker, at=AT).accepted_at == AT
    with pytest.raises(ChangesAccepted):
        changes.accept_changes(batch_id=batch.pk, by=taker, at=AT)
