"""Past months calculated anew: their bills as they stand now, and what was accrued for them before."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from calculations.inputs.facts import Bill
from calculations.inputs.reading import Chunk, bills_of, read_recipients
from calculations.inputs.touched import NOBODY, Ordered, Recalculation, Touch, told_about, touches_of
from calculations.models import AccrualLine, CalculationRun
from calculations.rules.corrections import WITHOUT_MONTH
from providers.models import Charge
from recipients.models import Entitlement

Status = CalculationRun.Status
Key = tuple[int, int, str]
"""Ground person of the right, account, service: a right that follows another of the same person goes on with it."""
APPROVED: Final = (Status.APPROVED,)


@dataclass(frozen=True, slots=True)
class FormerLine:
    """The last line of a past month's service: what it was made of, and whose right it was."""

    right_id: int
    charge_ids: tuple[int, ...]
    billed: Decimal
    tariff_id: int | None
    norm_id: int | None
    inputs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AccruedBefore:
    """What runs accrued for a service of a past month, in roubles; `line_id` is that month's own line."""

    roubles: Decimal = Decimal("0.00")
    line_id: int | None = None
    last: FormerLine | None = None


NOTHING: Final = AccruedBefore()


@dataclass(frozen=True, slots=True)
class PastMonth:
    """A past month of some recipients, with the bills as everything accepted until now leaves them.

    By recipient: `touched` why the month is calculated anew, `accrued` what was accrued before, `superseded` late bills
    that a further one replaced.
    """

    month: dt.date
    chunk: Chunk
    touched: Mapping[int, Touch]
    accrued: Mapping[int, Mapping[Key, AccruedBefore]]
    superseded: Mapping[int, tuple[Bill, ...]]


def read_past_months(
    *,
    office_id: int,
    month: dt.date,
    recipient_ids: Sequence[int],
    ordered: Ordered = NOBODY,
    counted: Collection[str] = APPROVED,
) -> list[PastMonth]:
    """Read the past months of recipients that something of the open `month` touches, the earliest first.

    `ordered` are months of our own approved orders. `counted` are the states of runs whose lines count as accrued.
    One query where nothing is touched; otherwise a fixed number for each past month.
    """
    touches = touches_of(office_id=office_id, month=month, recipient_ids=recipient_ids, ordered=ordered)
    return [_past_month(office_id, month, past, touched, counted) for past, touched in touches.items()]


def _past_month(
    office_id: int, month: dt.date, past: dt.date, touched: Mapping[int, Touch], counted: Collection[str]
) -> PastMonth:
    recipient_ids = sorted(touched)
    charges = Charge.objects.billing(past).filter(
        Q(month__lt=month) | Q(office_id=office_id), recipient_id__in=recipient_ids, month__lte=month
    )
    found = bills_of(charges.order_by("month", "number", "pk"))
    told = told_about(past, month=month, office_id=office_id, recipient_ids=recipient_ids)
    standing = {pk: _standing(found.get(pk, ()), told.get(pk, ())) for pk in recipient_ids}
    kept = {bill.id for bills in standing.values() for bill in bills}
    return PastMonth(
        month=past,
        chunk=read_recipients(month=past, recipient_ids=recipient_ids, bills=standing),
        touched=touched,
        accrued=_accrued(month, past, recipient_ids, counted),
        superseded={
            pk: tuple(bill for bill in found.get(pk, ()) if bill.id in touched[pk].late and bill.id not in kept)
            for pk in recipient_ids
        },
    )


def _standing(bills: Iterable[Bill], told: Iterable[Recalculation]) -> list[Bill]:
    """Keep the last accepted bill of each account and service, with all that was told of it.

    What is told of a service that was not billed is a bill of nothing with that recalculation.
    """
    last = {(bill.account_id, bill.service): bill for bill in bills}
    for one in told:
        key = one.of.account_id, one.of.service
        bill = last.get(key) or replace(one.of, billed=Decimal(0), quantity=Decimal(0), tariff=None)
        last[key] = replace(bill, told=(*bill.told, one.told()))
    return list(last.values())


def _accrued(
    month: dt.date, past: dt.date, recipient_ids: Sequence[int], counted: Collection[str]
) -> dict[int, dict[Key, AccruedBefore]]:
    own = Q(month=past, corrects_month__isnull=True)
    later = Q(month__gt=past, month__lt=month, corrects_month=past)
    lines = AccrualLine.objects.filter(
        own | later, recipient_id__in=recipient_ids, run__status__in=counted, account__isnull=False
    ).exclude(rule=WITHOUT_MONTH.name)
    rows: list[tuple[Any, ...]] = list(
        lines.order_by("month", "pk").values_list(
            "pk", "recipient_id", "corrects_month", "account_id", "service_id", "accrued", "accrual__entitlement_id",
            "charge_ids", "billed", "tariff_id", "norm_id", "inputs",
        )
    )  # fmt: skip
    rights = [_right_of(row) for row in rows]
    persons = dict(Entitlement.objects.filter(pk__in=set(rights)).values_list("pk", "disabled_person_id"))
    found: dict[int, dict[Key, AccruedBefore]] = {pk: {} for pk in recipient_ids}
    for right_id, row in zip(rights, rows, strict=True):
        pk, recipient_id, corrects_month, account_id, service_id, accrued, _, charge_ids, *rest = row
        key = (persons[right_id], account_id, service_id)
        before = found[recipient_id].get(key, NOTHING)
        found[recipient_id][key] = AccruedBefore(
            roubles=before.roubles + accrued,
            line_id=pk if corrects_month is None else before.line_id,
            last=FormerLine(right_id, tuple(charge_ids), *rest),
        )
    return found


def _right_of(row: tuple[Any, ...]) -> int:
    """Return the right that a line is of: of a correction not the one that bears it."""
    corrects_month, bearer, inputs = row[2], row[6], row[-1]
    return bearer if corrects_month is None else int(inputs["correction"]["right"])
