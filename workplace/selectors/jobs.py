"""Long actions as a page shows them: how far, how long still, what came out, what to do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from offices.frame import Frame
from offices.models import Job
from offices.models.jobs import KINDS
from offices.months import NotAMonth, month_name, parse_month
from offices.telling import told
from workplace import wording_of_jobs as wording

State = Job.State
PAGE = 50
KIND_OF_STATE = {
    State.QUEUED: "wait",
    State.RUNNING: "run",
    State.DONE: "ok",
    State.FAILED: "error",
    State.QUARANTINED: "error",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Where what the job was about can be seen: a route, of one thing or of a month and district; and its words."""

    route: str
    pk: int | None
    month: str
    office: str
    words: str


@dataclass(frozen=True, slots=True)
class JobShown:
    """A job in words. `percent` is None while the whole is not known; `tenth` is what a live region has to say."""

    pk: int
    title: str
    about: str
    state: str
    state_kind: str
    state_word: str
    is_live: bool
    done: int
    total: int
    percent: int | None
    sentence: str
    advice: str
    requested_by: str
    requested_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    attempts: int
    link: Link | None

    @property
    def tenth(self) -> int:
        """Whole tens of per cent; a finished job has its hundred."""
        return (self.percent or 0) // 10 * 10 if self.is_live else 100

    @property
    def is_failed(self) -> bool:
        return self.state in (State.FAILED, State.QUARANTINED)


@dataclass(frozen=True, slots=True)
class JobPage:
    """A page of the list, the newest first; `older_than` is where the next one begins."""

    jobs: tuple[JobShown, ...]
    older_than: int | None

    @property
    def is_live(self) -> bool:
        return any(job.is_live for job in self.jobs)


def visible_jobs(frame: Frame) -> QuerySet[Job]:
    """Return the jobs whose page the visitor may open."""
    return Job.objects.for_user(frame.staff, on=frame.on).select_related("office__district", "requested_by")


def job_page(frame: Frame, *, now: dt.datetime, before: int | None = None) -> JobPage:
    """List the visitor's jobs, and to those who answer for others theirs too, `PAGE` at a time."""
    jobs = Job.objects.listed_for(frame.staff, on=frame.on).select_related("office__district", "requested_by")
    if before is not None:
        jobs = jobs.filter(pk__lt=before)
    found = list(jobs.order_by("-pk")[: PAGE + 1])
    shown = tuple(shown_jobs(found[:PAGE], now=now))
    return JobPage(shown, found[PAGE - 1].pk if len(found) > PAGE else None)


def live_jobs(frame: Frame) -> int:
    """Count the jobs of the visitor's list that wait or run."""
    return Job.objects.listed_for(frame.staff, on=frame.on).unfinished().count()


def shown_jobs(jobs: Sequence[Job], *, now: dt.datetime) -> list[JobShown]:
    """Tell jobs in words as of `now`; their offices and requesters should be read with them."""
    said = told(jobs)
    return [_shown(job, said.get(job.pk), now) for job in jobs]


def shown_job(job: Job, *, now: dt.datetime) -> JobShown:
    """Tell one job in words as of `now`."""
    return shown_jobs([job], now=now)[0]


def _shown(job: Job, said: int | None, now: dt.datetime) -> JobShown:
    done = min(max(job.done, said or 0), job.total) if job.total else job.done
    words = wording.wording_of(job.kind)
    state = State(job.state)
    is_live = state in (State.QUEUED, State.RUNNING)
    sentence, advice = _sentences(job, done, words, now)
    return JobShown(
        pk=job.pk,
        title=words.title if words is not wording.UNKNOWN else KINDS.get(job.kind, words.title).capitalize(),
        about=_about(job),
        state=state,
        state_kind="error" if _refused(job) else KIND_OF_STATE[state],
        state_word="не принято" if _refused(job) else str(state.label),
        is_live=is_live,
        done=done,
        total=job.total,
        percent=done * 100 // job.total if job.total else None,
        sentence=sentence,
        advice=advice,
        requested_by=job.requested_by.full_name or job.requested_by.username,
        requested_at=job.requested_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        attempts=job.attempts,
        link=_link(job, words),
    )


def time_left(job: Job, *, done: int, now: dt.datetime) -> dt.timedelta | None:
    """Estimate the rest by the speed since the job was last taken; None until a first part is done.

    The speed is that of the finished parts, and what goes on since the last of them is taken off the rest. A step
    that has told of `done` beyond them is measured by itself, from its own beginning.
    """
    if job.progressed_at is not None and done > job.done:
        return (now - job.progressed_at) / (done - job.done) * (job.total - done)
    if job.taken_at is None or job.progressed_at is None or job.done <= job.done_when_taken:
        return None
    each = (job.progressed_at - job.taken_at) / (job.done - job.done_when_taken)
    return max(each * (job.total - job.done) - (now - job.progressed_at), dt.timedelta(0))


def _sentences(job: Job, done: int, words: wording.Wording, now: dt.datetime) -> tuple[str, str]:
    if job.state == State.QUEUED:
        return wording.waiting(job, now), ""
    if job.state == State.RUNNING:
        if job.lease_until is not None and job.lease_until < now:
            return wording.lost(job), ""
        return wording.how_far(done, job.total, words, time_left(job, done=done, now=now)), ""
    if job.state == State.FAILED:
        return job.error, words.again
    if job.state == State.QUARANTINED:
        return job.error, f"Назовите администратору номер работы: {job.pk}. Повторный запуск ничего не испортит."
    if _refused(job):
        return str(job.result["sentence"]), str(job.result.get("advice", ""))
    return wording.outcome(wording.counts_of(job.result, words)), str(job.result.get("sentence", ""))


def _refused(job: Job) -> bool:
    """Tell whether the job ended well by saying no: a file that was looked at and not taken."""
    return job.state == State.DONE and job.result.get("outcome") == "refused"


def _about(job: Job) -> str:
    named = str(job.parameters.get("name", ""))
    where = (job.office.district.name if job.office.district else job.office.name) if job.office else "вся область"
    month = _month(job)
    return ", ".join(filter(None, [named, where, month_name(month) if month else ""]))


def _month(job: Job) -> dt.date | None:
    told = str(job.parameters.get("month", ""))[:7]
    try:
        return parse_month(told)
    except NotAMonth:
        return None


def _link(job: Job, words: wording.Wording) -> Link | None:
    month = _month(job)
    of = (f"{month:%Y-%m}" if month else "", job.office.code if job.office is not None else "")
    if not words.named_by:
        return Link(words.goes_to, None, *of, words.link)
    named = job.result.get(words.named_by) or job.parameters.get(words.named_by)
    if named:
        return Link(words.goes_to, int(named), *of, words.link)
    return Link("receiving", None, *of, "К приёму файлов") if job.office else None
