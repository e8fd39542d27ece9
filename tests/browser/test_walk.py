"""Every screen of every person: no fault of axe-core, no sideways scroll, no complaint of the browser, no foreign word."""

import pytest
from django.db import transaction

from offices.models import Office
from tests.browser.conftest import Visit
from tests.browser.looking import faults_of
from tests.workplace.every_route import ROUTES
from tests.workplace.routes import OWN, VISITORS, Route

SEEN = [
    pytest.param(route, visitor, id=f"{route.name}-{visitor}")
    for route in ROUTES
    for visitor in VISITORS
    if route.is_page and route.status(visitor, is_own=True) == 200
]


@pytest.mark.parametrize(("route", "visitor"), SEEN)
def test_shows_a_screen_without_fault(route: Route, visitor: str, visit: Visit) -> None:
    with transaction.atomic():  # rows made for the address are committed together, as services commit them
        address = route.address(Office.objects.get(code=OWN))
    page = visit(visitor)
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    assert faults_of(page) == []


EXAMPLE = (
    f"/example/?who=2&residents=3&entitled=1&stock=private&area=54&rooms=2&kind=flat&stove=gas&water=full&district={OWN}"
    "&month=2026-10&billed_10=182,42&quantity_10=7&billed_14=2400&quantity_14=1"
)
RIGHT = f"/right/?group=2&registered=yes&stock=private&heating=no&district={OWN}"


@pytest.mark.parametrize(
    "address",
    ["/login/", "/nothing/here/", "/example/", EXAMPLE, "/right/", RIGHT, "/questions/", "/acts/"],
)
def test_shows_a_stranger_a_screen_without_fault(address: str, visit: Visit) -> None:
    page = visit("")
    page.goto(address, wait_until="networkidle")
    assert faults_of(page) == []


def test_finds_the_faults_it_looks_for(visit: Visit) -> None:
    page = visit("")
    page.set_content(
        "<html lang=ru><title>Title</title><main><h1>Один</h1><h1>Два</h1><img src='data:,'>draft"
        "<p class=wide>бледно и широко</p></main><style>.wide{width:1300px;color:#aaa}</style></html>"
    )
    found = " ".join(faults_of(page))
    for fault in (
        "axe image-alt",
        "axe color-contrast",
        "> 1280",
        "> 683",
        "не по-русски: Title, draft",
        "окна",
        "h1: 2",
    ):
        assert fault in found


def test_says_without_fault_that_a_section_is_not_theirs(visit: Visit) -> None:
    page = visit("admin")
    answer = page.goto("/runs/", wait_until="networkidle")
    assert answer is not None
    assert answer.status == 403
    assert "Этот раздел открывают" in page.inner_text("main")
    assert faults_of(page) == []
