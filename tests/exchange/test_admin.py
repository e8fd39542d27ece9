"""The administration of the exchange: layouts by two people, facts only looked at."""

import json

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from exchange.layouts.definitions import preset_definition
from exchange.models import FileLayout, ProviderLayout
from offices.models import Role, Staff
from tests import factories as make
from tests.exchange import pension_stored, region_stored, stored
from tests.factories import LONG_AGO, MONTH

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "exchange"]
DIRECTORIES = {FileLayout, ProviderLayout}


def signed_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def page(model: type, view: str = "changelist", *args: object) -> str:
    return reverse(f"admin:exchange_{model._meta.model_name}_{view}", args=args)


MADE = {
    "FileLayout": make.layout,
    "ProviderLayout": make.provider_layout,
    "ExchangeFile": stored.pension,
    "RecipientRegister": stored.register,
    "RegisterRow": stored.register_row,
    "RememberedMatch": stored.remembered,
    "RequestRow": stored.request_row,
    "ReturnedRow": stored.returned_row,
    "ReturnedLine": stored.returned_line,
    "Discrepancy": stored.discrepancy,
    "DiscrepancyDecision": stored.decision_taken,
    "DiscrepancyProtocol": stored.protocol,
    "PensionRecord": stored.pension_record,
    "PensionDifference": stored.pension_difference,
    "DifferenceSource": pension_stored.source,
    "PensionDecision": pension_stored.decision,
    "PaperDelivery": pension_stored.delivery,
    "FundNotice": pension_stored.notice,
    "ProviderFileScope": region_stored.scope,
    "RegionFile": region_stored.region_answer,
    "RegionPart": region_stored.part,
    "RegionStray": region_stored.stray,
}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_lists_and_searches_every_table(model) -> None:
    MADE[model.__name__]()
    client = signed_in(make.staff(Role.AUDITOR))
    assert client.get(page(model)).status_code == 200
    assert client.get(page(model), {"q": "1"}).status_code == 200


@pytest.mark.parametrize("model", [m for m in OURS if m not in DIRECTORIES], ids=lambda model: model.__name__)
def test_shows_a_fact_and_lets_nobody_write_it(model) -> None:
    row = MADE[model.__name__]()
    client = signed_in(make.staff(Role.VERIFIER))
    assert client.get(page(model, "change", row.pk)).status_code == 200
    assert client.post(page(model, "change", row.pk), {}).status_code == 403
    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert client.get(page(model, "add")).status_code == 403


def description(**given: object) -> dict[str, object]:
    definition = preset_definition("long") | {"code": "long_gas", "version": 2}
    return {
        "code": "long_gas",
        "version": "2",
        "name": "Формат газовиков",
        "source": "соглашение",
        "valid_from": "01.10.2026",
        "definition": json.dumps(definition),
    } | given


def test_enters_a_layout_that_waits_for_a_second_person() -> None:
    author, second = make.staff(Role.ADMINISTRATOR), make.staff(Role.ADMINISTRATOR)
    assert signed_in(author).post(page(FileLayout, "add"), description()).status_code == 302
    row = FileLayout.objects.get(code="long_gas")
    assert (row.entered_by, row.confirmed_at) == (author, None)
    chosen = {"action": "confirm_rows", "_selected_action": [row.pk]}
    answer = signed_in(author).post(page(FileLayout), chosen, follow=True)
    assert "подтверждает не тот" in answer.content.decode()
    signed_in(second).post(page(FileLayout), chosen)
    row.refresh_from_db()
    assert row.confirmed_by == second


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"definition": '{"code": "long_gas"}'}, "В описании формата нет", id="no layout"),
        pytest.param({"version": "3"}, "Код и версия в описании другие", id="another version"),
    ],
)
def test_refuses_a_description_that_is_no_layout(given, said: str) -> None:
    answer = signed_in(make.staff(Role.ADMINISTRATOR)).post(page(FileLayout, "add"), description(**given))
    assert said in answer.content.decode()
    assert not FileLayout.objects.exists()


def test_does_not_change_a_confirmed_layout() -> None:
    row = make.layout()
    client = signed_in(make.staff(Role.ADMINISTRATOR))
    assert client.post(page(FileLayout, "change", row.pk), description()).status_code == 403


def test_chooses_a_providers_layout_from_a_day_on() -> None:
    former = make.provider_layout(valid_from=LONG_AGO)
    given = {"provider": former.provider_id, "layout": make.layout().pk, "valid_from": "01.10.2026"}
    answer = signed_in(make.staff(Role.ADMINISTRATOR)).post(page(ProviderLayout, "add"), given)
    assert answer.status_code == 302, answer.context["errors"]
    former.refresh_from_db()
    assert former.valid_to == MONTH
