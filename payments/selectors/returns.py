"""Payments that came back: what is being cleared up, and what became of a register's rows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from offices.balances import Amount, Balance
from offices.models import Staff
from payments.models import PaymentLine, PaymentRegister, ReturnedPayment

UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class _Group:
    status: str
    reason: str | None
    amount: Amount


def answer_balance(register: PaymentRegister) -> Balance:
    """Part a register's rows into paid, returned by reason code, and unanswered."""
    sums = (
        PaymentLine.objects.filter(entry__register=register)
        .values_list("status", "returned__reason")
        .annotate(rows=Count("pk"), roubles=Sum("payable"))
        .order_by("status", "returned__reason")
    )
    groups = [_Group(status, reason, Amount(rows, roubles)) for status, reason, rows, roubles in sums]
    paid = sum((group.amount for group in groups if group.status == PaymentLine.Status.PAID), Amount())
    held: dict[str, Amount] = {}
    for group in groups:
        if group.status != PaymentLine.Status.PAID:
            reason = group.reason or UNANSWERED
            held[reason] = held.get(reason, Amount()) + group.amount
    return Balance(Amount(register.rows, register.total), paid, held)


def returned_payments(staff: Staff, *, on: dt.date) -> QuerySet[ReturnedPayment]:
    """Returns that `staff` may see, those still open first, then the newest."""
    return (
        ReturnedPayment.objects.for_user(staff, on=on)
        .select_related("line__accrual", "line__recipient", "reason", "office", "recorded_by", "clarified_by")
        .order_by("clarified_at", "-returned_on", "pk")
    )


def open_returns(staff: Staff, *, on: dt.date) -> QuerySet[ReturnedPayment]:
    """Returns that `staff` may see and nobody has cleared up yet, the oldest first."""
    return returned_payments(staff, on=on).filter(outcome=ReturnedPayment.Outcome.OPEN).order_by("returned_on", "pk")


def unanswered_lines(month: dt.date) -> QuerySet[PaymentLine]:
    """Lines of a month's registers that were sent and neither paid nor returned yet."""
    return (
        PaymentLine.objects.filter(entry__register__month=month, status=PaymentLine.Status.SENT)
        .select_related("bank", "post_office")
        .order_by("entry__register_id", "entry__row_number", "pk")
    )
