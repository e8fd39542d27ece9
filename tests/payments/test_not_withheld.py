"""What an order takes from who has no right any more is named overpaid, and the order ends by it."""

import datetime as dt
from decimal import Decimal

import pytest

from calculations.models import Recalculation
from payments.services.not_withheld import overpay_difference
from payments.services.overpayments import OverpaymentNotPossible
from recipients.models import EntitledPerson, Entitlement
from tests import factories
from tests.calculations import ordered
from tests.payments import owing
from tests.payments.owing import Owing
from tests.payments.paying import MONTH, NEXT

pytestmark = pytest.mark.django_db
PAID_ON = dt.datetime(2026, 11, 26, 12, tzinfo=factories.MOSCOW)


@pytest.fixture
def owed() -> Owing:
    """Somebody who was paid 100 roubles for October and whose right has ended since."""
    found = owing.paid_recipient("100.00")
    EntitledPerson.objects.update(valid_to=NEXT)
    Entitlement.objects.update(valid_to=NEXT)
    return found


def waiting(owed: Owing, recalculated: str, accrued: str = "100.00") -> Recalculation:
    """An approved order that says what October is worth."""
    order = ordered.order(office=owed.recipient.office)
    sums = {"accrued": Decimal(accrued), "recalculated": Decimal(recalculated)}
    ordered.month(order, recipient=owed.recipient, month=MONTH, **sums)
    return ordered.decided(order)


def overpaid(order: Recalculation, owed: Owing):
    clerk = factories.staff("calculation", office=order.office)
    return overpay_difference(
        order_id=order.pk, recipient_id=owed.recipient.pk, cause="recipient", by=clerk, at=PAID_ON
    )


def test_names_the_months_that_are_worth_less(owed) -> None:
    order = waiting(owed, "62.50")
    made = overpaid(order, owed)
    part = made.parts.get()
    assert (made.total, made.office, part.accrual.month) == (Decimal("37.50"), order.office, MONTH)
    assert f"Перерасчёт № {order.number}: {order.what}. Пересчитано за октябрь 2026" in made.description
    order.refresh_from_db()
    assert (order.status, order.months.get().ended_because) == ("done", str(made))


def test_names_no_more_than_was_paid(owed) -> None:
    order = waiting(owed, "10.00", accrued="150.00")
    with pytest.raises(OverpaymentNotPossible, match="ещё не выплачено"):
        overpaid(order, owed)
    order.refresh_from_db()
    assert order.status == "approved"


def test_is_nothing_where_something_is_still_due(owed) -> None:
    with pytest.raises(OverpaymentNotPossible, match="причитается доплата"):
        overpaid(waiting(owed, "120.00"), owed)
