"""What a dead recipient was due and did not receive (2.4.5)."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from calculations.models import Accrual, AccrualLine, CalculationRun
from calculations.rules.inheritance import shared_among
from offices.models import Staff
from payments.models import HeirDecision, HeirPart, PaymentLine, ReturnedPayment, Withholding
from recipients.models import Recipient

TAKEN_BACK = "Удержание по прошлым месяцам"
PAYABLE_OUTCOMES = (ReturnedPayment.Outcome.HEIRS, ReturnedPayment.Outcome.RELIST)


@dataclass(frozen=True, slots=True)
class UnreceivedAccrual:
    """An accrual of the deceased that was not paid, in roubles.

    `left` is in no decision yet; `undecided` is in no confirmed one.
    """

    accrual_id: int
    month: dt.date
    accrued: Decimal
    left: Decimal
    undecided: Decimal


@dataclass(frozen=True, slots=True)
class ServiceSum:
    """What a service of a month was accrued."""

    accrual_id: int
    month: dt.date
    service: str
    accrued: Decimal


def unreceived_accruals(recipient: Recipient) -> list[UnreceivedAccrual]:
    """List what a dead recipient was accrued up to the month of death and not paid, by month.

    Approved accruals count that were never listed, or whose line came back and was not closed; what heirs are being
    paid of it is given, not paid. What was withheld for an overpayment is not unpaid.
    """
    return unreceived_by_recipient([recipient.pk])[recipient.pk]


def unreceived_by_recipient(recipient_ids: Collection[int]) -> dict[int, list[UnreceivedAccrual]]:
    """List for each recipient what `unreceived_accruals` lists; the living have none. One query."""
    lines = PaymentLine.objects.filter(accrual=OuterRef("pk"), heir_part__isnull=True)
    live = lines.exclude(status=PaymentLine.Status.RETURNED)
    kept_back = lines.filter(status=PaymentLine.Status.RETURNED).exclude(returned__outcome__in=PAYABLE_OUTCOMES)
    parts = HeirPart.objects.filter(accrual=OuterRef("pk"))
    rows = (
        Accrual.objects.filter(
            ~Exists(live),
            ~Exists(kept_back),
            recipient__in=recipient_ids,
            recipient__person__death_date__gte=F("month"),
            accrued__gt=0,
            run__status=CalculationRun.Status.APPROVED,
        )
        .annotate(withheld=_sum_of(Withholding.objects.filter(accrual=OuterRef("pk")), "withheld"))
        .filter(accrued__gt=F("withheld"))
        .annotate(given=_sum_of(parts), decided=_sum_of(parts.filter(decision__status=HeirDecision.Status.CONFIRMED)))
        .order_by("month", "pk")
    )
    found: dict[int, list[UnreceivedAccrual]] = {recipient: [] for recipient in recipient_ids}
    for row in rows:
        unpaid = row.accrued - row.withheld
        left, undecided = unpaid - row.given, unpaid - row.decided
        found[row.recipient_id].append(UnreceivedAccrual(row.pk, row.month, row.accrued, left, undecided))
    return found


def shares_of(
    unreceived: Sequence[UnreceivedAccrual], *, claims: Sequence[int]
) -> dict[int, list[tuple[int, Decimal]]]:
    """Share what no confirmed decision gives equally among claims, to the kopeck: (accrual id, roubles) for each.

    An accrual is shared among those who have no confirmed part of it yet; where everyone has one, among all.
    """
    decided = set(
        HeirPart.objects.filter(
            accrual__in=[one.accrual_id for one in unreceived], decision__status=HeirDecision.Status.CONFIRMED
        ).values_list("decision__application_id", "accrual_id")
    )
    groups: dict[tuple[int, ...], list[UnreceivedAccrual]] = {}
    for one in unreceived:
        waiting = tuple(claim for claim in claims if (claim, one.accrual_id) not in decided) or tuple(claims)
        groups.setdefault(waiting, []).append(one)
    shares: dict[int, list[tuple[int, Decimal]]] = {claim: [] for claim in claims}
    for waiting, accruals in groups.items():
        parts = shared_among([one.undecided for one in accruals], claimants=len(waiting))
        for claim, given in zip(waiting, parts, strict=True):
            shares[claim] += [(one.accrual_id, part) for one, part in zip(accruals, given, strict=True) if part]
    return shares


def _sum_of(parts: "QuerySet[Any]", column: str = "payable") -> Coalesce:
    total = parts.order_by().values("accrual").annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total), Value(Decimal("0.00")), output_field=DecimalField())


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
