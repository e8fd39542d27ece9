"""«Почему мне столько?»: from home to the explanation of the last month in three actions."""

import re

from playwright.sync_api import expect

from calculations.models import Accrual
from offices.models import Role, Staff
from offices.money import format_number
from recipients.models import Recipient
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.looking import faults_of
from tests.played_month import SUBMITTED
from tests.workplace.month.playing import OCTOBER

ACTIONS = 3


def only_one_of_a_surname() -> Recipient:
    """Somebody with a sum in October whose surname begins nobody else's."""
    people = Recipient.objects.filter(office__code=SUBMITTED).select_related("person")
    surnames = [one.person.last_name for one in people]
    paid = Accrual.objects.filter(month=OCTOBER, accrued__gt=0, run__office__code=SUBMITTED)
    for one in people.filter(pk__in=paid.values("recipient_id")).order_by("pk"):
        if sum(surname.startswith(one.person.last_name[:-1]) for surname in surnames) == 1:
            return one
    raise AssertionError("no surname stands alone in the district")


def test_explains_the_last_month_after_three_actions(visit: Visit) -> None:
    one = only_one_of_a_surname()
    accrual = Accrual.objects.get(recipient=one, month=OCTOBER)
    specialist = Staff.objects.get(office__code=SUBMITTED, grants__role=Role.CALCULATION)
    page = visit(specialist.username)
    page.goto("/", wait_until="networkidle")
    keyboard = Keyboard(page)

    keyboard.press("F3")
    keyboard.type(one.person.last_name)
    keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text(one.person.last_name)
    boxes = page.locator(".why li")
    expect(boxes).to_have_count(5)
    expect(boxes.last).to_contain_text(format_number(accrual.accrued, places=2))
    expect(page.get_by_role("heading", name=re.compile("^Октябрь 2026"))).to_be_visible()
    expect(page.locator("button.tgl").first).to_be_visible()
    assert keyboard.actions == ACTIONS

    page.get_by_text("По телефону", exact=True).click()
    expect(page.locator("details.script li").first).to_be_visible()
    assert faults_of(page) == []


def test_opens_how_a_line_came_about_by_arrows(visit: Visit) -> None:
    one = only_one_of_a_surname()
    specialist = Staff.objects.get(office__code=SUBMITTED, grants__role=Role.CALCULATION)
    page = visit(specialist.username)
    page.goto("/")
    page.keyboard.press("F3")
    page.keyboard.type(one.person.last_name)
    page.keyboard.press("Enter")
    line = page.locator("button.tgl").first
    Keyboard(page).go_to(line)
    formula = page.locator(f"#{line.get_attribute('aria-controls')}")
    expect(formula).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(formula).to_be_visible()
    expect(formula.locator("li").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(formula).to_be_hidden()
