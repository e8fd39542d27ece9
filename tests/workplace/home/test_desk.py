"""«Моя работа»: what waits for each role, by its term."""

import datetime as dt

import pytest
from django.urls import reverse

from calculations.models import CalculationRun
from exchange.models import Discrepancy, ExchangeFile
from offices.models import ExchangeSchedule, Job, Office, Role, ScheduledStep
from offices.selectors import district_offices
from providers.models import Reminder
from providers.services.reminders import Call, remind
from tests import factories as make
from tests.calculations import made
from tests.exchange import stored
from tests.factories import AT, MONTH
from tests.payments import rows as paid
from workplace.selectors.work import Desk, Task, desk_of

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 20)


@pytest.fixture
def office() -> Office:
    make.open_month()
    return make.office()


def desk(*roles: str, office: Office | None = None) -> Desk:
    return desk_of(roles=frozenset(roles), office=office, offices=list(district_offices()), month=MONTH, on=ON)


def tasks(*roles: str, office: Office | None = None) -> dict[str, Task]:
    return {task.title: task for day in desk(*roles, office=office).days for task in day.tasks}


def term(office: Office, item: str, due_on: dt.date) -> None:
    schedule, _ = ExchangeSchedule.objects.get_or_create(
        starts_on=dt.date(2026, 7, 1), defaults={"approved_at": AT, "approved_by": make.staff()}
    )
    ScheduledStep.objects.create(schedule=schedule, office=office, month=MONTH, item=item, due_on=due_on)


def verify(file: ExchangeFile) -> None:
    file.status, file.verified_at, file.verified_by = ExchangeFile.Status.VERIFIED, AT, make.staff()
    file.save()


@pytest.mark.parametrize(
    ("days", "heading"),
    [
        (-3, "Просрочено"),
        (-1, "Просрочено"),
        (0, "Сегодня"),
        (1, "На этой неделе"),
        (6, "На этой неделе"),
        (7, "Позже"),
    ],
)
def test_parts_work_by_its_term(office: Office, days: int, heading: str) -> None:
    term(office, "3.12", ON + dt.timedelta(days=days))
    shown = desk(Role.CALCULATION, office=office)
    assert [day.title for day in shown.days] == [heading]
    assert shown.urgent == (1 if days <= 0 else 0)


def test_puts_work_without_a_term_last(office: Office) -> None:
    term(office, "3.12", ON)
    make.application(office=office)
    assert [day.title for day in desk(Role.HEAD, office=office).days] == ["Сегодня", "Без срока"]


def test_counts_applications_without_a_decision(office: Office) -> None:
    make.application(office=office)
    make.application(office=office)
    make.application()
    fact = tasks(Role.INTAKE, office=office)["Принять решения по заявлениям"].fact
    assert fact.replace("\u00a0", " ") == f"2 заявления, самое раннее от {AT:%d.%m.%Y}"
    assert "Принять решения по заявлениям" not in tasks(Role.EXCHANGE, office=office)


def test_asks_for_the_files_that_did_not_come(office: Office) -> None:
    asked = stored.request(office=office)
    stored.request(office=office)
    assert tasks(Role.EXCHANGE, office=office)["Принять файлы поставщиков"].fact == "получено 0 из 2"
    verify(stored.returned(request=asked))
    found = tasks(Role.EXCHANGE, office=office)
    assert found["Принять файлы поставщиков"].fact == "получено 1 из 2"
    assert found["Загрузить проверенные файлы в расчёт"].route == "verification-queue"


def test_leads_to_the_file_with_undecided_discrepancies() -> None:
    found = stored.discrepancy()
    verify(found.file)
    office = found.file.office
    (task,) = [one for title, one in tasks(Role.CHECKING, office=office).items() if title.startswith("Проверить")]
    assert (task.route, task.args, task.fact) == ("verification", (found.file_id,), "1\u00a0расхождение")
    Discrepancy.objects.filter(pk=found.pk).update(
        decision=Discrepancy.Decision.HOLD, decided_at=AT, decided_by=make.staff()
    )
    assert not [title for title in tasks(Role.CHECKING, office=office) if title.startswith("Проверить")]


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (None, "Рассчитать район и передать начисления"),
        (CalculationRun.Status.CALCULATED, "Передать начисления в Департамент"),
        (CalculationRun.Status.RETURNED, "Исправить замечания Департамента"),
        (CalculationRun.Status.DISCARDED, "Рассчитать район и передать начисления"),
    ],
)
def test_follows_the_run_of_the_district(office: Office, state: str | None, title: str) -> None:
    if state:
        made.forward(made.run(office=office), to=state)
    assert title in tasks(Role.CALCULATION, office=office)


@pytest.mark.parametrize("state", [CalculationRun.Status.SUBMITTED, CalculationRun.Status.APPROVED])
def test_asks_nothing_of_a_district_whose_run_is_handed_over(office: Office, state: str) -> None:
    made.forward(made.run(office=office), to=state)
    assert not tasks(Role.CALCULATION, office=office)


def test_shows_a_district_the_reminders_it_got(office: Office) -> None:
    calls = [Call(office=office, item="3.9", text="Примите файл ТСЖ «Мир».")]
    remind(calls=calls, month=MONTH, way=Reminder.Way.MESSAGE, by=make.staff(Role.VERIFIER), at=AT)
    task = tasks(Role.EXCHANGE, office=office)["Напоминание Департамента"]
    assert "Примите файл ТСЖ «Мир»." in task.fact
    assert "Напоминание Департамента" not in tasks(Role.EXCHANGE, office=make.office())


def test_gives_the_verifier_a_task_for_each_district_that_handed_over(office: Office) -> None:
    run = made.forward(made.run(office=office), to=CalculationRun.Status.SUBMITTED)
    other = made.forward(made.run(), to=CalculationRun.Status.SUBMITTED)
    routes = {task.args for task in tasks(Role.VERIFIER).values() if task.route == "review-run"}
    assert routes == {(run.pk,), (other.pk,)}
    assert {task.args for task in tasks(Role.VERIFIER, office=office).values() if task.args} == {(run.pk,)}


def test_tells_who_pays_about_lists_registers_and_returns(office: Office) -> None:
    made.forward(made.run(office=office))
    assert "Сформировать списки на выплату" in tasks(Role.PAYMENTS)
    paid.register()
    assert "Подписать и отправить реестры" in tasks(Role.ACCOUNTANT)
    paid.returned()
    assert "Выяснить причины возвратов" in tasks(Role.PAYMENTS)
    assert "Выяснить причины возвратов" not in tasks(Role.VERIFIER)


def test_asks_for_the_funds_data_first(office: Office) -> None:
    assert tasks(Role.RECEPTION)["Принять сведения СФР"].fact == "файл за месяц ещё не принят"


def test_tells_the_head_of_the_department_who_is_late(office: Office) -> None:
    term(office, "3.9", ON - dt.timedelta(days=2))
    term(make.office(), "3.9", ON + dt.timedelta(days=2))
    task = tasks(Role.DEPARTMENT_HEAD)["Напомнить отстающим районам"]
    assert task.fact.replace("\u00a0", " ").startswith("просрочено: 1 шаг, 1 район: ")
    assert task.route == "board"


def test_tells_an_administrator_of_broken_work_and_nothing_else(office: Office) -> None:
    assert not tasks(Role.ADMINISTRATOR)
    Job.objects.create(
        kind="build_lists", key="2026-10", task="payments.tasks.build_lists", state=Job.State.FAILED,
        requested_by=make.staff(), requested_at=AT, started_at=AT, finished_at=AT, error="Нет списка.",
    )  # fmt: skip
    assert list(tasks(Role.ADMINISTRATOR)) == ["Разобрать работы, которые не закончились"]
    assert desk(Role.ADMINISTRATOR).steps == []


def test_draws_the_road_of_the_month_in_the_order_of_the_regulation(office: Office) -> None:
    term(office, "3.10", ON)
    term(office, "3.9", ON - dt.timedelta(days=1))
    steps = desk(Role.HEAD, office=office).steps
    assert [step.item for step in steps] == [f"3.{number}" for number in range(5, 14)]
    assert {step.item: (step.kind, step.due_on) for step in steps if step.due_on} == {
        "3.9": ("late", ON - dt.timedelta(days=1)),
        "3.10": ("idle", ON),
    }


def test_counts_the_districts_behind_a_step(office: Office) -> None:
    other = make.office()
    for one in (office, other):
        term(one, "3.12", ON - dt.timedelta(days=1))
    made.forward(made.run(office=other), to=CalculationRun.Status.SUBMITTED)
    (step,) = [step for step in desk(Role.VERIFIER).steps if step.item == "3.12"]
    assert (step.done, step.late, step.kind) == (1, 1, "late")
    assert step.offices == district_offices().count()


def test_draws_no_road_without_a_schedule(office: Office) -> None:
    assert desk(Role.HEAD, office=office).steps == []


def test_leads_to_the_people_whose_certificates_end(office: Office, client) -> None:
    make.entitlement(recipient=make.recipient(office=office), certificate_valid_to=ON + dt.timedelta(days=3))
    task = tasks(Role.INTAKE, office=office)["Предупредить об истекающих справках"]
    assert task.fact.replace("\u00a0", " ") == "1 справка об инвалидности до 20.01.2027"
    client.force_login(make.staff(Role.INTAKE, office=office))
    page = client.get(reverse(task.route), task.query)
    assert (task.route, page.status_code) == ("certificates", 200)
