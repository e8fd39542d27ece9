"""The guard on directories: a row counts once another person has seen whom it concerns and confirmed it (3.3.2 в, г)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, Q

from calculations.inputs.changes import REHEARSED
from calculations.models import CalculationRun, Parameter, Recalculation, Rehearsal
from calculations.services.accrued_months import worth_now
from calculations.services.parameters import confirm_parameter, refuse_parameter
from calculations.services.recalculations import prepare_recalculation
from calculations.services.rehearsals import Asked, request_rehearsal
from offices.models import Job, Office, Staff
from offices.models.confirmed import ConfirmedRow
from offices.months import month_of
from offices.refusals import Refusal
from providers.models import ConsumptionNorm, Tariff
from providers.services.directories import confirm_norm, confirm_tariff, refuse_norm, refuse_tariff
from recipients.models import Recipient

Cause = Recalculation.Cause


class NotSeenYet(Refusal):
    """Nobody has calculated whom the row concerns."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A directory under guard: its table, how a row is confirmed and refused, the cause of what follows."""

    code: str
    model: type[ConfirmedRow]
    confirm: Callable[[int, Staff, dt.datetime], Any]
    refuse: Callable[[int, str, Staff, dt.datetime], Any]
    cause: str
    reprices: bool


TARIFF: Final = Kind(
    "tariff",
    Tariff,
    lambda pk, by, at: confirm_tariff(tariff_id=pk, by=by, at=at),
    lambda pk, reason, by, at: refuse_tariff(tariff_id=pk, reason=reason, by=by, at=at),
    Cause.TARIFF,
    reprices=True,
)
NORM: Final = Kind(
    "norm",
    ConsumptionNorm,
    lambda pk, by, at: confirm_norm(norm_id=pk, by=by, at=at),
    lambda pk, reason, by, at: refuse_norm(norm_id=pk, reason=reason, by=by, at=at),
    Cause.NORM,
    reprices=False,
)
PARAMETER: Final = Kind(
    "parameter",
    Parameter,
    lambda pk, by, at: confirm_parameter(parameter_id=pk, by=by, at=at),
    lambda pk, reason, by, at: refuse_parameter(parameter_id=pk, reason=reason, by=by, at=at),
    Cause.PARAMETER,
    reprices=False,
)
KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in (TARIFF, NORM, PARAMETER)}


@dataclass(frozen=True, slots=True)
class Months:
    """The months a row is tried on, both inclusive; `is_past` where they are its own, accrued already."""

    first: dt.date
    last: dt.date
    is_past: bool


def last_approved() -> dt.date | None:
    """Return the last month that has an approved run, None while none was ever approved."""
    last: dt.date | None = CalculationRun.objects.filter(status=CalculationRun.Status.APPROVED).aggregate(
        last=Max("month")
    )["last"]
    return last


def months_of(row: ConfirmedRow, /) -> Months | None:
    """Return the months that show what the row does, None where there is nothing to calculate."""
    return months_until(row, last=last_approved())


def months_until(row: ConfirmedRow, /, *, last: dt.date | None) -> Months | None:
    """Return the months that show what the row does: those it covers, or the `last` one approved before it begins.

    None while no run was ever approved, and for a parameter that changes no sum of a month.
    """
    if last is None or (isinstance(row, Parameter) and row.code not in REHEARSED):
        return None
    first = month_of(row.valid_from)
    if first > last:
        return Months(last, last, is_past=False)
    covered = last if row.valid_to is None else min(last, month_of(row.valid_to - dt.timedelta(days=1)))
    return Months(first, covered, is_past=True)


def request_effect(*, kind: Kind, row: ConfirmedRow, told: str, by: Staff, at: dt.datetime) -> Job:
    """Ask whom the row concerns and by how much; a tariff of the future changes the bills themselves.

    Raises NothingToRehearse while no run was ever approved.
    """
    months = months_of(row) or Months(month_of(row.valid_from), month_of(row.valid_from), is_past=False)
    bills = Rehearsal.Bills.REPRICED if kind.reprices and not months.is_past else Rehearsal.Bills.AS_BILLED
    asked = Asked(
        office=None,
        month=months.first,
        last_month=months.last,
        changes=(),
        told=told,
        bills=bills,
        row={kind.code: row},
    )
    return request_rehearsal(asked=asked, by=by, at=at)


def effect_of(*, kind: Kind, row: ConfirmedRow) -> Rehearsal | None:
    """Return the last finished rehearsal of the row on the months that show it now."""
    return effects_of({kind.code: [row]}, last=last_approved()).get((kind.code, row.pk))


def effects_of(
    rows: Mapping[str, Sequence[ConfirmedRow]], /, *, last: dt.date | None
) -> dict[tuple[str, int], Rehearsal]:
    """Return the last finished rehearsal of rows on the months that show them now, by kind and row; one query.

    `rows` are by kind, `last` is the last month approved. Those not counted are absent.
    """
    shown = {(code, row.pk): months_until(row, last=last) for code, of_kind in rows.items() for row in of_kind}
    asked = reduce(or_, (Q(**{f"{code}__in": of_kind}) for code, of_kind in rows.items() if of_kind), Q(pk__in=()))
    found = {}
    for one in Rehearsal.objects.filter(asked, finished_at__isnull=False).order_by("pk"):
        key = next((code, pk) for code in rows if (pk := getattr(one, f"{code}_id")) is not None)
        months = shown[key]
        if months is not None and (one.month, one.last_month) == (months.first, months.last):
            found[key] = one
    return found


@transaction.atomic
def confirm_seen(*, kind: Kind, row_id: int, by: Staff, at: dt.datetime) -> list[Recalculation]:
    """Put a row into force that another person entered, once its effect was calculated.

    Where it covers months accrued already, an order of recalculation is prepared for each district concerned; who
    did not confirm the row approves it. While no run was ever approved there is nothing to calculate.
    Raises NotSeenYet, RunIsBeingCalculated and the refusals of the directory and of the order.
    """
    row = kind.model._default_manager.get(pk=row_id)
    effect = effect_of(kind=kind, row=row)
    months = months_of(row)
    if effect is None and months is not None:
        raise NotSeenYet("Сначала посчитайте, кого касается строка: подтверждают только то, что видели в рублях.")
    confirmed = kind.confirm(row_id, by, at)
    if effect is None or months is None or not months.is_past:
        return []
    return _orders(effect, kind, confirmed, months, by, at)


def refuse_seen(*, kind: Kind, row_id: int, reason: str, by: Staff, at: dt.datetime) -> None:
    """Refuse a row that another person entered, with the reason. Raises the refusals of the directory."""
    kind.refuse(row_id, reason, by, at)


def _orders(effect: Rehearsal, kind: Kind, row: Any, months: Months, by: Staff, at: dt.datetime) -> list[Recalculation]:
    """Order the months that are worth something else by the confirmed row, of those whom the effect named.

    They are calculated by the engine of the runs, in the district that keeps the case now: what earlier corrections
    gave is known to it, and not to the effect.
    """
    named = effect.rows.exclude(difference=0).values("recipient_id")
    offices: dict[Office, list[int]] = defaultdict(list)
    for recipient in Recipient.objects.filter(pk__in=named).select_related("office").order_by("office_id", "pk"):
        offices[recipient.office].append(recipient.pk)
    found = {
        office: [
            one
            for one in worth_now(office_id=office.pk, recipient_ids=ids, since=months.first).months
            if one.month <= months.last
        ]
        for office, ids in offices.items()
    }
    return [
        prepare_recalculation(
            office=office,
            cause=kind.cause,
            changed_from=row.valid_from,
            what=effect.told[:500],
            document=str(row.decree)[:300],
            months=differing,
            by=by,
            at=at,
        )
        for office, differing in found.items()
        if differing
    ]
