"""The head finds on the board who holds the month and reminds; the reminder stands in the journal."""

from playwright.sync_api import expect

from offices.models import JournalEntry
from providers.models import Reminder
from tests.browser.conftest import Visit

CLICKS = 2


def test_finds_who_holds_the_month_in_two_clicks_and_reminds(visit: Visit) -> None:
    page = visit("rukovoditel")
    page.goto("/", wait_until="networkidle")
    clicks = [page.get_by_role("navigation").get_by_role("link", name="Ход месяца"), page.locator("#panel ol a").first]
    clicks[0].click()
    blocker = clicks[1].inner_text()
    clicks[1].click()
    assert len(clicks) == CLICKS
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text(blocker)
    expect(panel.locator(".tag").first).to_contain_text("просрочено")
    before = JournalEntry.objects.latest("pk").pk

    panel.get_by_role("button", name="Напомнить").click()
    expect(page.locator("#messages")).to_contain_text("апомин")
    reminder = Reminder.objects.latest("pk")
    assert reminder.by.username == "rukovoditel"
    assert reminder.entry.pk > before
    assert reminder.told in str(reminder.entry.subject) or reminder.office == reminder.entry.office
    assert reminder.office.district.name in blocker


def test_moves_over_the_board_by_arrows(visit: Visit) -> None:
    page = visit("rukovoditel")
    page.goto("/board/", wait_until="networkidle")
    page.locator("#mx a.c[tabindex='0']").focus()
    page.keyboard.press("Control+Home")
    expect(page.locator("#mx tbody tr").first.locator("a.c").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    expect(page.locator("#mx a.c[aria-current]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#panel [data-close]")).to_have_count(0)
