"""Lists withhold what recipients agreed to, line by line to the last kopeck, and balance to the kopeck."""

import datetime as dt
from decimal import Decimal

import pytest

from offices.models import HandoverBalance, Role
from offices.months import shift_month
from payments.models import Overpayment, PaymentLine, PaymentList, ReturnedPayment, Withholding
from payments.services import lists, returns
from tests import factories
from tests.payments import owing, paying
from workplace.audit.payments import PAYMENTS
from workplace.audit.running import audit

pytestmark = pytest.mark.django_db

Status = Overpayment.Status
NEXT = paying.NEXT


@pytest.fixture
def owed() -> owing.Owing:
    return owing.paid_recipient("1450.00")


def held(made: PaymentList) -> dict[str, tuple[int, Decimal]]:
    found = HandoverBalance.objects.get(item="3.14", office=made.office, month=made.month)
    assert (found.rows_in, found.roubles_in) == (
        found.rows_on + found.rows_held, found.roubles_on + found.roubles_held
    )  # fmt: skip
    return {one.reason: (one.rows, one.roubles) for one in found.held.all()}


def broken(month: dt.date) -> dict[str, tuple]:
    codes = {question.code for question in PAYMENTS}
    return {check.code: check.found for check in audit(month) if check.code in codes and not check.ok}


def test_withholds_example_ten_in_eight_lists(owed) -> None:
    second = owing.paid_more(owed, "1450.00")
    one = owing.agreed(
        owing.found(owed, "1450.00", parts=[(owed.accrual.pk, Decimal(1450)), (second.pk, Decimal("680.40"))])
    )
    assert one.total == Decimal("2130.40")
    for place in range(8):
        month = shift_month(dt.date(2026, 12, 1), place)
        made = owing.listed(owed, "1450.00", month=month)
        line = made.lines.get()
        withheld = Decimal("290.00") if place < 7 else Decimal("100.40")
        assert line.payable == made.total == Decimal("1450.00") - withheld
        assert held(made) == {"overpayment": (0, withheld)}
        assert broken(month) == {}
    one.refresh_from_db()
    assert (one.rest, one.status) == (0, Status.SETTLED)
    taken = one.withholdings.order_by("pk")
    assert [(row.due, row.withheld) for row in taken] == [(1450, Decimal("290.00"))] * 7 + [(1450, Decimal("100.40"))]
    assert [row.balance for row in taken][:2] == [Decimal("1840.40"), Decimal("1550.40")]
    assert owing.listed(owed, "1450.00", month=dt.date(2027, 8, 1)).total == Decimal("1450.00")


def test_withholds_nothing_before_the_consent(owed) -> None:
    owing.found(owed, "100.00")
    assert owing.listed(owed, "1450.00").total == Decimal("1450.00")
    assert not Withholding.objects.exists()


def test_cuts_the_percent_down_to_the_kopeck(owed) -> None:
    owing.agreed(owing.found(owed, "1000.00"))
    assert owing.listed(owed, "1450.04").lines.get().payable == Decimal("1160.04")


def test_withholds_overpayments_by_age_within_one_limit(owed) -> None:
    younger = owing.agreed(owing.found(owed, "500.00"))
    older = owing.agreed(owing.found(owed, "100.00", found_on=dt.date(2026, 11, 1)))
    owing.listed(owed, "1450.00")
    taken = Withholding.objects.order_by("pk").values_list("overpayment", "withheld", "balance")
    assert list(taken) == [(older.pk, Decimal(100), 0), (younger.pk, Decimal(190), Decimal(310))]
    older.refresh_from_db()
    assert older.status == Status.SETTLED


def test_withholds_of_a_held_sum_only_when_it_is_listed(owed) -> None:
    one = owing.agreed(owing.found(owed, "500.00"))
    channel = owed.recipient.channels.get()
    type(channel).objects.filter(pk=channel.pk).update(confirmed_at=None, confirmed_by=None)
    assert held(owing.listed(owed, "1000.00")) == {"not_confirmed": (1, Decimal("1000.00"))}
    one.refresh_from_db()
    assert one.rest == Decimal("500.00")
    type(channel).objects.filter(pk=channel.pk).update(confirmed_at=factories.AT, confirmed_by=factories.staff())
    late = lists.build_supplementary_list(
        office=owed.office, month=dt.date(2026, 12, 1), by=owed.department.former, at=owing.AT
    )
    one.refresh_from_db()
    assert (late.total, one.rest) == (Decimal("800.00"), Decimal("300.00"))
    balance = HandoverBalance.objects.get(stage="дополнительный список")
    assert (balance.roubles_in, balance.roubles_on, balance.roubles_held) == (1000, 800, 200)


def test_lists_a_returned_payment_again_without_withholding_twice(owed) -> None:
    one = owing.agreed(owing.found(owed, "500.00"))
    line = owing.listed(owed, "1000.00").lines.get()
    for status in ("registered", "sent", "returned"):
        PaymentLine.objects.filter(pk=line.pk).update(status=status)
    back = ReturnedPayment.objects.create(
        line=line, office=owed.office, reason_id="B99", returned_on=owing.DAY, recorded_at=owing.AT,
        recorded_by=owed.department.recorder,
    )  # fmt: skip
    clerk = factories.staff(Role.PAYMENTS, office=owed.department.payments)
    returns.clarify_return(returned_id=back.pk, outcome="relist", clarification="счёт действует", by=clerk, at=owing.AT)
    late = lists.build_supplementary_list(
        office=owed.office, month=dt.date(2026, 12, 1), by=owed.department.former, at=owing.AT
    )
    again = late.lines.get()
    assert (again.replaces, again.payable) == (line, Decimal("800.00"))
    one.refresh_from_db()
    assert (one.rest, one.withholdings.count()) == (Decimal("300.00"), 1)
    assert broken(dt.date(2026, 12, 1)) == {}


def test_holds_a_sum_of_which_everything_is_withheld(owed) -> None:
    owing.agreed(owing.found(owed, "1450.00"), percent=Decimal(100), is_more_agreed=True)
    made = owing.listed(owed, "1000.00")
    assert (made.rows, made.total) == (0, 0)
    assert held(made) == {"overpayment": (1, Decimal("1000.00"))}
    with pytest.raises(lists.NothingToList):
        lists.build_supplementary_list(
            office=owed.office, month=dt.date(2026, 12, 1), by=owed.department.former, at=owing.AT
        )
    assert broken(NEXT) == {}


def test_withholds_of_every_sum_of_one_list_in_turn(owed) -> None:
    one = owing.agreed(owing.found(owed, "300.00"))
    other = factories.entitlement(recipient=owed.recipient, disabled_person=factories.person())
    run = paying.made.run(office=owed.office, month=NEXT)
    right = owed.recipient.entitlements.exclude(pk=other.pk).get()
    for which, accrued in ((right, "1000.00"), (other, "1000.00")):
        paying.made.accrual(run, recipient=owed.recipient, entitlement=which, accrued=Decimal(accrued))
    paying.made.forward(run)
    made = paying.listed(owed.department, owed.office, month=NEXT, at=owing.AT)
    assert sorted(made.lines.values_list("payable", flat=True)) == [Decimal(800), Decimal(900)]
    one.refresh_from_db()
    assert (one.rest, one.status) == (0, Status.SETTLED)
