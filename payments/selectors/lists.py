"""What can be put into lists: accruals of a district, and what earlier months left unpaid."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from calculations.models import Accrual, CalculationRun
from calculations.selectors import parameters_in_force
from offices.models import Office, Staff
from offices.months import shift_month
from payments.models import HeirDecision, HeirPart, PaymentLine, PaymentList, ReturnedPayment


@dataclass(frozen=True, slots=True)
class Unpaid:
    """An accrual, or an heir's part of one, that waits for a line; `returned` is the line it comes back from, if any."""

    accrual_id: int
    recipient_id: int
    month: dt.date
    payable: Decimal
    returned_line_id: int | None = None
    returned_channel_id: int | None = None
    needs_new_requisites: bool = False
    heir_part_id: int | None = None
    returned_requisites_id: int | None = None


def paid_month_of(month: dt.date) -> dt.date:
    """Return the month in which accruals of a billed month are paid.

    The lag is a dated parameter in force on the first day of the billed month.
    Raises ParameterMissing.
    """
    return shift_month(month, parameters_in_force(month).lag_months)


def accruals_to_list(run: CalculationRun) -> list[Unpaid]:
    """List all accruals of a run, those of zero included, in a steady order."""
    rows = Accrual.objects.filter(run=run).order_by("pk").values_list("pk", "recipient_id", "month", "accrued")
    return [Unpaid(*row) for row in rows]


def unpaid_before(month: dt.date, *, office: Office) -> list[Unpaid]:
    """List what earlier months left unpaid in a district and may be listed again.

    These are returned lines cleared up as «include again», and accruals that were held when their own
    month's list was made, and the parts of them that confirmed decisions give to heirs. What heirs are given is not
    listed whole, what was cancelled after a death is not listed while the death stands; what was withheld whole never is.
    Source: Regulation 369 of 30.10.2007, items 2.4.5, 3.15.4.
    """
    return [*_returned_before(month, office), *_held_before(month, office), *_decided_for_heirs(month, office)]


def _returned_before(month: dt.date, office: Office) -> list[Unpaid]:
    rows = (
        ReturnedPayment.objects.filter(
            office=office,
            outcome=ReturnedPayment.Outcome.RELIST,
            line__replaced_by__isnull=True,
            line__list__month__lt=month,
        )
        .exclude(line__heir_part__isnull=True, line__accrual__in=HeirPart.objects.values("accrual"))
        .exclude(
            line__accrual__cancelledaccrual__isnull=False,
            line__recipient__person__death_date__lt=F("line__accrual__month"),
        )
        .order_by("pk")
    )
    return [
        Unpaid(*row)
        for row in rows.values_list(
            "line__accrual_id",
            "line__recipient_id",
            "line__accrual__month",
            "line__payable",
            "line_id",
            "line__channel_id",
            "reason__needs_new_requisites",
            "line__heir_part_id",
            "line__heir_requisites_id",
        )
    ]


def _held_before(month: dt.date, office: Office) -> list[Unpaid]:
    listed = PaymentList.objects.filter(office=office, month=OuterRef("month"), kind=PaymentList.Kind.REGULAR)
    rows = (
        Accrual.objects.filter(
            Exists(listed),
            office=office,
            month__lt=month,
            accrued__gt=0,
            run__status=CalculationRun.Status.APPROVED,
            payment_lines__isnull=True,
            withholdings__isnull=True,
        )
        .exclude(pk__in=HeirPart.objects.values("accrual"))
        .exclude(cancelledaccrual__isnull=False, recipient__person__death_date__lt=F("month"))
        .order_by("pk")
    )
    return [Unpaid(*row) for row in rows.values_list("pk", "recipient_id", "month", "accrued")]


def _decided_for_heirs(month: dt.date, office: Office) -> list[Unpaid]:
    parts = HeirPart.objects.filter(
        decision__office=office,
        decision__status=HeirDecision.Status.CONFIRMED,
        accrual__month__lt=month,
        lines__isnull=True,
    ).order_by("pk")
    rows = parts.values_list("accrual_id", "accrual__recipient_id", "accrual__month", "payable", "pk")
    return [Unpaid(*row[:-1], heir_part_id=row[-1]) for row in rows]


def payment_lists(staff: Staff, *, on: dt.date, month: dt.date | None = None) -> QuerySet[PaymentList]:
    """Lists that `staff` may see, newest first."""
    whose = Q() if month is None else Q(month=month)
    return (
        PaymentList.objects.for_user(staff, on=on)
        .filter(whose)
        .select_related("office", "built_by", "handed_by")
        .order_by("-month", "office__name", "kind", "pk")
    )


def payment_lines(staff: Staff, *, on: dt.date, list_id: int) -> QuerySet[PaymentLine]:
    """Lines of a list that `staff` may see, with the month each was accrued for."""
    return (
        PaymentLine.objects.for_user(staff, on=on)
        .filter(list_id=list_id)
        .select_related("accrual", "bank", "post_office", "replaces")
        .order_by("payee_name", "pk")
    )


def offices_without_list(month: dt.date) -> Sequence[Office]:
    """Districts whose run of the month is approved and whose list is not handed over yet."""
    handed = PaymentList.objects.filter(
        month=month, kind=PaymentList.Kind.REGULAR, status=PaymentList.Status.HANDED_OVER
    )
    approved = CalculationRun.objects.filter(month=month, status=CalculationRun.Status.APPROVED)
    return list(
        Office.objects.filter(pk__in=approved.values("office"))
        .exclude(pk__in=handed.values("office"))
        .order_by("name", "pk")
    )
