"""The history of a row: what the database wrote down, in words, with the name of whoever did it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Bank, Decree, Office, RoleGrant
from offices.models.staff import Role, Staff
from tests import factories as make
from tests.workplace.administered import page
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db


def told(answer) -> str:
    assert answer.status_code == 200
    body = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body[body.index('<main id="content-start"') :]))


def kept_bank(bank: Bank, **changed: str) -> dict[str, str]:
    names = ("bik", "name", "correspondent_account", "address")
    return {name: getattr(bank, name) for name in names} | changed


def test_tells_who_changed_what_and_what_it_was_before() -> None:
    bank = make.bank(name="Старый банк")
    keeper = make.staff(Role.ADMINISTRATOR, last_name="Хранителева")
    client = browser_of(keeper)
    assert client.post(page(Bank, "change", bank.pk), kept_bank(bank, name="Новый банк")).status_code == 302
    history = told(client.get(page(Bank, "history", bank.pk)))
    assert re.search(r"Хранителева Номер\d+ Иванович Банк Старый банк Новый банк", history)
    assert "система БИК создано" in history


def test_tells_choices_days_and_references_in_words() -> None:
    office = make.office(name="Отдел Вяземского района")
    staff = make.staff(Role.INTAKE, office=office)
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    grant = RoleGrant.objects.get(staff=staff)
    client = visitor(Role.AUDITOR)
    account = told(client.get(page(Staff, "history", staff.pk)))
    assert "Отдел создано Отдел Вяземского района" in account
    assert "да нет" in account
    assert "argon2" not in account
    role = told(client.get(page(RoleGrant, "history", grant.pk)))
    assert "Роль создано специалист по приёму" in role
    assert "01.01.2020" in role


def test_shows_no_button_where_nothing_is_written_down() -> None:
    client = visitor(Role.AUDITOR)
    tracked, plain = make.decree(), make.open_month()
    assert "historylink" in client.get(page(Decree, "change", tracked.pk)).content.decode()
    assert "historylink" not in client.get(page(type(plain), "change", plain.pk)).content.decode()
    assert "отдельной истории у неё нет" in told(client.get(page(type(plain), "history", plain.pk)))


def test_asks_the_same_however_long_the_history_is() -> None:
    office, client = make.office(), visitor(Role.AUDITOR)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page(Office, "history", office.pk))
        return len(queries)

    def change(number: int) -> None:
        Office.objects.filter(pk=office.pk).update(phone=str(number), district=make.district())

    change(1)
    few = asked()
    for number in range(2, 9):
        change(number)
    assert asked() == few


def test_leads_back_where_there_is_no_such_row() -> None:
    answer = visitor(Role.AUDITOR).get(page(Bank, "history", "040000000"), follow=True)
    assert answer.redirect_chain[-1][0] == "/admin/"
