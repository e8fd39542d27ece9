"""Reminders: stored once a day with a line in the journals, seen by the one who was reminded."""

import datetime as dt

import pytest

from offices.models import JournalEntry, Office
from providers import selectors
from providers.models import Reminder
from providers.services.reminders import Call, RemindedOneself, RemindedToday, ReminderEmpty, remind
from tests import factories as make
from tests.factories import AT, MONTH

pytestmark = pytest.mark.django_db
TOMORROW = AT + dt.timedelta(days=1)
SAID = {"item": "3.9", "text": "Просим сдать файл."}


def sender():
    return make.staff(office=make.unit(Office.Kind.SUBSIDIES))


def told(*calls: Call, way: str = "message", by=None, at=AT) -> list[Reminder]:
    return remind(calls=calls, month=MONTH, way=way, by=by or sender(), at=at)


def test_keeps_whom_what_how_when_and_by_whom() -> None:
    office, by = make.office(name="Отдел Рославля"), sender()
    (made,) = told(Call(office=office, **SAID), by=by)
    assert (made.office, made.provider, made.unit, made.item) == (office, None, None, "3.9")
    assert (made.told, made.text, made.way) == ("Отдел Рославля", "Просим сдать файл.", "message")
    assert (made.day, made.at, made.by, made.month) == (AT.date(), AT, by, MONTH)


def test_writes_a_line_into_the_journals_of_both() -> None:
    office, by = make.office(), sender()
    (made,) = told(Call(office=office, **SAID), by=by)
    theirs = JournalEntry.objects.get(office=office)
    assert (made.entry.office, made.entry.event, made.entry.counterpart) == (
        by.office,
        "направлено напоминание",
        str(office),
    )
    assert (theirs.event, theirs.counterpart, theirs.handover) == (
        "получено напоминание",
        str(by.office),
        made.entry.handover,
    )
    assert made.entry.handover is not None
    assert "пункт 3.9 за октябрь 2026" in theirs.subject
    assert (theirs.item, theirs.month) == ("3.9", MONTH)


def test_writes_a_call_to_a_provider_into_the_callers_journal_only() -> None:
    one, by = make.provider(short_name="ТСЖ «Мир»"), sender()
    (made,) = told(Call(office=make.office(), provider=one, told="Иванова", **SAID), way="phone", by=by)
    assert made.told == "ТСЖ «Мир», Иванова"
    assert JournalEntry.objects.get() == made.entry
    assert (made.entry.way, made.entry.event, made.entry.office) == ("phone", "напомнили по телефону", by.office)
    assert made.entry.handover is None


def test_refuses_a_second_reminder_on_the_same_day() -> None:
    call = Call(office=make.office(), **SAID)
    told(call)
    with pytest.raises(RemindedToday, match="сегодня уже напоминали"):
        told(call)
    assert Reminder.objects.count() == 1
    assert JournalEntry.objects.filter(event="направлено напоминание").count() == 1


def test_takes_the_day_of_the_regions_time_zone() -> None:
    call = Call(office=make.office(), **SAID)
    late = dt.datetime(2026, 10, 15, 21, 30, tzinfo=dt.UTC)
    told(call, at=AT)
    (made,) = told(call, at=late)
    assert made.day == dt.date(2026, 10, 16)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({"at": TOMORROW}, id="the next day"),
        pytest.param({"way": "phone"}, id="a call after a message"),
    ],
)
def test_reminds_again(again: dict) -> None:
    call = Call(office=make.office(), **SAID)
    told(call)
    told(call, **again)
    assert Reminder.objects.count() == 2


def test_reminds_others_of_the_same_item_on_the_same_day() -> None:
    office, by = make.office(), sender()
    told(
        Call(office=office, **SAID),
        Call(office=office, provider=make.provider(), **SAID),
        Call(office=office, provider=make.provider(), **SAID),
        Call(office=office, unit=make.unit(Office.Kind.PAYMENTS), **SAID),
        by=by,
    )
    assert Reminder.objects.filter(office=office).count() == 4


def test_writes_all_or_none() -> None:
    known, fresh = Call(office=make.office(), **SAID), Call(office=make.office(), **SAID)
    told(known)
    with pytest.raises(RemindedToday):
        told(fresh, known)
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "я" * 1001], ids=["nothing", "blanks", "too long"])
def test_refuses_a_text_that_says_nothing_or_too_much(text: str) -> None:
    with pytest.raises(ReminderEmpty):
        told(Call(office=make.office(), item="3.9", text=text))


def test_refuses_to_remind_nobody() -> None:
    with pytest.raises(ReminderEmpty, match="некому"):
        told()


def test_refuses_to_remind_ones_own_office() -> None:
    by = make.staff()
    with pytest.raises(RemindedOneself, match="ваш отдел"):
        told(Call(office=by.office, **SAID), by=by)


def test_shows_a_district_what_it_was_reminded_of_and_nothing_else() -> None:
    office, other, by = make.office(), make.office(), sender()
    mine, *_ = told(
        Call(office=office, **SAID),
        Call(office=other, **SAID),
        Call(office=office, provider=make.provider(), **SAID),
        Call(office=office, unit=make.unit(Office.Kind.PAYMENTS), **SAID),
        by=by,
    )
    assert list(selectors.reminders_for(office=office, month=MONTH)) == [mine]
    assert not selectors.reminders_for(office=office, month=dt.date(2026, 9, 1))


def test_shows_a_unit_what_it_was_reminded_of_about_every_district() -> None:
    unit = make.unit(Office.Kind.PAYMENTS)
    told(Call(office=make.office(), unit=unit, **SAID), Call(office=make.office(), unit=unit, **SAID))
    assert selectors.reminders_for(office=unit, month=MONTH).count() == 2


def test_gathers_all_reminders_about_an_item_of_a_district() -> None:
    office, provider = make.office(), make.provider()
    told(Call(office=office, **SAID), Call(office=office, provider=provider, **SAID))
    told(Call(office=office, item="3.12", text="Передайте начисления."))
    assert selectors.reminders_about(office=office, month=MONTH, item="3.9").count() == 2
    assert selectors.reminders_of_provider(provider=provider, office=office).count() == 1
    assert not selectors.reminders_of_provider(provider=provider, office=make.office())
