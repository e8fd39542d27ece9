"""Orders of recalculation: prepared with the difference that was seen, approved by another, taken by a run (3.12).

Source: Regulation 369 of 30.10.2007, items 3.3 and 3.12; dossier 1.2, item 6.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Max, Min, Q

from calculations.inputs.differences import ZERO, MonthDifference, services_seen, to_json
from calculations.models import Recalculation, RecalculationMonth
from calculations.models.recalculations import FREED_BY
from calculations.services.accrued_months import worth_now
from offices import journal
from offices.models import JournalEntry, Office, Staff
from offices.money import format_amount
from offices.months import month_name
from offices.refusals import Refusal
from recipients.models import Recipient
from recipients.services import own_case

ITEM: Final = "3.12"
Status = Recalculation.Status
Cause = Recalculation.Cause
OF_DIRECTORIES: Final = (Cause.TARIFF, Cause.NORM, Cause.PARAMETER)


class NothingToRecalculate(Refusal):
    """No month differs, so there is nothing to order."""


class RecalculationIncomplete(Refusal):
    """An order does not say what changed or by which document, or a refusal does not say why."""


class RecalculationDecided(Refusal):
    """The order was approved, refused or replaced before."""


class OwnRecalculation(Refusal):
    """Who prepared an order does not decide on it."""


class MonthIsBeingPaid(Refusal):
    """A run that is not approved yet has taken a month of an earlier order."""


class DifferenceIsStale(Refusal):
    """While an order waited, its months came to be worth something else than was seen."""


@transaction.atomic
def prepare_recalculation(
    *,
    office: Office,
    cause: str,
    changed_from: dt.date,
    what: str,
    document: str,
    months: Sequence[MonthDifference],
    by: Staff,
    at: dt.datetime,
    instead_of: Recalculation | None = None,
) -> Recalculation:
    """Order that past months of an office's recipients be calculated anew; another person approves it.

    An open order that holds one of the months is replaced: its other months go on in the new one as they were seen,
    except those of `instead_of`, which is replaced as a whole.
    Raises RecalculationIncomplete, NothingToRecalculate, MonthIsBeingPaid, OwnCase.
    """
    if not what.strip() or not document.strip():
        raise RecalculationIncomplete("Укажите, что изменилось и каким документом это подтверждено.")
    if not months:
        raise NothingToRecalculate("В прошлых месяцах ничего не меняется: пересчитывать нечего.")
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    _require_stranger(by, cause, {one.recipient_id for one in months})
    former = _open_orders(months, instead_of)
    last = Recalculation.objects.filter(office=office).aggregate(last=Max("number"))["last"] or 0
    order: Recalculation = Recalculation(
        office=office,
        number=last + 1,
        cause=cause,
        changed_from=changed_from,
        what=what.strip(),
        document=document.strip(),
        prepared_at=at,
        prepared_by=by,
    )
    order.save()
    kept = _replaced(former, order, months, instead_of)
    RecalculationMonth.objects.bulk_create([_row(order, one) for one in (*months, *kept)], batch_size=1_000)
    _journal(order, "перерасчёт подготовлен", roubles=sum((one.difference for one in months), ZERO), by=by, at=at)
    return order


@transaction.atomic
def approve_recalculation(*, order_id: int, by: Staff, at: dt.datetime) -> Recalculation:
    """Approve an order: the district's next run takes its months.

    What is approved is what was seen: the months are calculated once more.
    Raises RecalculationDecided, OwnRecalculation, OwnCase, DifferenceIsStale, RunIsBeingCalculated.
    """
    order = _decide(order_id, Status.APPROVED, by=by, at=at)
    seen = {(one.recipient_id, one.month): one.services for one in map(_seen, order.months.all())}
    now = {(one.recipient_id, one.month): one.services for one in _worth_of(order)}
    if other := sorted(key for key in seen if now.get(key, ()) != seen[key]):
        months = ", ".join(dict.fromkeys(month_name(month) for _, month in sorted(other, key=lambda key: key[1])))
        raise DifferenceIsStale(
            f"Перерасчёт № {order.number}: с тех пор как его подготовили, разница стала другой ({months}). "
            "Нажмите «Пересчитать разницу»: новый перерасчёт заменит этот."
        )
    return order


@transaction.atomic
def recount_recalculation(*, order_id: int, by: Staff, at: dt.datetime) -> Recalculation:
    """Prepare an order anew by what its months are worth now; it replaces the former, another person approves it.

    Raises RecalculationDecided, NothingToRecalculate, MonthIsBeingPaid, OwnCase, RunIsBeingCalculated.
    """
    former: Recalculation = (
        Recalculation.objects.select_for_update(of=("self",)).select_related("office").get(pk=order_id)
    )
    if former.status != Status.PREPARED:
        raise RecalculationDecided(f"Перерасчёт № {former.number}: {former.get_status_display()}, решение уже есть.")
    months = _worth_of(former)
    if not months:
        raise NothingToRecalculate(
            f"Перерасчёт № {former.number}: разницы в прошлых месяцах больше нет. Отклоните его с этой причиной."
        )
    return prepare_recalculation(
        office=former.office,
        cause=former.cause,
        changed_from=former.changed_from,
        what=former.what,
        document=former.document,
        months=months,
        by=by,
        at=at,
        instead_of=former,
    )


@transaction.atomic
def refuse_recalculation(*, order_id: int, reason: str, by: Staff, at: dt.datetime) -> Recalculation:
    """Refuse an order: the fact stays, the past months stay as they were accrued.

    Raises RecalculationIncomplete, RecalculationDecided, OwnRecalculation, OwnCase.
    """
    if not reason.strip():
        raise RecalculationIncomplete("Укажите, почему перерасчёт отклоняется.")
    return _decide(order_id, Status.REFUSED, reason=reason.strip(), by=by, at=at)


def _require_stranger(by: Staff, cause: str, recipient_ids: Iterable[int]) -> None:
    """Raise OwnCase where the order is about the member of staff; what concerns everybody is nobody's own case."""
    if cause not in OF_DIRECTORIES:
        rows = Recipient.objects.filter(pk__in=set(recipient_ids)).select_related("person")
        own_case.require_stranger(by=by, persons=[row.person for row in rows])


def _worth_of(order: Recalculation) -> tuple[MonthDifference, ...]:
    """Return what the accrued months of an order's recipients are worth now, from the day of the change on."""
    ids = sorted(set(order.months.values_list("recipient_id", flat=True)))
    first = order.months.aggregate(first=Min("month"))["first"]
    since = min(order.changed_from, first)
    return worth_now(office_id=order.office_id, recipient_ids=ids, since=since).months


def _open_orders(months: Sequence[MonthDifference], instead_of: Recalculation | None) -> list[Recalculation]:
    """Return the open orders that hold one of the months, and the one that is replaced as a whole, locked."""
    wanted: dict[dt.date, set[int]] = {}
    for one in months:
        wanted.setdefault(one.month, set()).add(one.recipient_id)
    held = Q(pk__in=[])
    for month, recipient_ids in wanted.items():
        held |= Q(month=month, recipient_id__in=recipient_ids)
    ids = RecalculationMonth.objects.filter(held, is_open=True).values("order_id")
    named = Q(pk__in=ids) if instead_of is None else Q(pk__in=ids) | Q(pk=instead_of.pk)
    return list(Recalculation.objects.select_for_update(of=("self",)).filter(named).order_by("pk"))


def _replaced(
    former: Iterable[Recalculation],
    order: Recalculation,
    months: Sequence[MonthDifference],
    instead_of: Recalculation | None,
) -> list[MonthDifference]:
    """Close the former orders by the new one and return those of their months that it does not hold itself."""
    own = {(one.recipient_id, one.month) for one in months}
    kept = []
    for one in former:
        rows = list(one.months.select_related("run").order_by("pk"))
        if any(row.run is not None and row.run.status not in FREED_BY for row in rows):
            raise MonthIsBeingPaid(
                f"Перерасчёт № {one.number} уже вошёл в расчёт, который ещё не утверждён или утверждён не для всех "
                "месяцев. Дождитесь его утверждения и внесите изменение после него."
            )
        one.status, one.replaced_by = Status.REPLACED, order
        one.save(update_fields=["status", "replaced_by"])
        if one != instead_of:
            kept += [_seen(row) for row in rows if row.is_open and (row.recipient_id, row.month) not in own]
    return kept


def _row(order: Recalculation, one: MonthDifference) -> RecalculationMonth:
    return RecalculationMonth(
        order=order,
        recipient_id=one.recipient_id,
        month=one.month,
        accrued=one.accrued,
        recalculated=one.recalculated,
        services=to_json(one.services),
    )


def _seen(row: RecalculationMonth) -> MonthDifference:
    return MonthDifference(recipient_id=row.recipient_id, month=row.month, services=services_seen(row.services))


def _decide(order_id: int, status: str, *, reason: str = "", by: Staff, at: dt.datetime) -> Recalculation:
    order: Recalculation = (
        Recalculation.objects.select_for_update(of=("self",)).select_related("office").get(pk=order_id)
    )
    if order.status != Status.PREPARED:
        raise RecalculationDecided(f"Перерасчёт № {order.number}: {order.get_status_display()}, решение уже есть.")
    if order.prepared_by_id == by.pk:
        raise OwnRecalculation(
            f"Перерасчёт № {order.number} подготовили вы сами: его утверждает или отклоняет другой сотрудник."
        )
    _require_stranger(by, order.cause, order.months.values_list("recipient_id", flat=True))
    order.status, order.refusal_reason, order.decided_at, order.decided_by = status, reason, at, by
    order.save(update_fields=["status", "refusal_reason", "decided_at", "decided_by"])
    sums = [row.recalculated - row.accrued for row in order.months.all()]
    event = "перерасчёт утверждён" if status == Status.APPROVED else "перерасчёт отклонён"
    _journal(order, event, roubles=sum(sums, ZERO), by=by, at=at, note=reason)
    return order


def _journal(order: Recalculation, event: str, *, roubles: Decimal, by: Staff, at: dt.datetime, note: str = "") -> None:
    told = f"{order}: {order.what}, разница {format_amount(roubles)} руб." + (f" {note}" if note else "")
    paper = journal.Paper(subject=told[:300], item=ITEM, way=JournalEntry.Way.PAPER)
    journal.record(office=order.office, event=event, paper=paper, by=by, at=at)
