"""Long actions: a row in PostgreSQL is the truth, the broker only rings.

A step does one chunk inside one transaction that also moves the job's cursor, so a killed worker
loses at most the chunk it was in, and the next one goes on from the stored cursor. Who and when
come from the job's row.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from offices.models import Job, Office, Staff
from offices.refusals import Refusal

LEASE = dt.timedelta(minutes=2)
RING_AGAIN_AFTER = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 3

log = logging.getLogger(__name__)


class JobLeased(Refusal):
    """Another worker holds the job."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What one step has done: the new cursor, how much of how much, and whether that was all."""

    cursor: dict[str, Any]
    done: int
    total: int
    is_finished: bool
    result: dict[str, Any] = field(default_factory=dict)


Step = Callable[[Job], Progress]


def request(
    *,
    kind: str,
    key: str,
    task: str,
    by: Staff,
    at: dt.datetime,
    office: Office | None = None,
    parameters: dict[str, Any] | None = None,
) -> Job:
    """Write a long action down without ringing; `task` is the full name of its Celery task.

    `office` is the district office it is done for, None for the whole region. While one is alive under the same kind and key, that one is returned instead.
    """
    job, _ = Job.objects.get_or_create(
        kind=kind,
        key=key,
        state__in=[Job.State.QUEUED, Job.State.RUNNING],
        defaults={
            "task": task,
            "office": office,
            "state": Job.State.QUEUED,
            "parameters": parameters or {},
            "requested_by": by,
            "requested_at": at,
        },
    )
    return job


def ring_after_commit(job: Job) -> None:
    """Ring the job's task once the transaction that wrote the job is committed."""
    transaction.on_commit(lambda: ring(job))


def run_here(job: Job) -> Job:
    """Do the job in this process, as its worker would."""
    current_app.loader.import_default_modules()  # a command starts without the tasks a worker knows
    current_app.tasks[job.task](job_id=job.pk)
    job.refresh_from_db()
    return job


def ring(job: Job) -> None:
    """Tell the broker that the job waits; a broker that is down loses nothing but time."""
    Job.objects.filter(pk=job.pk).update(rung_at=Now())
    try:
        current_app.send_task(job.task, kwargs={"job_id": job.pk})
    except OperationalError:
        log.warning("the broker does not answer; job %s waits for the reconciler", job.pk)


def work(job_id: int, step: Step) -> Job:
    """Take the job and do its steps until it is finished.

    A step that refuses ends the job as failed, with the refusal's sentence; what earlier steps
    committed stays. Any other error leaves the job to its lease: the reconciler rings again, and
    quarantines it after three attempts without progress.
    Raises JobLeased while another worker holds it.
    """
    job = _take(job_id)
    while job.state == Job.State.RUNNING:
        try:
            job = _one_step(job, step)
        except JobLeased:
            raise
        except Refusal as refusal:
            return _fail(job, refusal)
    return job


def reconcile() -> int:
    """Ring again what was lost: queued without a ring, or running past its lease.

    A job given up three times without progress is quarantined. Returns how many were rung.
    """
    _quarantine()
    silent = Q(state=Job.State.QUEUED) & (Q(rung_at__isnull=True) | Q(rung_at__lt=Now() - RING_AGAIN_AFTER))
    lost = Q(state=Job.State.RUNNING, lease_until__lt=Now())
    jobs = list(Job.objects.filter(silent | lost).order_by("requested_at", "pk"))
    for job in jobs:
        ring(job)
    return len(jobs)


def _quarantine() -> None:
    Job.objects.filter(
        state=Job.State.RUNNING,
        lease_until__lt=Now(),
        attempts__gte=F("progressed_in") + MOST_ATTEMPTS,
    ).update(
        state=Job.State.QUARANTINED,
        lease_until=None,
        finished_at=Now(),
        error="Работа несколько раз прервалась без продвижения. Сообщите администратору.",
    )


@transaction.atomic
def _take(job_id: int) -> Job:
    job = Job.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=job_id).first()
    if job is None or Job.objects.filter(pk=job_id, state=Job.State.RUNNING, lease_until__gt=Now()).exists():
        raise JobLeased(f"Работа {job_id} уже выполняется.")
    if job.state in {Job.State.QUEUED, Job.State.RUNNING}:
        Job.objects.filter(pk=job_id).update(
            state=Job.State.RUNNING,
            attempts=job.attempts + 1,
            lease_until=Now() + LEASE,
            started_at=job.started_at or Now(),
            taken_at=Now(),
            done_when_taken=job.done,
            progressed_at=None,
        )
        job.refresh_from_db()
    return job


@transaction.atomic
def _one_step(taken: Job, step: Step) -> Job:
    job = Job.objects.select_for_update(of=("self",)).select_related("requested_by").get(pk=taken.pk)
    if job.state != Job.State.RUNNING or job.attempts != taken.attempts:
        raise JobLeased(f"Работу {job.pk} продолжает другой исполнитель.")
    progress = step(job)
    Job.objects.filter(pk=job.pk).update(
        cursor=progress.cursor,
        done=progress.done,
        total=progress.total,
        result=progress.result or job.result,
        progressed_in=job.attempts,
        progressed_at=Now(),
        state=Job.State.DONE if progress.is_finished else Job.State.RUNNING,
        lease_until=None if progress.is_finished else Now() + LEASE,
        finished_at=Now() if progress.is_finished else None,
    )
    job.refresh_from_db()
    return job


@transaction.atomic
def _fail(taken: Job, refusal: Refusal) -> Job:
    log.warning("job %s refused", taken.pk)
    Job.objects.filter(pk=taken.pk, attempts=taken.attempts).update(
        state=Job.State.FAILED, lease_until=None, finished_at=Now(), error=str(refusal)
    )
    taken.refresh_from_db()
    return taken
