"""Whom a run calculates and which months of approved orders it takes: what is still due outlives the right (3.12).

Who has no right in the open month is paid what past months are worth more by the right that ended last. Where they
are worth less there is nothing to take it from: the months wait until they become an overpayment.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from calculations.inputs.bearing import bearing_in, last_rights
from calculations.inputs.ordered_months import ordered_months
from calculations.inputs.past_months import read_past_months
from calculations.models import CalculationRun, RecalculationMonth
from calculations.services.differences import Difference, differences_of, ground_of
from offices.months import next_month
from recipients.models import Entitlement, Recipient


@dataclass(frozen=True, slots=True)
class Taken:
    """The recipients of a chunk, the past months that orders calculate anew, and the ended rights that bear them."""

    recipient_ids: tuple[int, ...]
    ordered: Mapping[dt.date, frozenset[int]]
    ended: frozenset[int]


def recipients_of(run: CalculationRun, /) -> "QuerySet[Recipient]":
    """Return the district's recipients with a right on some day of the month or a month of an approved order."""
    rights = Entitlement.objects.filter(recipient=OuterRef("pk")).touching(run.month, next_month(run.month))
    waiting = RecalculationMonth.objects.waiting().filter(
        order__office_id=run.office_id, month__lt=run.month, recipient=OuterRef("pk")
    )
    found: QuerySet[Recipient] = Recipient.objects.filter(Exists(rights) | Exists(waiting), office=run.office_id)
    return found


def taken_of(*, office_id: int, month: dt.date, recipient_ids: Sequence[int]) -> Taken:
    """Choose what a run of the month takes of these recipients; mostly four queries."""
    ordered = ordered_months(office_id=office_id, month=month, recipient_ids=recipient_ids)
    waiting = {pk for ids in ordered.values() for pk in ids}
    without = waiting - bearing_in(month, waiting)
    last = last_rights(without)
    left = {pk for pk, sum_ in _differences(office_id, month, without, ordered).items() if sum_ < 0} | (
        without - {*last}
    )
    ended = frozenset(last[pk] for pk in without - left)
    rights = Entitlement.objects.filter(recipient_id__in=recipient_ids).touching(month, next_month(month))
    read = set(rights.values_list("recipient_id", flat=True)) | (without - left)
    return Taken(
        recipient_ids=tuple(pk for pk in recipient_ids if pk in read),
        ordered={past: ids - left for past, ids in ordered.items() if ids - left},
        ended=ended,
    )


def _differences(
    office_id: int, month: dt.date, recipient_ids: set[int], ordered: Mapping[dt.date, frozenset[int]]
) -> dict[int, Decimal]:
    """Sum what the past months of recipients are worth more than was accrued, in roubles."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    if recipient_ids:
        for past in read_past_months(
            office_id=office_id, month=month, recipient_ids=sorted(recipient_ids), ordered=ordered
        ):
            for found in differences_of(ground_of(past)):
                if isinstance(found, Difference):
                    sums[found.recipient_id] += found.difference
    return sums
