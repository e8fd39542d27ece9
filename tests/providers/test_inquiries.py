"""Requests for information and calls, their answers, and what is said about technical means."""

import datetime as dt

import pytest

from offices.models import JournalEntry
from providers.models import ProviderInquiry
from providers.services.ability import AbilityNotSaid, AbilityUnchanged, say_ability
from providers.services.inquiries import AnsweredAlready, InquirySaysNothing, write_answer, write_inquiry
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db
TODAY = AT.date()
TOMORROW, WEEK_AGO = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=7)


def asked(**given) -> ProviderInquiry:
    made = {
        "way": "phone", "subject": "Тарифы", "text": "Просим прислать тарифы.", "told": "Орлова Н. П.",
        "asked_on": WEEK_AGO, "answer_due_on": TOMORROW, "by": make.staff(), "at": AT,
    } | given  # fmt: skip
    made.setdefault("provider", make.provider(short_name="Водоканал"))
    made.setdefault("office", make.office())
    return write_inquiry(**made)


def test_keeps_what_was_asked_with_a_line_of_the_journal() -> None:
    made = asked()
    entry = made.entry
    assert (entry.office, entry.event, entry.way) == (made.office, "запрошено по телефону", "phone")
    assert (entry.subject, entry.counterpart) == ("Тарифы", "Водоканал, Орлова Н. П.")


@pytest.mark.parametrize(
    "given",
    [{"subject": " "}, {"text": ""}, {"asked_on": TOMORROW}, {"answer_due_on": WEEK_AGO - dt.timedelta(days=1)}],
    ids=["no subject", "no text", "a day to come", "a term before it"],
)
def test_refuses_an_inquiry_that_says_nothing(given: dict) -> None:
    with pytest.raises(InquirySaysNothing):
        asked(**given)
    assert not JournalEntry.objects.exists()


def test_is_overdue_until_it_is_answered() -> None:
    made = asked(answer_due_on=TODAY)
    assert not made.is_overdue_on(TODAY)
    assert made.is_overdue_on(TOMORROW)
    answered = write_answer(inquiry_id=made.pk, answer="Прислали.", answered_on=TODAY, by=make.staff(), at=AT)
    assert not answered.is_overdue_on(TOMORROW)
    assert JournalEntry.objects.filter(office=made.office, event="получен ответ").exists()


def test_is_answered_once() -> None:
    made = asked()
    given = {"inquiry_id": made.pk, "answer": "Прислали.", "answered_on": TODAY, "by": make.staff(), "at": AT}
    write_answer(**given)
    with pytest.raises(AnsweredAlready, match="Ответ на запрос «Тарифы» записан"):
        write_answer(**given)


@pytest.mark.parametrize("day", [WEEK_AGO - dt.timedelta(days=1), TOMORROW], ids=["before it", "a day to come"])
def test_refuses_an_answer_of_an_impossible_day(day: dt.date) -> None:
    with pytest.raises(InquirySaysNothing, match="не раньше"):
        write_answer(inquiry_id=asked().pk, answer="Да.", answered_on=day, by=make.staff(), at=AT)


def said(provider, **given):
    made = {"is_able": False, "reason": "ведёт на бумаге", "since": WEEK_AGO, "by": make.staff(), "at": AT} | given
    return say_ability(provider_id=provider.pk, **made)


def test_says_who_cannot_send_files_and_keeps_what_was_said_before() -> None:
    one = make.provider()
    said(one)
    one.refresh_from_db()
    assert (one.is_technically_able, one.inability_reason, one.ability_since) == (False, "ведёт на бумаге", WEEK_AGO)
    said(one, is_able=True, since=TODAY)
    one.refresh_from_db()
    assert (one.is_technically_able, one.inability_reason, one.ability_since) == (True, "", TODAY)
    assert list(one.ability_changes.order_by("pk").values_list("is_able", flat=True)) == [False, True]


@pytest.mark.parametrize("given", [{"reason": " "}, {"since": TOMORROW}], ids=["no reason", "a day to come"])
def test_refuses_an_ability_without_reason_or_day(given: dict) -> None:
    with pytest.raises(AbilityNotSaid):
        said(make.provider(), **given)


def test_refuses_to_say_the_same_again() -> None:
    one = make.provider()
    said(one)
    with pytest.raises(AbilityUnchanged, match="менять нечего"):
        said(one)
