"""Approved orders of recalculation in a run: whose months it takes, and when they are done (3.12)."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from calculations.models import CalculationRun, Recalculation, RecalculationMonth


def mark_taken(*, run: CalculationRun, months: Mapping[dt.date, Collection[int]]) -> None:
    """Note in the orders that a draft has taken the months of these recipients."""
    for month, recipient_ids in months.items():
        rows = RecalculationMonth.objects.waiting().filter(
            order__office_id=run.office_id, month=month, recipient_id__in=recipient_ids
        )
        rows.update(run=run)


def settle_recalculations(*, run: CalculationRun) -> None:
    """Note as done the orders that have nothing left to wait for, once `run` has been approved."""
    taken = RecalculationMonth.objects.filter(order=OuterRef("pk"), run=run)
    settle(Recalculation.objects.filter(Exists(taken)))


def settle(orders: "QuerySet[Recalculation]", /) -> None:
    """Note as done those approved orders whose every month stands in an approved run or has ended without one."""
    left = RecalculationMonth.objects.filter(order=OuterRef("pk"), ended_at__isnull=True).exclude(
        run__isnull=False, run__status=CalculationRun.Status.APPROVED
    )
    orders.filter(~Exists(left), status=Recalculation.Status.APPROVED).update(status=Recalculation.Status.DONE)
