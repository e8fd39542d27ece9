"""What a changed fact does to months already accrued: seen before anything is saved, then saved with its orders (3.3).

The change is written inside a savepoint that is always rolled back, and the past months are calculated by the very
engine of the runs: what is seen is what the next run writes, as long as nothing else changes in between.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection, transaction

from calculations.inputs.differences import MonthDifference
from calculations.models import Recalculation
from calculations.services.accrued_months import worth_now
from calculations.services.fact_changes import Applied, FactChange
from calculations.services.recalculations import prepare_recalculation
from offices.models import Office, Staff
from offices.refusals import Refusal
from recipients.models import Recipient


class OtherThanSeen(Refusal):
    """The difference is another than the one that was shown."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change does to accrued months, in roubles; `what` tells the change in Russian.

    `months` are those that differ and are ordered anew, by recipient and month; `without_right` are those of their
    recipients who have no right in the next month. `after_death` are months after a recipient's death: they are no
    matter of an order, what was accrued is cancelled or asked back. `unknown` tells why a service cannot be calculated
    anew, so it stays.
    """

    what: str
    changed_from: dt.date
    recipient_ids: tuple[int, ...]
    months: tuple[MonthDifference, ...]
    without_right: tuple[int, ...]
    after_death: tuple[MonthDifference, ...]
    unknown: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Say whether there is anything to see before saving."""
        return bool(self.months or self.after_death)

    @property
    def fingerprint(self) -> str:
        """A word that is the same as long as the change and its difference are."""
        told = [self.what] + [
            f"{one.recipient_id} {one.month} {each.service} {each.account_id} {each.accrued} {each.recalculated}"
            for one in (*self.months, *self.after_death)
            for each in one.services
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


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
    seen = [
        worth_now(office_id=office_id, recipient_ids=ids, since=change.changed_from)
        for office_id, ids in sorted(offices.items())
    ]
    return Foreseen(
        what=applied.what,
        changed_from=change.changed_from,
        recipient_ids=applied.recipient_ids,
        months=tuple(one for each in seen for one in each.months),
        without_right=tuple(pk for each in seen for pk in each.without_right),
        after_death=tuple(one for each in seen for one in each.after_death),
        unknown=tuple(text for each in seen for text in each.unknown),
    )


def _by_office(found: Foreseen) -> list[tuple[Office, list[MonthDifference]]]:
    offices = {
        row.pk: row.office
        for row in Recipient.objects.filter(pk__in={one.recipient_id for one in found.months}).select_related("office")
    }
    grouped: dict[Office, list[MonthDifference]] = defaultdict(list)
    for one in found.months:
        grouped[offices[one.recipient_id]].append(one)
    return list(grouped.items())
