"""Overpayments as pages and papers need them: who sees which, paid months to choose from, the plan ahead."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from calculations.models import AccrualLine, CalculationRun
from calculations.rules.withholding import Owed, withhold, withhold_in_turn
from calculations.selectors import parameters_in_force
from offices.models import Staff
from offices.months import month_of, shift_month
from payments.models import Overpayment, OverpaymentPart, PaymentLine, Withholding
from recipients.models import Recipient

ZERO = Decimal("0.00")
LONGEST_PLAN = 600
"""Months after which a plan is no longer drawn: fifty years."""


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """An accrual that was paid: the sum of its line, and what nothing takes back yet, in roubles."""

    accrual_id: int
    month: dt.date
    accrued: Decimal
    paid: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """A month of the plan ahead: the month billed, what is due, withheld and paid, what remains, in roubles."""

    month: dt.date
    due: Decimal
    withheld: Decimal
    paid: Decimal
    balance: Decimal


def percent_allowed(day: dt.date) -> Decimal:
    """Return the highest percent of a payment that may be withheld, in force in the month of the day.

    Raises ParameterMissing.
    """
    return parameters_in_force(month_of(day)).withholding_percent


def paid_months(recipient: Recipient) -> list[PaidMonth]:
    """List what was paid to a recipient and is not taken back in full yet, the newest first.

    It is taken back by overpayments, and by later runs whose corrections lessen the month: never by both.
    """
    overpaid = (
        OverpaymentPart.objects.filter(accrual=OuterRef("accrual"))
        .values("accrual")
        .annotate(total=Sum("roubles"))
        .values("total")
    )
    right = Cast(OuterRef("accrual__entitlement"), TextField())
    corrected = (
        AccrualLine.objects.alias(right=KT("inputs__correction__right"))
        .filter(
            recipient=OuterRef("recipient"), corrects_month=OuterRef("accrual__month"), right=right,
            run__status=CalculationRun.Status.APPROVED,
        )
        .values("recipient")
        .annotate(total=Sum("accrued"))
        .values("total")
    )  # fmt: skip
    rows = (
        PaymentLine.objects.filter(recipient=recipient, status=PaymentLine.Status.PAID)
        .annotate(overpaid=Coalesce(Subquery(overpaid), Value(ZERO), output_field=DecimalField()))
        .annotate(corrected=Coalesce(Subquery(corrected), Value(ZERO), output_field=DecimalField()))
        .order_by("-accrual__month", "-accrual_id")
    )
    found = [
        PaidMonth(accrual_id, month, accrued, paid, accrued - overpaid + min(corrected, ZERO))
        for accrual_id, month, accrued, paid, overpaid, corrected in rows.values_list(
            "accrual_id", "accrual__month", "accrual__accrued", "payable", "overpaid", "corrected"
        )
    ]
    return [one for one in found if one.left > 0]


def last_due(recipient: Recipient) -> Decimal:
    """Return what was due to a recipient in the last month listed, before withholding, in roubles; zero without one."""
    lines = PaymentLine.objects.filter(recipient=recipient).exclude(status=PaymentLine.Status.RETURNED)
    last = lines.order_by("-accrual__month").values("accrual__month")[:1]
    sums = lines.filter(accrual__month=Subquery(last)).values_list("accrual__accrued", flat=True)
    return sum(sums, ZERO)


def next_listed_month(recipient: Recipient, *, on: dt.date) -> dt.date:
    """Return the month billed from which the next list withholds: after the last one listed, `on`'s at the earliest."""
    last = (
        PaymentLine.objects.filter(recipient=recipient)
        .order_by("-accrual__month")
        .values_list("accrual__month", flat=True)
        .first()
    )
    return shift_month(last, 1) if last else month_of(on)


def planned(
    balance: Decimal,
    *,
    percent: Decimal,
    most: Decimal,
    due: Decimal,
    since: dt.date,
    before: Iterable[Owed] = (),
) -> list[PlannedMonth]:
    """Simulate withholding with `due` roubles each month from the month `since` on, to the last kopeck.

    `before` are older overpayments of the recipient, which are withheld first within the same limit; `most` is the
    percent all may take together. The plan is empty where nothing would ever be withheld.
    """
    months: list[PlannedMonth] = []
    older, month = list(before), since
    if not withhold(due, balance=balance, percent=percent).withheld:
        return months
    while balance and len(months) < LONGEST_PLAN:
        *taken, own = withhold_in_turn(due, [*older, Owed(balance, percent, max(percent, most))])
        older = [Owed(one.balance - part, one.percent, one.most) for one, part in zip(older, taken, strict=True)]
        balance -= own
        months.append(PlannedMonth(month, due, own, due - own - sum(taken, ZERO), balance))
        month = shift_month(month, 1)
    return months


def foreseen_plan(recipient: Recipient, balance: Decimal, *, on: dt.date) -> list[PlannedMonth]:
    """Simulate withholding a new overpayment after those already agreed to, as if it were agreed to on the day.

    Raises ParameterMissing.
    """
    most = percent_allowed(on)
    return planned(
        balance,
        percent=most,
        most=most,
        due=last_due(recipient),
        since=next_listed_month(recipient, on=on),
        before=[owed_of(one) for one in withheld_now([recipient.pk])],
    )


def plan_of(one: Overpayment, *, on: dt.date) -> list[PlannedMonth]:
    """Simulate the months ahead with the last payment as due; an overpayment not agreed to as if it were today.

    Raises ParameterMissing.
    """
    if one.percent is None or one.most_percent is None:
        return foreseen_plan(one.recipient, one.rest, on=on)
    older = [owed_of(other) for other in withheld_now([one.recipient_id]) if _age(other) < _age(one)]
    return planned(
        one.rest,
        percent=one.percent,
        most=one.most_percent,
        due=last_due(one.recipient),
        since=next_listed_month(one.recipient, on=on),
        before=older,
    )


def plan_ends(found: Collection[Overpayment]) -> dict[int, dt.date]:
    """Tell by id the month billed in which each overpayment agreed to will be withheld whole; four queries for all.

    An overpayment that nothing would ever be withheld for is absent.
    """
    people = {one.recipient_id for one in found if one.is_withheld_now}
    queues: dict[int, list[Overpayment]] = {}
    for one in withheld_now(people):
        queues.setdefault(one.recipient_id, []).append(one)
    dues: dict[int, tuple[dt.date, Decimal]] = {}
    lines = PaymentLine.objects.filter(recipient_id__in=people).exclude(status=PaymentLine.Status.RETURNED)
    sums = lines.values_list("recipient_id", "accrual__month").annotate(total=Sum("accrual__accrued"))
    for recipient_id, month, due in sums.order_by("recipient_id", "accrual__month"):
        dues[recipient_id] = (month, due)
    ends: dict[int, dt.date] = {}
    for one in found:
        if one.is_withheld_now and one.recipient_id in dues:
            month, due = dues[one.recipient_id]
            owed = owed_of(one)
            older = [owed_of(other) for other in queues[one.recipient_id] if _age(other) < _age(one)]
            plan = planned(
                owed.balance, percent=owed.percent, most=owed.most, due=due, since=shift_month(month, 1), before=older
            )
            ends |= {one.pk: plan[-1].month} if plan else {}
    return ends


def overpayments(staff: Staff, *, on: dt.date) -> QuerySet[Overpayment]:
    """Overpayments that `staff` may see, with their recipients and offices."""
    return Overpayment.objects.for_user(staff, on=on).select_related(
        "office__district",
        "recipient__person",
        "recorded_by",
        "consent_recorded_by",
        "withdrawal_recorded_by",
        "notice",
        "consent_form",
    )


def _age(one: Overpayment) -> tuple[dt.date, int]:
    return one.found_on, one.pk


def owed_of(one: Overpayment) -> Owed:
    """Return an agreed overpayment as the rules take it."""
    assert one.percent is not None, "only an overpayment that was agreed to is withheld"
    assert one.most_percent is not None, "the allowed percent is recorded with the consent"
    return Owed(one.rest, one.percent, max(one.percent, one.most_percent))


def withheld_now(recipient_ids: Collection[int]) -> QuerySet[Overpayment]:
    """Return the overpayments of recipients that the next payment is withheld for, the oldest first."""
    agreed = Overpayment.objects.filter(
        recipient_id__in=recipient_ids, status__in=[Overpayment.Status.AGREED, Overpayment.Status.WITHHELD]
    )
    return agreed.order_by("found_on", "pk")


def withheld_of(accrual_ids: Collection[int]) -> dict[int, Decimal]:
    """Return what was withheld of accruals, in roubles; those not withheld from are absent."""
    rows = Withholding.objects.filter(accrual_id__in=accrual_ids).values_list("accrual_id")
    return dict(rows.annotate(total=Sum("withheld")).order_by())


def withholdings_of(one: Overpayment) -> "QuerySet[Withholding]":
    """Return what was withheld for an overpayment, in the order it was withheld."""
    return one.withholdings.select_related("accrual", "list").order_by("pk")
