"""A district's months are calculated one after another (3.12)."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from calculations.models import CalculationRun
from calculations.selectors import LIVE
from offices.models import BillingMonth, Office
from offices.months import month_name
from offices.refusals import Refusal

Status = CalculationRun.Status


class MonthOutOfTurn(Refusal):
    """An earlier month of the district is not approved yet, or a later one is calculated already."""


def require_turn(*, office: Office, month: dt.date) -> None:
    """Raise MonthOutOfTurn unless a district's month may be calculated now.

    What a run accrues anew it takes from approved runs of earlier months: with one of them on its way, the same part of
    fuel or the same recalculation would be accrued twice. An earlier month whose run was returned or discarded waits
    as long as the month is open. Whoever writes a run holds the district locked.
    """
    runs = CalculationRun.objects.filter(office=office)
    approved = runs.filter(month=OuterRef("month"), status=Status.APPROVED)
    is_open = BillingMonth.objects.filter(month=OuterRef("month"), closed_at__isnull=True)
    before = runs.filter(Q(status__in=LIVE) | Exists(is_open), ~Exists(approved), month__lt=month)
    first = before.order_by("month", "pk").first()
    if first is not None:
        raise MonthOutOfTurn(
            f"Сначала утвердите расчёт района за {month_name(first.month)}: {month_name(month)} считают после него, "
            "иначе одно и то же будет начислено дважды."
        )
    later = runs.filter(status__in=LIVE, month__gt=month).order_by("month", "pk").first()
    if later is not None:
        raise MonthOutOfTurn(
            f"Район уже рассчитан за {month_name(later.month)}: {month_name(month)} после него не считают. Отмените тот "
            "расчёт, а если он утверждён, внесите недостающее опоздавшими начислениями или перерасчётом."
        )
