"""A specialist decides about what the fund says without touching the mouse."""

from playwright.sync_api import expect

from exchange.models import PensionDifference
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard

REASON = "Сверено с личным делом"


def test_declines_a_proposal_from_the_keyboard_with_a_reason(visit: Visit) -> None:
    page = visit("reestr")
    page.goto("/exchange/people/?state=waiting&r=all", wait_until="networkidle")
    page.locator("#list tbody a").first.focus()
    keyboard = Keyboard(page)
    keyboard.press("Enter")
    expect(page.locator("#decide")).to_be_visible()
    keyboard.press("2")
    expect(page.locator("#reason")).to_be_focused()
    keyboard.type(REASON)
    keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("отклонено")
    declined = PensionDifference.objects.get(reason=REASON)
    assert declined.decided_by is not None
    assert (declined.decision, declined.decided_by.username) == ("rejected", "reestr")
