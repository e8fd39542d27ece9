"""A worker killed in the middle of calculating costs nothing: the month ends like one that was not disturbed."""

import time
from collections.abc import Callable, Sequence

import pytest
from django.db import transaction
from django.db.models.functions import Now

from offices import jobs
from offices.models import Job
from tests.conftest import WorkerProcess
from tests.workplace.month.playing import AUGUST, everything, scene, seed
from workplace.services.playing.month import Step, steps_of

OFFICES = ("66401", "66205", "66244")
LONGEST = 120.0
LIVE = (Job.State.QUEUED, Job.State.RUNNING)


class Killer:
    """Lets a real worker do the jobs one by one, kills it in the middle of each, and starts another."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.worker = worker
        self.attempts: list[int] = []

    def calculate(self, waiting: Sequence[Job]) -> None:
        Job.objects.filter(pk__in=[job.pk for job in waiting]).update(rung_at=Now())  # nobody rings but this test
        for job in waiting:
            self.worker.start()
            jobs.ring(job)
            until(lambda: Job.objects.get(pk=job.pk).state != Job.State.QUEUED)  # noqa: B023 - called in this turn
            self.worker.kill()
            broken = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
            broken.update(lease_until=Now())  # five minutes pass
            self.worker.start()
            jobs.reconcile()
            until(lambda: Job.objects.get(pk=job.pk).state not in LIVE)  # noqa: B023
            self.worker.stop()
            self.attempts.append(Job.objects.get(pk=job.pk).attempts)


def until(happened: Callable[[], bool]) -> None:
    """Wait, looking often: what is waited for lasts less than a second."""
    deadline = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < deadline, list(Job.objects.values_list("key", "state", "error"))
        time.sleep(0.003)


def of_item(steps: list[Step], item: str) -> int:
    return next(place for place, step in enumerate(steps) if step.item == item)


@pytest.mark.usefixtures("transactional_db")
def test_ends_like_an_undisturbed_month(celery_worker_process: WorkerProcess) -> None:
    seed()
    steps = steps_of(scene=scene(AUGUST, offices=OFFICES))
    place = of_item(steps, "3.12")
    for step in steps[:place]:
        step.play()
    with transaction.atomic():
        for step in steps[place:]:
            step.play()
        expected = everything(AUGUST)
        transaction.set_rollback(True)

    killer = Killer(celery_worker_process)
    for step in steps_of(scene=scene(AUGUST, offices=OFFICES, calculate=killer.calculate))[place:]:
        step.play()

    assert len(killer.attempts) == len(OFFICES) + 1
    assert sum(attempts > 1 for attempts in killer.attempts) >= len(OFFICES) - 1
    for what, facts in everything(AUGUST).items():
        assert facts == expected[what], what
    assert not Job.objects.filter(kind="calculate_run").exclude(state=Job.State.DONE).exists()
