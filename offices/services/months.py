"""Opening and closing a month billed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from offices import partitions
from offices.models import BillingMonth, Staff
from offices.refusals import Refusal


class MonthNotOpen(Refusal):
    """The month was never opened, or is closed."""


class MonthNotReady(Refusal):
    """Something on the closing checklist is not done."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that must be done before a month is closed, and what is missing."""

    title: str
    missing: Sequence[str]

    @property
    def is_done(self) -> bool:
        return not self.missing


@transaction.atomic
def open_month(*, month: dt.date, by: Staff, at: dt.datetime) -> BillingMonth:
    """Open a month billed and make its leaves; opening it again changes nothing."""
    row, _ = BillingMonth.objects.get_or_create(month=month, defaults={"opened_at": at, "opened_by": by})
    partitions.open_leaves(month)
    return row


@transaction.atomic
def close_month(*, month: dt.date, checklist: Sequence[ChecklistItem], by: Staff, at: dt.datetime) -> BillingMonth:
    """Close a month for good: nothing of it changes afterwards.

    The checklist is the answer of the upper floors (`workplace.services.closing`).
    Raises MonthNotOpen, and MonthNotReady naming what is not done.
    """
    row = BillingMonth.objects.select_for_update(of=("self",)).filter(month=month).first()
    if row is None or row.closed_at is not None:
        raise MonthNotOpen(f"Месяц {month:%m.%Y} не открыт.")
    undone = [f"{item.title}: {', '.join(item.missing[:5])}" for item in checklist if not item.is_done]
    if undone:
        raise MonthNotReady("Месяц нельзя закрыть. " + "; ".join(undone))
    row.closed_at, row.closed_by = at, by
    row.save(update_fields=["closed_at", "closed_by"])
    return row


def require_open(month: dt.date, /) -> None:
    """Raise MonthNotOpen unless the month is open now."""
    if not BillingMonth.objects.filter(month=month, closed_at__isnull=True).exists():
        raise MonthNotOpen(f"Месяц {month:%m.%Y} не открыт.")
