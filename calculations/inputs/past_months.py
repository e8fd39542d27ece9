"""What came late about earlier months: their bills as they stand now, and what was accrued for them before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Q

from calculations.inputs.facts import Bill
from calculations.inputs.reading import Chunk, bills_of, read_recipients
from calculations.models import AccrualLine, CalculationRun
from providers.models import Charge

Key = tuple[int, int, str]
"""Right, account, service."""


@dataclass(frozen=True, slots=True)
class AccruedBefore:
    """What approved runs accrued for a line of a past month, in roubles; `line_id` is that month's own line."""

    roubles: Decimal = Decimal("0.00")
    line_id: int | None = None


NOTHING: Final = AccruedBefore()


@dataclass(frozen=True, slots=True)
class PastMonth:
    """A past month of some recipients, their bills as the late answers leave them.

    `late` are the charges accepted in the open month, `accrued` what was accrued before by right, account and service.
    """

    month: dt.date
    chunk: Chunk
    late: frozenset[int]
    accrued: Mapping[Key, AccruedBefore]


def read_past_months(*, office_id: int, month: dt.date, recipient_ids: Sequence[int]) -> list[PastMonth]:
    """Read the past months that charges accepted in the open `month` bill, the earliest first.

    One query where nothing came late; otherwise a fixed number for each past month.
    """
    charges = Charge.objects.filter(office_id=office_id, month=month, billed_for__isnull=False)
    late: dict[dt.date, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = charges.filter(recipient_id__in=recipient_ids).values_list("billed_for", "recipient_id", "pk")
    for past, recipient_id, pk in rows:
        assert past is not None, "only late charges are read"
        late[past][recipient_id].add(pk)
    return [_past_month(office_id, month, past, late[past]) for past in sorted(late)]


def _past_month(office_id: int, month: dt.date, past: dt.date, late: Mapping[int, set[int]]) -> PastMonth:
    recipient_ids = sorted(late)
    charges = Charge.objects.billing(past).filter(office_id=office_id, recipient_id__in=recipient_ids, month__lte=month)
    bills = bills_of(charges.order_by("month", "number", "pk"))
    return PastMonth(
        month=past,
        chunk=read_recipients(
            month=past,
            recipient_ids=recipient_ids,
            bills={pk: _standing(found) for pk, found in bills.items()},
        ),
        late=frozenset(pk for own in late.values() for pk in own),
        accrued=_accrued(month, past, recipient_ids),
    )


def _standing(bills: Iterable[Bill]) -> list[Bill]:
    """Keep the last accepted bill of each account and service."""
    return list({(bill.account_id, bill.service): bill for bill in bills}.values())


def _accrued(month: dt.date, past: dt.date, recipient_ids: Sequence[int]) -> dict[Key, AccruedBefore]:
    own = Q(month=past, corrects_month__isnull=True)
    later = Q(month__gt=past, month__lt=month, corrects_month=past)
    lines = AccrualLine.objects.filter(
        own | later, recipient_id__in=recipient_ids, run__status=CalculationRun.Status.APPROVED
    )
    facts = lines.order_by("month", "pk").values_list(
        "pk", "corrects_month", "account_id", "service_id", "accrued", "accrual__entitlement_id",
        "inputs__correction__right",
    )  # fmt: skip
    found: dict[Key, AccruedBefore] = {}
    for pk, corrects_month, account_id, service_id, accrued, right_id, corrected_right in facts:
        is_own = corrects_month is None
        key = (right_id if is_own else int(corrected_right), account_id, service_id)
        before = found.get(key, NOTHING)
        found[key] = AccruedBefore(before.roubles + accrued, pk if is_own else before.line_id)
    return found
