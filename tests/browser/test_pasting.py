"""Cells of a spreadsheet pasted into a grid spread right and down; arrows lead along a column."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
ROWS = "Петрова\tАнна\tИвановна\t01.02.1950\t\tУмер\t12.09.2026\nКим\tОлег\t\t03.04.1961\t\tгруппа\t\n"


def cell(page: Page, row: int, name: str) -> str:
    return page.locator(f"[name=line-{row}-{name}]").input_value()


def test_pastes_rows_into_the_list_from_paper_and_walks_down_a_column(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/exchange/people/paper/", wait_until="networkidle")
    first = page.locator("[name=line-0-last_name]")
    first.evaluate(PASTE, ROWS)
    assert [cell(page, row, "last_name") for row in range(3)] == ["Петрова", "Ким", ""]
    assert [cell(page, row, "told") for row in range(3)] == ["died", "group", ""]
    assert cell(page, 0, "on") == "12.09.2026"
    expect(page.locator("[data-pasted]")).to_contain_text("Вставлено строк: 2")
    first.focus()
    for key, row in (("ArrowDown", 1), ("Enter", 2), ("ArrowUp", 1)):
        page.keyboard.press(key)
        expect(page.locator(f"[name=line-{row}-last_name]")).to_be_focused()
    page.locator("[name=line-7-last_name]").evaluate(PASTE, ROWS)
    expect(page.locator("[data-pasted]")).to_contain_text("Вставлено строк: 1 из 2")


def test_shows_a_long_pasted_table_before_it_is_written(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/exchange/people/paper/", wait_until="networkidle")
    page.get_by_text("Вставить из таблицы", exact=True).click()
    page.locator("#table").fill("\n".join([ROWS.strip()] * 10))
    page.get_by_role("button", name="Показать в таблице").click()
    expect(page.locator("main")).to_contain_text("Вставлено 20\xa0строк")
    assert cell(page, 19, "last_name") == "Ким"
