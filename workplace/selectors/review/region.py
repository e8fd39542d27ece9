"""The department's queue: every district's run of a month and how much of it is reviewed (3.13.1)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Abs, Coalesce

from calculations.inputs.parameters import ParametersInForce
from calculations.models import Accrual, CalculationRun, ReviewDecision
from offices.models import Office
from offices.months import shift_month
from workplace.selectors.runs.districts import REVIEW, DistrictRun, region_runs

ZERO: Final = Decimal("0.00")
Status = CalculationRun.Status
Cause = ReviewDecision.Cause


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many accruals of one cause are to be reviewed and how many have a verdict."""

    done: int = 0
    wanted: int = 0

    @property
    def is_complete(self) -> bool:
        return self.done >= self.wanted

    @property
    def left(self) -> int:
        return self.wanted - self.done


@dataclass(frozen=True, slots=True)
class QueuedDistrict:
    """A district's run with what is reviewed of it; all counts are zero before it is submitted."""

    row: DistrictRun
    new: Reviewed
    deviating: Reviewed
    sample: Reviewed

    @property
    def waits(self) -> bool:
        return self.row.run is not None and self.row.run.status == Status.SUBMITTED

    @property
    def is_complete(self) -> bool:
        return all(one.is_complete for one in (self.new, self.deviating, self.sample))

    @property
    def status(self) -> tuple[str, str]:
        if not self.waits:
            return self.row.status if self.row.run else ("idle", "не передан")
        if self.row.notes:
            return "warn", "есть замечания"
        return ("run", "проверено, можно принять") if self.is_complete else ("wait", "ждёт проверки")


def review_region(month: dt.date, *, offices: Iterable[Office], parameters: ParametersInForce) -> list[QueuedDistrict]:
    """Return the districts: those that wait for the review first, by deadline; eight queries for any number of them.

    The queue of a submitted run is counted as `calculations.selectors.review_queue` draws it; of a run that was
    approved or returned only its verdicts are counted.
    """
    region = region_runs(month, offices=offices, before=shift_month(month, -1), item=REVIEW)
    runs = [row.run for row in region.rows if row.run is not None]
    verdicts = _verdicts([run.pk for run in runs])
    waiting = [run.pk for run in runs if run.status == Status.SUBMITTED]
    wanted = _wanted(waiting, month, parameters)
    rows = [_queued(row, verdicts, wanted) for row in region.rows]
    return sorted(rows, key=lambda one: (not one.waits, one.row.due_on or dt.date.max, one.row.office.name))


def _queued(
    row: DistrictRun,
    verdicts: Mapping[tuple[int, str], int],
    wanted: Mapping[tuple[int, str], int],
) -> QueuedDistrict:
    def of(cause: str) -> Reviewed:
        if row.run is None:
            return Reviewed()
        done = verdicts.get((row.run.pk, cause), 0)
        return Reviewed(done, wanted.get((row.run.pk, cause), done))

    return QueuedDistrict(row, of(Cause.NEW), of(Cause.DEVIATION), of(Cause.SAMPLE))


def _verdicts(run_ids: list[int]) -> dict[tuple[int, str], int]:
    decided: Any = ReviewDecision.objects.filter(accrual__run__in=run_ids).order_by()
    counted = decided.values_list("accrual__run_id", "cause").annotate(count=Count("pk"))
    return {(run_id, cause): count for run_id, cause, count in counted}


def _wanted(run_ids: list[int], month: dt.date, parameters: ParametersInForce) -> dict[tuple[int, str], int]:
    """Count the queue of each run: new, deviating, and the sample of the rest rounded up."""
    approved = Accrual.objects.filter(entitlement=OuterRef("entitlement"), run__status=Status.APPROVED)
    previous = approved.filter(month=shift_month(month, -1)).values("accrued")[:1]
    before = Coalesce("previous", ZERO)
    rows = (
        Accrual.objects.filter(run__in=run_ids)
        .annotate(previous=Subquery(previous), is_known=Exists(approved.filter(month__lt=month)))
        .annotate(deviation=Abs(F("accrued") - before) * 100 - before * parameters.deviation_percent)
        .order_by()
        .values_list("run_id")
        .annotate(
            every=Count("pk"),
            first=Count("pk", filter=Q(is_known=False)),
            beyond=Count("pk", filter=Q(is_known=True, deviation__gt=0)),
        )
    )
    found: dict[tuple[int, str], int] = {}
    for run_id, every, first, beyond in rows:
        rest = every - first - beyond
        drawn = (rest * parameters.sample_percent / 100).to_integral_value(rounding=ROUND_CEILING)
        found |= {(run_id, Cause.NEW): first, (run_id, Cause.DEVIATION): beyond, (run_id, Cause.SAMPLE): int(drawn)}
    return found
