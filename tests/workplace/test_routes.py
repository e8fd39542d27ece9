"""Every route × five people × their own district and a foreign one."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client

from offices.models import Office, Staff
from tests.played_database import played_database
from tests.rows.ground import PLAYED_BELOW, start_numbering
from tests.workplace.every_route import ROUTES
from tests.workplace.route_table import OPEN
from tests.workplace.routes import FOREIGN, OWN, VISITORS, Route, page_routes
from tests.workplace.visiting import browser_of

pytestmark = pytest.mark.usefixtures("played", "db")
BY_NAME = {route.name: route for route in ROUTES}


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    files = tmp_path_factory.mktemp("routes") / "files"
    with django_db_blocker.unblock(), played_database("routes_app", files):
        yield


@pytest.fixture(autouse=True)
def own_files(played: None) -> None:
    """The files are those of the played months."""


@pytest.fixture(autouse=True)
def own_numbers() -> None:
    """Rows are added to the played region."""
    start_numbering(PLAYED_BELOW)


@pytest.fixture
def offices() -> dict[str, Office]:
    return {office.code: office for office in Office.objects.filter(code__in=[OWN, FOREIGN])}


@pytest.fixture(params=VISITORS)
def visitor(request: pytest.FixtureRequest) -> str:
    return request.param


def browser(visitor: str) -> Client:
    return browser_of(Staff.objects.get(username=visitor))


def shown(client: Client, address: str):
    """The answer, or that of the same page in the month and district it leads to."""
    answer = client.get(address)
    if answer.status_code == 302 and urlsplit(answer.url).path == urlsplit(address).path:
        return client.get(answer.url)
    return answer


def put_down(answer) -> None:
    """Close the file that was handed out, without ending the request's connection as `close` does."""
    for close in answer._resource_closers:
        close()


def words_of(answer) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", answer.content.decode())


def test_gives_every_route_its_row() -> None:
    assert page_routes() == {*BY_NAME, *OPEN}
    assert len(BY_NAME) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_asks_a_stranger_to_sign_in(route: Route, offices: dict[str, Office]) -> None:
    answer = Client().get(route.address(offices[OWN]))
    assert answer.status_code in {302, 405}
    assert answer.status_code == 405 or urlsplit(answer.url).path == "/login/"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_shows_each_their_part(route: Route, visitor: str, offices: dict[str, Office]) -> None:
    statuses = []
    for code in (OWN, FOREIGN):
        answer = shown(browser(visitor), route.address(offices[code]))
        statuses.append(answer.status_code)
        if answer.status_code == 403:
            assert re.search(r"не разрешено.*[а-яё]{5,}.*[.]", words_of(answer))
        put_down(answer)
    assert statuses == [route.status(visitor, is_own=is_own) for is_own in (True, False)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_lets_each_do_their_part(route: Route, visitor: str, offices: dict[str, Office]) -> None:
    addresses = [route.address(offices[code]) for code in (OWN, FOREIGN)]
    answers = [browser(visitor).post(address, route.data) for address in addresses]
    statuses = [answer.status_code for answer in answers]
    for answer in answers:
        put_down(answer)
    assert statuses == [route.post_status(visitor, is_own=is_own) for is_own in (True, False)]
