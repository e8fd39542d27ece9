"""`run_month`: its JSON, its refusals, the same month through a real worker."""

import io
import json
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from offices.models import Job
from tests.conftest import WorkerProcess
from tests.workplace.month.playing import AUGUST, seed
from workplace.management.commands import run_month
from workplace.selectors import planted
from workplace.simulation.manners import Kind, Planted

OFFICE = "66244"
STAGE = {
    "item", "stage", "rows_in", "rows_on", "rows_held", "roubles_in", "roubles_on", "roubles_held", "held", "seconds",
}  # fmt: skip


def run(*words: str) -> tuple[str, str]:
    """Run the command in one office; give what it printed on both streams."""
    output, messages = io.StringIO(), io.StringIO()
    call_command("run_month", "2026-08", *words, "--offices", OFFICE, stdout=output, stderr=messages)
    return output.getvalue(), messages.getvalue()


def document(text: str) -> dict[str, Any]:
    assert text.count("\n") == 1
    return json.loads(text)


@pytest.mark.django_db
def test_prints_the_month_as_one_document_and_nothing_else() -> None:
    seed(60)
    output, messages = run("--json")
    report = document(output)
    assert report.keys() >= {"month", "recipients", "seconds", "stages", "written"}
    assert (report["month"], report["missed"]) == ("2026-08", [])
    assert report["recipients"] > 3
    assert report["written"] > 500
    assert "3.12" in messages
    assert [stage["item"] for stage in report["stages"]][-1] == "3.15"
    for stage in report["stages"]:
        assert stage.keys() >= STAGE
        assert stage["rows_in"] == stage["rows_on"] + stage["rows_held"]
        assert all(re.fullmatch(r"-?\d+\.\d{2,6}", stage[name]) for name in stage if name.startswith("roubles"))
        assert sum(held["rows"] for held in stage["held"]) == stage["rows_held"]
    again = document(run("--json")[0])
    assert again["written"] == 0
    assert [stage | {"seconds": 0} for stage in again["stages"]] == [
        stage | {"seconds": 0} for stage in report["stages"]
    ]
    text, _ = run()
    assert "Записано строк: 0" in text


@pytest.mark.django_db
def test_ends_with_an_error_when_something_planted_was_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    seed(60)
    invented = Planted(Kind.TARIFF, "E10", "no_such_file.dbf", 1, office=OFFICE)
    monkeypatch.setattr(planted, "missed", lambda *_, **__: [invented])
    with pytest.raises(CommandError, match="Не найдено из подложенного: 1"):
        run()


@pytest.mark.django_db
def test_refuses_what_is_no_month_and_a_database_without_a_region() -> None:
    with pytest.raises(CommandError, match="не месяц"):
        call_command("run_month", "октябрь")
    with pytest.raises(CommandError, match="области нет"):
        run()


@pytest.mark.django_db
def test_says_which_job_was_not_done() -> None:
    seed(60)
    job = Job.objects.get(kind="demo_region")
    job.state, job.error = Job.State.FAILED, "нет тарифа"
    with pytest.raises(CommandError, match="нет тарифа"):
        run_month.refuse_unfinished(job)


def test_calculates_through_a_real_worker(celery_worker_process: WorkerProcess) -> None:
    seed(60)
    celery_worker_process.start()
    report = document(run("--json", "--through-worker")[0])
    calculated = next(stage for stage in report["stages"] if stage["item"] == "3.12")
    assert calculated["rows_on"] > 10
    jobs = Job.objects.filter(kind="calculate_run", key__contains=f"{AUGUST:%Y-%m}")
    assert set(jobs.values_list("state", flat=True)) == {"done"}
    assert jobs.filter(rung_at__isnull=True).count() == 0
