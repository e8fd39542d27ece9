"""Receiving is finished on a page that names who has not answered (3.9)."""

import pytest
from django.contrib.messages import get_messages

from offices.models import BillingMonth, HandoverBalance, Role
from tests import factories as make
from tests.exchange.answering import Desk, ask, billed_household, desk, provider
from tests.factories import AT, MONTH
from tests.workplace.receiving.bringing import ADDRESS, bring, clerk, right, work

pytestmark = pytest.mark.django_db
CLOSE = "/exchange/receiving/close/?m=2026-10"


@pytest.fixture
def at_desk() -> Desk:
    """Two providers were asked; the first has answered."""
    at = desk()
    answering, silent = provider(at.office), provider(at.office, short_name="ТСЖ «Мир»")
    billed_household(at.office, answering, silent)
    first = next(request for request in ask(at.office) if request.provider == answering)
    bring(clerk(at.office), (first.name, right(first)))
    work()
    return at


def test_names_who_has_not_answered_before_it_is_finished(at_desk: Desk) -> None:
    shown = clerk(at_desk.office).get(CLOSE).content.decode()
    assert "Закончить приём файлов за октябрь\xa02026?" in shown
    assert "Не сдал: ТСЖ «Мир»." in shown
    assert "<dt>Предприятие не ответило</dt><dd>1</dd>" in shown


def test_strikes_the_balance_that_was_confirmed(at_desk: Desk) -> None:
    browser = clerk(at_desk.office)
    answer = browser.post(CLOSE, {"answered": "1"})
    assert answer["Location"] == ADDRESS
    struck = HandoverBalance.objects.get(item="3.9", office=at_desk.office)
    assert (struck.rows_in, struck.rows_on, struck.rows_held) == (2, 1, 1)
    assert "приём закончен" in browser.get(ADDRESS).content.decode()
    assert "Приём уже заканчивали" in browser.get(CLOSE).content.decode()


def test_asks_again_when_files_came_in_between(at_desk: Desk) -> None:
    answer = clerk(at_desk.office).post(CLOSE, {"answered": "0"})
    (said,) = get_messages(answer.wsgi_request)
    assert "было 0 ответов, стало 1" in str(said)
    assert not HandoverBalance.objects.filter(item="3.9").exists()


def test_is_finished_by_an_exchange_specialist_only(at_desk: Desk) -> None:
    for role in (Role.CHECKING, Role.CALCULATION, Role.HEAD):
        for answer in (clerk(at_desk.office, role).get(CLOSE), clerk(at_desk.office, role).post(CLOSE)):
            assert answer.status_code == 403
            assert "специалист по обмену" in answer.content.decode()


def test_refuses_a_form_that_confirms_nothing(at_desk: Desk) -> None:
    assert clerk(at_desk.office).post(CLOSE).status_code == 404


def test_cannot_be_finished_in_a_closed_month(at_desk: Desk) -> None:
    BillingMonth.objects.filter(month=MONTH).update(closed_at=AT, closed_by=make.staff(office=None))
    browser = clerk(at_desk.office)
    browser.post(CLOSE, {"answered": "1"})
    assert not HandoverBalance.objects.filter(item="3.9").exists()
    assert "Закончить приём" not in browser.get(ADDRESS).content.decode()


def test_sums_what_was_accepted(at_desk: Desk) -> None:
    shown = clerk(at_desk.office).get(ADDRESS)
    assert (shown.context["receiving"].total_rows, str(shown.context["receiving"].total_billed)) == (1, "461.600000")
    assert "Принято файлов: 1" in shown.content.decode()
    assert "461,60" in shown.content.decode()
