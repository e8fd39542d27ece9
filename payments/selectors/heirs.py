"""What a dead recipient was due and did not receive (2.4.5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from calculations.models import Accrual, AccrualLine, CalculationRun
from offices.models import Staff
from offices.months import month_of
from offices.selectors import production_calendar
from payments.models import HeirDecision, HeirPart, PaymentLine, ReturnedPayment
from payments.terms import claim_term_end
from recipients.models import Recipient

LONGEST_HOLIDAYS = dt.timedelta(days=60)
TAKEN_BACK = "Удержание по прошлым месяцам"
PAYABLE_OUTCOMES = (ReturnedPayment.Outcome.HEIRS, ReturnedPayment.Outcome.RELIST)


@dataclass(frozen=True, slots=True)
class UnreceivedAccrual:
    """An accrual of the deceased that was not paid; `left` is what no claimant has been given yet."""

    accrual_id: int
    month: dt.date
    accrued: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class ServiceSum:
    """What a service of a month was accrued."""

    accrual_id: int
    month: dt.date
    service: str
    accrued: Decimal


def last_day_to_claim(death: dt.date) -> dt.date:
    """Return the last day, inclusive, on which the family may apply for what the deceased did not receive.

    Four months from the death; where the last day is a day off, the next working day.
    Source: Civil Code, articles 1183 (2), 192 (3), 193.
    """
    end = claim_term_end(death)
    return production_calendar(start=end, end=end + LONGEST_HOLIDAYS).on_or_after(end)


def unreceived_accruals(recipient: Recipient) -> list[UnreceivedAccrual]:
    """List what a dead recipient was accrued up to the month of death and not paid, by month.

    Approved accruals count that were never listed, or whose line came back and was not closed.
    """
    death = recipient.person.death_date
    if death is None:
        return []
    lines = PaymentLine.objects.filter(accrual=OuterRef("pk"))
    live = lines.exclude(status=PaymentLine.Status.RETURNED)
    kept_back = lines.filter(status=PaymentLine.Status.RETURNED).exclude(returned__outcome__in=PAYABLE_OUTCOMES)
    given = (
        HeirPart.objects.filter(accrual=OuterRef("pk")).values("accrual").annotate(total=Sum("payable")).values("total")
    )
    rows = (
        Accrual.objects.filter(
            ~Exists(live),
            ~Exists(kept_back),
            recipient=recipient,
            month__lte=month_of(death),
            accrued__gt=0,
            run__status=CalculationRun.Status.APPROVED,
        )
        .annotate(given=Coalesce(Subquery(given), Value(Decimal("0.00")), output_field=DecimalField()))
        .order_by("month", "pk")
    )
    return [UnreceivedAccrual(row.pk, row.month, row.accrued, row.accrued - row.given) for row in rows]


def service_sums(accruals: Sequence[UnreceivedAccrual]) -> list[ServiceSum]:
    """Part accruals by service, in the order of months; what was carried over between months stands apart."""
    rows = (
        AccrualLine.objects.filter(
            accrual_id__in=[one.accrual_id for one in accruals], month__in={one.month for one in accruals}
        )
        .values_list("accrual_id", "month", "service__name")
        .annotate(total=Sum("accrued"))
        .order_by("month", "accrual_id", "service__name")
    )
    found = [ServiceSum(*row) for row in rows]
    carried = Accrual.objects.filter(pk__in=[one.accrual_id for one in accruals]).filter(
        Q(carried_in__gt=0) | Q(carried_out__gt=0)
    )
    found += [ServiceSum(row.pk, row.month, TAKEN_BACK, row.carried_out - row.carried_in) for row in carried]
    return sorted(found, key=lambda one: (one.month, one.accrual_id, one.service == TAKEN_BACK))


def heir_decisions(staff: Staff, *, on: dt.date) -> QuerySet[HeirDecision]:
    """Decisions that `staff` may see, newest first."""
    return (
        HeirDecision.objects.for_user(staff, on=on)
        .select_related("office", "recipient__person", "claimant", "application", "document")
        .order_by("-prepared_at", "pk")
    )
