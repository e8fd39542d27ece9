"""A real worker on the real broker: what it does, and what its death costs."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db.models.functions import Now

from config.celery import app, restore_unacknowledged
from config.processes import wait_for
from offices import jobs
from offices.models import Job
from tests import factories
from tests.conftest import WorkerProcess
from tests.house import counting

WORKING_TIME = 60.0


@pytest.fixture
def job(transactional_db: None) -> Job:
    moment = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    task = counting.count_slowly.name
    return jobs.request(kind="count", key="slowly", task=task, by=factories.staff(), at=moment)


@pytest.fixture
def worker(celery_worker_process: WorkerProcess) -> WorkerProcess:
    celery_worker_process.include = (counting.__name__,)
    return celery_worker_process


def reaches(job: Job, number: int) -> bool:
    job.refresh_from_db()
    return job.done >= number


def test_does_a_job_it_was_rung_for(worker: WorkerProcess, job: Job) -> None:
    worker.start()
    jobs.ring(job)
    assert wait_for(lambda: reaches(job, counting.LAST), WORKING_TIME, pause=0.1), worker.log.read_text()
    assert (job.state, job.attempts) == (Job.State.DONE, 1)


def test_goes_on_from_the_stored_place_after_the_worker_was_killed(worker: WorkerProcess, job: Job) -> None:
    worker.start()
    jobs.ring(job)
    assert wait_for(lambda: reaches(job, 3), WORKING_TIME, pause=0.05), worker.log.read_text()
    worker.kill()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    reached = job.done
    assert not wait_for(lambda: reaches(job, reached + 2), 1.0), "its pool must not go on without it"

    Job.objects.filter(pk=job.pk).update(lease_until=Now() - dt.timedelta(seconds=1))
    worker.start()  # a starting worker looks for lost jobs
    assert wait_for(lambda: reaches(job, counting.LAST), WORKING_TIME, pause=0.1), worker.log.read_text()
    assert (job.state, job.attempts, job.cursor) == (Job.State.DONE, 2, {"number": counting.LAST})


def test_gives_back_at_once_what_a_killed_worker_had_taken(worker: WorkerProcess, job: Job) -> None:
    worker.start()  # and rings the job, which nobody has rung
    assert wait_for(lambda: reaches(job, 1), WORKING_TIME, pause=0.05), worker.log.read_text()
    worker.kill()
    assert counting.count_slowly.name not in waiting()
    restore_unacknowledged()
    assert counting.count_slowly.name in waiting()


def waiting() -> list[str]:
    with app.connection_for_read() as connection:
        messages = connection.default_channel.client.lrange(app.conf.task_default_queue, 0, -1)
    return [json.loads(message)["headers"]["task"] for message in messages]


def test_finds_a_job_whose_ring_was_lost(worker: WorkerProcess, job: Job) -> None:
    assert job.rung_at is None
    worker.start()
    assert wait_for(lambda: reaches(job, 1), WORKING_TIME, pause=0.1), worker.log.read_text()


def test_writes_no_personal_data_when_a_task_fails(worker: WorkerProcess, tmp_path: Path) -> None:
    worker.start()
    app.send_task(counting.count_slowly.name, kwargs={"job_id": "Ёлкина 08765430300"})
    assert wait_for(lambda: "raised unexpected" in worker.log.read_text(), WORKING_TIME, pause=0.1)
    written = worker.log.read_text()
    assert "ValueError" in written
    assert not [secret for secret in ("Ёлкина", "08765430300") if secret in written]
