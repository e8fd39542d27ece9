"""One installation and one Chromium for all tests of screens; a page of any member of the demo staff."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from offices.models import Staff
from tests.browser.chromium import WINDOW, Watch, running_chromium
from tests.browser.installation import Installation, running_installation
from tests.rows.ground import PLAYED_BELOW, start_numbering

WAIT = 15_000  # milliseconds a page may take to show what it is asked for
expect.set_options(timeout=WAIT)


@dataclass
class Visit:
    """Opens pages signed in as a login, or as a stranger; `forgives` are beginnings of complaints a test provokes."""

    opened: Callable[[str], Page]
    forgives: list[str] = field(default_factory=list)

    def __call__(self, username: str) -> Page:
        return self.opened(username)


@pytest.fixture(scope="package")
def installation(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    start_numbering(PLAYED_BELOW)
    with django_db_blocker.unblock(), running_installation(tmp_path_factory.mktemp("installation")) as running:
        yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture(autouse=True)
def own_files() -> None:
    """The installation's files are those of all its tests."""


@pytest.fixture(autouse=True)
def own_numbers() -> None:
    """Rows that a test adds stay in the installation, so their numbers go on from test to test."""


@pytest.fixture
def visit(installation: Installation, chromium: Browser) -> Iterator[Visit]:
    """Open a page signed in as a login; what the page complained of fails the test at its end."""
    contexts: list[BrowserContext] = []
    watched: list[tuple[Watch, Page]] = []

    def opened(username: str) -> Page:
        context = chromium.new_context(
            base_url=installation.address, viewport=WINDOW, locale="ru-RU", timezone_id="Europe/Moscow"
        )
        context.set_default_timeout(WAIT)
        contexts.append(context)
        if username:
            context.add_cookies([session_cookie(username, installation.address)])
        page, watch = context.new_page(), Watch(urlsplit(installation.address).netloc)
        watch.over(page)
        watched.append((watch, page))
        return page

    visiting = Visit(opened)
    yield visiting
    complaints = [
        complaint
        for watch, page in watched
        for complaint in watch.taken(page)
        if not complaint.startswith(tuple(visiting.forgives))
    ]
    for context in contexts:
        context.close()
    assert complaints == []


def session_cookie(username: str, address: str) -> dict[str, str]:
    """Return the cookie of a session just begun, as the login page would give it."""
    client = Client()
    client.force_login(Staff.objects.get(username=username))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
