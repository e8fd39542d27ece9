"""How a page starts a long action and sends the visitor to its page."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from offices import jobs
from offices.calendar import day_of
from offices.models import Job
from workplace.wording_of_jobs import clock, wording_of


def start(request: HttpRequest, job: Job, *, at: dt.datetime) -> HttpResponse:
    """Ring a job that was asked for at `at` and redirect to its page, in the month and district shown.

    A job that somebody asked for before is shown instead, with a message saying who and when; nothing is started
    twice. To be called outside the transaction that wrote the job.
    """
    job.refresh_from_db(fields=["state", "rung_at", "requested_at", "requested_by"])
    if job.requested_at != at or job.requested_by_id != request.user.pk:
        messages.info(request, already_asked(job))
    elif job.state == Job.State.QUEUED and job.rung_at is None:
        jobs.ring_after_commit(job)
    address = address_of(request, job)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer


def address_of(request: HttpRequest, job: Job) -> str:
    """Return the address of a job's page that keeps the month and district shown."""
    address = reverse("job", args=[job.pk])
    frame = getattr(request, "frame", None)
    return f"{address}?{urlencode(frame.query)}" if frame is not None and frame.query else address


def already_asked(job: Job) -> str:
    """Say who asked for a job before, when, and what became of it."""
    title = wording_of(job.kind).title
    who = job.requested_by.full_name or job.requested_by.username
    when = f"{day_of(job.requested_at):%d.%m.%Y} в {clock(job.requested_at)}"
    if job.state in (Job.State.QUEUED, Job.State.RUNNING):
        return f"{title}: работа уже идёт, её запустил сотрудник {who} {when}. Второй раз она не запускается."
    return f"{title}: работа уже выполнена, её запустил сотрудник {who} {when}. Показан её итог."
