"""«Топливо и газ»: an application is counted on the screen, registered, decided by another, stopped."""

from decimal import Decimal

import pytest
from django.urls import reverse

from calculations.models import FuelAssignment
from offices.models import Role
from recipients.models import Application
from tests import factories
from tests.calculations import fuelled, town
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
TYPED = {"received_on": "2026-09-10", "way": "in_person", "coal": "2", "kindling": "1", "seller_document": "чек № 7"}


@pytest.fixture
def of() -> town.Family:
    factories.open_month()
    fuelled.directories()
    return fuelled.house()


def test_shows_the_calculation_before_it_is_registered(of: town.Family) -> None:
    client = visitor(Role.CALCULATION, office=of.recipient.office)
    page = reverse("fuel-new", args=[of.recipient.pk])
    assert "Зарегистрировать" not in client.get(page).content.decode()
    shown = client.post(page, TYPED | {"preview": "1"}).content.decode()
    for told in ("уголь: 2 т × 7 800 ₽", "8 525,00", "октябрь 2026", "2 841,67", "Зарегистрировать"):
        assert told in shown.replace("\N{NO-BREAK SPACE}", " "), told
    assert not FuelAssignment.objects.exists()
    assert client.post(page, TYPED | {"save": "1"}).status_code == 302
    made = FuelAssignment.objects.get()
    assert (made.amount, made.application.status) == (Decimal("8525.00"), Application.Status.REGISTERED)
    again = client.post(page, TYPED | {"preview": "1"}).content.decode()
    assert "один раз в год" in again


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"coal": "", "kindling": ""}, "Укажите, сколько топлива или баллонов нужно"),
        ({"cylinder": "4"}, "отдельные заявления"),
        ({"coal": "много"}, "Количество пишут числом"),
        ({"months": "9"}, "укажите от 1 до 3"),
    ],
)
def test_says_what_is_wrong_with_an_application(of: town.Family, typed: dict[str, str], said: str) -> None:
    client = visitor(Role.INTAKE, office=of.recipient.office)
    answer = client.post(reverse("fuel-new", args=[of.recipient.pk]), TYPED | {"preview": "1"} | typed)
    assert said in answer.content.decode()


def test_is_decided_and_stopped_by_another_person(of: town.Family) -> None:
    made = fuelled.prepared(of)
    page = reverse("fuel-assignment", args=[made.pk])
    author = browser_of(made.prepared_by)
    assert "Назначить" not in author.get(page).content.decode()
    author.post(page, {"act": "confirm"})
    assert FuelAssignment.objects.get().status == "prepared"
    head = visitor(Role.HEAD, office=of.recipient.office)
    assert "Назначить" in head.get(page).content.decode()
    assert head.post(page, {"act": "confirm"}).status_code == 302
    shown = head.get(page).content.decode()
    assert "ждёт расчёта" in shown
    assert "Остановить оставшиеся части" in shown
    head.post(page, {"act": "stop", "stop-from_month": "2026-11", "stop-reason": "выехал из района"})
    assert FuelAssignment.objects.get().status == "stopped"
    assert "выехал из района" in head.get(page).content.decode()


def test_is_refused_with_a_ground(of: town.Family) -> None:
    made = fuelled.prepared(of)
    factories.ground(kind="refusal", code="О06")
    head = visitor(Role.HEAD, office=of.recipient.office)
    page = reverse("fuel-assignment", args=[made.pk])
    facts = "В доме с 2024 года проведено центральное отопление, акт от 01.02.2024."
    head.post(page, {"act": "refuse", "refusal-ground": "О06", "refusal-facts": facts})
    assert FuelAssignment.objects.get().status == "withdrawn"


@pytest.mark.parametrize("is_granted", [True, False], ids=["granted", "refused"])
def test_gives_the_decision_from_its_page_and_from_the_card(of: town.Family, is_granted: bool) -> None:
    if is_granted:
        made = fuelled.assigned(of)
        decision = made.decision_file
    else:
        made = fuelled.refused(of)
        decision = made.application.decision_file
    link, case = reverse("document", args=[decision.pk]), of.recipient.pk
    client, stranger = (visitor(Role.HEAD, office=one) for one in (of.recipient.office, factories.office()))
    assert stranger.get(link).status_code == 404
    for page in (
        reverse("fuel-assignment", args=[made.pk]),
        reverse("card-papers", args=[case]),
        reverse("card-forms", args=[case]),
    ):
        assert link in client.get(page).content.decode(), page
    answer = client.get(link)
    assert answer["Content-Type"] == "application/pdf"
    answer.close()


def test_lists_applications_with_a_constant_number_of_queries(of: town.Family, django_assert_max_num_queries) -> None:
    fuelled.assigned(of)
    for _ in range(3):
        fuelled.prepared(fuelled.house(of.recipient.office))
    client = visitor(Role.CALCULATION, office=of.recipient.office)
    client.get(reverse("fuel"))
    with django_assert_max_num_queries(15):
        shown = client.get(reverse("fuel")).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert shown.count("твёрдое топливо") >= 4
    assert "8 525,00" in shown
    assert "ждёт утверждения" in shown


def test_keeps_to_its_roles_and_its_office(of: town.Family) -> None:
    made = fuelled.prepared(of)
    new, page = reverse("fuel-new", args=[of.recipient.pk]), reverse("fuel-assignment", args=[made.pk])
    assert visitor(Role.CALCULATION, office=factories.office()).get(new).status_code == 404
    assert visitor(Role.CALCULATION, office=factories.office()).get(page).status_code == 404
    assert visitor(Role.HEAD, office=of.recipient.office).get(new).status_code == 403
    assert visitor(Role.ACCOUNTANT).get(page).status_code == 403
    assert visitor(Role.INTAKE, office=of.recipient.office).post(page, {"act": "confirm"}).status_code == 403
