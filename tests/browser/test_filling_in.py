"""The manners of forms: Enter leads to the next field, Ctrl+Enter writes, F1 helps, and Esc takes it back."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_goes_to_the_next_field_by_enter_and_back(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/design/")
    form = page.get_by_role("form", name="Пустая форма")
    form.locator("[name=snils]").focus()
    page.keyboard.type("112-233-445 95")
    page.keyboard.press("Enter")
    expect(form.locator("[name=area]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(form.locator("[name=born]")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(form.locator("[name=area]")).to_be_focused()
    assert page.url.endswith("/design/")


def test_keeps_a_new_line_in_a_note_and_writes_by_ctrl_enter(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/design/")
    form = page.get_by_role("form", name="Пустая форма")
    note = form.locator("[name=note]")
    note.focus()
    page.keyboard.type("первая")
    page.keyboard.press("Enter")
    page.keyboard.type("вторая")
    expect(note).to_have_value("первая\nвторая")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/design/\?.*note="))


def test_opens_and_closes_the_help_of_a_screen(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/runs/")
    page.keyboard.press("F1")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    expect(panel.locator("kbd").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_stands_in_the_search_after_f3_from_every_section(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    for address in ("/", "/board/", "/runs/", "/exchange/checks/"):
        page.goto(address)
        page.keyboard.press("F3")
        expect(page.locator("#q")).to_be_focused()


def test_changes_the_month_from_the_keyboard(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/")
    page.keyboard.press("Control+Alt+ArrowLeft")
    expect(page).to_have_url(re.compile("m=2026-09"))
    page.keyboard.press("Control+Alt+ArrowRight")
    expect(page).to_have_url(re.compile("m=2026-10"))
