"""The calculation of a district's month and its hand-over to the department (3.12)."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Count, Max, QuerySet, Sum

from calculations.inputs.around import surroundings
from calculations.inputs.past_months import read_past_months
from calculations.inputs.reading import read_chunk
from calculations.inputs.touched import told_without_month
from calculations.models import AccrualLine, CalculationRun
from calculations.selectors import LIVE, carried_accruals, live_run, parameters_in_force
from calculations.services.differences import ground_of
from calculations.services.handover import (
    balance_of_submission,
    require_complete,
    standing_balance,
    subsidies_unit,
    withhold_without_right,
)
from calculations.services.lines import store_recipients
from calculations.services.still_due import recipients_of, taken_of
from calculations.services.taking import mark_taken
from calculations.services.turns import require_turn
from offices import balances, files, jobs, journal
from offices.models import Job, Office, Staff
from offices.months import next_month, parse_month
from offices.refusals import Refusal
from offices.services.months import require_open
from recipients.models import Entitlement

KIND: Final = "calculate_run"
TASK: Final = "calculations.tasks.calculate_run"
RECIPIENTS_A_CHUNK: Final = 500
ITEM: Final = "3.12"
STAGE: Final = "расчёт и передача начислений"
ZERO: Final = Decimal("0.00")
Status = CalculationRun.Status


class RunNotDraft(Refusal):
    """The district's run of the month is calculated already."""


class RunNotCalculated(Refusal):
    """The run is not in the state from which it is handed over or discarded."""


class RunIsBeingCalculated(Refusal):
    """A job is calculating the run."""


class NoReason(Refusal):
    """A return or discard does not say why."""


@transaction.atomic
def request_run(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> Job:
    """Ask for the calculation of a district's month; it goes on where a lost one stopped.

    While one is under way, and once its run is calculated, the same job is returned.
    Raises MonthNotOpen, RunNotDraft, MonthOutOfTurn.
    """
    require_open(month)
    key = _key(office.pk, month)
    run = live_run(office=office, month=month)
    if run is not None and run.status != Status.DRAFT:
        done = Job.objects.filter(kind=KIND, key=key, state=Job.State.DONE).order_by("-pk").first()
        if done is None:
            raise RunNotDraft(f"{run}: расчёт уже выполнен.")
        return done
    require_turn(office=office, month=month)
    return jobs.request(
        kind=KIND,
        key=key,
        task=TASK,
        by=by,
        at=at,
        office=office,
        parameters={"office": office.pk, "month": f"{month:%Y-%m}"},
    )


def calculate_chunk(job: Job, /) -> jobs.Progress:
    """Do one chunk of a run inside the job's transaction: 500 recipients with all their rights.

    The first step writes the draft, numbered after the last returned or discarded one; nothing is ever deleted. The
    last one withholds the charges of people without a right, proves that nothing was left out, and
    sums the run up. Raises RunNotDraft, ParameterMissing, MonthNotOpen, MonthOutOfTurn, RunOutOfDate.
    """
    run = _draft_of(job)
    done = int(job.cursor.get("done", run.accruals.count()))
    after = job.cursor.get("after", run.accruals.aggregate(last=Max("recipient_id"))["last"] or 0)
    total = max(int(job.cursor.get("total", 0)) or _rights(run).count(), done)
    waiting = recipients_of(run).filter(pk__gt=after)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:RECIPIENTS_A_CHUNK])
    if not ids:
        return _finish(run, job, done=done)
    done += _calculate(run, ids)
    cursor = {"run": run.pk, "after": ids[-1], "done": done, "total": max(total, done)}
    return jobs.Progress(cursor=cursor, done=done, total=max(total, done), is_finished=False)


@transaction.atomic
def discard_run(*, run_id: int, reason: str, by: Staff, at: dt.datetime) -> CalculationRun:
    """Give up a run before its submission, to calculate anew with a corrected directory or card.

    What it wrote stays under its number. Raises NoReason, RunNotCalculated, RunIsBeingCalculated.
    """
    run = _locked(run_id)
    if not reason.strip():
        raise NoReason("Укажите, почему расчёт отменяется.")
    if run.status not in (Status.DRAFT, Status.CALCULATED):
        raise RunNotCalculated(f"{run}: отменить можно только непереданный расчёт.")
    if Job.objects.filter(kind=KIND, key=_key(run.office_id, run.month), finished_at__isnull=True).exists():
        raise RunIsBeingCalculated(f"{run}: расчёт ещё идёт, дождитесь его окончания.")
    run.status, run.return_reason = Status.DISCARDED, reason.strip()
    run.save(update_fields=["status", "return_reason"])
    paper = journal.Paper(subject=f"{run}: {reason.strip()}"[:300], item=ITEM, month=run.month)
    journal.record(office=run.office, event="расчёт отменён", paper=paper, by=by, at=at)
    return run


@transaction.atomic
def submit_run(*, run_id: int, accrual_file: bytes, by: Staff, at: dt.datetime) -> CalculationRun:
    """Hand a finished run with its accrual file over to the subsidies unit; it is frozen afterwards.

    The caller builds the file from `selectors.accrual_rows` (docs/decisions/0010). Both journals name the
    file with its hash, rows and roubles; the balance is in charges and billed roubles. A balance of a returned
    run is superseded.
    Raises RunNotCalculated, RunOutOfDate, BalanceDoesNotClose, MonthNotOpen, NoSubsidiesUnit.
    """
    run = _locked(run_id)
    require_open(run.month)
    if run.status != Status.CALCULATED:
        raise RunNotCalculated(f"{run}: передаётся только рассчитанный и ещё не переданный расчёт.")
    require_complete(run=run)
    receiver = subsidies_unit()
    name = f"NACH_{run.office.code}_{run.month:%Y%m}_{run.number}.dbf"
    stored = files.store(content=accrual_file, name=name, media_type=files.DBF, by=by, at=at)
    run.status, run.submitted_at, run.submitted_by, run.accrual_file = Status.SUBMITTED, at, by, stored
    run.save(update_fields=["status", "submitted_at", "submitted_by", "accrual_file"])
    paper = journal.Paper(
        subject=f"файл начислений, {run}",
        item=ITEM,
        month=run.month,
        file_name=name,
        sha256=stored.sha256,
        rows=run.lines + carried_accruals(run).count(),
        roubles=run.total,
    )
    journal.record_handover(sender=run.office, receiver=receiver, paper=paper, by=by, at=at)
    balances.strike(
        month=run.month,
        item=ITEM,
        stage=STAGE,
        office=run.office,
        subject=f"расчёт № {run.number}",
        balance=balance_of_submission(run=run),
        at=at,
        supersedes=standing_balance(run=run, item=ITEM),
    )
    return run


def _key(office_id: int, month: dt.date) -> str:
    return f"{office_id}:{month:%Y-%m}"


def _locked(run_id: int) -> CalculationRun:
    run: CalculationRun = CalculationRun.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    return run


def _draft_of(job: Job) -> CalculationRun:
    """Return the district's draft, locked; the first step of a job writes it."""
    office, month = Office.objects.get(pk=job.parameters["office"]), parse_month(job.parameters["month"])
    require_open(month)
    runs = CalculationRun.objects.filter(office=office, month=month)
    run: CalculationRun | None = (
        runs.select_for_update(of=("self",)).select_related("office").filter(status__in=LIVE).first()
    )
    if run is None:
        Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
        require_turn(office=office, month=month)
        number = (runs.aggregate(last=Max("number"))["last"] or 0) + 1
        return CalculationRun.objects.create(
            office=office, month=month, number=number, started_at=job.requested_at, started_by=job.requested_by
        )
    if run.status != Status.DRAFT:
        raise RunNotDraft(f"{run}: расчёт уже выполнен.")
    return run


def _rights(run: CalculationRun) -> QuerySet[Entitlement]:
    rights: QuerySet[Entitlement] = Entitlement.objects.filter(recipient__office=run.office).touching(
        run.month, next_month(run.month)
    )
    return rights


def _calculate(run: CalculationRun, recipient_ids: list[int]) -> int:
    taken = taken_of(office_id=run.office_id, month=run.month, recipient_ids=recipient_ids)
    ids = taken.recipient_ids
    chunk = read_chunk(office_id=run.office_id, month=run.month, recipient_ids=ids, ended=taken.ended)
    past = read_past_months(office_id=run.office_id, month=run.month, recipient_ids=ids, ordered=taken.ordered)
    parameters = parameters_in_force(run.month)
    rights = store_recipients(
        run=run,
        recipients=chunk.recipients,
        around=surroundings(run.month, parameters, chunk.dwellings),
        parameters=parameters.rules,
        past=[ground_of(month) for month in past],
        told=told_without_month(office_id=run.office_id, month=run.month, recipient_ids=ids),
        ended=taken.ended,
    )
    mark_taken(run=run, months=taken.ordered)
    return rights


def _finish(run: CalculationRun, job: Job, *, done: int) -> jobs.Progress:
    withhold_without_right(run=run)
    require_complete(run=run)
    sums = run.accruals.aggregate(
        recipients=Count("recipient", distinct=True), lines=Sum("lines", default=0), total=Sum("accrued", default=ZERO)
    )
    run.status, run.calculated_at = Status.CALCULATED, job.requested_at
    run.recipients, run.lines, run.total = sums["recipients"], sums["lines"], sums["total"]
    run.save(update_fields=["status", "calculated_at", "recipients", "lines", "total"])
    result = {
        "run": run.pk,
        "recipients": run.recipients,
        "lines": run.lines,
        "total": str(run.total),
        "warnings": run.withheld.count()
        + AccrualLine.objects.filter(month=run.month, run=run).exclude(reason="").count(),
    }
    return jobs.Progress(cursor=job.cursor, done=done, total=done, is_finished=True, result=result)
