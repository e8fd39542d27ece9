"""A month without a sum: the card says why and what to do, in plain words."""

import datetime as dt
from decimal import Decimal

import pytest

from tests import factories as make
from tests.calculations import town
from tests.factories import MONTH
from tests.workplace.card.opened import BEFORE, calculated, opened, words_of

pytestmark = pytest.mark.django_db


def test_says_that_there_was_no_right() -> None:
    one = opened(since=dt.date(2026, 11, 1))
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    assert shown.accrued is None
    assert "не было права на меру" in words_of(one.tab())
    assert shown.missing.advice.startswith("Проверьте сроки")


def test_says_that_the_district_is_not_calculated() -> None:
    one = opened()
    assert "предприятия пока не прислали начислений" in one.tab().context["shown"].missing.why
    town.bill(one.family, "10", "364.84", "14")
    assert "Начисления предприятий приняты, но расчёт района" in one.tab().context["shown"].missing.why


def test_says_that_no_provider_sent_a_bill() -> None:
    one = opened()
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    assert shown.accrued == Decimal("0.00")
    assert shown.missing.why.startswith("Ни одно предприятие не прислало")


def test_names_the_reason_of_every_bill_held() -> None:
    one = opened()
    make.service(code="12", kind="gas", name="Газоснабжение")
    town.bill(one.family, "12", "100.00", "10")
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    assert shown.missing.why == "Начисления предприятий есть, но в расчёт они не вошли."
    assert shown.table.rows[0].advice == "Внесите норматив в справочник и рассчитайте район заново."
    assert [row.why_not for row in shown.table.rows] == ["Нет норматива, а мера ограничена нормативом."]


def test_says_that_nothing_of_the_bills_is_compensated() -> None:
    one = opened()
    town.bill(one.family, "02", "999.00", "54")
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    assert shown.missing.why == "Предприятия начислили плату, но компенсировать по ней нечего."
    assert shown.table.rows[0].why_not == "В частном жилищном фонде эта плата не компенсируется."


def test_lists_a_month_without_an_accrual_beside_one_with_it() -> None:
    make.open_month(BEFORE)
    one = calculated()
    rows = one.tab().context["year"].rows
    assert [(row.month, row.accrued is None, row.state.word) for row in rows] == [
        (MONTH, False, "рассчитано"),
        (BEFORE, True, "ещё не рассчитано"),
    ]
