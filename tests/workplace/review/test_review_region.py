"""The department's queue of districts: what waits, how much of it is reviewed, by the same counts as the queue."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calculations.models import CalculationRun
from calculations.selectors import parameters_in_force, review_queue
from calculations.services import review
from offices.models import Office, Role
from offices.models.staff import DISTRICT_ROLES
from offices.selectors import district_offices
from tests import factories as make
from tests.calculations import made, town
from tests.workplace.runs.played import billed, calculated, district, in_september, submitted
from tests.workplace.visiting import visitor
from workplace.selectors.review.region import QueuedDistrict, review_region

pytestmark = pytest.mark.django_db
REVIEW = reverse("review")
MOST_QUERIES = 15


@pytest.fixture
def office() -> Office:
    return district()


@pytest.fixture
def run(office: Office) -> CalculationRun:
    """Twelve known families, one of which deviates, and two new ones; handed over."""
    families = in_september(office, *["50.00"] * 12)
    billed(families, "300.00", *["100.00"] * 11)
    for _ in range(2):
        town.bill(town.family(office, residents=1), "23", "100.00")
    return submitted(calculated(office))


def queued() -> list[QueuedDistrict]:
    return review_region(make.MONTH, offices=district_offices(), parameters=parameters_in_force(make.MONTH))


def test_counts_a_run_as_its_queue_is_drawn(run: CalculationRun) -> None:
    drawn = Counter(item.cause for item in review_queue(run.pk))
    found = queued()[0]
    assert (found.new.wanted, found.deviating.wanted, found.sample.wanted) == (2, 1, 2)
    assert drawn == {"new": 2, "deviation": 1, "sample": 2}
    assert (found.new.done, found.is_complete, found.status[1]) == (0, False, "ждёт проверки")


def test_counts_what_is_reviewed(run: CalculationRun) -> None:
    verifier = made.verifier()
    for item in review_queue(run.pk):
        if item.cause != "sample":
            review.record_review(accrual_id=item.accrual_id, verdict="correct", note="", by=verifier, at=make.AT)
    found = queued()[0]
    assert [found.new.left, found.deviating.left, found.sample.left] == [0, 0, 2]
    for item in review_queue(run.pk):
        if item.cause == "sample":
            review.record_review(accrual_id=item.accrual_id, verdict="correct", note="", by=verifier, at=make.AT)
    assert queued()[0].status[1] == "проверено, можно принять"


def test_puts_what_waits_first(run: CalculationRun) -> None:
    make.office(name="Отдел А")
    first, *others = queued()
    assert first.row.run == run
    assert others
    assert not any(one.waits for one in others)


def test_shows_the_queue_with_sums_and_counts(run: CalculationRun) -> None:
    answer = visitor(Role.VERIFIER).get(REVIEW, {"m": "2026-10", "r": "all"})
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 200
    assert run.office.district.name in page
    assert "0/2" in page
    assert "0/1" in page
    assert reverse("review-run", args=[run.pk]) in page
    assert "800,00" in page


def test_asks_the_database_as_often_for_many_districts_as_for_few(run: CalculationRun) -> None:
    client = visitor(Role.VERIFIER)
    first = asked(client)
    for _ in range(3):
        other = make.office()
        billed(in_september(other, "50.00"), "100.00")
        submitted(calculated(other))
    assert asked(client) == first
    assert first < MOST_QUERIES


def asked(client) -> int:
    client.get(REVIEW, {"m": "2026-10", "r": "all"})
    with CaptureQueriesContext(connection) as queries:
        assert client.get(REVIEW, {"m": "2026-10", "r": "all"}).status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", [*DISTRICT_ROLES, Role.PAYMENTS, Role.ACCOUNTANT, Role.ADMINISTRATOR])
def test_says_to_others_whose_section_it_is(role: str, run: CalculationRun) -> None:
    client = visitor(role, office=run.office)
    for address in (REVIEW, reverse("review-run", args=[run.pk])):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "проверяющий отдела субсидий" in answer.content.decode()


def test_knows_no_run_that_was_not_handed_over(office: Office) -> None:
    billed(in_september(office, "50.00"), "100.00")
    run = calculated(office)
    assert visitor(Role.VERIFIER).get(reverse("review-run", args=[run.pk])).status_code == 404
