"""The balance of hand-overs: to a district its own month, to the department all, to an administrator nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offices.models import Office, Role
from offices.models.staff import DISTRICT_ROLES
from tests import factories as make
from tests.workplace.visiting import handed_over, visitor

pytestmark = pytest.mark.django_db
DEPARTMENT_ROLES = [role for role in Role if role not in DISTRICT_ROLES and role != Role.ADMINISTRATOR]
PAGE = "/board/balance/"


@pytest.fixture
def offices() -> tuple[Office, Office]:
    """Two districts, each with a balance of October."""
    own, foreign = make.office(name="Отдел Вяземского района"), make.office(name="Отдел Ельнинского района")
    handed_over(own, taken="1496.90", held="96.90")
    handed_over(foreign, taken="500.00")
    return own, foreign


def page_of(client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("role", DISTRICT_ROLES)
def test_shows_a_district_its_own_month(role: str, offices: tuple[Office, Office]) -> None:
    page = page_of(visitor(role, office=offices[0]))
    assert "Октябрь 2026" in page
    assert "1 496,90 ₽" in page
    assert "нет тарифа <b>1</b> на 96,90 ₽" in page
    assert "1 996,90 ₽" not in page
    assert "500,00 ₽" not in page


@pytest.mark.parametrize("role", DEPARTMENT_ROLES)
@pytest.mark.usefixtures("offices")
def test_shows_the_department_the_whole_region(role: str) -> None:
    page = page_of(visitor(role))
    assert "Вся область" in page
    assert "1 996,90 ₽" in page


def test_narrows_to_the_chosen_district(offices: tuple[Office, Office]) -> None:
    page = page_of(visitor(Role.VERIFIER), f"{PAGE}?r={offices[1].code}")
    assert "500,00 ₽" in page
    assert "1 496,90 ₽" not in page


@pytest.mark.usefixtures("offices")
def test_tells_an_administrator_and_a_stranger_to_roles_whose_it_is() -> None:
    for client in (visitor(Role.ADMINISTRATOR), visitor()):
        answer = client.get(PAGE)
        assert answer.status_code == 403
        assert "Этот раздел открывают: специалист по приёму" in answer.content.decode()
        assert "₽" not in answer.content.decode()


def test_says_that_nothing_was_handed_over_yet() -> None:
    make.open_month()
    assert "В этом месяце ещё ничего не передано." in page_of(visitor(Role.VERIFIER))


def test_says_in_words_why_rows_are_held(offices: tuple[Office, Office]) -> None:
    assert "no_tariff" not in page_of(visitor(Role.HEAD, office=offices[0]))


def test_asks_the_same_number_of_questions_however_much_there_is() -> None:
    client = visitor(Role.VERIFIER)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        return len(queries)

    handed_over(make.office(), held="1.00")
    few = asked()
    for _ in range(3):
        handed_over(make.office(), held="1.00")
    assert asked() == few
    assert few < 15
