"""A run as a job: it resumes where it was killed, starts once, repeats without effect, asks a fixed number of questions."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculations.models import Accrual, AccrualLine, CalculationRun, Parameter, Withheld
from calculations.rules.stored import replay
from calculations.services import lines, runs
from offices import jobs
from offices.models import Job, Office
from offices.services.months import MonthNotOpen
from tests import factories
from tests.calculations import town


class PowerCut(BaseException):
    """What ends a worker in the middle of a chunk."""


def populated(recipients: int) -> Office:
    office = factories.office()
    for number in range(recipients):
        town.bills(town.family(office, residents=1 + number % 3), town.BILLS_OF_EX_2)
    return office


@pytest.fixture
def town_of_october(db: None) -> None:
    factories.open_month()
    town.directories()


def everything(run: CalculationRun) -> list[tuple[Any, ...]]:
    """The run's lines without ids and owners, in an order of their own."""
    lines = AccrualLine.objects.filter(run=run).order_by("recipient_id", "service_id")
    return list(lines.values_list("service_id", "billed", "base", "share", "accrued", "rule", "reason"))


def expire_lease(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=job.requested_at)


@pytest.mark.usefixtures("town_of_october")
def test_resumes_after_a_power_cut_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RECIPIENTS_A_CHUNK", 2)
    killed, undisturbed = populated(5), populated(5)
    job = town.request(killed)
    steps: list[int] = []

    def cut_in_the_second_chunk(taken: Job) -> jobs.Progress:
        progress = runs.calculate_chunk(taken)
        steps.append(progress.done)
        if len(steps) == 2:
            raise PowerCut
        return progress

    with pytest.raises(PowerCut):
        jobs.work(job.pk, cut_in_the_second_chunk)
    assert Accrual.objects.filter(office=killed).count() == 2
    expire_lease(job)
    done = jobs.work(job.pk, runs.calculate_chunk)
    assert (done.state, done.attempts) == (Job.State.DONE, 2)
    resumed = CalculationRun.objects.get(office=killed)
    other = town.calculate(undisturbed)
    assert everything(resumed) == everything(other)
    assert len(everything(resumed)) == 35
    assert (resumed.total, resumed.lines, resumed.recipients) == (other.total, other.lines, other.recipients)


@pytest.mark.usefixtures("town_of_october")
def test_goes_on_with_the_draft_of_a_failed_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RECIPIENTS_A_CHUNK", 1)
    office = populated(2)
    failed = town.request(office)

    def unconfirm_a_parameter(taken: Job) -> jobs.Progress:
        progress = runs.calculate_chunk(taken)
        Parameter.objects.filter(code="discount").update(confirmed_at=None, confirmed_by=None)
        return progress

    assert jobs.work(failed.pk, unconfirm_a_parameter).state == Job.State.FAILED
    factories.staff()
    Parameter.objects.filter(code="discount").update(confirmed_at=factories.AT, confirmed_by=factories.staff())
    run = town.calculate(office)
    assert (run.number, run.recipients, run.lines) == (1, 2, 14)


@pytest.mark.usefixtures("town_of_october")
def test_shows_the_running_job_to_a_second_start() -> None:
    office = populated(1)
    first = town.request(office)
    assert town.request(office).pk == first.pk


@pytest.mark.usefixtures("town_of_october")
def test_changes_nothing_when_a_finished_job_is_repeated() -> None:
    office = populated(2)
    run = town.calculate(office)
    again = town.request(office)
    assert jobs.work(again.pk, runs.calculate_chunk).pk == again.pk
    assert again.result["run"] == run.pk
    assert (CalculationRun.objects.count(), Job.objects.count(), AccrualLine.objects.count()) == (1, 1, 14)


@pytest.mark.usefixtures("town_of_october")
def test_calculates_an_office_without_rights_as_an_empty_run() -> None:
    run = town.calculate(factories.office())
    assert (run.status, run.recipients, run.total) == ("calculated", 0, Decimal("0.00"))


def test_refuses_a_month_that_is_not_open(db: None) -> None:
    with pytest.raises(MonthNotOpen):
        town.request(factories.office())


def test_ends_the_job_with_the_parameters_that_are_missing(db: None) -> None:
    factories.open_month()
    office = factories.office()
    factories.entitlement(recipient=factories.recipient(office=office))
    job = jobs.work(town.request(office).pk, runs.calculate_chunk)
    assert job.state == Job.State.FAILED
    assert "доля компенсации" in job.error
    assert not CalculationRun.objects.exists()


@pytest.mark.usefixtures("town_of_october")
def test_asks_as_many_questions_for_forty_rights_as_for_two() -> None:
    few, many = populated(2), populated(40)
    assert questions(lambda: town.calculate(few)) == questions(lambda: town.calculate(many))


def questions(action: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return len(captured)


@pytest.mark.usefixtures("town_of_october")
def test_replays_every_line_of_a_run_to_the_stored_sum() -> None:
    run = town.calculate(populated(6))
    lines = list(AccrualLine.objects.filter(run=run))
    assert len(lines) == 42
    for line in lines:
        result = replay(line.rule, line.rule_version, line.inputs)
        assert (result.cash_equivalent, result.base) == (line.accrued, line.base)


@pytest.mark.usefixtures("town_of_october")
def test_covers_every_charge_once() -> None:
    office = populated(3)
    stranger = town.family(office, valid_to=factories.MONTH)
    town.bill(stranger, "10", "100.00")
    run = town.calculate(office)
    counted = [pk for ids in AccrualLine.objects.filter(run=run).values_list("charge_ids", flat=True) for pk in ids]
    withheld = list(Withheld.objects.filter(run=run).values_list("charge_id", flat=True))
    assert (len(counted), len(withheld), len({*counted, *withheld})) == (21, 1, 22)


@pytest.mark.django_db(transaction=True)
def test_lets_one_of_two_workers_calculate() -> None:
    factories.open_month()
    town.directories()
    office = populated(4)
    job = town.request(office)
    both = threading.Barrier(2)
    refused: list[str] = []

    def work() -> None:
        try:
            both.wait(10)
            jobs.work(job.pk, runs.calculate_chunk)
        except jobs.JobLeased as leased:
            refused.append(str(leased))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    run = CalculationRun.objects.get(office=office)
    assert (run.status, run.lines, len(refused)) == ("calculated", 28, 1)


@pytest.mark.django_db(transaction=True)
def test_writes_one_job_for_two_simultaneous_starts() -> None:
    factories.open_month()
    office = factories.office()
    people = [town.specialist(office) for _ in range(2)]
    both = threading.Barrier(2)
    found: list[int] = []

    def start(by: Any) -> None:
        try:
            both.wait(10)
            found.append(town.request(office, by=by).pk)
        finally:
            connection.close()

    starts = [threading.Thread(target=start, args=(by,)) for by in people]
    for one in starts:
        one.start()
    for one in starts:
        one.join(30)
    assert len(found) == 2
    assert len(set(found)) == Job.objects.count() == 1


@pytest.mark.usefixtures("town_of_october")
def test_refuses_a_line_that_points_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    office = populated(1)
    real = lines.copy_rows

    def with_a_lost_tariff(table: str, columns: Any, rows: Any) -> int:
        if table.startswith("calculations_accrualline") and "tariff_id" in columns:
            place = columns.index("tariff_id")
            rows = [(*row[:place], 987654321, *row[place + 1 :]) for row in rows]
        return real(table, columns, rows)

    monkeypatch.setattr(lines, "copy_rows", with_a_lost_tariff)
    job = jobs.work(town.request(office).pk, runs.calculate_chunk)
    assert (job.state, job.error) == (
        Job.State.FAILED,
        "Строка начисления ссылается на запись справочника, которой нет.",
    )
    assert not AccrualLine.objects.exists()
