"""The administration of providers: directories are followed, facts only looked at."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from offices.models import Role, Staff
from providers.models import Tariff
from tests import factories as make
from tests.factories import LONG_AGO, MONTH

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "providers"]


def calculates() -> Staff:
    return make.staff(Role.CALCULATION)


def signed_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def page(model: type, view: str = "changelist", *args: object) -> str:
    return reverse(f"admin:providers_{model._meta.model_name}_{view}", args=args)


def everything() -> None:
    make.open_month()
    make.agreement()
    make.connected_service()
    make.tariff()
    make.norm()
    make.charge()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_lists_and_searches_every_table(model) -> None:
    everything()
    client = signed_in(make.staff(Role.AUDITOR))
    assert client.get(page(model)).status_code == 200
    assert client.get(page(model), {"q": "1"}).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_deletes_nothing(model) -> None:
    everything()
    row = model.objects.order_by("pk").first()
    if row is None:
        row = make.provider().districts.create(district=make.district(), valid_from=LONG_AGO)
    assert signed_in(calculates()).post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_shows_a_charge_without_a_way_to_change_it() -> None:
    everything()
    client = signed_in(make.staff(Role.VERIFIER))
    charge = make.charge()
    assert client.get(page(type(charge), "change", charge.pk)).status_code == 200
    assert client.post(page(type(charge), "change", charge.pk), {"billed": "1"}).status_code == 403
    assert client.get(page(type(charge), "add")).status_code == 403


def entered(former: Tariff) -> dict[str, object]:
    return {
        "service": former.service_id,
        "decree": former.decree_id,
        "valid_from": "01.10.2026",
        "variant": "",
        "price": "30.1234",
    }


def test_enters_a_tariff_that_ends_the_former_one() -> None:
    former, staff = make.tariff(), calculates()
    answer = signed_in(staff).post(page(Tariff, "add"), entered(former))
    assert answer.status_code == 302, answer.context["errors"]
    former.refresh_from_db()
    new = Tariff.objects.get(valid_from=MONTH)
    assert (former.valid_to, new.entered_by, new.confirmed_at) == (MONTH, staff, None)


def test_shows_why_a_tariff_was_not_entered() -> None:
    former, client = make.tariff(valid_from=MONTH), signed_in(calculates())
    answer = client.post(page(Tariff, "add"), entered(former), follow=True)
    assert "уже введена" in answer.content.decode()
    assert Tariff.objects.count() == 1


def test_leads_to_the_guard_instead_of_confirming() -> None:
    row = make.tariff(confirmed_at=None)
    client = signed_in(make.staff(Role.HEAD))
    shown = client.get(page(Tariff)).content.decode()
    assert reverse("guard-row", args=["tariff", row.pk]) in shown
    client.post(page(Tariff), {"action": "confirm_rows", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.confirmed_by is None
