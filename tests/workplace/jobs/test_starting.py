"""A page starts a long action once and leads to it; a second start shows the one that runs."""

import datetime as dt

import pytest
from celery import current_app
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from offices import jobs
from offices.models import Job, Office, Staff
from tests import factories as make
from workplace.jobs import start

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    ids: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda _name, kwargs: ids.append(kwargs["job_id"]))
    return ids


def post(by: Staff, **headers: str) -> HttpRequest:
    request = RequestFactory().post("/runs/", headers=headers)
    request.user = by
    request._messages = CookieStorage(request)
    return request


def ask(office: Office, by: Staff, at: dt.datetime) -> Job:
    task = "calculations.tasks.calculate_run"
    return jobs.request(kind="calculate_run", key=f"{office.pk}:2026-10", task=task, by=by, at=at, office=office)


def begin(by: Staff, office: Office, **headers: str) -> tuple[HttpResponse, Job, list[str]]:
    request, at = post(by, **headers), timezone.now()
    job = ask(office, by, at)
    answer = start(request, job, at=at)
    return answer, job, [str(one) for one in get_messages(request)]


def test_rings_a_new_job_and_leads_to_its_page(rung: list[int]) -> None:
    by = make.staff()
    answer, job, said = begin(by, make.office())
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{job.pk}/")
    assert (rung, said) == ([job.pk], [])


def test_shows_the_running_job_at_a_second_start(rung: list[int]) -> None:
    office, first = make.office(), make.staff(last_name="Фролов")
    _, job, _ = begin(first, office)
    answer, same, said = begin(make.staff(), office)
    assert (same, answer["Location"]) == (job, f"/jobs/{job.pk}/")
    assert rung == [job.pk]
    assert "работа уже идёт" in said[0]
    assert "Фролов" in said[0]


def test_does_not_ring_again_what_its_service_rang(rung: list[int]) -> None:
    by, at = make.staff(), timezone.now()
    job = ask(make.office(), by, at)
    jobs.ring_after_commit(job)
    start(post(by), job, at=at)
    assert rung == [job.pk]


def test_leads_a_partial_request_by_a_header(rung: list[int]) -> None:
    answer, job, _ = begin(make.staff(), make.office(), **{"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/jobs/{job.pk}/")
    assert rung == [job.pk]
