"""What the list says of each recipient for a month: right, sums, way of payment, state."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from calculations.models import Accrual, CalculationRun
from calculations.selectors import LIVE
from housing.models import SupportedDwelling
from offices.months import next_month, shift_month
from payments.models import ReturnedPayment
from providers.models import ServiceAccount
from recipients.models import Entitlement, PaymentChannel, Person

FINISHED = tuple(status for status in LIVE if status != CalculationRun.Status.DRAFT)
"""Runs whose sums are whole."""
SOON = dt.timedelta(days=30)
NOTHING = Value(Decimal("0.00"), output_field=DecimalField())
ACTIVE, RETURNED, DIED, AWAITED, ENDED, NONE = "active", "returned", "died", "awaited", "ended", "none"
WORDS = {
    ACTIVE: ("ok", "получает"),
    RETURNED: ("warn", "возврат"),
    DIED: ("error", "умер, право не прекращено"),
    AWAITED: ("run", "право ещё не началось"),
    ENDED: ("idle", "прекращено"),
    NONE: ("idle", "права нет"),
}
"""Kind and word of each state."""


def with_facts(rows: "QuerySet[Any]", *, month: dt.date, day: dt.date) -> "QuerySet[Any]":
    """Add to the recipients what the list shows of them in the month billed; the way of payment is that of the day.

    `accrued`, `before` and `change` are roubles, None where nothing was calculated; a district that has not calculated
    the month yet is not compared. `certificate_to` is the first day without the certificate.
    """
    rights = Entitlement.objects.touching(month, next_month(month)).filter(recipient=OuterRef("pk"))
    right = rights.order_by("-valid_from", "-pk")
    channel = PaymentChannel.objects.valid_on(day).filter(recipient=OuterRef("pk"))
    known: QuerySet[Any] = rows.annotate(
        accrued=_accrued(month),
        before=_accrued(shift_month(month, -1)),
        category=Subquery(right.values("category")[:1]),
        certificate_to=Subquery(right.values("certificate_valid_to")[:1]),
        channel=Subquery(channel.order_by("pk").values("kind")[:1]),
        state=state(month),
    ).annotate(
        change=Case(
            When(Q(accrued__isnull=True) & (Q(before__isnull=True) | ~_calculated(month)), then=None),
            default=Coalesce(F("accrued"), NOTHING) - Coalesce(F("before"), NOTHING),
            output_field=DecimalField(max_digits=12, decimal_places=2),
        )
    )
    return known


def state(month: dt.date) -> Case:
    """Return the state of a recipient in the month: the first that is true."""
    rights = Entitlement.objects.filter(recipient=OuterRef("pk"))
    return Case(
        When(has_right(month) & is_dead(), then=Value(DIED)),
        When(has_right(month) & has_open_return(), then=Value(RETURNED)),
        When(has_right(month), then=Value(ACTIVE)),
        When(Exists(rights.filter(valid_from__gte=next_month(month))), then=Value(AWAITED)),
        When(Exists(rights), then=Value(ENDED)),
        default=Value(NONE),
        output_field=CharField(),
    )


def in_state(wanted: str, month: dt.date) -> Q:
    """Keep the recipients in a state; whoever died or has a payment returned is entitled too."""
    rights = Entitlement.objects.filter(recipient=OuterRef("pk"))
    entitled = Q(has_right(month))
    awaits = Q(Exists(rights.filter(valid_from__gte=next_month(month))))
    ever = Q(Exists(rights))
    return {
        ACTIVE: entitled,
        DIED: entitled & Q(is_dead()),
        RETURNED: entitled & Q(has_open_return()),
        AWAITED: ~entitled & awaits,
        ENDED: ~entitled & ~awaits & ever,
        NONE: ~ever,
    }[wanted]


def has_right(month: dt.date) -> Exists:
    """Ask for a right in force on some day of the month."""
    return Exists(Entitlement.objects.touching(month, next_month(month)).filter(recipient=OuterRef("pk")))


def has_category(category: str, month: dt.date) -> Exists:
    """Ask for a right of the category in force on some day of the month."""
    rights = Entitlement.objects.touching(month, next_month(month))
    return Exists(rights.filter(recipient=OuterRef("pk"), category=category))


def has_certificate_ending(day: dt.date) -> Exists:
    """Ask for a right in force whose certificate ends within thirty days from the day."""
    rights = Entitlement.objects.valid_on(day).filter(recipient=OuterRef("pk"))
    return Exists(rights.filter(certificate_valid_to__gte=day, certificate_valid_to__lt=day + SOON))


def has_accrual(month: dt.date) -> Exists:
    """Ask for a sum above nothing in a finished run of the month."""
    sums = Accrual.objects.filter(recipient=OuterRef("pk"), month=month, run__status__in=FINISHED)
    return Exists(sums.filter(accrued__gt=0))


def was_accrued_before(month: dt.date) -> Exists:
    """Ask for an approved accrual of an earlier month: without one a recipient is new (3.13.1 б)."""
    approved = CalculationRun.Status.APPROVED
    return Exists(Accrual.objects.filter(recipient=OuterRef("pk"), month__lt=month, run__status=approved))


def is_paid_by(kind: str, day: dt.date) -> Exists:
    """Ask for a way of payment of this kind on the day."""
    return Exists(PaymentChannel.objects.valid_on(day).filter(recipient=OuterRef("pk"), kind=kind))


def is_billed_by(provider: Any, day: dt.date) -> Exists:
    """Ask for an open account of the provider for the recipient's dwelling on the day."""
    accounts = ServiceAccount.objects.valid_on(day).filter(provider=provider)
    dwellings = SupportedDwelling.objects.valid_on(day).filter(recipient=OuterRef("pk"))
    return Exists(dwellings.filter(dwelling__in=accounts.values("dwelling")))


def is_dead() -> Exists:
    """Ask for a date of death."""
    return Exists(Person.objects.filter(pk=OuterRef("person"), death_date__isnull=False))


def has_open_return() -> Exists:
    """Ask for a payment that came back and is not cleared up yet."""
    returns = ReturnedPayment.objects.filter(outcome=ReturnedPayment.Outcome.OPEN)
    return Exists(returns.filter(line__recipient=OuterRef("pk")))


def sums_of(rows: "QuerySet[Any]", *, month: dt.date) -> dict[str, Decimal]:
    """Return what is accrued to all the recipients in the month, and the difference from the month before, in roubles.

    Districts that have not calculated the month yet are left out of the difference.
    """
    before = shift_month(month, -1)
    ready = CalculationRun.objects.filter(month=month, status__in=FINISHED)
    found = Accrual.objects.filter(
        month__in=(month, before), run__status__in=FINISHED, recipient__in=rows.order_by().values("pk")
    ).aggregate(
        in_month=Sum("accrued", filter=Q(month=month), default=Decimal("0.00")),
        in_month_before=Sum(
            "accrued", filter=Q(month=before, recipient__office__in=ready.values("office")), default=Decimal("0.00")
        ),
    )
    return {"accrued": found["in_month"], "change": found["in_month"] - found["in_month_before"]}


def _calculated(month: dt.date) -> Exists:
    return Exists(CalculationRun.objects.filter(office=OuterRef("office"), month=month, status__in=FINISHED))


def _accrued(month: dt.date) -> Subquery:
    sums = Accrual.objects.filter(recipient=OuterRef("pk"), month=month, run__status__in=FINISHED).order_by()
    return Subquery(sums.values("recipient").annotate(whole=Sum("accrued")).values("whole"))
