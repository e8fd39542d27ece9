"""The door of the house, from the keyboard."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from workplace.seeding.employees import PASSWORD


def test_lets_a_specialist_in_by_name_and_password(visit: Visit) -> None:
    page = visit("")
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/login/"))
    page.keyboard.type("smolensk-raschet")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"^[^?]*:\d+/(\?.*)?$"))
    expect(page.locator("h1")).to_have_count(1)
