"""Going over the discrepancies of a file with keys only: to a reason, over all of one reason, row by row."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from exchange.checks.findings import Code
from tests.browser.keyboard import Keyboard

MOST_ROWS = 100


def at_row(page: Page) -> tuple[int, str, str]:
    row = page.evaluate("(({ dataset }) => [dataset.row, dataset.code, dataset.decision])(document.activeElement)")
    return int(row[0]), row[1], row[2]


def go_to_code(page: Page, keyboard: Keyboard, code: Code) -> None:
    keyboard.press("Home")
    for _ in range(MOST_ROWS):
        if at_row(page)[1] == code:
            return
        keyboard.press("ArrowDown")
    raise AssertionError(f"no row of {code}")


def decide_alike(page: Page, keyboard: Keyboard, code: Code, digit: int, rows: int) -> None:
    go_to_code(page, keyboard, code)
    keyboard.press(f"Shift+Digit{digit}")
    expect(page.locator("h1")).to_contain_text(f"{rows}\xa0строк")
    keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text(f"Записано решений: {rows}")
    keyboard.go_to(page.get_by_role("link", name="Все расхождения"))
    keyboard.press("Enter")
    expect(page.locator("#groups a").first).to_have_attribute("aria-current", "true")
    keyboard.press("F2")


def walk(page: Page, keyboard: Keyboard, press: Iterator[str], *, code: Code, standing: str) -> None:
    """Go down the whole list; press the next key at every row of the code that stands so."""
    keyboard.press("Home")
    for _ in range(MOST_ROWS):
        row, found, decision = at_row(page)
        if (found, decision) == (code, standing):
            keyboard.press(next(press))
        else:
            keyboard.press("ArrowDown")
        last = page.evaluate("document.activeElement.dataset.row")
        if int(last) == row:
            break
    expect(page.locator("#rows")).not_to_have_attribute("data-underway", re.compile("[1-9]"))
