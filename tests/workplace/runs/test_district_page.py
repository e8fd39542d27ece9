"""The run of a district: its readiness, its start as a job that is never doubled, and the region's table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calculations.models import CalculationRun
from calculations.services import runs
from exchange.models import ExchangeFile
from offices.models import BillingMonth, Job, Office, Role
from tests import factories as make
from tests.calculations import made, town
from tests.exchange import stored as exchange
from tests.workplace.runs.played import billed, calculated, district, in_september
from tests.workplace.visiting import browser_of, visitor
from workplace.selectors.runs.readiness import Check, readiness

pytestmark = pytest.mark.django_db
RUN = reverse("run")
MOST_QUERIES = 15
REFUSED = [Role.INTAKE, Role.EXCHANGE, Role.CHECKING, Role.HEAD, Role.VERIFIER, Role.AUDITOR]


@pytest.fixture
def office() -> Office:
    return district()


def page_of(client, address: str = RUN, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def checks(office: Office) -> dict[str, Check]:
    month = BillingMonth.objects.get(month=make.MONTH)
    return {check.title: check for check in readiness(office, month).checks}


def test_starts_a_run_as_a_job_and_leads_to_its_page(office: Office) -> None:
    answer = visitor(Role.CALCULATION, office=office).post(RUN)
    job = Job.objects.get(kind="calculate_run")
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("job", args=[job.pk]))
    assert (job.office, job.key) == (office, f"{office.pk}:2026-10")


def test_shows_the_running_one_when_it_is_started_again(office: Office) -> None:
    first, second = (visitor(Role.CALCULATION, office=office) for _ in range(2))
    addresses = [client.post(RUN).url for client in (first, second)]
    assert addresses[0] == addresses[1]
    assert Job.objects.count() == 1
    page = page_of(second)
    assert "Расчёт уже идёт, второй не запускается" in page
    assert "Рассчитать" not in page.partition("<main")[2].partition("</main>")[0].replace("Рассчитать пока", "")


@pytest.mark.parametrize("role", REFUSED)
def test_lets_only_the_calculating_specialist_start(role: str, office: Office) -> None:
    client = visitor(role, office=office)
    answer = client.post(f"{RUN}?r={office.code}" if role in (Role.VERIFIER, Role.AUDITOR) else RUN)
    assert answer.status_code == 403
    assert "Расчёт запускает специалист по расчёту" in answer.content.decode()
    assert not Job.objects.exists()


def test_does_not_start_where_the_month_is_calculated(office: Office) -> None:
    billed(in_september(office, "50.00"), "100.00")
    run = calculated(office)
    client = visitor(Role.CALCULATION, office=office)
    assert f"отмените расчёт № {run.number}" in page_of(client)
    client.post(RUN)
    assert CalculationRun.objects.filter(month=make.MONTH).count() == 1
    assert Job.objects.count() == 1


def test_is_green_where_nothing_is_missing(office: Office) -> None:
    billed(in_september(office, "50.00"), "100.00")
    found = checks(office)
    green = {title for title, check in found.items() if check.state == "ok"}
    assert green >= {"Месяц открыт", "Параметры расчёта подтверждены", "Расчёт за сентябрь 2026 утверждён"}
    assert found["Тарифы и нормативы на месяц есть"].fact == "по всем 1 услугам"


def test_names_the_services_without_a_tariff(office: Office) -> None:
    family = town.family(office, residents=1)
    town.bill(family, "23", "100.00")
    make.service(code="40", kind="fuel_delivery", name="Доставка топлива", unit="т")
    town.bill(family, "40", "100.00")
    check = checks(office)["Тарифы и нормативы на месяц есть"]
    assert (check.state, check.fact) == ("warn", "1 из 2 услуг")
    assert "Доставка топлива" in check.meaning


def test_names_who_has_not_sent_a_file(office: Office) -> None:
    silent = exchange.request(office=office, provider=make.provider(short_name="МУП «Тишина»"), rows=5)
    answered = exchange.request(office=office)
    exchange.returned(request=answered)
    found = checks(office)
    received, loaded = found["Файлы предприятий получены"], found["Принятые файлы загружены в расчёт"]
    assert silent.kind == ExchangeFile.Kind.REQUEST
    assert (received.state, received.fact) == ("warn", "1 из 2")
    assert "МУП «Тишина». По 5 строкам запросов не начислим" in received.meaning
    assert (loaded.state, loaded.fact) == ("warn", "0 из 1")


def test_forbids_a_run_without_confirmed_parameters() -> None:
    make.open_month()
    office = make.office()
    month = BillingMonth.objects.get(month=make.MONTH)
    found = readiness(office, month)
    assert found.is_blocked
    page = page_of(visitor(Role.CALCULATION, office=office))
    assert "не заданы или не подтверждены параметры" in page
    assert "исправьте то, что отмечено красным" in page


def test_shows_the_departments_remarks_to_a_returned_run(office: Office) -> None:
    run = made.run(office=office)
    accrual = made.accrual(run)
    made.forward(run, CalculationRun.Status.SUBMITTED)
    made.review(accrual, verdict="wrong", note="Состав семьи: зарегистрировано трое")
    made.forward(run, CalculationRun.Status.RETURNED)
    page = page_of(visitor(Role.CALCULATION, office=office))
    assert "Департамент вернул расчёт № 1" in page
    assert "проверьте тариф" in page
    assert f"{accrual.recipient.person.last_name}" in page
    assert "зарегистрировано трое" in page
    assert "Рассчитать заново" in page


def test_lists_every_district_with_the_state_of_its_run(office: Office) -> None:
    billed(in_september(office, "50.00"), "120.00")
    calculated(office)
    idle = make.office()
    page = page_of(visitor(Role.VERIFIER), r="all")
    assert "рассчитан, не передан" in page
    assert "не начат" in page
    assert "+20,0 %" in page
    assert idle.district.name in page
    assert "Передано в департамент 0 из" in page


def test_asks_the_database_as_often_for_many_districts_as_for_few(office: Office) -> None:
    billed(in_september(office, "50.00"), "100.00")
    calculated(office)
    client = visitor(Role.VERIFIER)
    first = asked(client)
    for _ in range(4):
        made.forward(made.run(office=make.office()), CalculationRun.Status.CALCULATED)
    assert asked(client) == first
    assert first < MOST_QUERIES


def asked(client) -> int:
    page_of(client, r="all")  # the session remembers the region
    with CaptureQueriesContext(connection) as queries:
        page_of(client, r="all")
    return len(queries)


def test_knows_no_foreign_district(office: Office) -> None:
    foreign = make.office()
    client = visitor(Role.CALCULATION, office=office)
    assert client.get(RUN, {"r": foreign.code}).status_code == 404
    assert client.post(f"{RUN}?r={foreign.code}").status_code == 404


def test_goes_on_after_a_discarded_run(office: Office) -> None:
    billed(in_september(office, "50.00"), "100.00")
    by = town.specialist(office)
    run = calculated(office, by=by)
    runs.discard_run(run_id=run.pk, reason="новый тариф", by=by, at=make.AT)
    client = browser_of(by)
    page = page_of(client)
    assert "Рассчитать заново" in page
    assert "новый тариф" in page
    client.post(RUN)
    assert Job.objects.filter(state="queued").count() == 1
