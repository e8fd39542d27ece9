"""Reminding from the board: stored once a day, in the journals, by those who may, about what is still so."""

import pytest

from offices.models import JournalEntry, Office, Role
from offices.services import months
from providers.models import Reminder
from providers.selectors import reminders_for
from tests import factories as make
from tests.factories import AT, MONTH
from tests.workplace.board.ground import LATE, SOON, answered, asked, district, planned
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db


def head(**given):
    """The head of the department at a browser, with an office whose journal is written."""
    return visitor(Role.DEPARTMENT_HEAD, office=make.unit(Office.Kind.MANAGEMENT), **given)


def post(client, office: Office, item: str, *to: object, **given: str):
    address = f"/board/remind/?o={office.code}&i={item}&r=all"
    return client.post(address, {"to": [str(one) for one in to], **given}, follow=True)


@pytest.fixture
def late() -> Office:
    office = district("Рославльский район")
    planned(office, i3_9=LATE, i3_10=LATE, i3_12=SOON)
    return office


def test_reminds_the_providers_of_a_cell(late: Office) -> None:
    first, second = make.provider(email="a@p.example"), make.provider()
    asked(late, first, second)
    answer = post(head(), late, "3.9", first.pk, second.pk)
    assert "Записано: 2\u00a0напоминания, в журнале № 1 — № 2" in answer.content.decode()
    made = Reminder.objects.get(provider=first)
    assert (made.office, made.item, made.way, made.month) == (late, "3.9", "letter", MONTH)
    assert made.told.endswith("a@p.example")
    assert "Срок был" in made.text
    assert made.entry.event == "направлено напоминание"


def test_keeps_the_words_that_were_written(late: Office) -> None:
    one = make.provider()
    asked(late, one)
    post(head(), late, "3.9", one.pk, text="Ждём файл до обеда.")
    assert Reminder.objects.get().text == "Ждём файл до обеда."


def test_reminds_a_district_which_then_sees_it(late: Office) -> None:
    post(head(), late, "3.12", "office")
    (seen,) = reminders_for(office=late, month=MONTH)
    assert (seen.way, seen.provider) == ("message", None)
    assert JournalEntry.objects.filter(office=late, event="получено напоминание").count() == 1


def test_refuses_a_second_reminder_on_the_same_day(late: Office) -> None:
    client = head()
    post(client, late, "3.12", "office")
    answer = post(client, late, "3.12", "office")
    assert "сегодня уже напоминали" in answer.content.decode()
    assert Reminder.objects.count() == 1


def test_refuses_to_remind_a_provider_that_has_delivered_meanwhile(late: Office) -> None:
    one = make.provider()
    (request,) = asked(late, one)
    answered(request)
    answer = post(head(), late, "3.9", one.pk)
    assert "положение изменилось" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_refuses_to_remind_nobody(late: Office) -> None:
    asked(late, make.provider())
    assert "Напоминать некому" in post(head(), late, "3.9").content.decode()


def test_lets_a_district_remind_its_own_providers_only(late: Office) -> None:
    one, other = make.provider(), district("Велижский район")
    asked(late, one)
    clerk = visitor(Role.EXCHANGE, office=late)
    address = f"/board/remind/?o={late.code}&i="
    assert clerk.post(f"{address}3.9", {"to": [str(one.pk)]}).status_code == 302
    assert clerk.post(f"{address}3.12", {"to": ["office"]}).status_code == 403
    foreign = visitor(Role.EXCHANGE, office=other)
    assert foreign.post(f"{address}3.9", {"to": [str(one.pk)]}).status_code == 404
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ACCOUNTANT, Role.LEGAL, Role.ADMINISTRATOR])
def test_lets_nobody_else_remind(role: str, late: Office) -> None:
    client = visitor(role)
    assert client.post(f"/board/remind/?o={late.code}&i=3.9", {"to": ["office"]}).status_code == 403
    assert client.post("/board/remind-late/", {}).status_code == 403
    assert client.get("/board/remind-late/").status_code == 403


def test_lets_no_district_remind_all_that_are_late(late: Office) -> None:
    answer = visitor(Role.HEAD, office=late).get("/board/remind-late/")
    assert answer.status_code == 403
    assert "напоминает Департамент" in answer.content.decode()


def test_shows_whom_it_will_remind_and_of_what_first(late: Office) -> None:
    page = head().get("/board/remind-late/?r=all").content.decode().replace("\u00a0", " ")
    assert "Напомнить отстающим (1)?" in page
    assert f'value="{late.code}:3.9"' in page
    assert "Просрочены также: 3.10" in page
    assert not Reminder.objects.exists()


def test_reminds_every_late_district_once_of_its_earliest_late_item(late: Office) -> None:
    other, unit = district("Велижский район"), make.unit(Office.Kind.PAYMENTS)
    planned(other, i3_6=LATE, i3_9=LATE)
    client = head()
    sent = {"call": [f"{late.code}:3.9", f"{other.code}:3.6"]}
    answer = client.post("/board/remind-late/?r=all", sent, follow=True)
    assert "Записано: 2" in answer.content.decode()
    assert set(Reminder.objects.values_list("office", "item", "unit")) == {
        (late.pk, "3.9", None),
        (other.pk, "3.6", unit.pk),
    }
    again = client.get("/board/remind-late/").content.decode()
    assert "Напоминать некому" in again
    assert "сегодня уже напоминали" in again


def test_shows_the_list_anew_when_it_changed_meanwhile(late: Office) -> None:
    answer = head().post("/board/remind-late/?r=all", {"call": [f"{late.code}:3.9", "gone:3.5"]}, follow=True)
    assert "список изменился: стало 1" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_reminds_nobody_of_a_closed_month(late: Office) -> None:
    one = make.provider()
    asked(late, one)
    months.close_month(month=MONTH, checklist=[], by=make.staff(), at=AT)
    answer = post(head(), late, "3.9", one.pk)
    assert "не открыт" in answer.content.decode()
    assert not Reminder.objects.exists()
