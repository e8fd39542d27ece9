"""The result of a run in four tabs, its hand-over to the department and its giving up."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calculations.models import CalculationRun
from offices import files
from offices.models import JournalEntry, Office, Role
from tests import factories as make
from tests.calculations import town
from tests.workplace.runs.played import billed, calculated, district, in_september, submitted
from tests.workplace.visiting import visitor
from workplace.services import submission
from workplace.services.submission import Content, ListChanged

pytestmark = pytest.mark.django_db
MOST_QUERIES = 21
"""A page of the house, four counters, the waterfall, a list with its causes."""


@pytest.fixture
def office() -> Office:
    return district()


@pytest.fixture
def run(office: Office) -> CalculationRun:
    billed(in_september(office, "50.00", "50.00"), "200.00", "100.00")
    return calculated(office)


def address(run: CalculationRun, route: str = "run-result") -> str:
    return reverse(route, args=[run.pk])


def page_of(client, run: CalculationRun, **query: str) -> str:
    answer = client.get(address(run), {"m": "2026-10"} | query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("accrued", "Кому начислено"),
        ("deviations", "Отклонение больше 20 %"),
        ("withheld", "начислено всем"),
        ("changes", "Новых назначений в этом месяце нет"),
    ],
)
def test_shows_each_tab_with_the_counters_of_all(tab: str, words: str, run: CalculationRun) -> None:
    page = page_of(visitor(Role.CALCULATION, office=run.office), run, tab=tab)
    assert words in page
    counters = ["Начислено <span", "Отклонения <span", "Не начислено <span", "Новые и выбывшие <span"]
    shown = [page.partition(one)[2].partition(">")[2].partition("<")[0] for one in counters]
    assert shown == ["2", "1", "0", "0"]


def test_shows_the_sums_of_two_months_and_the_cause(run: CalculationRun) -> None:
    page = page_of(visitor(Role.HEAD, office=run.office), run, tab="deviations")
    assert "+50,00" in page
    assert "+100 %" in page
    assert "начислено предприятием 100,00 ₽ → 200,00 ₽" in page
    assert "150,00 ₽" in page


@pytest.mark.parametrize("role", [Role.CALCULATION, Role.HEAD])
def test_knows_no_run_of_another_district(role: str, run: CalculationRun) -> None:
    client = visitor(role, office=make.office())
    for route in ("run-result", "run-submission", "run-discard"):
        assert client.get(address(run, route)).status_code == 404, route
        if route != "run-result":
            assert client.post(address(run, route), {"reason": "чужой"}).status_code == 404, route


def test_leads_the_department_to_the_runs_own_district(run: CalculationRun) -> None:
    make.office()
    answer = visitor(Role.VERIFIER).get(address(run), {"r": "all", "tab": "deviations"})
    assert answer.status_code == 302
    assert f"r={run.office.code}" in answer.url
    assert "tab=deviations" in answer.url


@pytest.mark.parametrize("query", ["tab=nothing", "after=x", "tab=withheld&reason=nothing"])
def test_knows_no_page(query: str, run: CalculationRun) -> None:
    assert visitor(Role.HEAD, office=run.office).get(f"{address(run)}?m=2026-10&{query}").status_code == 404


@pytest.mark.parametrize("tab", ["accrued", "deviations", "changes"])
def test_asks_the_database_as_often_for_many_people_as_for_few(tab: str, office: Office) -> None:
    billed(in_september(office, "50.00", "60.00"), "200.00", "10.00")
    town.bill(town.family(office, residents=1), "23", "100.00")
    few = calculated(office)
    client = visitor(Role.HEAD, office=office)
    first = asked(client, few, tab)
    other = make.office()
    billed(in_september(other, *["50.00"] * 6), *["200.00"] * 6)
    for _ in range(4):
        town.bill(town.family(other, residents=1), "23", "100.00")
    assert asked(visitor(Role.HEAD, office=other), calculated(other), tab) == first
    assert first < MOST_QUERIES


def asked(client, run: CalculationRun, tab: str) -> int:
    page_of(client, run, tab=tab)
    with CaptureQueriesContext(connection) as queries:
        page_of(client, run, tab=tab)
    return len(queries)


def test_asks_the_head_to_confirm_count_and_sum_and_hands_over(run: CalculationRun) -> None:
    client = visitor(Role.HEAD, office=run.office)
    page = client.get(address(run, "run-submission")).content.decode().replace("\u00a0", " ")
    assert "2 получателя, <b>150,00 ₽</b>" in page
    answer = client.post(address(run, "run-submission"), {"recipients": "2", "total": "150.00"})
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, address(run))
    run.refresh_from_db()
    assert run.status == "submitted"
    assert run.accrual_file is not None
    assert len(files.read(run.accrual_file)) > 100
    assert JournalEntry.objects.filter(item="3.12", event="передано", roubles=Decimal("150.00")).exists()


@pytest.mark.parametrize("given", [("3", "150.00"), ("2", "149.99")], ids=["another count", "another sum"])
def test_hands_nothing_over_when_the_list_has_changed(given: tuple[str, str], run: CalculationRun) -> None:
    client = visitor(Role.HEAD, office=run.office)
    data = {"recipients": given[0], "total": given[1]}
    page = client.post(address(run, "run-submission"), data, follow=True).content.decode().replace("\u00a0", " ")
    assert "Пока вы проверяли, список изменился: было" in page
    assert "стало 2 получателя на 150,00 ₽. Проверьте ещё раз." in page
    run.refresh_from_db()
    assert run.status == "calculated"


def test_compares_with_what_the_accruals_add_up_to(run: CalculationRun) -> None:
    assert submission.content_of(run=run) == Content(2, Decimal("150.00"))
    with pytest.raises(ListChanged):
        submission.hand_over_run(
            run_id=run.pk, confirmed=Content(2, Decimal("150.01")), by=town.specialist(run.office), at=make.AT
        )


@pytest.mark.parametrize("role", [Role.CALCULATION, Role.INTAKE, Role.VERIFIER, Role.AUDITOR])
def test_lets_only_the_head_hand_over(role: str, run: CalculationRun) -> None:
    answer = visitor(role, office=run.office).post(address(run, "run-submission"), {"recipients": 2, "total": "150.00"})
    assert answer.status_code == 403
    assert "передаёт начальник отдела" in answer.content.decode()
    run.refresh_from_db()
    assert run.status == "calculated"


def test_tells_the_specialist_who_hands_over(run: CalculationRun) -> None:
    head = make.staff(Role.HEAD, office=run.office)
    page = page_of(visitor(Role.CALCULATION, office=run.office), run)
    assert f"передаёт начальник отдела: {head.full_name}" in page
    assert "Передать в департамент" not in page


def test_does_not_hand_over_twice(run: CalculationRun) -> None:
    submitted(run)
    answer = visitor(Role.HEAD, office=run.office).get(address(run, "run-submission"), follow=True)
    assert "передаётся только рассчитанный и ещё не переданный расчёт" in answer.content.decode()


def test_gives_a_run_up_with_a_reason(run: CalculationRun) -> None:
    client = visitor(Role.CALCULATION, office=run.office)
    page = client.post(address(run, "run-discard"), {"reason": " "}).content.decode()
    assert "Укажите, почему расчёт отменяется." in page
    assert 'role="alert"' in page
    answer = client.post(address(run, "run-discard"), {"reason": "исправлен тариф"})
    assert answer.status_code == 302
    run.refresh_from_db()
    assert (run.status, run.return_reason) == ("discarded", "исправлен тариф")


@pytest.mark.parametrize("role", [Role.INTAKE, Role.EXCHANGE, Role.CHECKING, Role.VERIFIER])
def test_lets_nobody_else_give_a_run_up(role: str, run: CalculationRun) -> None:
    answer = visitor(role, office=run.office).post(address(run, "run-discard"), {"reason": "нет"})
    assert answer.status_code == 403
    run.refresh_from_db()
    assert run.status == "calculated"


def test_does_not_give_up_what_was_handed_over(run: CalculationRun) -> None:
    submitted(run)
    client = visitor(Role.CALCULATION, office=run.office)
    assert "отменить можно только непереданный" in client.get(address(run, "run-discard")).content.decode()
    client.post(address(run, "run-discard"), {"reason": "поздно"})
    run.refresh_from_db()
    assert run.status == "submitted"


def test_shows_earlier_runs_of_the_month_beside(run: CalculationRun) -> None:
    client = visitor(Role.CALCULATION, office=run.office)
    client.post(address(run, "run-discard"), {"reason": "исправлен тариф"})
    second = calculated(run.office)
    page = page_of(client, second)
    assert "Другие расчёты месяца" in page
    assert "исправлен тариф" in page
