"""The home page: the month's stages and documents, to each role its own."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Office, Role
from offices.models.staff import DISTRICT_ROLES
from tests import factories as make
from tests.payments import rows as payments
from tests.workplace.visiting import handed_over, request_file, stored, visitor

pytestmark = pytest.mark.django_db
DEPARTMENT_ROLES = [role for role in Role if role not in DISTRICT_ROLES and role != Role.ADMINISTRATOR]


@pytest.fixture
def offices() -> tuple[Office, Office]:
    """Two districts, each with a balance and a document of October."""
    own, foreign = make.office(name="Отдел Вяземского района"), make.office(name="Отдел Ельнинского района")
    handed_over(own, taken="1496.90", held="96.90")
    handed_over(foreign, taken="500.00")
    request_file(own, file=stored("vyazma.dbf"))
    request_file(foreign, file=stored("elnya.dbf"))
    return own, foreign


def page_of(client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("role", DISTRICT_ROLES)
def test_shows_a_district_its_own_month(role: str, offices: tuple[Office, Office]) -> None:
    page = page_of(visitor(role, office=offices[0]))
    assert "Октябрь 2026" in page
    assert "Отдел Вяземского района" in page
    assert "1 496,90 ₽" in page
    assert "нет тарифа <b>1</b> на 96,90 ₽" in page
    assert "vyazma.dbf" in page
    assert "elnya.dbf" not in page
    assert "1 996,90 ₽" not in page


@pytest.mark.parametrize("role", DEPARTMENT_ROLES)
@pytest.mark.usefixtures("offices")
def test_shows_the_department_the_whole_region(role: str) -> None:
    page = page_of(visitor(role))
    assert "Вся область" in page
    assert "1 996,90 ₽" in page
    assert {"vyazma.dbf", "elnya.dbf"} <= set(page.replace("<", ">").split(">"))
    assert role.label.lower() in page.lower()


@pytest.mark.usefixtures("offices")
def test_shows_an_administrator_neither_sums_nor_documents() -> None:
    page = page_of(visitor(Role.ADMINISTRATOR))
    assert "не видит персональных данных и сумм" in page
    assert "₽" not in page
    assert ".dbf" not in page
    assert "Октябрь" not in page


@pytest.mark.usefixtures("offices")
def test_shows_nothing_without_a_role() -> None:
    page = page_of(visitor())
    assert "ни одна роль" in page
    assert "₽" not in page
    assert ".dbf" not in page


@pytest.mark.parametrize("role", DISTRICT_ROLES)
def test_shows_payment_documents_to_no_district(role: str) -> None:
    payments.document()
    assert "Ведомости, списки и поручения" not in page_of(visitor(role))
    assert "Ведомости, списки и поручения" in page_of(visitor(Role.ACCOUNTANT))


def test_says_that_no_month_is_open() -> None:
    assert "Ни один месяц ещё не открыт." in page_of(visitor(Role.VERIFIER))


def test_says_that_nothing_was_handed_over_yet() -> None:
    make.open_month()
    page = page_of(visitor(Role.VERIFIER))
    assert "В этом месяце ещё ничего не передано." in page
    assert "Документов за этот месяц пока нет." in page


def test_opens_the_latest_month_and_leads_to_its_neighbours() -> None:
    for month in (dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 8, 1)):
        make.open_month(month)
    client = visitor(Role.VERIFIER)
    latest, middle = page_of(client), page_of(client, "/month/2026-09/")
    assert "Октябрь 2026" in latest
    assert ('href="/month/2026-09/"' in latest, 'href="/month/2026-11/"' in latest) == (True, False)
    assert "Сентябрь 2026" in middle
    assert ('href="/month/2026-08/"' in middle, 'href="/month/2026-10/"' in middle) == (True, True)


@pytest.mark.parametrize("month", ["2026-11", "2026-13", "2026-1", "october", "0000-01", "2026-10-01"])
def test_knows_no_page_of_another_month(month: str) -> None:
    make.open_month()
    assert visitor(Role.VERIFIER).get(f"/month/{month}/").status_code == 404


def test_tells_how_many_documents_are_left_out() -> None:
    office = make.office()
    for number in range(102):
        request_file(office, file=stored(f"{number}.dbf"))
    page = page_of(visitor(Role.VERIFIER))
    assert "Показаны первые 100 из 102." in page


def test_says_in_words_why_rows_are_held(offices: tuple[Office, Office]) -> None:
    assert "no_tariff" not in page_of(visitor(Role.HEAD, office=offices[0]))


def test_asks_the_same_number_of_questions_however_much_there_is() -> None:
    client = visitor(Role.VERIFIER)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    def another_office() -> None:
        office = make.office()
        handed_over(office, held="1.00")
        request_file(office)
        payments.document()

    another_office()
    few = asked()
    for _ in range(3):
        another_office()
    assert asked() == few
    assert few < 40


@pytest.mark.parametrize(
    ("role", "is_led"),
    [
        *((role, True) for role in DEPARTMENT_ROLES),
        (Role.ADMINISTRATOR, True),
        (Role.CALCULATION, True),
        (Role.CHECKING, True),
        (Role.HEAD, True),
        (Role.INTAKE, False),
        (Role.EXCHANGE, False),
    ],
)
def test_leads_to_the_administration_whoever_may_enter_it(role: str, is_led: bool) -> None:
    assert ('href="/admin/"' in page_of(visitor(role))) == is_led
