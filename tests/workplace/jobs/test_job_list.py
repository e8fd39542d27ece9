"""Everyone finds their own long actions again; a head sees the office's, the administrator all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Job
from tests import factories as make
from tests.workplace.jobs.working import job, running
from tests.workplace.visiting import browser_of, visitor
from workplace.selectors.jobs import PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october() -> None:
    make.open_month()


def listed(browser) -> set[int]:
    page = browser.get("/jobs/").context["page"]
    return {row.pk for row in page.jobs}


def test_shows_a_specialist_the_own_jobs_only() -> None:
    office = make.office()
    own, colleagues = job(office=office), job(office=office)
    assert listed(browser_of(own.requested_by)) == {own.pk}
    assert listed(browser_of(colleagues.requested_by)) == {colleagues.pk}


def test_shows_a_head_the_jobs_of_the_office() -> None:
    office = make.office()
    ours = {job(office=office).pk, running(1, 2, office=office).pk}
    job()
    assert listed(visitor("head", office=office)) == ours


@pytest.mark.parametrize("role", ["administrator", "auditor", "department_head"])
def test_shows_every_job_to_who_answers_for_all(role: str) -> None:
    every = {job().pk, job("done").pk}
    assert listed(visitor(role, office=make.unit())) == every


def test_goes_on_asking_only_while_something_runs() -> None:
    office = make.office()
    head = visitor("head", office=office)
    live = running(1, 2, office=office)
    assert 'hx-trigger="every 3s"' in head.get("/jobs/").content.decode()
    Job.objects.filter(pk=live.pk).delete()
    job("done", office=office)
    assert 'hx-trigger="every 3s"' not in head.get("/jobs/").content.decode()


def test_gives_the_older_ones_by_the_key_of_the_last() -> None:
    by = make.staff("calculation")
    rows = [job("done", by=by) for _ in range(PAGE + 3)]
    browser = browser_of(by)
    page = browser.get("/jobs/").context["page"]
    assert [row.pk for row in page.jobs] == [row.pk for row in reversed(rows)][:PAGE]
    older = browser.get(f"/jobs/?before={page.older_than}").context["page"]
    assert [row.pk for row in older.jobs] == [row.pk for row in reversed(rows)][PAGE:]
    assert older.older_than is None


def test_refuses_a_place_in_the_list_that_is_no_number() -> None:
    assert visitor("head").get("/jobs/?before=вчера").status_code == 404


def test_says_when_there_was_none() -> None:
    assert "Работ пока не было" in visitor("calculation").get("/jobs/").content.decode()


def test_counts_what_runs_for_the_head_of_the_page() -> None:
    office = make.office()
    head = visitor("head", office=office)
    assert head.get("/jobs/running/").content.decode().strip() == ""
    running(1, 2, office=office)
    job(office=office)
    job("done", office=office)
    assert "2\xa0работы идут" in head.get("/jobs/running/").content.decode()


def test_asks_the_same_number_of_questions_for_two_and_for_forty_jobs() -> None:
    office = make.office()
    head = visitor("head", office=office)
    counted = []
    for jobs in (2, 38):
        for _ in range(jobs):
            job(office=office)
        with CaptureQueriesContext(connection) as queries:
            head.get("/jobs/")
        counted.append(len(queries))
    assert counted[0] == counted[1] < 15
