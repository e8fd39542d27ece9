"""The administration works under the strict policy of content: no report, no complaint of the browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

PAGES = (
    "/admin/",
    "/admin/offices/bank/",
    "/admin/offices/bank/add/",
    "/admin/offices/staff/",
    "/admin/offices/rolegrant/add/",
)


@pytest.mark.parametrize("address", PAGES)
def test_opens_without_a_complaint(address: str, visit: Visit) -> None:
    page = visit("admin")
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("h1").first).to_be_visible()


def test_opens_a_member_of_staff_with_the_roles_beside(visit: Visit) -> None:
    page = visit("admin")
    page.goto("/admin/offices/staff/?q=lgoty-1", wait_until="networkidle")
    page.locator("#result_list tbody a").first.click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".inline-group").first).to_be_visible()


def test_finds_a_row_by_its_letters(visit: Visit) -> None:
    page = visit("admin")
    page.goto("/admin/offices/rolegrant/add/", wait_until="networkidle")
    page.locator(".select2-selection").first.click()
    page.keyboard.type("lgoty")
    expect(page.locator(".select2-results__option").first).to_be_visible()
