"""A job goes on where it stopped, is done by one worker at a time, and never runs for ever."""

import datetime as dt
from collections.abc import Callable

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from offices import jobs
from offices.jobs import JobLeased, Progress
from offices.models import Decree, Job, Staff
from offices.refusals import Refusal
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db

TOTAL = 3


class WorkerLost(Exception):
    """What a worker that lost its database would meet."""


class CannotBeDone(Refusal):
    pass


@pytest.fixture
def requester() -> Staff:
    return factories.staff()


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the jobs whose ring reached the broker."""
    ids: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda _name, kwargs: ids.append(kwargs["job_id"]))
    return ids


def request(by: Staff, *, key: str = "2026-10") -> Job:
    return jobs.request(kind="calculate", key=key, task="offices.tasks.none", by=by, at=AT, parameters={"a": 1})


def one_more(job: Job) -> Progress:
    done = job.cursor.get("done", 0) + 1
    return Progress(cursor={"done": done}, done=done, total=TOTAL, is_finished=done == TOTAL, result={"last": done})


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


def fails_at(done: int, error: Exception) -> Callable[[Job], Progress]:
    def step(job: Job) -> Progress:
        if job.cursor.get("done", 0) == done:
            factories.decree(number=f"lost with the chunk {job.attempts}")
            raise error
        return one_more(job)

    return step


def test_does_a_job_step_by_step_and_keeps_its_result(requester: Staff) -> None:
    job = jobs.work(request(requester).pk, one_more)
    assert (job.state, job.done, job.total, job.result) == ("done", 3, 3, {"last": 3})
    assert job.lease_until is None
    assert job.finished_at is not None
    assert (job.requested_by, job.parameters) == (requester, {"a": 1})


def test_does_nothing_to_a_job_that_is_done(requester: Staff) -> None:
    done = jobs.work(request(requester).pk, one_more)
    again = jobs.work(done.pk, fails_at(0, AssertionError("a step of a finished job")))
    assert (again.state, again.attempts) == ("done", done.attempts)


def test_keeps_one_live_job_for_a_kind_and_key(requester: Staff) -> None:
    first = request(requester)
    assert request(factories.staff()) == first
    assert request(requester, key="2026-11") != first
    jobs.work(first.pk, one_more)
    assert request(requester) != first


def test_refuses_a_second_worker_while_the_lease_lasts(requester: Staff) -> None:
    job = request(requester)
    with pytest.raises(WorkerLost):
        jobs.work(job.pk, fails_at(1, WorkerLost()))
    with pytest.raises(JobLeased):
        jobs.work(job.pk, one_more)


def test_goes_on_after_an_error_from_the_chunk_that_was_lost(requester: Staff) -> None:
    job = request(requester)
    with pytest.raises(WorkerLost):
        jobs.work(job.pk, fails_at(2, WorkerLost()))
    job.refresh_from_db()
    assert (job.state, job.done, job.cursor) == ("running", 2, {"done": 2})
    expire(job)
    seen: list[int] = []

    def step(taken: Job) -> Progress:
        seen.append(taken.cursor["done"])
        return one_more(taken)

    assert jobs.work(job.pk, step).state == "done"
    assert seen == [2]


def test_takes_back_what_the_lost_chunk_wrote(requester: Staff) -> None:
    job = request(requester)
    with pytest.raises(WorkerLost):
        jobs.work(job.pk, fails_at(1, WorkerLost()))
    assert not Decree.objects.filter(number__startswith="lost").exists()


@pytest.mark.django_db(transaction=True)
def test_stops_a_slow_worker_whose_job_another_took_over(requester: Staff) -> None:
    job = request(requester)
    steps: list[int] = []

    def another_takes_over() -> None:
        expire(job)
        with pytest.raises(WorkerLost):
            jobs.work(job.pk, fails_at(1, WorkerLost()))

    def slow(taken: Job) -> Progress:
        steps.append(taken.attempts)
        transaction.on_commit(another_takes_over)
        return one_more(taken)

    with pytest.raises(JobLeased, match="продолжает другой"):
        jobs.work(job.pk, slow)
    job.refresh_from_db()
    assert (steps, job.attempts, job.done) == ([1], 2, 1)


def test_fails_with_the_sentence_of_a_refusal_and_keeps_what_was_done(requester: Staff) -> None:
    job = jobs.work(request(requester).pk, fails_at(1, CannotBeDone("Тариф не утверждён.")))
    assert (job.state, job.error, job.done) == ("failed", "Тариф не утверждён.", 1)
    assert request(requester).state == "queued"


def test_rings_after_the_job_is_committed(
    requester: Staff, rung: list[int], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = request(requester)
        jobs.ring_after_commit(job)
        assert rung == []
    assert rung == [job.pk]
    job.refresh_from_db()
    assert job.rung_at is not None


def test_rings_again_what_was_never_rung_or_lost_its_worker(requester: Staff, rung: list[int]) -> None:
    silent, running, fresh, lost = (request(requester, key=str(key)) for key in range(4))
    now = timezone.now()
    Job.objects.filter(pk=fresh.pk).update(rung_at=now)
    Job.objects.filter(pk=running.pk).update(state="running", lease_until=now + jobs.LEASE, attempts=1)
    Job.objects.filter(pk=lost.pk).update(state="running", lease_until=now - jobs.LEASE, attempts=1)
    assert jobs.reconcile() == 2
    assert rung == [silent.pk, lost.pk]
    Job.objects.filter(pk=fresh.pk).update(rung_at=now - jobs.RING_AGAIN_AFTER - dt.timedelta(seconds=1))
    rung.clear()
    jobs.reconcile()
    assert fresh.pk in rung


def test_gives_a_job_up_after_three_attempts_without_progress(requester: Staff, rung: list[int]) -> None:
    job = request(requester)
    for attempt in range(1, jobs.MOST_ATTEMPTS + 1):
        with pytest.raises(WorkerLost):
            jobs.work(job.pk, fails_at(0, WorkerLost()))
        expire(job)
        jobs.reconcile()
        job.refresh_from_db()
        assert (job.state == "quarantined") == (attempt == jobs.MOST_ATTEMPTS)
    assert "Сообщите администратору" in job.error
    assert rung == [job.pk] * (jobs.MOST_ATTEMPTS - 1)


def test_keeps_a_job_that_progresses_however_often_its_worker_is_lost(requester: Staff, rung: list[int]) -> None:
    job = request(requester)
    for done in range(1, TOTAL):
        for _ in range(2):
            with pytest.raises(WorkerLost):
                jobs.work(job.pk, fails_at(done, WorkerLost()))
            expire(job)
            jobs.reconcile()
    assert jobs.work(job.pk, one_more).state == "done"


def test_survives_a_broker_that_is_down(requester: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_name: str, kwargs: dict[str, int]) -> None:
        raise jobs.OperationalError(f"no broker for {kwargs}")

    monkeypatch.setattr(current_app, "send_task", down)
    job = request(requester)
    jobs.ring(job)
    job.refresh_from_db()
    assert job.state == "queued"
