"""What months are calculated from is never typed over in the administration: each page says where it is changed."""

import pytest
from django.contrib import admin
from django.urls import reverse

from offices.models import Role
from tests import factories
from tests.calculations import town
from tests.workplace.visiting import visitor

pytestmark = pytest.mark.django_db
FACTS = ("housing.residence", "housing.dwellingfacts", "housing.supporteddwelling", "recipients.entitlement",
         "recipients.person", "recipients.entitledperson", "recipients.recipient", "providers.charge",
         "providers.connectedservice", "providers.serviceaccount")  # fmt: skip


def office_of(family: town.Family):
    return family.recipient.office


def address(row, view: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk])


def test_lets_nobody_type_over_a_fact_of_a_month() -> None:
    registered = {model._meta.label_lower: page for model, page in admin.site._registry.items()}
    kept = {label for label in FACTS if label in registered and registered[label].keepers}
    assert kept == set()


def test_leads_from_a_fact_to_the_card_where_its_difference_is_seen_first() -> None:
    family = town.family(factories.office())
    client = visitor(Role.VERIFIER, office=None)
    for row in (family.right, family.people[0], family.account.dwelling.facts.get()):
        shown = client.get(address(row)).content.decode()
        assert "сначала видно, что изменится в уже начисленных месяцах" in shown, row
        assert client.post(address(row), {"valid_to": "2026-09-01"}).status_code == 403


def test_does_not_change_what_a_billed_service_is_for_every_month() -> None:
    family = town.family(factories.office())
    factories.open_month()
    service = town.bill(family, "23", "280.89").service
    former, client = service.name, visitor(Role.CALCULATION, office=office_of(family))
    typed = {"code": "23", "kind": service.kind, "name": "Вывоз отходов", "unit": "м³"}
    shown = client.post(address(service), typed, follow=True).content.decode()
    assert "уже начислялась" in shown
    service.refresh_from_db()
    assert (service.is_supported, service.name) == (True, former)
    client.post(address(service), typed | {"is_supported": "on"})
    service.refresh_from_db()
    assert service.name == "Вывоз отходов"


def test_does_not_make_a_village_of_a_town_that_is_paid_for() -> None:
    family = town.family(factories.office())
    place = family.account.dwelling.address.street.settlement
    client = visitor(Role.CALCULATION, office=office_of(family))
    form = client.get(address(place)).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    inlines = {f"street_set-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    typed = {name: value for name, value in typed.items() if value is not False}
    shown = client.post(address(place), typed | inlines | {"is_rural": "on"}, follow=True).content.decode()
    assert "уже предоставляют меру" in shown
    place.refresh_from_db()
    assert not place.is_rural
