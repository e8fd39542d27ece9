"""Two people pressing the same button at once make one effect."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum

from offices.models import HandoverBalance, JournalEntry
from payments.models import (
    HeirDecision,
    HeirPart,
    OverpaymentPart,
    PaymentLine,
    PaymentList,
    PaymentRegister,
    RegisterAnswer,
    RegisterEntry,
    Repayment,
    ReturnedPayment,
    Withholding,
)
from payments.services import lists, registers, returns
from tests import factories
from tests.at_once import at_once, refusals, twice
from tests.payments import inheriting, owing, paying

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def department() -> paying.Department:
    return paying.department()


@pytest.fixture
def office():
    return factories.office()


def test_builds_one_list(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00") for _ in range(5)])

    def build() -> object:
        return lists.build_payment_list(office=office, month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT)

    first, second = twice(build)
    assert first == second
    assert (PaymentList.objects.count(), PaymentLine.objects.count()) == (1, 5)
    assert HandoverBalance.objects.filter(item="3.14").count() == 1


def test_hands_a_list_over_once(department, office) -> None:
    paying.approved(office, [(paying.payee(office), "10.00")])
    made = lists.build_payment_list(office=office, month=paying.MONTH, by=department.verifier, at=paying.LISTED_AT)
    twice(lambda: lists.hand_over_list(list_id=made.pk, by=department.verifier, at=paying.LISTED_AT))
    assert JournalEntry.objects.filter(event="передано").count() == 1


def test_forms_and_releases_one_register(department, office) -> None:
    bank = factories.bank()
    paying.approved(office, [(paying.payee(office, channel={"bank": bank}), "10.00") for _ in range(5)])
    paying.listed(department, office)
    first, second = twice(lambda: paying.formed(department, bank=bank))
    assert first == second
    assert (PaymentRegister.objects.count(), RegisterEntry.objects.count()) == (1, 5)
    twice(lambda: registers.release_register(register_id=first.pk, by=department.head, at=paying.RELEASED_AT))
    assert HandoverBalance.objects.filter(stage="реестры").count() == 1


def test_records_an_answer_once(department, office) -> None:
    recipient = paying.payee(office)
    paying.approved(office, [(recipient, "10.00")])
    paying.listed(department, office)
    paid = paying.released(department, bank=recipient.channels.get().bank)
    rows = paying.answer_rows(paid.lines, {paid.lines[0].pk: "B99"})
    first, second = twice(lambda: paying.answered(department, paid, rows))
    assert first == second
    assert RegisterAnswer.objects.count() == ReturnedPayment.objects.count() == 1


def test_lists_a_return_again_once(department, office) -> None:
    returned = paying.returned_line(department, office)
    returns.clarify_return(
        returned_id=returned.pk,
        outcome="relist",
        clarification="счёт действует",
        by=department.former,
        at=paying.CLARIFIED_AT,
    )

    def build() -> object:
        return lists.build_supplementary_list(
            office=office, month=paying.NEXT, by=department.former, at=paying.CLARIFIED_AT
        )

    first, second = twice(build)
    assert first == second
    assert PaymentLine.objects.filter(replaces=returned.line).count() == 1


def test_calls_no_more_overpaid_than_was_paid_and_takes_no_more_back() -> None:
    owed = owing.paid_recipient("100.00")
    assert len(refusals(twice(lambda: owing.found(owed, "60.00")))) == 1
    part = OverpaymentPart.objects.get()
    assert len(refusals(twice(lambda: owing.repaid(part.overpayment, "40.00")))) == 1
    part.overpayment.refresh_from_db()
    assert (Repayment.objects.count(), part.overpayment.rest) == (1, Decimal("20.00"))


def test_withholds_no_more_than_is_owed_in_two_lists_at_once() -> None:
    owed, december = owing.paid_recipient("1450.00"), dt.date(2026, 12, 1)
    one = owing.agreed(owing.found(owed, "300.00"))
    channels = owed.recipient.channels
    channels.update(confirmed_at=None, confirmed_by=None)
    owing.listed(owed, "1000.00")
    channels.update(confirmed_at=factories.AT, confirmed_by=factories.staff())
    factories.open_month(december)
    paying.approved(owed.office, [(owed.recipient, "1000.00")], month=december)
    facts = {"office": owed.office, "month": december, "at": owing.AT}
    regular, late = at_once(
        lambda: lists.build_payment_list(by=owed.department.verifier, **facts),
        lambda: lists.build_supplementary_list(by=owed.department.former, **facts),
    )
    one.refresh_from_db()
    assert (one.rest, one.status) == (0, "settled")
    assert Withholding.objects.aggregate(all=Sum("withheld"))["all"] == Decimal("300.00")
    assert regular.total + late.total == Decimal("1700.00")


def test_gives_and_pays_heirs_once(department, office) -> None:
    deceased = inheriting.unpaid(department, office, "10.01")
    for _ in range(2):
        inheriting.claimed(deceased)
    twice(lambda: inheriting.shared(deceased))
    decisions = list(HeirDecision.objects.filter(recipient=deceased, status="prepared").order_by("pk"))
    assert HeirPart.objects.aggregate(all=Sum("payable"))["all"] == Decimal("10.01")
    for decision in decisions:
        twice(lambda decision=decision: inheriting.confirmed(decision))
    twice(lambda: inheriting.supplementary(department, office))
    lines = PaymentLine.objects.filter(heir_part__isnull=False)
    assert (len(decisions), lines.count(), lines.aggregate(all=Sum("payable"))["all"]) == (2, 2, Decimal("10.01"))
