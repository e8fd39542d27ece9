"""What approved orders wait to correct for recipients whom the next run of their district has no right for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final

from django.db.models import Max

from calculations.inputs.bearing import bearing_in
from calculations.models import CalculationRun, RecalculationMonth
from offices.months import next_month

Status = CalculationRun.Status
ACCRUED: Final = (Status.CALCULATED, Status.SUBMITTED, Status.APPROVED)
"""Runs in these states have accrued a month; one that is not approved yet will be before an order is taken."""


def differences_without_right(*, office_ids: Collection[int]) -> Mapping[tuple[int, int], Decimal]:
    """Return what approved orders wait to correct for recipients without a right in their district's next run.

    In roubles, as it was seen, by order and recipient. Two queries, and one for each month calculated next.
    """
    rows = RecalculationMonth.objects.waiting().filter(order__office__in=office_ids)
    sums: dict[int, dict[tuple[int, int], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    columns = rows.values_list("order__office_id", "order_id", "recipient_id", "accrued", "recalculated")
    for office_id, order_id, recipient_id, accrued, recalculated in columns:
        sums[office_id][order_id, recipient_id] += recalculated - accrued
    by_month: dict[dt.date, dict[tuple[int, int], Decimal]] = defaultdict(dict)
    for office_id, month in _next_months(sums).items():
        by_month[month] |= sums[office_id]
    found: dict[tuple[int, int], Decimal] = {}
    for month, waiting in by_month.items():
        bearing = bearing_in(month, {recipient_id for _, recipient_id in waiting})
        found |= {key: roubles for key, roubles in waiting.items() if key[1] not in bearing}
    return found


def _next_months(office_ids: Collection[int]) -> dict[int, dt.date]:
    """Return the month that each district calculates next."""
    runs = CalculationRun.objects.filter(office__in=office_ids, status__in=ACCRUED)
    last = runs.order_by().values_list("office_id").annotate(last=Max("month"))
    return {office_id: next_month(month) for office_id, month in last}
