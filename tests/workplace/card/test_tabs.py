"""The tabs of the card: what is known about the person, the home, the papers, the money, and who changed it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculations.models import CalculationRun
from offices.models import Role
from recipients.models import PaymentChannel
from tests import factories as make
from tests.calculations import made, town
from tests.factories import LONG_AGO, MONTH
from tests.workplace.card.opened import TABS, Opened, calculated, opened, tab_of, words_of
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db
MOST = 15
MOST_OF_A_TIMELINE = 60


def asked(one: Opened, tab: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert one.tab(tab).status_code == 200
    return len(queries)


def grown(one: Opened, *, since: int) -> None:
    """Put more of everything into the card; the years of the ways of payment begin with `since`."""
    dwelling = one.family.account.dwelling
    for number in range(4):
        make.residence(dwelling=dwelling, valid_from=LONG_AGO)
        account = make.account(dwelling=dwelling)
        make.connected_service(account=account)
        make.application(recipient=one.recipient, office=one.office, status="granted", **granted())
        make.channel(
            recipient=one.recipient,
            valid_from=dt.date(since + number, 1, 1),
            valid_to=dt.date(since + number + 1, 1, 1),
        )


def granted() -> dict[str, object]:
    return {"decided_at": make.AT, "decided_by": make.staff()}


@pytest.mark.parametrize("tab", TABS)
def test_opens_every_tab_of_a_bare_card(tab: str) -> None:
    answer = opened().tab(tab)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("tab", [tab for tab in TABS if tab != "history"])
def test_asks_the_same_for_a_long_card_as_for_a_short_one(tab: str) -> None:
    one = calculated()
    grown(one, since=2000)
    asked(one, tab)
    short = asked(one, tab)
    grown(one, since=2010)
    assert asked(one, tab) <= short < MOST


def test_asks_the_same_for_a_long_history_as_for_a_short_one() -> None:
    one = calculated()
    grown(one, since=2000)
    asked(one, "history")
    PaymentChannel.objects.filter(valid_from__year=2003).update(valid_to=dt.date(2005, 1, 1))
    short = asked(one, "history")
    grown(one, since=2010)
    PaymentChannel.objects.filter(valid_from__year=2013).update(valid_to=MONTH)
    assert asked(one, "history") <= short < MOST_OF_A_TIMELINE


def test_asks_the_same_for_one_service_as_for_seven() -> None:
    few = opened()
    town.bill(few.family, "10", "364.84", "14")
    town.calculate(few.office)
    asked(few, "accruals")
    of_few = asked(few, "accruals")
    many = town.family(few.office)
    town.bills(many, town.BILLS_OF_EX_2)
    made.forward(CalculationRun.objects.get(), CalculationRun.Status.DISCARDED)
    town.calculate(few.office)
    again = Opened(few.office, many, few.staff, few.browser)
    assert len(again.tab().context["shown"].table.rows) == 7
    assert asked(again, "accruals") <= of_few < MOST


def test_shows_who_it_is_and_how_old() -> None:
    one = opened(category="1")
    words = words_of(one.tab("person"))
    person = one.recipient.person
    assert person.full_name in words
    assert f"{person.birth_date:%d.%m.%Y}" in words
    assert "инвалид I группы" in words
    assert "Получает с " in words


def test_masks_the_account_of_the_bank() -> None:
    one = opened()
    channel = make.channel(recipient=one.recipient)
    for tab in ("payments", "history", "accruals"):
        page = one.tab(tab).content.decode()
        assert f"…{channel.account[-4:]}" in page
        assert channel.account not in page


def test_shows_the_right_with_the_people_it_covers() -> None:
    one = opened()
    child = make.person(birth_date=dt.date(2015, 5, 5))
    right = make.entitlement(recipient=one.recipient, holder="family", category="child", disabled_person=child)
    make.entitled_person(right, person=make.person(last_name="Ковригина"), relation="сестра")
    words = words_of(one.tab("rights"))
    assert "Ковригина" in words
    assert "сестра" in words
    assert one.family.right.certificate in words


def test_shows_who_of_the_family_has_the_right() -> None:
    one = opened(residents=3)
    rows = one.tab("family").context["family"]
    assert [row.right.startswith("есть") for row in rows].count(True) == 1
    assert len(rows) == 3


def test_shows_the_last_day_of_a_period_and_not_the_day_after() -> None:
    one = opened()
    make.residence(dwelling=one.family.account.dwelling, valid_from=LONG_AGO, valid_to=dt.date(2026, 9, 1))
    words = words_of(one.tab("family"))
    assert "31.08.2026" in words
    assert "01.09.2026" not in words


def test_shows_the_norm_and_the_price_of_a_service() -> None:
    one = opened()
    make.connected_service(account=one.family.account, service=make.service(code="10"))
    row = one.tab("services").context["rows"][0]
    assert row.account == one.family.account.number
    assert row.norm == "4,32 м³ на человека"
    assert row.tariff == "26,06 ₽ за м³"


def test_tells_what_was_and_what_became() -> None:
    one = opened()
    person = one.recipient.person
    former = person.last_name
    type(person).objects.filter(pk=person.pk).update(last_name="Новосёлова")
    rows = one.tab("history", kind="person").context["tab"].rows
    change = next(row for row in rows if not row.is_new)
    assert [(field.name, field.before, field.after) for field in change.fields] == [("фамилия", former, "Новосёлова")]
    assert f"Фамилия: {former} → Новосёлова" in words_of(one.tab("history"))


def test_tells_one_kind_of_changes_only() -> None:
    one = opened()
    make.channel(recipient=one.recipient)
    whats = {row.what for row in one.tab("history", kind="pay").context["tab"].rows}
    assert whats == {"способ выплаты"}
    assert one.tab("history", kind="что угодно").context["tab"].kind == ""


def test_says_why_an_approved_accrual_waits() -> None:
    one = calculated()
    made.forward(CalculationRun.objects.get())
    assert "Не указан способ выплаты" in words_of(one.tab("payments"))


def test_shows_every_tab_to_the_auditor() -> None:
    one = calculated()
    auditor = visitor(Role.AUDITOR, office=None)
    assert {tab_of(auditor, one.recipient, tab).status_code for tab in TABS} == {200}
