"""What makes past months of recipients be calculated anew: late answers, providers' recalculations, our own orders."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from calculations.inputs.facts import Bill, Told
from calculations.inputs.reading import BILL_COLUMNS, bill_of
from calculations.rules.corrections import Ground
from providers.models import Charge

Ordered = Mapping[dt.date, Collection[int]]
"""Past month -> the recipients whose whole month an approved order calculates anew."""
NOBODY: Final[Ordered] = {}


@dataclass(slots=True)
class Touch:
    """What came in the open month about one recipient's past month.

    `late` are charges that bill the past month, `told` charges that tell a recalculation of it; ids. An order touches
    every service.
    """

    late: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    is_ordered: bool = False

    def grounds(self, bills: Iterable[Bill]) -> tuple[Ground, ...]:
        """Tell why the service of these bills is calculated anew; empty where nothing came about it."""
        bills = tuple(bills)
        found = {
            Ground.LATE: any(bill.id in self.late for bill in bills),
            Ground.TOLD: any(told.charge_id in self.told for bill in bills for told in bill.told),
            Ground.ORDERED: self.is_ordered,
        }
        return tuple(ground for ground, is_one in found.items() if is_one)


@dataclass(frozen=True, slots=True)
class Recalculation:
    """A recalculation as a charge tells it, in signed roubles; `of` is that charge as a bill.

    `counts_for` is the past month that is recalculated, None where the charge names none.
    """

    of: Bill
    roubles: Decimal
    counts_for: dt.date | None

    def told(self) -> Told:
        return Told(self.of.id, self.roubles, self.of.origin)


def touches_of(
    *, office_id: int, month: dt.date, recipient_ids: Collection[int], ordered: Ordered = NOBODY
) -> dict[dt.date, dict[int, Touch]]:
    """Return what in the open `month` touches past months: by past month and recipient, the earliest month first.

    One query; a month that several grounds touch stands once.
    """
    found: dict[dt.date, dict[int, Touch]] = defaultdict(lambda: defaultdict(Touch))
    charges = _standing(Charge.objects.filter(office_id=office_id, month=month, recipient_id__in=recipient_ids))
    rows: Iterable[tuple[Any, ...]] = charges.filter(Q(billed_for__isnull=False) | ~Q(adjustment=0)).values_list(
        "pk", "recipient_id", "billed_for", "adjustment", "adjustment_month"
    )
    for pk, recipient_id, billed_for, adjustment, adjustment_month in rows:
        if billed_for is not None:
            found[billed_for][recipient_id].late.add(pk)
        if adjustment and adjustment_month is not None and adjustment_month < month:
            found[adjustment_month][recipient_id].told.add(pk)
    for past, recipients in ordered.items():
        for recipient_id in sorted(set(recipients) & set(recipient_ids)):
            found[past][recipient_id].is_ordered = True
    return {past: dict(found[past]) for past in sorted(found)}


def told_about(
    past: dt.date, *, month: dt.date, office_id: int, recipient_ids: Collection[int]
) -> dict[int, list[Recalculation]]:
    """Return by recipient what all charges accepted up to `month` told of a past month, in their order.

    Of a recipient who moved the former office's earlier charges count too; what it accepts now is its own run's.
    """
    charges = Charge.objects.filter(
        Q(month__lt=month) | Q(office_id=office_id),
        recipient_id__in=recipient_ids,
        month__gt=past,
        month__lte=month,
        adjustment_month=past,
    )
    return _recalculations(charges)


def told_without_month(
    *, office_id: int, month: dt.date, recipient_ids: Collection[int]
) -> dict[int, list[Recalculation]]:
    """Return by recipient the recalculations of the open month that name no past month."""
    charges = Charge.objects.filter(office_id=office_id, month=month, recipient_id__in=recipient_ids)
    return _recalculations(charges.filter(Q(adjustment_month__isnull=True) | Q(adjustment_month__gte=month)))


def _recalculations(charges: QuerySet[Charge]) -> dict[int, list[Recalculation]]:
    found: dict[int, list[Recalculation]] = defaultdict(list)
    rows: Iterable[tuple[Any, ...]] = (
        _standing(charges.exclude(adjustment=0))
        .order_by("month", "number", "pk")
        .values_list(*BILL_COLUMNS, "adjustment", "adjustment_month", "month")
    )
    for *columns, adjustment, counts_for, told_in in rows:
        bill = bill_of(columns)
        is_past = counts_for is not None and counts_for < told_in
        found[bill.recipient_id].append(Recalculation(bill, adjustment, counts_for if is_past else None))
    return found


def _standing(charges: QuerySet[Charge]) -> QuerySet[Charge]:
    """Leave out charges that a further number of the same month corrects."""
    later = Charge.objects.annotate(bills=Coalesce("billed_for", "month")).filter(
        month=OuterRef("month"),
        recipient=OuterRef("recipient"),
        account=OuterRef("account"),
        service=OuterRef("service"),
        bills=OuterRef("bills"),
        number__gt=OuterRef("number"),
    )
    standing: QuerySet[Charge] = charges.annotate(bills=Coalesce(F("billed_for"), F("month"))).filter(~Exists(later))
    return standing
