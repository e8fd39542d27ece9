"""In a region of a hundred thousand the search and the list are answered by indexes, in few queries.

What counts and sums a whole filtered set reads the whole set, and is left out of the plans.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Office
from recipients.models import Recipient
from tests.workplace.people.crowd import crowd
from tests.workplace.visiting import visitor

PEOPLE = 100_000
LARGE = {
    "recipients_person", "recipients_recipient", "housing_address", "housing_dwelling", "housing_supporteddwelling",
    "providers_serviceaccount", "recipients_entitlement", "calculations_accrual",
}  # fmt: skip
QUESTIONS = [
    pytest.param("Вебрабова", id="a surname"),
    pytest.param("мария вебрабова", id="names the other way round"),
    pytest.param("200 000 123", id="a part of the СНИЛС"),
    pytest.param("Э-000777", id="a case number"),
    pytest.param("0000005439", id="an account"),
    pytest.param("барбанская 12", id="a street and a house"),
    pytest.param("14.05.1958", id="a day of birth"),
]


@pytest.fixture(scope="module")
def offices(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Office]]:
    """The crowd, written once for the module and taken back afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield crowd(PEOPLE)
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture
def region(offices: list[Office], db: Any) -> list[Office]:
    return offices


def plan_of(sql: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}".replace("%", "%%"), [])
        told = cursor.fetchone()[0]
    plan = told if isinstance(told, list) else json.loads(told)
    return list(nodes(plan[0]["Plan"]))


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def read_whole(statements: list[str]) -> list[tuple[str, str]]:
    """Name the large tables that the statements read from end to end."""
    return [
        (node["Relation Name"], statement)
        for statement in statements
        for node in plan_of(statement)
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE and node["Actual Loops"]
    ]


def of_a_page(statements: list[str]) -> list[str]:
    """Leave out what counts and sums everything that was filtered."""
    return [sql for sql in statements if not sql.startswith(("SELECT COUNT(", "SELECT COALESCE(SUM("))]


def asked_for(browser: Any, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
        assert answer.status_code in {200, 302}, address
    told = [query["sql"] for query in asked]
    return [sql for sql in told if sql.startswith("SELECT")]


@pytest.mark.parametrize("question", QUESTIONS)
def test_suggests_by_indexes_alone(region: list[Office], question: str) -> None:
    statements = asked_for(visitor("verifier"), f"/recipients/suggestions/?r=all&q={question}")
    assert any("name_key" in sql or "case_key" in sql for sql in statements)
    assert read_whole(statements) == []


def pages(browser: Any, start: str) -> list[str]:
    """The addresses of the first pages, as the list itself links them, and of the last."""
    found = [start]
    for _ in range(2):
        html = browser.get(found[-1]).content.decode()
        found.append(re.search(r'id="page-next"[^>]*href="([^"]+)"', html)[1].replace("&amp;", "&"))
    return [*found, re.search(r'id="page-last"[^>]*href="([^"]+)"', html)[1].replace("&amp;", "&")]


@pytest.mark.parametrize("whose", ["the region", "a district"])
def test_reaches_every_page_of_the_list_by_an_index(region: list[Office], whose: str) -> None:
    browser = visitor("verifier")
    chosen = "all" if whose == "the region" else region[3].code
    for address in pages(browser, f"/recipients/?r={chosen}"):
        statements = asked_for(browser, address)
        assert not [sql for sql in statements if "OFFSET" in sql]
        assert read_whole(of_a_page(statements)) == []


def test_asks_no_more_of_a_large_region(region: list[Office], django_assert_max_num_queries: Any) -> None:
    browser = visitor("verifier")
    for query in ("r=all", "r=all&q=Вебрабоваа", "r=all&sort=-accrued&category=1", f"r={region[0].code}&new=1"):
        browser.get(f"/recipients/?{query}")  # the session remembers the district
        with django_assert_max_num_queries(14):
            assert browser.get(f"/recipients/?{query}").status_code == 200


def test_shows_only_recipients_of_the_district_among_many(region: list[Office]) -> None:
    html = visitor("verifier").get(f"/recipients/?r={region[5].code}&per=200").content.decode()
    shown = [int(key) for key in re.findall(r'id="row-(\d+)"', html)]
    assert len(shown) == 200
    assert set(Recipient.objects.filter(pk__in=shown).values_list("office", flat=True)) == {region[5].pk}
