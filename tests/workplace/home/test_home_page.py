"""The home page: each role its own work, in words, with few questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offices.models import Role
from tests import factories as make
from tests.workplace.visiting import handed_over, visitor

pytestmark = pytest.mark.django_db
ENTERING = {*Role} - {Role.INTAKE, Role.EXCHANGE}


def page_of(client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("role", Role)
def test_greets_every_role_with_its_own_work(role: str) -> None:
    make.open_month()
    page = page_of(visitor(role))
    assert role.label in page
    assert "рабочий день" in page or "выходной день" in page


def test_shows_nothing_without_a_role() -> None:
    page = page_of(visitor())
    assert "ни одна роль" in page
    assert "₽" not in page


def test_shows_an_administrator_neither_sums_nor_people() -> None:
    handed_over(make.office())
    page = page_of(visitor(Role.ADMINISTRATOR))
    assert "Персональных данных и сумм он не видит" in page
    assert "₽" not in page
    assert 'name="q"' not in page


def test_says_that_all_is_done_and_what_comes_next() -> None:
    make.open_month()
    assert "На сегодня всё сделано." in page_of(visitor(Role.ACCOUNTANT))


def test_says_that_no_month_is_open() -> None:
    assert "Ни один месяц ещё не открыт." in page_of(visitor(Role.VERIFIER))


def test_names_the_task_in_the_link_for_who_does_not_see() -> None:
    office = make.office()
    make.open_month()
    page = page_of(visitor(Role.CALCULATION, office=office))
    assert 'Открыть<span class="vh">: Рассчитать район и передать начисления' in page


@pytest.mark.parametrize("role", Role)
def test_leads_to_the_administration_whoever_may_enter_it(role: str) -> None:
    make.open_month()
    assert ('href="/admin/"' in page_of(visitor(role))) == (role in ENTERING)


@pytest.mark.parametrize("role", [Role.HEAD, Role.CALCULATION, Role.VERIFIER, Role.PAYMENTS, Role.ADMINISTRATOR])
def test_asks_the_same_number_of_questions_however_much_there_is(role: str) -> None:
    office = make.office()
    client = visitor(role, office=office)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    handed_over(office, held="1.00")
    make.application(office=office)
    few = asked()
    for _ in range(3):
        handed_over(make.office(), held="1.00")
        make.application(office=office)
    assert asked() == few
    assert few < 20


def test_shows_every_component_on_the_living_page() -> None:
    page = page_of(visitor(Role.INTAKE), reverse("design"))
    for words in (
        "сделано",
        "просрочено 2 дня",
        "завтра",
        "1 503,92",
        "Исправьте, пожалуйста",
        "осталось около 6 секунд",
    ):
        assert words in page


def test_lets_the_living_table_filter_page_and_leave_as_a_sheet() -> None:
    client = visitor(Role.INTAKE)
    page = page_of(client, reverse("design"))
    assert "Всего: 28 получателей" in page
    assert "Образцова Я. Я." not in page
    narrowed = page_of(client, reverse("design") + "?way=почта&sort=-name")
    assert "Всего по фильтру: 14 получателей" in narrowed
    assert "Образцова Я. Я." not in narrowed
    sheet = client.get(reverse("design") + "?xlsx=1")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
