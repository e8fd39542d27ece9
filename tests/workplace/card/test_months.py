"""The list of months: what became of each accrual, in words, with the sum of the year."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.models import Accrual, CalculationRun
from payments.models import PaymentLine
from tests import factories as make
from tests.calculations import made
from tests.factories import MONTH
from tests.payments import rows as paid
from tests.workplace.card.opened import Opened, calculated, opened

pytestmark = pytest.mark.django_db


def state(one: Opened) -> tuple[str, str]:
    row = one.tab().context["year"].rows[0]
    return row.state.kind, row.state.word


def approved() -> tuple[Opened, Accrual]:
    one = calculated()
    made.forward(CalculationRun.objects.get())
    return one, Accrual.objects.get()


def listed(accrual: Accrual, **given: object) -> PaymentLine:
    return paid.line(accrual=accrual, payable=accrual.accrued, **given)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (CalculationRun.Status.CALCULATED, "рассчитано"),
        (CalculationRun.Status.SUBMITTED, "на проверке"),
        (CalculationRun.Status.RETURNED, "расчёт возвращён"),
        (CalculationRun.Status.APPROVED, "ждёт выплаты"),
    ],
    ids=str,
)
def test_says_where_the_run_stands(status: str, word: str) -> None:
    one = calculated()
    made.forward(CalculationRun.objects.get(), status)
    assert state(one)[1] == word


def test_leaves_a_discarded_run_out() -> None:
    one = calculated()
    made.forward(CalculationRun.objects.get(), CalculationRun.Status.DISCARDED)
    assert one.tab().context["shown"].accrued is None


def test_takes_the_newest_of_a_returned_run_and_the_next_one() -> None:
    one = calculated()
    made.forward(CalculationRun.objects.get(), CalculationRun.Status.RETURNED)
    run = made.run(office=one.office, number=2)
    made.accrual(run, recipient=one.recipient, entitlement=one.family.right, accrued=Decimal("7.00"))
    assert one.tab().context["year"].total == Decimal("7.00")


def test_says_that_it_is_listed_and_sent() -> None:
    one, accrual = approved()
    listed(accrual)
    assert state(one) == ("run", "в списке на выплату")


def test_says_when_it_was_paid() -> None:
    one, accrual = approved()
    line = listed(accrual, status="paid")
    register = paid.register(rows=1, total=line.payable)
    paid.entry(register=register, line=line)
    register.status, register.released_at, register.released_by = "released", make.AT, make.staff()
    register.save()
    assert state(one) == ("ok", f"выплачено {make.AT:%d.%m}")


def test_says_that_it_came_back_and_was_paid_again() -> None:
    one, accrual = approved()
    old = listed(accrual, status="returned")
    paid.returned(line=old, returned_on=dt.date(2026, 11, 20))
    assert state(one) == ("error", "возврат 20.11")
    late = paid.payment_list(office=one.office, kind="supplementary", rows=1, total=old.payable)
    listed(accrual, list=late, replaces=old, channel=old.channel, status="sent")
    assert state(one) == ("run", "возврат, отправлено повторно")


def test_shows_another_year_beside_the_month() -> None:
    last_year = dt.date(2025, 12, 1)
    one = opened(months=(last_year, MONTH))
    now, then = one.tab(), one.tab(y="2025")
    assert now.context["year"].years == (2026, 2025)
    assert [row.month for row in then.context["year"].rows] == [last_year]
    assert then.context["shown"].month == MONTH
    assert one.tab(y="много").context["year"].year == one.tab(y="1").context["year"].year == 2026
