"""One run under review: chips, a verdict a row, acceptance only when the mandatory rows are done, return with remarks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calculations.models import CalculationRun, ReviewDecision
from calculations.selectors import review_queue
from calculations.services import review
from calculations.services.review import ReviewedAccrual
from offices.models import Office, Role, RoleGrant, Staff
from tests import factories as make
from tests.calculations import made, town
from tests.workplace.runs.played import billed, calculated, district, in_september, submitted
from tests.workplace.visiting import browser_of, visitor
from workplace.selectors.review.queue import CHIPS, MANDATORY, Queue, page_of

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
MOST_QUERIES = 20
"""A page of the house, the queue as it is drawn, a page of rows with their causes and verdicts."""


@pytest.fixture
def office() -> Office:
    return district()


@pytest.fixture
def run(office: Office) -> CalculationRun:
    """Ten known families, two of which deviate, and a new one; handed over."""
    families = in_september(office, *["50.00"] * 10)
    billed(families, "300.00", "20.00", *["100.00"] * 8)
    town.bill(town.family(office, residents=1), "23", "100.00")
    return submitted(calculated(office))


@pytest.fixture
def verifier() -> Staff:
    return made.verifier()


def address(run: CalculationRun, route: str = "review-run", *args: int) -> str:
    return reverse(route, args=[run.pk, *args])


def page_at(client: Client, where: str, **query: str) -> str:
    answer = client.get(where, {"m": "2026-10"} | query, follow=True)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def decide_all(run: CalculationRun, by: Staff, *, but: int = 0) -> None:
    items = review_queue(run.pk)
    verdicts = [ReviewedAccrual(item.accrual_id) for item in items[: len(items) - but]]
    review.record_reviews(run_id=run.pk, verdicts=verdicts, by=by, at=make.AT)


def test_shows_a_chip_the_rows_of_its_cause(run: CalculationRun) -> None:
    queue = Queue(run)
    drawn = review_queue(run.pk)
    for chip in MANDATORY:
        shown = {row.compared.accrual_id for row in page_of(queue, chip=chip).rows}
        assert shown == {item.accrual_id for item in drawn if item.cause == chip}, chip
        assert queue.reviewed(chip).wanted == len(shown)
    assert page_of(queue, chip="remarks").rows == ()
    assert len(page_of(queue, chip="all").rows) == 11


def test_pages_through_a_chip_without_a_gap(run: CalculationRun) -> None:
    queue = Queue(run)
    first = page_of(queue, chip="deviation", most=1)
    second = page_of(queue, chip="deviation", most=1, after=first.following)
    sizes = [abs(page.rows[0].compared.difference) for page in (first, second)]
    assert sizes == sorted(sizes, reverse=True)
    assert second.following is None


@pytest.mark.parametrize("chip", CHIPS)
def test_opens_every_chip(chip: str, run: CalculationRun, verifier: Staff) -> None:
    page = page_at(browser_of(verifier), address(run), chip=chip)
    assert 'aria-current="true">' in page
    assert "Вернуть район" in page


def test_records_a_verdict_and_gives_the_row_back(run: CalculationRun, verifier: Staff) -> None:
    item = next(one for one in review_queue(run.pk) if one.cause == "deviation")
    where = f"{address(run, 'review-row', item.accrual_id)}?m=2026-10&chip=deviation"
    answer = browser_of(verifier).post(where, {"verdict": "correct"}, **HTMX)
    decision = ReviewDecision.objects.get()
    assert (decision.accrual_id, decision.verdict, decision.cause) == (item.accrual_id, "correct", "deviation")
    assert decision.reviewed_by == verifier
    fragment = answer.content.decode()
    assert f'<tr id="row-{item.accrual_id}"' in fragment.replace("\n", "")
    assert "принято" in fragment
    assert fragment.count("hx-swap-oob") == 2
    assert "1/2" in fragment


def test_records_a_verdict_without_scripts_too(run: CalculationRun, verifier: Staff) -> None:
    item = review_queue(run.pk)[0]
    answer = browser_of(verifier).post(address(run, "review-row", item.accrual_id), {"verdict": "correct"})
    assert answer.status_code == 302
    assert answer.url.startswith(address(run))
    assert ReviewDecision.objects.count() == 1


def test_asks_a_remark_for_its_reason_and_text(run: CalculationRun, verifier: Staff) -> None:
    item = review_queue(run.pk)[0]
    where = address(run, "review-row", item.accrual_id)
    answer = browser_of(verifier).post(where, {"verdict": "wrong"}, **HTMX)
    page = answer.content.decode()
    assert answer["HX-Retarget"] == "#panel"
    assert "Выберите, что неверно." in page
    assert "Напишите, что проверить" in page
    assert not ReviewDecision.objects.exists()


def test_keeps_the_reason_and_text_of_a_remark(run: CalculationRun, verifier: Staff) -> None:
    item = review_queue(run.pk)[0]
    where = address(run, "review-row", item.accrual_id)
    data = {"verdict": "wrong", "reason": "Состав семьи", "text": "По справке трое."}
    browser_of(verifier).post(where, data, **HTMX)
    assert ReviewDecision.objects.get().note == "Состав семьи: По справке трое."
    assert "Вернуть район (1 замечание)" in page_at(browser_of(verifier), address(run), chip="remarks")


def test_says_so_when_a_row_is_decided_already(run: CalculationRun, verifier: Staff) -> None:
    item = review_queue(run.pk)[0]
    where = address(run, "review-row", item.accrual_id)
    client = browser_of(verifier)
    client.post(where, {"verdict": "correct"}, **HTMX)
    answer = client.post(where, {"verdict": "correct"}, **HTMX)
    assert answer["HX-Retarget"] == "#messages"
    assert "уже проверено" in answer.content.decode()
    assert ReviewDecision.objects.count() == 1


@pytest.mark.parametrize("role", [Role.DEPARTMENT_HEAD, Role.AUDITOR])
def test_lets_only_the_verifier_decide(role: str, run: CalculationRun) -> None:
    item = review_queue(run.pk)[0]
    client = visitor(role)
    assert "1</kbd>Принять" not in page_at(client, address(run))
    for where, data in (
        (address(run, "review-row", item.accrual_id), {"verdict": "correct"}),
        (address(run, "review-approval"), {"recipients": "11", "total": "1"}),
        (address(run, "review-return"), {"reason": "нет"}),
    ):
        answer = client.post(where, data)
        assert answer.status_code == 403, where
        assert "проверяет проверяющий отдела субсидий" in answer.content.decode()
    run.refresh_from_db()
    assert (run.status, ReviewDecision.objects.count()) == ("submitted", 0)


def test_says_in_words_what_remains_before_acceptance(run: CalculationRun, verifier: Staff) -> None:
    page = page_at(browser_of(verifier), address(run))
    assert "Принять нельзя: не проверено: 1 новое назначение, 2 отклонения, 1 строка выборки." in page
    decide_all(run, verifier, but=1)
    assert "Принять нельзя: не проверено:" in page_at(browser_of(verifier), address(run))
    refused = browser_of(verifier).post(address(run, "review-approval"), content(run), follow=True)
    assert "не проверено" in refused.content.decode()
    run.refresh_from_db()
    assert run.status == "submitted"


def content(run: CalculationRun) -> dict[str, str]:
    return {"recipients": str(run.recipients), "total": str(run.total)}


def test_accepts_the_district_when_the_mandatory_rows_are_done(run: CalculationRun, verifier: Staff) -> None:
    decide_all(run, verifier)
    client = browser_of(verifier)
    assert "После этого район не сможет менять начисления" in page_at(client, address(run, "review-approval"))
    assert client.post(address(run, "review-approval"), content(run)).status_code == 302
    run.refresh_from_db()
    assert (run.status, run.reviewed_by) == ("approved", verifier)


def test_accepts_nothing_when_the_list_has_changed(run: CalculationRun, verifier: Staff) -> None:
    decide_all(run, verifier)
    changed = content(run) | {"total": "1.00"}
    answer = browser_of(verifier).post(address(run, "review-approval"), changed, follow=True)
    assert "Пока вы проверяли, список изменился" in answer.content.decode()
    run.refresh_from_db()
    assert run.status == "submitted"


def test_can_only_return_a_district_with_a_remark(run: CalculationRun, verifier: Staff) -> None:
    decide_all(run, verifier, but=1)
    last = next(item for item in review_queue(run.pk) if not item.verdict)
    review.record_review(accrual_id=last.accrual_id, verdict="wrong", note="тариф", by=verifier, at=make.AT)
    client = browser_of(verifier)
    assert "есть 1 замечание: район можно только вернуть" in page_at(client, address(run))
    assert "Укажите, что исправить" in client.post(address(run, "review-return"), {"reason": ""}).content.decode()
    assert client.post(address(run, "review-return"), {"reason": "сверьте тариф"}).status_code == 302
    run.refresh_from_db()
    assert (run.status, run.return_reason) == ("returned", "сверьте тариф")


def test_tells_who_calculated_that_another_must_review(office: Office) -> None:
    billed(in_september(office, "50.00"), "100.00")
    by = town.specialist(office)
    run = submitted(calculated(office, by=by))
    RoleGrant.objects.filter(staff=by).delete()
    RoleGrant.objects.create(staff=by, role=Role.VERIFIER, order="приказ", valid_from=make.LONG_AGO)
    page = page_at(browser_of(by), address(run))
    assert "Вы рассчитывали этот район, поэтому проверить его должен другой сотрудник." in page
    assert "1</kbd>Принять" not in page
    assert "Принять нельзя" in page_at(browser_of(by), address(run, "review-approval"))


def test_shows_a_row_service_by_service(run: CalculationRun, verifier: Staff) -> None:
    item = next(one for one in review_queue(run.pk) if one.cause == "deviation" and one.accrued > 100)
    page = page_at(browser_of(verifier), address(run, "review-row", item.accrual_id), chip="deviation")
    assert "начислено предприятием 100,00 ₽ → 300,00 ₽" in page
    assert "150,00" in page


def test_asks_the_database_as_often_for_many_rows_as_for_few(run: CalculationRun, verifier: Staff) -> None:
    other = make.office()
    billed(in_september(other, *["50.00"] * 4), "300.00", *["100.00"] * 3)
    small = submitted(calculated(other))
    client = browser_of(verifier)
    assert asked(client, small) == asked(client, run)
    assert asked(client, run) < MOST_QUERIES


def asked(client: Client, run: CalculationRun) -> int:
    page_at(client, address(run), chip="deviation", r=run.office.code)
    with CaptureQueriesContext(connection) as queries:
        page_at(client, address(run), chip="deviation", r=run.office.code)
    return len(queries)


def test_knows_no_row_of_another_run(run: CalculationRun, verifier: Staff) -> None:
    foreign = made.accrual(made.run(office=make.office()))
    assert browser_of(verifier).get(address(run, "review-row", foreign.pk)).status_code == 404
