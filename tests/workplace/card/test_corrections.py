"""The card tells what came late of a past month: its own rows, boxes and causes that add up to the kopeck."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.calculations import made, town
from tests.factories import MONTH
from tests.workplace.card.opened import BEFORE, Opened, opened, run_of, words_of

pytestmark = pytest.mark.django_db
ZERO = Decimal("0.00")
NOVEMBER = dt.date(2026, 11, 1)


def approved(one: Opened, month: Any) -> None:
    made.forward(town.calculate(one.office, month=month))


def adds_up(shown: Any) -> bool:
    boxes = {box.title: box.amount for box in shown.boxes}
    parts = sum((box.amount for box in shown.boxes if box.kind in ("minus", "plus")), ZERO)
    half = boxes["Половина (50\N{NO-BREAK SPACE}%)"]
    return half + parts == boxes["К выплате"] == shown.accrued == shown.table.accrued


def test_shows_what_came_late_as_rows_of_their_month() -> None:
    one = opened(months=(BEFORE, MONTH))
    town.bill(one.family, "10", "182.42", "7", month=BEFORE)
    approved(one, BEFORE)
    town.bill(one.family, "10", "182.42", "7")
    town.bill(one.family, "10", "260.60", "10", billed_for=BEFORE)
    town.bill(one.family, "11", "157.00", "1", billed_for=BEFORE)
    run_of(one, MONTH)
    shown = one.tab().context["shown"]
    assert [(row.title, row.billed, row.accrued) for row in shown.table.rows] == [
        ("cold_water", Decimal("182.42"), Decimal("30.40")),
        ("cold_water: за сентябрь 2026", None, Decimal("13.03")),
        ("hot_water: за сентябрь 2026", None, Decimal("26.17")),
    ]
    assert adds_up(shown)
    box = next(box for box in shown.boxes if box.title == "Перерасчёты и исправления прошлых месяцев")
    assert (box.amount, box.note) == (Decimal("39.20"), "за сентябрь 2026")
    (cause,) = shown.changes
    assert (cause.roubles, len(cause.details)) == (Decimal("39.20"), 2)
    assert "43,43 ₽ − 30,40 ₽ начислено прежде" in words_of(one.tab())


def test_shows_what_is_carried_over_and_taken_back() -> None:
    one = opened(months=(BEFORE, MONTH, NOVEMBER), residents=2)
    town.bill(one.family, "11", "800.00", "5", month=BEFORE)
    approved(one, BEFORE)
    town.bill(one.family, "11", "0.00", "0", billed_for=BEFORE)
    town.bill(one.family, "11", "200.00", "1.2")
    approved(one, MONTH)
    town.bill(one.family, "11", "900.00", "5.7", month=NOVEMBER)
    town.calculate(one.office, month=NOVEMBER)
    october, november = (one.tab(month=month).context["shown"] for month in (MONTH, NOVEMBER))
    assert adds_up(october)
    assert adds_up(november)
    assert (october.accrued, november.accrued) == (ZERO, Decimal("75.00"))
    assert sum((cause.roubles for cause in november.changes), ZERO) == Decimal("75.00")
    assert "Осталось удержать в следующих месяцах: 150,00 ₽." in words_of(one.tab(month=MONTH))
    assert "К удержанию с прошлых месяцев: 150,00 ₽." in words_of(one.tab(month=NOVEMBER))


def test_says_why_a_late_charge_is_not_paid() -> None:
    one = opened(months=(BEFORE, MONTH), since=MONTH)
    town.bill(one.family, "10", "260.60", "10", billed_for=BEFORE)
    town.bill(one.family, "11", "157.00", "1")
    town.calculate(one.office)
    shown = one.tab().context["shown"]
    late = next(row for row in shown.table.rows if row.corrects_month)
    assert late.why_not == "За сентябрь 2026: в этом месяце нет ни одного дня права."
    assert adds_up(shown)
