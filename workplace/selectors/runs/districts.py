"""The runs of a month over the districts: whose stands where (3.12)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Count

from calculations.models import CalculationRun, ReviewDecision
from offices.models import Job, Office, ScheduledStep
from workplace.selectors.runs.percents import signed_percent

KIND: Final = "calculate_run"
CALCULATION, REVIEW = "3.12", "3.13"
Status = CalculationRun.Status
STATES: Final = {
    Status.DRAFT: ("run", "рассчитывается"),
    Status.CALCULATED: ("run", "рассчитан, не передан"),
    Status.SUBMITTED: ("wait", "на проверке"),
    Status.RETURNED: ("error", "возвращён"),
    Status.APPROVED: ("ok", "утверждён"),
    Status.DISCARDED: ("idle", "отменён"),
}
"""A run's state as a kind of status and a word."""


@dataclass(frozen=True, slots=True)
class DistrictRun:
    """A district and its latest run of the month; `run` is None before the first."""

    office: Office
    run: CalculationRun | None
    before: Decimal | None
    due_on: dt.date | None
    notes: int
    is_running: bool

    @property
    def status(self) -> tuple[str, str]:
        if self.is_running:
            return "run", "рассчитывается"
        return STATES[Status(self.run.status)] if self.run else ("idle", "не начат")

    @property
    def is_done(self) -> bool:
        """Say whether the district has handed its run over and it was not returned."""
        return self.run is not None and self.run.status in (Status.SUBMITTED, Status.APPROVED)

    @property
    def percent(self) -> str:
        """The total against the month before in per cent, a dash of nothing."""
        if self.run is None or self.before is None:
            return "—"
        return signed_percent(self.run.total - self.before, of=self.before)


@dataclass(frozen=True, slots=True)
class RegionRuns:
    """The districts' runs with their sums: how many were handed over, recipients and roubles of the latest runs."""

    rows: tuple[DistrictRun, ...]

    @property
    def handed_over(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def recipients(self) -> int:
        return sum(row.run.recipients for row in self.rows if row.run)

    @property
    def total(self) -> Decimal:
        return sum((row.run.total for row in self.rows if row.run), Decimal("0.00"))


def region_runs(month: dt.date, *, offices: Iterable[Office], before: dt.date, item: str = CALCULATION) -> RegionRuns:
    """Return each office with its latest run of the month; `before` is the month compared with, `item` the deadline's.

    Five queries, however many offices there are.
    """
    offices = list(offices)
    ids = [office.pk for office in offices]
    runs = CalculationRun.objects.filter(month=month, office__in=ids).select_related("started_by", "reviewed_by")
    by_office = {run.office_id: run for run in runs.order_by("number")}
    approved = CalculationRun.objects.filter(month=before, office__in=ids, status=Status.APPROVED)
    totals = dict(approved.values_list("office_id", "total"))
    due = dict(ScheduledStep.objects.filter(month=month, item=item, office__in=ids).values_list("office_id", "due_on"))
    wrong = ReviewDecision.objects.filter(accrual__run__in=by_office.values(), verdict=ReviewDecision.Verdict.WRONG)
    notes = dict(wrong.order_by().values_list("accrual__run__office_id").annotate(count=Count("pk")))
    live = set(
        Job.objects.unfinished().filter(kind=KIND, key__endswith=f":{month:%Y-%m}").values_list("office_id", flat=True)
    )
    return RegionRuns(
        tuple(
            DistrictRun(
                office=office,
                run=by_office.get(office.pk),
                before=totals.get(office.pk),
                due_on=due.get(office.pk),
                notes=notes.get(office.pk, 0),
                is_running=office.pk in live,
            )
            for office in offices
        )
    )


def runs_of(office: Office, month: dt.date, /) -> list[CalculationRun]:
    """Return an office's runs of the month, the latest first."""
    runs = CalculationRun.objects.filter(office=office, month=month)
    return list(runs.select_related("started_by", "submitted_by", "reviewed_by", "accrual_file").order_by("-number"))


def running_job(office: Office, month: dt.date, /) -> Job | None:
    """Return the job that is calculating the office's month, None while there is none."""
    return Job.objects.unfinished().filter(kind=KIND, office=office, key__endswith=f":{month:%Y-%m}").first()
