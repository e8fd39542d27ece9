"""What was accrued for months after the month of a recipient's death, by what became of it."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from calculations.models import Accrual, CalculationRun
from payments.models import Overpayment, OverpaymentPart, PaymentLine, ReturnNotice

Status = PaymentLine.Status
SPENT = (Status.SENT, Status.PAID)


def unpaid_after_death(recipient_ids: Collection[int]) -> "QuerySet[Accrual]":
    """Accruals after the death that no list pays and nobody cancelled yet, by month; returned ones among them."""
    live = PaymentLine.objects.filter(accrual=OuterRef("pk")).exclude(status=Status.RETURNED)
    return Accrual.objects.filter(
        ~Exists(live),
        recipient__in=recipient_ids,
        recipient__person__death_date__lt=F("month"),
        accrued__gt=0,
        run__status=CalculationRun.Status.APPROVED,
        cancelledaccrual__isnull=True,
    ).order_by("recipient_id", "month", "pk")


def spent_after_death() -> "QuerySet[PaymentLine]":
    """Lines sent or paid for months after the month of their recipient's death; heirs' lines are none of them."""
    return PaymentLine.objects.filter(
        Q(kind="bank") | Q(kind="post"),
        status__in=SPENT,
        heir_part__isnull=True,
        recipient__person__death_date__isnull=False,
        recipient__person__death_date__lt=F("accrual__month"),
    ).select_related("recipient__person", "recipient__office__district", "accrual", "bank", "entry__register")


def paid_after_death() -> "QuerySet[PaymentLine]":
    """Those lines that no letter has asked back yet, in the order of a letter."""
    return spent_after_death().filter(asked_back__isnull=True).order_by("payee_name", "accrual__month", "pk")


def not_returned() -> "QuerySet[PaymentLine]":
    """Lines asked back that the bank or the post has not returned."""
    rows = spent_after_death().filter(asked_back__isnull=False).select_related("asked_back__notice__bank")
    return rows.order_by("asked_back__notice_id", "payee_name", "pk")


def overpaid_for(lines: Iterable[PaymentLine]) -> dict[int, Overpayment]:
    """Return the overpayments that lines not returned became, by the line's accrual; in one query."""
    parts = OverpaymentPart.objects.filter(accrual__in=[line.accrual_id for line in lines])
    rows = parts.select_related("overpayment").order_by("pk")
    return {part.accrual_id: part.overpayment for part in rows}


def return_notices() -> "QuerySet[ReturnNotice]":
    """Letters that ask payments back, the newest first."""
    return ReturnNotice.objects.select_related("bank", "document", "made_by", "office").order_by("-made_at", "-pk")
