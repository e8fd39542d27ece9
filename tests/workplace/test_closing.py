import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from offices import jobs
from offices.models import BillingMonth, JournalEntry, Office, Role, Staff
from offices.services.months import MonthNotOpen, MonthNotReady
from tests import factories
from workplace.selectors.closing import closing_checklist
from workplace.services.closing import close_month

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def head() -> Staff:
    return factories.staff(Role.DEPARTMENT_HEAD, office=factories.unit(Office.Kind.MANAGEMENT))


@pytest.fixture
def month(head: Staff) -> dt.date:
    return factories.open_month(by=head).month


def test_names_the_office_that_is_not_ready(month: dt.date, head: Staff):
    office = factories.office()
    with pytest.raises(MonthNotReady, match=office.name):
        close_month(month=month, by=head, at=AT)
    assert BillingMonth.objects.get(month=month).closed_at is None


def test_closes_a_month_with_nothing_left_to_do_once_and_writes_it_down(month: dt.date, head: Staff):
    close_month(month=month, by=head, at=AT)
    assert BillingMonth.objects.get(month=month).closed_by == head
    assert JournalEntry.objects.get(office=head.office).event == "закрыт"
    with pytest.raises(MonthNotOpen):
        close_month(month=month, by=head, at=AT)


def test_waits_for_a_job_of_the_month(month: dt.date, head: Staff):
    task = "calculations.tasks.calculate_run"
    jobs.request(kind="calculate_run", key=f"1:{month:%Y-%m}", task=task, by=head, at=AT, office=head.office)
    undone = [item.title for item in closing_checklist(month) if not item.is_done]
    assert undone == ["Работы месяца закончены"]


def test_shows_the_checklist_without_closing(month: dt.date, capsys: pytest.CaptureFixture[str]):
    office = factories.office()
    call_command("close_month", f"{month:%Y-%m}", "--check")
    assert office.name in capsys.readouterr().out
    assert BillingMonth.objects.get(month=month).closed_at is None


@pytest.mark.parametrize("by", ["", "nobody"])
def test_asks_who_closes(month: dt.date, by: str):
    with pytest.raises(CommandError, match="--by"):
        call_command("close_month", f"{month:%Y-%m}", "--by", by)
