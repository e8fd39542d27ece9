"""What a changed fact does to months already accrued: seen before anything is saved, then saved with its orders (3.3).

The change is written inside a savepoint that is always rolled back, and the past months are calculated by the very
engine of the runs: what is seen is what the next run writes, as long as nothing else changes in between.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction

from calculations.inputs.differences import ZERO, MonthDifference, ServiceDifference
from calculations.inputs.past_months import read_past_months
from calculations.models import CalculationRun, Recalculation
from calculations.services.differences import Difference, differences_of, ground_of
from calculations.services.fact_changes import Applied, FactChange
from calculations.services.recalculations import prepare_recalculation
from offices.models import Office, Staff
from offices.months import month_name, month_of, next_month
from offices.refusals import Refusal
from recipients.models import Entitlement, Recipient

Status = CalculationRun.Status
ACCRUED: Final = (Status.CALCULATED, Status.SUBMITTED, Status.APPROVED)
"""Runs in these states have accrued a month; one that is not approved yet will be before the order is taken."""


class RunIsBeingCalculated(Refusal):
    """A run of the district reads the facts just now."""


class OtherThanSeen(Refusal):
    """The difference is another than the one that was shown."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change does to accrued months, in roubles; `what` tells the change in Russian.

    `months` are those that differ, by recipient and month. `unborne` are recipients without a right in the next month:
    no run can accrue their difference. `unknown` tells why a service cannot be calculated anew, so it stays.
    """

    what: str
    changed_from: dt.date
    recipient_ids: tuple[int, ...]
    months: tuple[MonthDifference, ...]
    unborne: tuple[int, ...]
    unknown: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """A word that is the same as long as the change and its difference are."""
        told = [self.what] + [
            f"{one.recipient_id} {one.month} {each.service} {each.account_id} {each.accrued} {each.recalculated}"
            for one in self.months
            for each in one.services
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Seen:
    months: tuple[MonthDifference, ...] = ()
    unborne: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()


def foresee(*, change: FactChange, by: Staff, at: dt.datetime) -> Foreseen:
    """Tell what a change would do to accrued months; nothing is written.

    Deferred constraints are asked as well, so a change that is shown can be saved.
    Raises RunIsBeingCalculated and the refusals of the change.
    """
    with transaction.atomic():
        applied = _applied(change, by=by, at=at)
        found = _foreseen(change, applied)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def make_change(*, change: FactChange, seen: str, by: Staff, at: dt.datetime) -> list[Recalculation]:
    """Write a change together with an order for each district whose accrued months differ; mostly one, or none.

    `seen` is the fingerprint of what was shown. Raises OtherThanSeen, RunIsBeingCalculated, the refusals of the change
    and of the order.
    """
    applied = _applied(change, by=by, at=at)
    found = _foreseen(change, applied)
    if found.fingerprint != seen:
        raise OtherThanSeen(
            "Пока вы смотрели, данные изменились, и разница стала другой. Посмотрите её ещё раз и подтвердите."
        )
    return [
        prepare_recalculation(
            office=office,
            cause=change.cause,
            changed_from=change.changed_from,
            what=found.what,
            document=change.document,
            months=months,
            by=by,
            at=at,
        )
        for office, months in _by_office(found)
    ]


def foresee_months(*, office_id: int, recipient_ids: Sequence[int], since: dt.date) -> tuple[MonthDifference, ...]:
    """Return the accrued months of an office's recipients from `since` on that are worth something else now.

    All facts count as they stand in the transaction. A fixed number of queries for each month.
    Raises RunIsBeingCalculated.
    """
    return _seen(office_id, recipient_ids, since).months


def _applied(change: FactChange, *, by: Staff, at: dt.datetime) -> Applied:
    applied = change.apply(by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return applied


def _foreseen(change: FactChange, applied: Applied) -> Foreseen:
    rows = Recipient.objects.filter(pk__in=applied.recipient_ids).order_by("office_id", "pk")
    offices: dict[int, list[int]] = defaultdict(list)
    for pk, office_id in rows.values_list("pk", "office_id"):
        offices[office_id].append(pk)
    seen = [_seen(office_id, ids, change.changed_from) for office_id, ids in offices.items()]
    return Foreseen(
        what=applied.what,
        changed_from=change.changed_from,
        recipient_ids=applied.recipient_ids,
        months=tuple(one for each in seen for one in each.months),
        unborne=tuple(pk for each in seen for pk in each.unborne),
        unknown=tuple(text for each in seen for text in each.unknown),
    )


def _seen(office_id: int, recipient_ids: Sequence[int], since: dt.date) -> _Seen:
    months = _accrued_months(office_id, since)
    if not months:
        return _Seen()
    following = next_month(months[-1])
    bearing = set(
        Entitlement.objects.filter(recipient__in=recipient_ids)
        .touching(following, next_month(following))
        .exclude(disabled_person__death_date__lt=following)
        .exclude(recipient__person__death_date__lt=following)
        .values_list("recipient_id", flat=True)
    )
    past = read_past_months(
        office_id=office_id,
        month=following,
        recipient_ids=list(recipient_ids),
        ordered={month: list(recipient_ids) for month in months},
        counted=ACCRUED,
    )
    found: list[MonthDifference] = []
    unknown: list[str] = []
    for one in past:
        differences: dict[int, list[Difference]] = defaultdict(list)
        for each in differences_of(ground_of(one)):
            if isinstance(each, Difference):
                differences[each.recipient_id].append(each)
            elif not each.is_known:
                unknown.append(f"{month_name(one.month)}: {each.text}")
        found += [_month(pk, one.month, of) for pk, of in differences.items() if any(row.difference for row in of)]
    return _Seen(
        months=tuple(sorted((one for one in found if one.recipient_id in bearing), key=_place)),
        unborne=tuple(sorted({one.recipient_id for one in found} - bearing)),
        unknown=tuple(dict.fromkeys(unknown)),
    )


def _accrued_months(office_id: int, since: dt.date) -> list[dt.date]:
    """Return the months from `since` on that the district has accrued."""
    runs = CalculationRun.objects.filter(office=office_id, month__gte=month_of(since)).order_by("month")
    if runs.filter(status=Status.DRAFT).exists():
        raise RunIsBeingCalculated(
            "Расчёт района ещё выполняется и читает эти сведения. Дождитесь его окончания и внесите изменение."
        )
    return list(runs.filter(status__in=ACCRUED).values_list("month", flat=True))


def _month(recipient_id: int, month: dt.date, rows: Iterable[Difference]) -> MonthDifference:
    sums: dict[tuple[str, int], ServiceDifference] = {}
    for row in rows:
        key = row.service, row.account_id
        before = sums.get(key, ServiceDifference(*key, ZERO, ZERO))
        sums[key] = ServiceDifference(*key, before.accrued + row.before.roubles, before.recalculated + row.due)
    differing = [one for _, one in sorted(sums.items()) if one.difference]
    return MonthDifference(recipient_id=recipient_id, month=month, services=tuple(differing))


def _place(one: MonthDifference) -> tuple[int, dt.date]:
    return one.recipient_id, one.month


def _by_office(found: Foreseen) -> list[tuple[Office, list[MonthDifference]]]:
    offices = {
        row.pk: row.office
        for row in Recipient.objects.filter(pk__in={one.recipient_id for one in found.months}).select_related("office")
    }
    grouped: dict[Office, list[MonthDifference]] = defaultdict(list)
    for one in found.months:
        grouped[offices[one.recipient_id]].append(one)
    return list(grouped.items())
