"""Who sees and who keeps which table: one rule, tried for every table and every role."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.utils.timezone import localdate

from offices.administration import (
    ACCOUNT_READERS,
    ADMINISTRATORS,
    APPS,
    DEPARTMENT,
    DIRECTORY_READERS,
    NOBODY,
    FactRow,
    KeptInline,
    KeptRow,
)
from offices.models import Role, RoleGrant
from tests import factories as make
from tests.workplace.administered import REGISTERED, name_of, page
from tests.workplace.visiting import browser_of, visitor

TARIFFS = frozenset({Role.CALCULATION})
OF_BOTH = ADMINISTRATORS | TARIFFS
BY_LAW = ADMINISTRATORS | {Role.LEGAL}
PLANNED = frozenset({Role.DEPARTMENT_HEAD})

# table: who sees it, who keeps it; every table that stands here is a directory or the access log, every other one a fact
DIRECTORIES = {
    "offices.District": (DIRECTORY_READERS, ADMINISTRATORS),
    "offices.Office": (DIRECTORY_READERS, ADMINISTRATORS),
    "offices.Staff": (ACCOUNT_READERS, ADMINISTRATORS),
    "offices.RoleGrant": (ACCOUNT_READERS, ADMINISTRATORS),
    "offices.ForbiddenRolePair": (ACCOUNT_READERS, NOBODY),
    "offices.Bank": (DIRECTORY_READERS, ADMINISTRATORS),
    "offices.PostOffice": (DIRECTORY_READERS, ADMINISTRATORS),
    "offices.Decree": (DIRECTORY_READERS, BY_LAW),
    "offices.BillingMonth": (DIRECTORY_READERS, NOBODY),
    "offices.ExchangeSchedule": (DIRECTORY_READERS, PLANNED),
    "offices.ScheduledStep": (DIRECTORY_READERS, PLANNED),
    "offices.CalendarDay": (DIRECTORY_READERS, ADMINISTRATORS),
    "offices.Job": (DEPARTMENT | ADMINISTRATORS, NOBODY),
    "recipients.CardView": (frozenset({Role.AUDITOR}), NOBODY),
    "recipients.Ground": (DIRECTORY_READERS, BY_LAW),
    "housing.Settlement": (DIRECTORY_READERS, OF_BOTH),
    "housing.Street": (DIRECTORY_READERS, OF_BOTH),
    "providers.Tariff": (DIRECTORY_READERS, TARIFFS),
    "providers.ConsumptionNorm": (DIRECTORY_READERS, TARIFFS),
    "providers.SaleNorm": (DIRECTORY_READERS, TARIFFS),
    "providers.FuelPrice": (DIRECTORY_READERS, TARIFFS),
    "providers.Service": (DIRECTORY_READERS, OF_BOTH),
    "providers.Provider": (DIRECTORY_READERS, OF_BOTH),
    "providers.Agreement": (DIRECTORY_READERS, OF_BOTH),
    "providers.ProviderDistrict": (DIRECTORY_READERS, OF_BOTH),
    "exchange.FileLayout": (DIRECTORY_READERS, NOBODY),
    "exchange.ProviderLayout": (DIRECTORY_READERS, ADMINISTRATORS),
    "exchange.ProviderRequestLayout": (DIRECTORY_READERS, ADMINISTRATORS),
    "calculations.Parameter": (DIRECTORY_READERS, ADMINISTRATORS),
    "payments.ReturnReason": (DIRECTORY_READERS, ADMINISTRATORS),
}
FACT = (DEPARTMENT, NOBODY)


def asking(*roles: str):
    request = RequestFactory().get("/admin/")
    request.user = make.staff(*roles)
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_shows_each_role_its_tables_and_lets_it_keep_its_own(role: str) -> None:
    request = asking(role)
    wrong = []
    for model in REGISTERED:
        readers, keepers = DIRECTORIES.get(name_of(model), FACT)
        table = admin.site._registry[model]
        may = (table.has_view_permission(request), table.has_change_permission(request))
        if may != (role in readers | keepers, role in keepers):
            wrong.append((name_of(model), may))
        if table.has_add_permission(request) and role not in keepers:
            wrong.append((name_of(model), "add"))
        assert not table.has_delete_permission(request)
    assert wrong == []


def test_names_tables_that_are_there() -> None:
    assert set(DIRECTORIES) <= {name_of(model) for model in REGISTERED}


def test_gives_an_administrator_neither_people_nor_money() -> None:
    hidden = {"recipients.Person", "recipients.Recipient", "payments.PaymentLine", "calculations.Accrual"}
    hidden |= {"offices.HandoverBalance", "offices.JournalEntry", "offices.StoredFile", "providers.Charge"}
    for model in REGISTERED:
        if name_of(model) in hidden:
            assert not admin.site._registry[model].readers & ADMINISTRATORS


@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_keeps_every_table_by_the_one_rule(model) -> None:
    table = admin.site._registry[model]
    assert isinstance(table, KeptRow)
    assert all(issubclass(inline, KeptInline) for inline in table.inlines)
    if name_of(model) not in DIRECTORIES:
        assert isinstance(table, FactRow)
    for name in ("has_view_permission", "has_delete_permission", "has_module_permission"):
        assert getattr(type(table), name) is getattr(KeptRow, name)


def test_registers_no_table_of_a_library_and_no_history() -> None:
    assert {model._meta.app_label for model in REGISTERED} == set(APPS)
    assert Group not in REGISTERED
    assert not [model for model in REGISTERED if model._meta.model_name.endswith("event")]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role.values])
def test_opens_the_door_by_role(role: str | None) -> None:
    answer = visitor(*filter(None, [role])).get("/admin/", follow=True)
    assert answer.status_code == (200 if role in DIRECTORY_READERS else 403)


@pytest.mark.django_db
def test_opens_the_door_to_no_superuser_without_a_role() -> None:
    client = browser_of(make.staff(is_staff=True, is_superuser=True))
    assert client.get("/admin/", follow=True).status_code == 403
    for model in REGISTERED:
        assert client.get(page(model), follow=True).status_code == 403, name_of(model)


@pytest.mark.django_db
def test_closes_the_door_when_the_role_ends() -> None:
    staff = make.staff(Role.AUDITOR)
    client = browser_of(staff)
    assert client.get("/admin/").status_code == 200
    RoleGrant.objects.filter(staff=staff).update(valid_to=localdate())
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.django_db
def test_sends_a_stranger_to_the_one_login_page() -> None:
    answer = Client().get("/admin/offices/bank/", follow=True)
    assert answer.redirect_chain[-1][0] == "/login/?next=/admin/offices/bank/"


@pytest.mark.django_db
@pytest.mark.parametrize("model", REGISTERED, ids=name_of)
def test_answers_a_foreign_role_with_a_refusal(model) -> None:
    readers, keepers = DIRECTORIES.get(name_of(model), FACT)
    foreign = sorted(DIRECTORY_READERS - readers - keepers)[:1] or [Role.INTAKE]
    client = visitor(*foreign)
    for asked in (page(model), page(model, "add"), page(model, "change", 1), page(model, "history", 1)):
        assert client.get(asked, follow=True).status_code == 403, asked


@pytest.mark.django_db
def test_lists_the_sections_in_the_order_of_the_road() -> None:
    shown = visitor(Role.AUDITOR).get("/admin/").content.decode()
    titles = re.findall(r'<h2 id="app-\w+"><a [^>]*>([^<]+)</a>', shown)
    assert titles == ["Учреждения", "Получатели", "Жильё", "Предприятия ЖКХ", "Обмен", "Расчёт", "Выплата"]


@pytest.mark.django_db
def test_shows_an_administrator_directories_only() -> None:
    shown = visitor(Role.ADMINISTRATOR).get("/admin/").content.decode()
    assert "Сотрудники" in shown
    assert "Работы" in shown
    for hidden in ("Люди", "Начисления эквивалента", "Строки списков на выплату", "Балансы передач", "Файлы обмена"):
        assert f">{hidden}<" not in shown


@pytest.mark.django_db
def test_suggests_no_person_to_an_administrator() -> None:
    asked = {"app_label": "offices", "model_name": "rolegrant", "field_name": "staff", "term": "Сотр"}
    assert visitor(Role.ADMINISTRATOR).get("/admin/autocomplete/", asked).status_code == 200
    asked = {"app_label": "recipients", "model_name": "recipient", "field_name": "person", "term": "Ив"}
    assert visitor(Role.ADMINISTRATOR).get("/admin/autocomplete/", asked).status_code == 403
