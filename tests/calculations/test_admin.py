"""The administration of calculations: parameters are followed and confirmed by another, facts only looked at."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from calculations.models import AccrualLine, Parameter
from offices.models import Office, Role, Staff
from tests import factories
from tests.calculations import made, town
from tests.workplace.administered import ROWS

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "calculations"]


def auditor() -> Staff:
    return factories.staff(Role.AUDITOR)


def signed_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def page(model: type, view: str = "changelist", *args: object) -> str:
    return reverse(f"admin:calculations_{model._meta.model_name}_{view}", args=args)


@pytest.fixture
def calculated() -> AccrualLine:
    factories.open_month()
    town.directories()
    factories.unit(Office.Kind.SUBSIDIES)
    office = factories.office()
    family = town.family(office)
    town.bill(family, "10", "364.84", "14")
    town.bill(family, "22", "5000.00")
    run = made.forward(town.calculate(office), "submitted")
    made.review(run.accruals.get())
    return AccrualLine.objects.get()


def test_registers_every_table_of_the_app() -> None:
    tables = apps.get_app_config("calculations").get_models()
    assert {model.__name__ for model in OURS} == {one.__name__ for one in tables if not one.__name__.endswith("Event")}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
@pytest.mark.usefixtures("calculated")
def test_lists_searches_and_opens_every_table_and_deletes_nothing(model) -> None:
    client = signed_in(auditor())
    row = model.objects.order_by("pk").first() or ROWS[model]()
    assert client.get(page(model)).status_code == 200
    assert client.get(page(model), {"q": "1"}).status_code == 200
    assert client.get(page(model, "change", row.pk)).status_code == 200
    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_explains_a_line_step_by_step(calculated: AccrualLine) -> None:
    shown = signed_in(auditor()).get(page(AccrualLine, "change", calculated.pk)).content.decode()
    assert "Денежный эквивалент" in shown
    assert "56,29" in shown
    assert "Внимание" not in shown


@pytest.mark.parametrize("model", [model for model in OURS if model is not Parameter], ids=lambda model: model.__name__)
def test_types_no_facts(model) -> None:
    assert signed_in(auditor()).get(page(model, "add")).status_code == 403


def test_enters_a_parameter_that_waits_in_the_guard() -> None:
    author, other = factories.staff(Role.ADMINISTRATOR), factories.staff(Role.DEPARTMENT_HEAD)
    former = town.parameter("sample_percent", "10")
    given = {"code": "sample_percent", "value": "7", "valid_from": "2026-10-01", "decree": factories.decree().pk}
    assert signed_in(author).post(page(Parameter, "add"), given).status_code == 302
    entered = Parameter.objects.get(value="7")
    former.refresh_from_db()
    assert (former.valid_to, entered.entered_by, entered.confirmed_by) == (dt.date(2026, 10, 1), author, None)
    shown = signed_in(other).get(page(Parameter)).content.decode()
    assert reverse("guard-row", args=["parameter", entered.pk]) in shown


def test_shows_what_is_wrong_with_a_value() -> None:
    given = {"code": "discount", "value": "много", "valid_from": "2026-10-01", "decree": factories.decree().pk}
    answer = signed_in(factories.staff(Role.ADMINISTRATOR)).post(page(Parameter, "add"), given)
    assert "не подходит" in answer.content.decode()
    assert not Parameter.objects.exists()
