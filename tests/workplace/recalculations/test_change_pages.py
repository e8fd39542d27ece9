"""A fact is changed from a past date on the card: seen first, saved with its order, approved by another."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from calculations.models import Recalculation
from housing.models import Residence
from offices.models import Role
from recipients.models import Entitlement, Person
from tests import factories
from tests.calculations import town
from tests.calculations.retroactive import NOVEMBER, OCTOBER, SEPTEMBER, approved, billed_family, registration
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    town.directories()
    office = factories.office()
    made = billed_family(office)
    approved(office, SEPTEMBER)
    approved(office, OCTOBER)
    return made


@pytest.fixture
def office(family):
    return family.recipient.office


@pytest.fixture
def clerk(office):
    return factories.staff(Role.INTAKE, office=office)


def address(family: town.Family, kind: str = "departure") -> str:
    return reverse("card-change", args=[family.recipient.pk, kind])


def typed(family: town.Family, **changed: str) -> dict[str, str]:
    return {
        "residence": str(registration(family, 2)), "why": "left", "day": "2026-10-01", "told_by": "получатель",
        "document": "справка о составе семьи № 4",
    } | changed  # fmt: skip


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def confirmed(browser, family: town.Family, data: dict[str, str], kind: str = "departure"):
    page = browser.post(address(family, kind), data).content.decode()
    return browser.post(address(family, kind), data | {"seen": seen_in(page)}, follow=True)


def test_shows_the_difference_before_anything_is_saved(family, clerk) -> None:
    browser = browser_of(clerk)
    form = browser.get(address(family)).content.decode()
    assert family.people[2].full_name in form
    page = browser.post(address(family), typed(family)).content.decode()
    assert "Что изменится в прошлых месяцах" in page
    assert "Вместе за октябрь\xa02026" in page
    assert "+138,21" in page
    assert not Recalculation.objects.exists()
    assert Residence.objects.get(person=family.people[2]).valid_to is None


def test_saves_the_fact_with_its_order_when_confirmed(family, clerk) -> None:
    page = confirmed(browser_of(clerk), family, typed(family)).content.decode()
    order = Recalculation.objects.get()
    assert (order.prepared_by, order.status) == (clerk, "prepared")
    assert Residence.objects.get(person=family.people[2]).valid_to == OCTOBER
    assert f"Перерасчёт № {order.number}" in page
    assert "выбыл(а)" in page


def test_goes_all_the_way_to_the_lines_on_the_card(family, office, clerk) -> None:
    """Changed, seen, confirmed, approved by the head, run: the card shows what was seen, month by month."""
    browser, head = browser_of(clerk), browser_of(factories.staff(Role.HEAD, office=office))
    confirmed(browser, family, typed(family))
    order = Recalculation.objects.get()
    head.post(reverse("recalculation-approve", args=[order.pk]))
    factories.open_month(NOVEMBER)
    run = town.calculate(office, month=NOVEMBER)
    shown = browser.get(reverse("card-accruals", args=[family.recipient.pk]), {"m": "2026-11"}).context["shown"]
    rows = {row.title: row.accrued for row in shown.table.rows}
    assert rows["heating: за октябрь 2026"] == Decimal("138.21")
    month = order.months.get()
    assert sum(rows.values()) == shown.accrued == month.recalculated - month.accrued
    assert month.run == run
    page = browser.get(reverse("recalculation", args=[order.pk])).content.decode()
    assert "вошёл в расчёт за 11.2026 № 1" in page


def test_tells_in_the_form_why_a_change_cannot_be(family, clerk) -> None:
    page = browser_of(clerk).post(address(family), typed(family, day="2007-01-01")).content.decode()
    assert "Регистрацию нельзя прекратить 01.01.2007" in page
    empty = browser_of(clerk).post(address(family), typed(family, document="")).content.decode()
    assert "Укажите документ" in empty


def test_registers_a_known_person_by_snils_alone(family, clerk) -> None:
    known = factories.person()
    data = {"snils": known.snils, "basis": "temporary", "day": "2026-10-01", "document": "свидетельство № 8"}
    confirmed(browser_of(clerk), family, data, "arrival")
    assert Residence.objects.get(person=known).dwelling == family.account.dwelling
    assert Recalculation.objects.get().months.get().recalculated < Decimal("804.25")


def test_says_which_order_a_second_change_of_the_month_replaces(family, clerk) -> None:
    browser = browser_of(clerk)
    confirmed(browser, family, typed(family))
    second = typed(family, residence=str(registration(family, 1)))
    page = browser.post(address(family), second).content.decode()
    assert "уже подготовлен перерасчёт № 1" in page
    confirmed(browser, family, second)
    statuses = Recalculation.objects.order_by("number").values_list("status", flat=True)
    assert list(statuses) == ["replaced", "prepared"]


def test_asks_for_the_name_of_a_person_not_known(family, clerk) -> None:
    data = {"basis": "permanent", "day": "2026-10-01", "document": "свидетельство № 8"}
    page = browser_of(clerk).post(address(family, "arrival"), data).content.decode()
    assert "Укажите фамилию." in page
    assert Person.objects.count() == len(family.people)


def test_changes_the_area_and_keeps_what_is_not_asked(family, clerk) -> None:
    data = {
        "total_area": "27,5", "living_area": "20", "rooms": "2", "stock": "private", "day": "2026-10-01",
        "document": "технический паспорт",
    }  # fmt: skip
    confirmed(browser_of(clerk), family, data, "dwelling")
    facts = family.account.dwelling.facts.get(valid_from=OCTOBER)
    assert (facts.total_area, facts.stove) == (Decimal("27.50"), family.account.dwelling.facts.first().stove)
    assert Recalculation.objects.get().cause == "dwelling"


def test_changes_the_group_of_an_adult(family, clerk) -> None:
    data = {"right": str(family.right.pk), "category": "3", "day": "2026-10-01", "certificate": "МСЭ № 5"}
    confirmed(browser_of(clerk), family, data, "group")
    assert Entitlement.objects.filter(recipient=family.recipient, category="3", valid_from=OCTOBER).exists()
    assert Recalculation.objects.get().months.get().recalculated == Decimal("0.00")


def test_enters_the_next_certificate_where_one_ends(family, clerk) -> None:
    refused = browser_of(clerk).get(address(family, "certificate"))
    assert refused.status_code == 409
    assert "нет действующего права по справке со сроком" in refused.content.decode()
    Entitlement.objects.update(certificate_valid_to=NOVEMBER)
    card = browser_of(clerk).get(reverse("card-rights", args=[family.recipient.pk])).content.decode()
    assert address(family, "certificate") in card
    data = {"right": str(family.right.pk), "day": "2026-11-01", "certificate": "МСЭ № 9", "last_day": "2028-10-31"}
    confirmed(browser_of(clerk), family, data, "certificate")
    family.right.refresh_from_db()
    assert (family.right.certificate, str(family.right.certificate_valid_to)) == ("МСЭ № 9", "2028-11-01")
    assert not Recalculation.objects.exists()


def test_says_what_is_missing_to_change(office, clerk) -> None:
    lonely = factories.recipient(office=office)
    answer = browser_of(clerk).get(reverse("card-change", args=[lonely.pk, "dwelling"]))
    assert answer.status_code == 409
    assert "не указано жильё" in answer.content.decode()


def test_lets_only_workers_of_the_district_change(family, office) -> None:
    assert visitor(Role.INTAKE).get(address(family)).status_code == 404
    answer = visitor(Role.CHECKING, office=office).get(address(family))
    assert answer.status_code == 403
    assert "специалист своего района" in answer.content.decode()
    assert browser_of(factories.staff(Role.HEAD, office=office)).get(address(family, "nothing")).status_code == 404
