"""The list of orders, an order's page, and the decision of another person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offices.models import Role
from recipients.models import EntitledPerson, Entitlement
from tests import factories
from tests.calculations import ordered, town
from tests.calculations.retroactive import NOVEMBER, OCTOBER, approved, area, billed_family, changed
from tests.workplace.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db

LIST = reverse("recalculations")


@pytest.fixture
def office():
    factories.open_month()
    return factories.office()


@pytest.fixture
def head(office):
    return factories.staff(Role.HEAD, office=office)


def order(office, **given):
    """An order of one month of one recipient."""
    account = factories.account()
    service = factories.service(code="10")
    row = {"service": service.code, "account": str(account.pk), "accrued": "100.00", "recalculated": "80.00"}
    return ordered.month(ordered.order(office=office, **given), services=[row]).order


def page(name: str, of) -> str:
    return reverse(name, args=[of.pk])


def test_shows_what_changed_and_the_difference_by_service(office, head) -> None:
    found = order(office)
    shown = browser_of(head).get(page("recalculation", found)).content.decode()
    for words in (found.what, found.document, "−20,00", "Утвердить", "Отклонить"):
        assert words in shown


@pytest.fixture
def family(office):
    """A family whose October is approved and whose area is smaller than was known."""
    town.directories()
    made = billed_family(office, months=(OCTOBER,))
    approved(office, OCTOBER)
    return made


def ordered_for(family: town.Family, square_meters: str = "27"):
    return changed(town.specialist(family.recipient.office), area(family, square_meters, OCTOBER))


def test_is_approved_by_another(family, head) -> None:
    found = ordered_for(family)
    shown = browser_of(head).post(page("recalculation-approve", found), follow=True).content.decode()
    found.refresh_from_db()
    assert (found.status, found.decided_by) == ("approved", head)
    assert "утверждён, войдёт в расчёт" in shown
    assert "Утвердить</button>" not in shown


def test_is_counted_anew_when_its_difference_is_another_by_now(family, head) -> None:
    found, browser = ordered_for(family), browser_of(head)
    family.account.dwelling.facts.filter(valid_from=OCTOBER).update(total_area=30)
    shown = browser.post(page("recalculation-approve", found), follow=True).content.decode()
    assert "разница стала другой" in shown
    assert "Пересчитать разницу" in shown
    shown = browser.post(page("recalculation-recount", found), follow=True).content.decode()
    assert "перерасчёт № 2 заменил № 1" in shown
    assert "подготовили вы сами" in shown
    found.refresh_from_db()
    assert (found.status, found.replaced_by.prepared_by) == ("replaced", head)
    answer = visitor(Role.LEGAL).post(page("recalculation-recount", found.replaced_by))
    assert answer.status_code in (403, 404)


def test_tells_where_the_right_was_lost_and_ends_by_an_overpayment(family, office, head) -> None:
    """The list, the order, the card and the list of what a run needs all lead to a person's decision."""
    clerk = browser_of(town.specialist(office))
    found = ordered.decided(ordered_for(family))
    EntitledPerson.objects.update(valid_to=NOVEMBER)
    Entitlement.objects.update(valid_to=NOVEMBER)
    factories.open_month(NOVEMBER)
    for address, words in (
        (f"{LIST}?lost=1", "права больше нет, нужно решение"),
        (page("recalculation", found), "Записать переплату"),
        (reverse("card-accruals", args=[family.recipient.pk]) + "?m=2026-10", "Расчёт её не возьмёт"),
        (reverse("run") + "?m=2026-11", "не все войдут в расчёт"),
    ):
        assert words in clerk.get(address).content.decode(), address
    ending = reverse("recalculation-end", args=[found.pk, family.recipient.pk])
    assert "Причина переплаты" in clerk.get(ending).content.decode()
    unpaid = clerk.post(ending, {"cause": "recipient"}).content.decode()
    assert "ещё не выплачено" in unpaid
    assert "Выберите причину" in clerk.post(ending, {}).content.decode()
    assert browser_of(head).get(ending).status_code == 403
    found.refresh_from_db()
    assert found.status == "approved"


def test_is_not_decided_by_its_author(office, head) -> None:
    found = order(office, prepared_by=head)
    browser = browser_of(head)
    assert "подготовили вы сами" in browser.get(page("recalculation", found)).content.decode()
    for name in ("recalculation-approve", "recalculation-refuse"):
        answer = browser.post(page(name, found), {"reason": "ошибка"})
        assert answer.status_code == 403
        assert "подготовили вы сами" in answer.content.decode()
    found.refresh_from_db()
    assert found.status == "prepared"


def test_is_refused_with_a_reason(office, head) -> None:
    found, browser = order(office), browser_of(head)
    assert "Укажите, почему" in browser.post(page("recalculation-refuse", found), {"reason": ""}).content.decode()
    shown = browser.post(page("recalculation-refuse", found), {"reason": "нет справки"}, follow=True).content.decode()
    found.refresh_from_db()
    assert (found.status, found.refusal_reason) == ("refused", "нет справки")
    assert "нет справки" in shown


def test_is_decided_by_no_one_without_the_duty(office) -> None:
    found = order(office)
    answer = visitor(Role.INTAKE, office=office).post(page("recalculation-approve", found))
    assert answer.status_code == 403
    assert "утверждают начальник отдела" in answer.content.decode()
    assert visitor(Role.HEAD).post(page("recalculation-approve", found)).status_code == 404


def test_is_listed_and_found_by_its_recipient_and_state(office, head) -> None:
    mine, other = order(office), ordered.decided(order(office, what="изменилась площадь"))
    order(factories.office(), what="чужой район")
    browser = browser_of(head)
    shown = browser.get(LIST).content.decode()
    assert mine.what in shown
    assert other.what in shown
    assert "чужой район" not in shown
    case = mine.months.get().recipient.case_number
    assert other.what not in browser.get(LIST, {"named": case}).content.decode()
    assert mine.what not in browser.get(LIST, {"status": "approved"}).content.decode()


def test_asks_no_more_for_a_longer_list(office, head) -> None:
    browser = browser_of(head)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(LIST).status_code == 200
        return len(asked)

    order(office)
    first = queries()
    for _ in range(5):
        order(office)
    assert queries() == first < 15
