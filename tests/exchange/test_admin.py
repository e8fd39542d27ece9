"""The administration of the exchange: layouts by two people, facts only looked at."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from exchange.models import FileLayout, ProviderLayout, ProviderRequestLayout
from offices.models import Role, Staff
from tests import factories as make
from tests.exchange import pension_stored, region_stored, request_violations, stored
from tests.exchange.layout_violations import draft as layout_draft
from tests.factories import LONG_AGO, MONTH

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "exchange"]
DIRECTORIES = {FileLayout, ProviderLayout, ProviderRequestLayout}


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
    "LayoutDraft": layout_draft,
    "Acknowledgement": request_violations.confirmed,
    "RequestedChanges": request_violations.first_changes,
    "ProviderRequestLayout": request_violations.request_layout,
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


def test_shows_a_layout_and_leads_to_its_page_where_it_is_changed() -> None:
    row = make.layout()
    client = signed_in(make.staff(Role.ADMINISTRATOR))
    shown = client.get(page(FileLayout, "change", row.pk)).content.decode()
    assert reverse("layout", args=[row.pk]) in shown
    assert client.post(page(FileLayout, "change", row.pk), {"name": "другое"}).status_code == 403
    assert client.get(page(FileLayout, "add")).status_code == 403


def test_chooses_a_providers_layout_from_a_day_on() -> None:
    former = make.provider_layout(valid_from=LONG_AGO)
    given = {"provider": former.provider_id, "layout": make.layout().pk, "valid_from": "01.10.2026"}
    answer = signed_in(make.staff(Role.ADMINISTRATOR)).post(page(ProviderLayout, "add"), given)
    assert answer.status_code == 302, answer.context["errors"]
    former.refresh_from_db()
    assert former.valid_to == MONTH
