"""The administration of the lower floors: lists and pages of every table, by role, nothing deleted."""

import datetime as dt

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.models import PersonAddress
from offices import balances, files, jobs, journal
from offices.balances import Amount, Balance
from offices.journal import Paper
from offices.models import (
    CalendarDay,
    District,
    ExchangeSchedule,
    JournalEntry,
    Office,
    RoleGrant,
    SavedView,
    ScheduledStep,
    Staff,
)
from offices.services import schedule
from recipients.models import CardView, CaseDocument, Change, Person
from recipients.services import cards, changes, termination
from tests import factories
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db
APPS = ("offices", "recipients", "housing")
OURS = [model for model in admin.site._registry if model._meta.app_label in APPS]
FACTS = [JournalEntry, Person, CaseDocument]


def client_of(*roles: str, **given: object) -> Client:
    client = Client()
    client.force_login(factories.staff(*roles, **given))
    return client


def page(model: type[models.Model], view: str = "changelist", *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


@pytest.fixture
def everything() -> None:
    """A row of every table of the three floors."""
    factories.open_month()
    factories.unit(Office.Kind.PAYMENTS)
    office = factories.office()
    clerk, head = factories.staff("calculation", office=office), factories.staff("head", office=office)
    home = factories.entitled_household(office=office)
    factories.representative(represented=home.recipient.person)
    home.right.application.documents.create(kind="identity")
    CaseDocument.objects.create(recipient=home.recipient, number=1, title="заявление", filed_on=MONTH)
    PersonAddress.objects.create(
        person=home.recipient.person, kind="postal", address=home.dwelling.address, valid_from=LONG_AGO
    )
    cards.hand_over_cards(office=office, month=MONTH, by=clerk, at=AT)
    CardView.objects.create(recipient=home.recipient, staff=clerk, minute=AT, tab="История")
    changes.report_change(
        recipient_id=home.recipient.pk,
        kind=Change.Kind.MOVE,
        happened_on=MONTH,
        source="администрация",
        document="справка",
        note="",
        by=clerk,
        at=AT,
    )
    changes.send_changes(office=office, month=MONTH, by=clerk, at=AT)
    ground = factories.ground("termination")
    termination.prepare_termination(
        entitlement_id=home.right.pk, ground_code=ground.code, document="справка", happened_on=MONTH, by=clerk, at=AT
    )
    files.store(content=b"1", name="a.pdf", media_type=files.PDF, by=clerk, at=AT)
    jobs.request(kind="k", key="1", task="t", by=clerk, at=AT)
    factories.post_office()
    CalendarDay.objects.create(day=MONTH, is_working=False, note="праздник")
    schedule.plan_schedule(starts_on=dt.date(2026, 7, 1), by=head, at=AT)
    balances.strike(
        month=MONTH,
        item="3.9",
        stage="приём",
        office=office,
        subject="файл",
        balance=Balance(taken=Amount(1), handed_on=Amount(0), held={"no_answer": Amount(1)}),
        at=AT,
    )


def test_registers_every_table_or_shows_it_on_its_owners_page() -> None:
    shown_inside = {inline.model for model in OURS for inline in admin.site._registry[model].inlines}
    ours = {
        model
        for label in APPS
        for model in admin.site._registry[District].opts.apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model") and not model._meta.auto_created
    }
    assert ours - {SavedView} == set(OURS) | shown_inside  # a view of a list is its owner's own


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
@pytest.mark.usefixtures("everything")
def test_lists_searches_and_opens_every_table_and_deletes_nothing(model: type[models.Model]) -> None:
    client = client_of("auditor")
    row = model.objects.order_by("pk").first()
    assert row is not None
    listed = client.get(page(model))
    assert listed.status_code == 200
    assert "delete_selected" not in listed.content.decode()
    assert client.get(page(model), {"q": "1"}).status_code == 200
    assert client.get(page(model, "change", row.pk)).status_code == 200
    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert client.get(page(model, "add")).status_code == 403


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
@pytest.mark.usefixtures("everything")
def test_asks_no_more_for_a_longer_list(model: type[models.Model]) -> None:
    client = client_of("auditor")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page(model))
        return len(queries)

    asked()
    before = asked()
    for _ in range(3):
        factories.entitled_household(office=factories.office())
        factories.representative()
    journal.record(
        office=factories.office(), event="записано", paper=Paper("предмет", "3.3"), by=factories.staff(), at=AT
    )
    assert asked() <= before


@pytest.mark.parametrize("role", ["intake", "calculation", "head", "administrator"])
@pytest.mark.usefixtures("everything")
def test_shows_people_and_facts_to_no_district_and_no_administrator(role: str) -> None:
    client = client_of(role)
    for model in (Person, JournalEntry):
        assert client.get(page(model)).status_code in {302, 403}


def test_lets_an_administrator_keep_a_directory() -> None:
    client = client_of("administrator")
    answer = client.post(page(District, "add"), {"code": "66203", "name": "Велижский", "oktmo": "66603000"})
    assert answer.status_code == 302
    assert District.objects.get(code="66203").name == "Велижский"


def test_shows_what_is_wrong_with_a_directory_row_in_russian() -> None:
    answer = client_of("administrator").post(page(District, "add"), {"code": "1", "name": "А", "oktmo": "2"})
    assert answer.status_code == 200
    assert "Код ОКАТО — пять цифр" in answer.content.decode()


def give_role(client: Client, staff: Staff, role: str) -> str:
    given = {"staff": staff.pk, "role": role, "order": "приказ № 5", "valid_from": "01.10.2026", "valid_to": ""}
    return client.post(page(RoleGrant, "add"), given, follow=True).content.decode()


def test_gives_roles_by_the_service_with_its_refusals() -> None:
    client, clerk = client_of("administrator"), factories.staff("intake")
    give_role(client, clerk, "exchange")
    given = clerk.grants.get(role="exchange")
    assert (given.valid_from, given.granted_by.grants.get().role) == (MONTH, "administrator")
    assert "несовместима" in give_role(client, clerk, "payments")
    assert clerk.grants.count() == 2
    client.post(page(RoleGrant, "change", given.pk), {"valid_to": "01.11.2026"})
    given.refresh_from_db()
    assert given.valid_to == dt.date(2026, 11, 1)


def test_makes_an_account_that_grants_nothing_by_itself() -> None:
    client = client_of("administrator")
    given = {
        "username": "novaya",
        "usable_password": "true",
        "password1": "Осенний-график-27",
        "password2": "Осенний-график-27",
        "last_name": "Новая",
        "is_superuser": "on",
        "office": factories.office().pk,
    }
    client.post(page(Staff, "add"), given)
    made = Staff.objects.get(username="novaya")
    assert made.check_password("Осенний-график-27")
    assert (made.is_superuser, made.is_staff, made.roles_on(MONTH)) == (False, False, set())
    assert "is_superuser" not in client.get(page(Staff, "change", made.pk)).content.decode()


def test_plans_a_half_year_and_moves_a_day_by_the_services() -> None:
    factories.office()
    client = client_of("department_head", office=factories.unit(Office.Kind.MANAGEMENT))
    assert client.post(page(ExchangeSchedule, "add"), {"starts_on": "01.07.2026"}).status_code == 302
    assert ScheduledStep.objects.count() == 72
    again = client.post(page(ExchangeSchedule, "add"), {"starts_on": "01.04.2026"}, follow=True)
    assert "1 января или 1 июля" in again.content.decode()
    step = ScheduledStep.objects.order_by("pk").first()
    client.post(page(ScheduledStep, "change", step.pk), {"due_on": "20.11.2026"})
    step.refresh_from_db()
    assert step.due_on == dt.date(2026, 11, 20)
    assert JournalEntry.objects.filter(event="срок графика перенесён", office=step.office).exists()
