"""Providers are asked about debts; they answer, or their silence counts after five working days."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings

from calculations.models import DebtAnswer
from calculations.services import debts
from calculations.tasks import record_silence
from offices.models import JournalEntry
from tests import factories
from tests.calculations import indebted, town
from tests.calculations.indebted import IN_AUGUST

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 8, 27)


@pytest.fixture
def family() -> town.Family:
    return indebted.family()


def test_asks_one_provider_about_its_people_by_a_numbered_letter(family) -> None:
    office = family.recipient.office
    neighbour = town.family(office)
    stranger = town.family(factories.office())
    factories.account(provider=family.account.provider, dwelling=stranger.account.dwelling)
    request = debts.ask_about_debts(
        office=office,
        provider=family.account.provider,
        recipient_ids=[family.recipient.pk, neighbour.recipient.pk, stranger.recipient.pk],
        by=indebted.specialist(family),
        at=IN_AUGUST,
    )
    assert [row.recipient_id for row in request.answers.all()] == [family.recipient.pk]
    assert request.answer_due_on == DUE
    assert request.document.media_type == "application/pdf"
    entry = JournalEntry.objects.get(office=office, event="направлен запрос")
    assert entry.sha256 == request.document.sha256


def test_asks_nobody_twice_while_an_answer_is_waited_for(family) -> None:
    indebted.asked(family)
    with pytest.raises(debts.NobodyToAskAbout):
        indebted.asked(family)


def test_writes_an_answer_down_once(family) -> None:
    answer = indebted.answered(family)
    assert (answer.outcome, answer.debt, answer.months) == ("debt", Decimal("15230.40"), 6)
    assert JournalEntry.objects.filter(event="получен ответ").exists()
    with pytest.raises(debts.AnsweredAlready):
        debts.record_answer(
            answer_id=answer.pk, outcome="no_debt", answered_on=DUE, document="письмо", by=indebted.head(family),
            at=IN_AUGUST,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "given"),
    [
        ("debt", {"debt": None}),
        ("agreement", {"months": None}),
        ("debt", {"owed_since": None}),
        ("debt", {"document": " "}),
        ("no_debt", {"answered_on": dt.date(2026, 8, 19)}),
        ("no_debt", {"answered_on": dt.date(2026, 8, 21)}),
        ("silent", {}),
        ("waiting", {}),
    ],
)
def test_refuses_an_answer_that_lacks_something(family, outcome: str, given) -> None:
    with pytest.raises(debts.AnswerIncomplete):
        indebted.answered(family, outcome, **given)


def test_takes_silence_for_no_debt_only_after_the_term(family) -> None:
    answer = indebted.asked(family).answers.get()
    last = dt.datetime.combine(DUE, dt.time(23, 50), tzinfo=factories.MOSCOW)
    assert debts.record_silence(at=last) == 0
    assert debts.record_silence(at=last + dt.timedelta(minutes=11)) == 1
    answer.refresh_from_db()
    assert (answer.outcome, answer.answered_on, answer.recorded_by) == ("silent", dt.date(2026, 8, 28), None)
    assert debts.record_silence(at=last + dt.timedelta(days=3)) == 0


def test_leaves_what_was_answered_when_the_term_ends(family) -> None:
    indebted.answered(family)
    assert debts.record_silence(at=indebted.IN_NOVEMBER) == 0
    assert DebtAnswer.objects.get().outcome == "debt"


def test_records_silence_by_the_clock(family) -> None:
    answer = indebted.asked(family, at=dt.datetime(2020, 1, 15, 12, tzinfo=factories.MOSCOW)).answers.get()
    record_silence()
    answer.refresh_from_db()
    assert answer.outcome == "silent"
    assert any(one["task"] == "calculations.tasks.record_silence" for one in settings.CELERY_BEAT_SCHEDULE.values())
