"""The audit agrees with a returned file at every step, and sees a line that was given another end."""

from decimal import Decimal

import pytest

from exchange.layouts.exchanged import ReturnedRow
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine
from offices.models import BillingMonth
from tests import factories as make
from tests.exchange import stored
from tests.exchange.answering import Desk, answer, asked, billed, desk, filled
from tests.factories import AT, MONTH
from workplace.audit.running import audit

pytestmark = pytest.mark.django_db
FILES = {"B01", "B06", "B07", "F01", "F02", "F03", "F04", "F05"}
DEARER = billed("10", tariff=Decimal("30.00"), billed=Decimal("300.00"))


@pytest.fixture
def at_desk() -> Desk:
    return desk()


def broken() -> set[str]:
    return {check.code for check in audit(MONTH) if not check.ok} & FILES


def verified(at: Desk) -> ExchangeFile:
    request = asked(at, people=3)
    row = request.request_rows.get(row_number=3)
    make.charge(recipient=row.recipient, account=row.account, service=make.service(code="14"))
    rows = [ReturnedRow(answer(DEARER, billed("14")), row_no=number) for number in (1, 2, 3)]
    return at.verify(at.receive(filled(request, rows), request.name))


def test_agrees_after_the_check_after_a_decision_and_after_the_loading(at_desk: Desk) -> None:
    file = verified(at_desk)
    assert broken() == set()
    at_desk.decide(Discrepancy.objects.filter(file=file, code="E10").order_by("pk")[0])
    assert broken() == set()
    at_desk.load(file)
    assert set(ReturnedLine.objects.values_list("status", flat=True)) == {"loaded", "held", "rejected"}
    assert broken() == set()


def test_sees_a_held_line_that_was_let_through(at_desk: Desk) -> None:
    file = verified(at_desk)
    ReturnedLine.objects.filter(row__file=file, status="held").update(status="clean")
    assert broken() == {"B06"}


def test_lets_discrepancies_wait_for_a_decision_in_an_open_month_only(at_desk: Desk) -> None:
    at_desk.load(verified(at_desk))
    assert broken() == set()
    BillingMonth.objects.filter(month=MONTH).update(closed_at=AT, closed_by=make.staff())
    assert broken() == {"F04"}


def test_sees_a_protocol_about_another_file(at_desk: Desk) -> None:
    file = verified(at_desk)
    told = {"decision": "hold", "decided_at": AT, "decided_by": make.staff(), "protocol": stored.protocol()}
    Discrepancy.objects.filter(file=file).update(**told)
    assert "F04" in broken()
