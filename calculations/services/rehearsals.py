"""Rehearsing a month: asked for, calculated chunk by chunk as a job, kept. Nothing of the month is written."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from calculations.inputs.changes import REHEARSED, Change, ParameterChange, to_json
from calculations.inputs.reading import read_chunk
from calculations.models import Accrual, CalculationRun, Parameter, Rehearsal, RehearsalRow, RehearsalSum
from calculations.services.rehearsed import Rehearsed, rehearse
from calculations.services.rehearsed_sides import ground_of
from offices import jobs
from offices.models import Job, Office, Staff
from offices.months import month_name
from offices.refusals import Refusal

KIND: Final = "rehearse"
TASK: Final = "calculations.tasks.rehearse_month"
RECIPIENTS_A_CHUNK: Final = 500
ZERO: Final = Decimal("0.00")
Approved = CalculationRun.Status.APPROVED


class NothingToRehearse(Refusal):
    """No approved run of the month is there to compare with, or nothing was changed that its sums depend on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be rehearsed: the months from the first to the last one inclusive, of an office or the region.

    `told` says the changes in Russian; `bills` is one of `Rehearsal.Bills`. `row` names the row of a directory that
    it is done for: {"tariff": row}, {"norm": row} or {"parameter": row}.
    """

    office: Office | None
    month: dt.date
    last_month: dt.date
    changes: tuple[Change, ...]
    told: str
    bills: str
    row: Mapping[str, Any]


@transaction.atomic
def request_rehearsal(*, asked: Asked, by: Staff, at: dt.datetime) -> Job:
    """Ask for a rehearsal; the same one asked for again while it goes is not begun twice. Raises NothingToRehearse."""
    if any(code not in REHEARSED for code in _parameters(asked)):
        raise NothingToRehearse("Этот параметр не меняет сумм посчитанных месяцев: репетировать нечего.")
    if not approved_runs(office=asked.office, month=asked.month, last_month=asked.last_month).exists():
        raise NothingToRehearse(
            f"За {month_name(asked.month)} нет ни одного утверждённого расчёта: репетировать не на чем. Выберите "
            "месяц, расчёты которого приняты Департаментом."
        )
    if not asked.changes and not asked.row:
        raise NothingToRehearse("Укажите хотя бы одно изменение: тариф, норматив или параметр.")
    job = jobs.request(
        kind=KIND,
        key=_key(asked, by),
        task=TASK,
        by=by,
        at=at,
        office=asked.office,
        parameters={"month": f"{asked.month:%Y-%m}"},
    )
    if Rehearsal.objects.filter(job=job).exists():
        return job
    made = Rehearsal.objects.create(
        office=asked.office,
        month=asked.month,
        last_month=asked.last_month,
        changes=to_json(asked.changes),
        told=asked.told[:1000],
        bills=asked.bills,
        asked_by=by,
        asked_at=at,
        job=job,
        **asked.row,
    )
    job.parameters = {**job.parameters, "rehearsal": made.pk}
    job.save(update_fields=["parameters"])
    return job


def rehearse_chunk(job: Job, /) -> jobs.Progress:
    """Do one chunk of a rehearsal inside the job's transaction: 500 recipients of one run, a fixed number of queries."""
    rehearsal = Rehearsal.objects.select_related("tariff", "norm", "parameter").get(job=job)
    runs = list(
        approved_runs(office=rehearsal.office, month=rehearsal.month, last_month=rehearsal.last_month)
        .order_by("month", "office_id")
        .values_list("pk", "recipients")
    )
    place, after = int(job.cursor.get("place", 0)), int(job.cursor.get("after", 0))
    done, total = int(job.cursor.get("done", 0)), sum(recipients for _, recipients in runs)
    while place < len(runs):
        run = CalculationRun.objects.get(pk=runs[place][0])
        ids = _recipients(run, after)
        if ids:
            _do(rehearsal, run, ids)
            done += len(ids)
            cursor = {"place": place, "after": ids[-1], "done": done}
            return jobs.Progress(cursor=cursor, done=done, total=max(total, done), is_finished=False)
        place, after = place + 1, 0
    return _finish(rehearsal, job, done=done, run_ids=[pk for pk, _ in runs])


def approved_runs(*, office: Office | None, month: dt.date, last_month: dt.date) -> QuerySet[CalculationRun]:
    """Return the approved runs of an office, or of the region, of the months up to the last one inclusive."""
    runs: QuerySet[CalculationRun] = CalculationRun.objects.filter(
        status=Approved, month__gte=month, month__lte=last_month
    )
    return runs if office is None else runs.filter(office=office)


def _parameters(asked: Asked) -> Iterator[str]:
    yield from (one.code for one in asked.changes if isinstance(one, ParameterChange))
    yield from (row.code for row in asked.row.values() if isinstance(row, Parameter))


def _key(asked: Asked, by: Staff) -> str:
    what = [
        to_json(asked.changes), asked.bills, f"{asked.month} {asked.last_month}", asked.office and asked.office.pk,
        sorted((name, row.pk) for name, row in asked.row.items()),
    ]  # fmt: skip
    return f"{by.pk}:{hashlib.sha256(json.dumps(what).encode()).hexdigest()}"


def _recipients(run: CalculationRun, after: int) -> list[int]:
    accruals = Accrual.objects.filter(run=run, recipient_id__gt=after)
    ids = accruals.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    return list(ids[:RECIPIENTS_A_CHUNK])


def _do(rehearsal: Rehearsal, run: CalculationRun, recipient_ids: list[int]) -> None:
    chunk = read_chunk(office_id=run.office_id, month=run.month, recipient_ids=recipient_ids)
    ground = ground_of(rehearsal=rehearsal, month=run.month, dwellings=chunk.dwellings)
    found = rehearse(
        recipients=chunk.recipients,
        run=run,
        standing=ground.standing,
        changed=ground.changed,
        reprice=rehearsal.bills == Rehearsal.Bills.REPRICED,
    )
    _keep(rehearsal, run, found)


def _keep(rehearsal: Rehearsal, run: CalculationRun, found: Rehearsed) -> None:
    common = {"rehearsal": rehearsal, "office_id": run.office_id, "month": run.month}
    RehearsalRow.objects.bulk_create(
        RehearsalRow(
            **common,
            recipient_id=row.recipient_id,
            before=row.before,
            after=row.after,
            difference=row.after - row.before,
            impossible=row.impossible,
            is_drifted=row.is_drifted,
            services=row.services,
            reason=row.reason,
        )
        for row in found.rows
    )
    RehearsalSum.objects.bulk_create(
        RehearsalSum(
            **common,
            service_id=code,
            lines=one.lines,
            changed=one.changed,
            before=one.before,
            after=one.after,
            impossible=one.impossible,
        )
        for code, one in sorted(found.sums.items())
    )
    rehearsal.drifted += found.drifted
    rehearsal.by_volume += found.estimated.by_volume
    rehearsal.by_ratio += found.estimated.by_ratio
    rehearsal.save(update_fields=["drifted", "by_volume", "by_ratio"])


def _finish(rehearsal: Rehearsal, job: Job, *, done: int, run_ids: Collection[int]) -> jobs.Progress:
    sums = rehearsal.sums.aggregate(
        before=Sum("before", default=ZERO), after=Sum("after", default=ZERO), stopped=Sum("impossible", default=ZERO)
    )
    people = rehearsal.rows.values("recipient").annotate(net=Sum("difference"), held=Sum("impossible"))
    counted = people.aggregate(
        more=Count("recipient", filter=Q(net__gt=0)),
        less=Count("recipient", filter=Q(net__lt=0)),
        stopped=Count("recipient", filter=Q(held__gt=0)),
    )
    rehearsal.recipients = Accrual.objects.filter(run__in=run_ids).values("recipient").distinct().count()
    rehearsal.gaining, rehearsal.losing, rehearsal.stopped = counted["more"], counted["less"], counted["stopped"]
    rehearsal.before, rehearsal.after, rehearsal.impossible = sums["before"], sums["after"], sums["stopped"]
    rehearsal.finished_at = job.requested_at
    rehearsal.save()
    result = {"rehearsal": rehearsal.pk, "succeeded": rehearsal.recipients, "warnings": rehearsal.stopped}
    return jobs.Progress(cursor=job.cursor, done=done, total=done, is_finished=True, result=result)
