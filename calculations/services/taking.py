"""Approved orders of recalculation in a run: whose months it takes, and when they are done (3.12)."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef

from calculations.models import CalculationRun, Recalculation, RecalculationMonth


def mark_taken(*, run: CalculationRun, months: Mapping[dt.date, Collection[int]]) -> None:
    """Note in the orders that a draft has taken the months of these recipients."""
    for month, recipient_ids in months.items():
        rows = RecalculationMonth.objects.waiting().filter(
            order__office_id=run.office_id, month=month, recipient_id__in=recipient_ids
        )
        rows.update(run=run)


def settle_recalculations(*, run: CalculationRun) -> None:
    """Note as done the orders whose every month stands in an approved run, once `run` has been approved."""
    months = RecalculationMonth.objects.filter(order=OuterRef("pk"))
    left = months.exclude(run__isnull=False, run__status=CalculationRun.Status.APPROVED)
    waiting = Recalculation.objects.filter(
        Exists(months.filter(run=run)), ~Exists(left), status=Recalculation.Status.APPROVED
    )
    waiting.update(status=Recalculation.Status.DONE)
