"""The list of deceased recipients: what they did not receive, until when it is claimed, what became of it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from calculations.models import Accrual, CalculationRun
from offices.frame import Frame
from payments.models import CancelledAccrual, HeirClaim, HeirDecision, HeirPart, PaymentLine
from payments.selectors.after_death import SPENT, unpaid_after_death
from payments.selectors.claims import last_days_to_claim
from payments.selectors.heirs import UnreceivedAccrual, unreceived_by_recipient
from recipients.models import Application, Recipient

ZERO = Decimal("0.00")
CLAIMED, NOT_CLAIMED, PREPARED, DECIDED, PAID, OVER, NOTHING = (
    "claimed", "waiting", "prepared", "decided", "paid", "over", "nothing",
)  # fmt: skip
"""States: a claim waits for a decision; nobody claimed; decisions wait for the head; decided; all is paid; the term
is over and nobody claimed; nothing was left unpaid."""


@dataclass(frozen=True, slots=True)
class DeceasedRow:
    """A deceased recipient, sums in roubles. `days_left` of the term is negative once it is over.

    `unpaid` is in no confirmed decision; `decided` is in confirmed ones and not paid yet; `after` was accrued for
    months after the death and is neither cancelled nor returned.
    """

    pk: int
    name: str
    district: str
    case_number: str
    died_on: dt.date
    term_ends_on: dt.date
    days_left: int
    unpaid: Decimal
    claims: int
    decided: Decimal
    paid: Decimal
    after: Decimal
    state: str


def deceased_rows(frame: Frame) -> list[DeceasedRow]:
    """List the dead whom somebody has to do with, the latest deaths first: six queries, however many they are."""
    found = list(_deceased(frame))
    ids = [recipient.pk for recipient in found]
    deaths = {one.person.death_date for one in found if one.person.death_date}
    ends, unreceived = last_days_to_claim(deaths), unreceived_by_recipient(ids)
    claims, parts, after = _claims(ids), _parts(ids), _after(ids)
    rows = []
    for one in found:
        died_on = one.person.death_date
        assert died_on is not None, "only the dead are listed"
        given = parts.get(one.pk, {})
        unpaid = _undecided(unreceived[one.pk])
        rows.append(
            DeceasedRow(
                pk=one.pk,
                name=one.person.full_name,
                district=one.office.district.name if one.office.district else one.office.name,
                case_number=one.case_number,
                died_on=died_on,
                term_ends_on=ends[died_on],
                days_left=(ends[died_on] - frame.on).days,
                unpaid=unpaid,
                claims=claims.get(one.pk, 0),
                decided=given.get(DECIDED, ZERO) - given.get(PAID, ZERO),
                paid=given.get(PAID, ZERO),
                after=after.get(one.pk, ZERO),
                state=_state(unpaid, claims.get(one.pk, 0), given, is_over=ends[died_on] < frame.on),
            )
        )
    return rows


def _deceased(frame: Frame) -> Any:
    whole = PaymentLine.objects.filter(accrual=OuterRef("pk"), heir_part__isnull=True)
    mine = Accrual.objects.filter(recipient=OuterRef("pk"), accrued__gt=0, run__status=CalculationRun.Status.APPROVED)
    unpaid = mine.filter(~Exists(whole.exclude(status=PaymentLine.Status.RETURNED)))
    spent = mine.filter(Exists(whole.filter(status__in=SPENT)), month__gt=OuterRef("person__death_date"))
    claimed = HeirClaim.objects.filter(recipient=OuterRef("pk"))
    return (
        frame.seen(Recipient.objects.all())
        .filter(Exists(unpaid) | Exists(spent) | Exists(claimed), person__death_date__isnull=False)
        .select_related("person", "office__district")
        .order_by("-person__death_date", "pk")
    )


def _undecided(accruals: Collection[UnreceivedAccrual]) -> Decimal:
    return sum((one.undecided for one in accruals), ZERO)


def _claims(ids: Collection[int]) -> dict[int, int]:
    refused = Application.Status.REFUSED
    rows = HeirClaim.objects.filter(recipient__in=ids).exclude(application__status=refused)
    return dict(rows.values_list("recipient").annotate(count=Count("pk")).order_by("recipient"))


def _parts(ids: Collection[int]) -> dict[int, dict[str, Decimal]]:
    """Sum the parts of decisions by recipient: prepared, decided, and paid of the decided."""
    live = HeirDecision.Status
    paid = PaymentLine.objects.filter(heir_part=OuterRef("pk"), status=PaymentLine.Status.PAID)
    rows = (
        HeirPart.objects.filter(decision__recipient__in=ids)
        .annotate(is_paid=Exists(paid))
        .values("decision__recipient")
        .annotate(
            prepared=Sum("payable", filter=Q(decision__status=live.PREPARED), default=ZERO),
            decided=Sum("payable", filter=Q(decision__status=live.CONFIRMED), default=ZERO),
            paid=Sum("payable", filter=Q(is_paid=True), default=ZERO),
        )
        .order_by("decision__recipient")
    )
    return {
        row["decision__recipient"]: {PREPARED: row["prepared"], DECIDED: row["decided"], PAID: row["paid"]}
        for row in rows
    }


def _after(ids: Collection[int]) -> dict[int, Decimal]:
    """Sum what was accrued for months after the death: unpaid and not cancelled, or spent and not returned."""
    sums: dict[int, Decimal] = {}
    spent = PaymentLine.objects.filter(
        recipient__in=ids,
        status__in=SPENT,
        heir_part__isnull=True,
        recipient__person__death_date__lt=F("accrual__month"),
    )
    unpaid = unpaid_after_death(ids).order_by().values_list("recipient_id", "accrued")
    for recipient, roubles in unpaid.union(spent.values_list("recipient_id", "payable"), all=True):
        sums[recipient] = sums.get(recipient, ZERO) + roubles
    return sums


def _state(unpaid: Decimal, claims: int, given: dict[str, Decimal], *, is_over: bool) -> str:
    decided, paid = given.get(DECIDED, ZERO), given.get(PAID, ZERO)
    if given.get(PREPARED):
        return PREPARED
    if unpaid and claims:
        return CLAIMED
    if unpaid:
        return OVER if is_over else NOT_CLAIMED
    if decided > paid:
        return DECIDED
    return PAID if paid else NOTHING


def cancelled_of(recipient: Recipient) -> Any:
    """Return what was cancelled after the recipient's death, by month."""
    rows = CancelledAccrual.objects.filter(recipient=recipient).select_related("accrual", "cancelled_by")
    return rows.order_by("accrual__month", "pk")
