"""Past months with the difference by service, ready for a table: of a change that is shown, or of an order."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from calculations.inputs.differences import ZERO, MonthDifference, services_seen
from calculations.models import CalculationRun, Recalculation, RecalculationMonth
from providers.models import Service, ServiceAccount
from recipients.models import Recipient


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service of a month, in roubles; `account` names the provider and its account."""

    title: str
    account: str
    accrued: Decimal
    recalculated: Decimal

    @property
    def difference(self) -> Decimal:
        return self.recalculated - self.accrued


@dataclass(frozen=True, slots=True)
class MonthRows:
    """A past month of a recipient; `note` tells of its run what a reader must know."""

    month: dt.date
    services: tuple[ServiceRow, ...]
    note: str

    @property
    def accrued(self) -> Decimal:
        return sum((row.accrued for row in self.services), ZERO)

    @property
    def recalculated(self) -> Decimal:
        return sum((row.recalculated for row in self.services), ZERO)

    @property
    def difference(self) -> Decimal:
        return self.recalculated - self.accrued


@dataclass(frozen=True, slots=True)
class RecipientMonths:
    """The months of one recipient."""

    recipient: Recipient
    months: tuple[MonthRows, ...]

    @property
    def accrued(self) -> Decimal:
        return sum((row.accrued for row in self.months), ZERO)

    @property
    def recalculated(self) -> Decimal:
        return sum((row.recalculated for row in self.months), ZERO)

    @property
    def difference(self) -> Decimal:
        return self.recalculated - self.accrued


def foreseen_rows(months: Iterable[MonthDifference]) -> tuple[RecipientMonths, ...]:
    """Dress the months of a change that is shown before saving, by recipient; four queries."""
    months = tuple(months)
    recipients = _recipients({one.recipient_id for one in months})
    runs = CalculationRun.objects.filter(
        office__in={one.office_id for one in recipients.values()},
        month__in={one.month for one in months},
        status__in=(CalculationRun.Status.CALCULATED, CalculationRun.Status.SUBMITTED),
    )
    unapproved = set(runs.values_list("office_id", "month"))
    notes = {
        (one.recipient_id, one.month): "расчёт за этот месяц ещё не утверждён"
        for one in months
        if (recipients[one.recipient_id].office_id, one.month) in unapproved
    }
    return _grouped(months, recipients, notes)


def replaced_by(months: Iterable[MonthDifference]) -> tuple[int, ...]:
    """Return the numbers of the open orders that an order of these months would replace; one query."""
    wanted = Q(pk__in=[])
    for one in months:
        wanted |= Q(recipient=one.recipient_id, month=one.month)
    rows = RecalculationMonth.objects.filter(wanted, is_open=True)
    return tuple(rows.order_by("order__number").values_list("order__number", flat=True).distinct())


def order_rows(order: Recalculation, *, most: int) -> tuple[RecipientMonths, ...]:
    """Dress the months of an order, by recipient: those of the first `most` recipients; four queries."""
    first = order.months.order_by("recipient_id").values("recipient_id").distinct()[:most]
    rows = list(order.months.filter(recipient__in=first).select_related("run").order_by("recipient_id", "month"))
    months = [MonthDifference(row.recipient_id, row.month, services_seen(row.services)) for row in rows]
    notes = {(row.recipient_id, row.month): _run_of(row) for row in rows}
    return _grouped(months, _recipients({row.recipient_id for row in rows}), notes)


def _run_of(row: RecalculationMonth) -> str:
    run = row.run
    if run is None or run.status in (CalculationRun.Status.RETURNED, CalculationRun.Status.DISCARDED):
        return ""
    return f"вошёл в расчёт за {run.month:%m.%Y} № {run.number} ({run.get_status_display()})"


def _recipients(ids: set[int]) -> dict[int, Recipient]:
    found: dict[int, Recipient] = Recipient.objects.select_related("person").in_bulk(ids)
    return found


def _grouped(
    months: Sequence[MonthDifference], recipients: dict[int, Recipient], notes: dict[tuple[int, dt.date], str]
) -> tuple[RecipientMonths, ...]:
    titles = dict(Service.objects.values_list("code", "name"))
    accounts = {
        row.pk: f"{row.provider.short_name}, счёт {row.number}"
        for row in ServiceAccount.objects.filter(
            pk__in={service.account_id for one in months for service in one.services}
        ).select_related("provider")
    }
    grouped: dict[int, list[MonthRows]] = defaultdict(list)
    for one in months:
        services = tuple(
            ServiceRow(titles[each.service], accounts[each.account_id], each.accrued, each.recalculated)
            for each in one.services
        )
        note = notes.get((one.recipient_id, one.month), "")
        grouped[one.recipient_id].append(MonthRows(one.month, services, note))
    return tuple(RecipientMonths(recipients[pk], tuple(rows)) for pk, rows in grouped.items())
