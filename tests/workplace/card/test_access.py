"""Who opens whose card, and that it is written down."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from offices.models import Role
from recipients.models import CardView
from tests import factories as make
from tests.factories import MONTH
from tests.workplace.card.opened import BEFORE, TABS, calculated, opened, tab_of
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tab", TABS)
def test_hides_a_foreign_card(tab: str) -> None:
    one = opened()
    stranger = visitor(Role.HEAD, office=make.office())
    assert tab_of(stranger, one.recipient, tab).status_code == 404
    assert not CardView.objects.exists()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.PAYMENTS, Role.AUDITOR], ids=str)
def test_shows_every_card_to_the_department(role: str) -> None:
    assert tab_of(visitor(role, office=None), opened().recipient, "accruals").status_code == 200


def test_forbids_the_administrator_in_words() -> None:
    answer = tab_of(visitor(Role.ADMINISTRATOR), opened().recipient, "accruals")
    assert answer.status_code == 403
    assert "специалист по расчёту" in answer.content.decode()


def test_leads_to_the_month_asked_for() -> None:
    make.open_month(BEFORE)
    one = calculated()
    answer = one.browser.get(reverse("card", args=[one.recipient.pk]), {"m": f"{MONTH:%Y-%m}"})
    assert answer["Location"] == f"/recipients/{one.recipient.pk}/accruals/?m={MONTH:%Y-%m}"


def test_leads_to_the_last_month_accrued() -> None:
    make.open_month(BEFORE)
    one = calculated()
    answer = one.browser.get(reverse("card", args=[one.recipient.pk]), {"m": f"{BEFORE:%Y-%m}"})
    assert answer["Location"].endswith(f"?m={MONTH:%Y-%m}")


def test_knows_no_month_that_was_not_opened() -> None:
    assert opened().tab(month=BEFORE).status_code == 404


def test_writes_down_who_looked_at_whom() -> None:
    one = opened()
    one.tab("history")
    view = CardView.objects.get()
    assert (view.recipient, view.staff, view.tab, view.address) == (one.recipient, one.staff, "История", "127.0.0.1")


def test_writes_down_one_line_a_minute() -> None:
    one = opened()
    minutes = set()
    for _ in range(3):
        one.tab()
        minutes |= set(CardView.objects.values_list("minute", flat=True))
    assert CardView.objects.count() == len(minutes) <= 2


def test_shows_the_card_where_the_log_cannot_be_written(caplog: pytest.LogCaptureFixture) -> None:
    def full(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if "recipients_cardview" in sql:
            raise OperationalError("no space left on device")
        return execute(sql, *rest)

    one = opened()
    with connection.execute_wrapper(full):
        assert one.tab().status_code == 200
    assert not CardView.objects.exists()
    assert "the access log could not be written" in caplog.text
