"""A received file is checked by another person's job; a real worker does both (3.9, 3.10)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.processes import wait_for
from exchange.models import ExchangeFile
from offices.models import Job, Role
from tests import factories as make
from tests.calculations.town import PARAMETERS, parameter
from tests.conftest import WorkerProcess
from tests.exchange.answering import Desk, ask, asked, billed_household, desk, provider
from tests.workplace.receiving.bringing import ADDRESS, bring, clerk, right, rows, specialist, taken, the_row, work
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
WORKING_TIME = 90.0


@pytest.fixture
def at_desk() -> Desk:
    return desk_with_parameters()


def desk_with_parameters() -> Desk:
    """An office whose month has its discount, which weighs what a check finds."""
    made = desk()
    for code, value in PARAMETERS.items():
        parameter(code, value)
    return made


def test_checks_a_file_at_the_request_of_a_checker(at_desk: Desk) -> None:
    file = taken(at_desk, clerk(at_desk.office), asked(at_desk, people=2))
    by = specialist(at_desk.office, Role.CHECKING)
    answer = browser_of(by).post(f"/exchange/files/{file.pk}/verify/?m=2026-10")
    job = Job.objects.get(kind="verify_return")
    assert answer["Location"] == f"/jobs/{job.pk}/?m=2026-10"
    assert the_row(browser_of(by)).state_word == "проверяется"
    work()
    file.refresh_from_db()
    assert (file.status, file.verified_by) == ("verified", by)
    job.refresh_from_db()
    assert (job.result["succeeded"], job.result["warnings"], job.result["errors"]) == (2, 0, 0)
    row = the_row(browser_of(by))
    assert (row.state_word, row.step) == ("проверен", "look")
    assert the_row(clerk(at_desk.office, Role.CALCULATION)).step == "load"


def test_starts_the_check_of_all_received_files_at_once(at_desk: Desk) -> None:
    first, second = provider(at_desk.office), provider(at_desk.office)
    billed_household(at_desk.office, first, second)
    browser = clerk(at_desk.office)
    bring(browser, *((request.name, right(request)) for request in ask(at_desk.office)))
    work()
    checker = clerk(at_desk.office, Role.CHECKING)
    assert "Проверить все принятые: 2" in checker.get(ADDRESS).content.decode()
    checker.post("/exchange/receiving/verify/?m=2026-10")
    assert [job.kind for job in work()] == ["verify_return", "verify_return"]
    assert {row.state_word for row in rows(checker)} == {"проверен"}


def test_lets_nobody_check_but_a_checker(at_desk: Desk) -> None:
    file = taken(at_desk, clerk(at_desk.office), asked(at_desk))
    for role in ("exchange", "calculation", "head"):
        answer = clerk(at_desk.office, role).post(f"/exchange/files/{file.pk}/verify/")
        assert answer.status_code == 403
        assert "специалист по проверке" in answer.content.decode()
        assert clerk(at_desk.office, role).post("/exchange/receiving/verify/").status_code == 403
    assert not Job.objects.unfinished().exists()


def test_refuses_a_checker_who_took_the_file(at_desk: Desk) -> None:
    by = specialist(at_desk.office)
    file = taken(at_desk, browser_of(by), asked(at_desk))
    by.grants.create(role=Role.CHECKING, order="№ 2", valid_from=dt.date(2020, 1, 1))
    browser_of(by).post(f"/exchange/files/{file.pk}/verify/")
    assert not Job.objects.unfinished().exists()


def test_says_why_a_check_stopped_and_lets_it_be_started_again(at_desk: Desk) -> None:
    file = taken(at_desk, clerk(at_desk.office), asked(at_desk))
    checker = clerk(at_desk.office, Role.CHECKING)
    checker.post(f"/exchange/files/{file.pk}/verify/")
    job = Job.objects.get(kind="verify_return")
    Job.objects.filter(pk=job.pk).update(state="failed", error="Тариф не утверждён.", finished_at=job.requested_at)
    row = the_row(checker)
    assert (row.state_word, row.sentence, row.step) == ("проверка остановлена", "Тариф не утверждён.", "verify")
    checker.post(f"/exchange/files/{file.pk}/verify/")
    work()
    assert the_row(checker).state_word == "проверен"


def test_asks_the_same_number_of_questions_for_few_and_for_many_files(at_desk: Desk) -> None:
    counted = []
    for at, providers in ((at_desk, 2), (desk("66204"), 9)):
        billed_household(at.office, *(provider(at.office) for _ in range(providers)))
        brought = [(request.name, right(request)) for request in ask(at.office)]
        bring(clerk(at.office), *brought, *((f"чужой {name}", b"x") for name, _ in brought))
        work()
        checker = clerk(at.office, Role.CHECKING)
        checker.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(checker)) == 2 * providers
        counted.append(len(queries))
    assert counted[0] == counted[1] < 15


def test_shows_the_department_every_district_at_one_go(at_desk: Desk) -> None:
    taken(at_desk, clerk(at_desk.office), asked(at_desk))
    for _ in range(5):
        make.office()
    verifier = visitor("verifier", office=make.unit("subsidies"))
    verifier.get(f"{ADDRESS}&r=all")
    with CaptureQueriesContext(connection) as queries:
        answer = verifier.get(f"{ADDRESS}&r=all")
    assert len(queries) < 15
    mine = next(row for row in answer.context["rows"] if row.office == at_desk.office)
    assert (mine.asked, mine.answered, mine.silent, mine.unchecked) == (1, 1, 0, 1)
    chosen = verifier.get(f"{ADDRESS}&r={at_desk.office.code}")
    assert len(chosen.context["receiving"].rows) == 1
    assert 'type="file"' not in chosen.content.decode()


@pytest.mark.django_db(transaction=True)
def test_goes_from_the_page_to_verified_through_a_real_worker(celery_worker_process: WorkerProcess) -> None:
    at = desk_with_parameters()
    request = asked(at, people=3)
    celery_worker_process.start()
    bring(clerk(at.office), (request.name, right(request)), ("выгрузка.dbf", b"PK\x03\x04"))
    files = ExchangeFile.objects.filter(kind="return")
    log = celery_worker_process.log
    assert wait_for(lambda: files.count() == 2, WORKING_TIME, pause=0.1), log.read_text()
    file = files.get(status="received")
    clerk(at.office, Role.CHECKING).post(f"/exchange/files/{file.pk}/verify/")
    assert wait_for(lambda: files.filter(status="verified").exists(), WORKING_TIME, pause=0.1), log.read_text()
    assert set(Job.objects.values_list("kind", "state")) == {("receive_return", "done"), ("verify_return", "done")}
