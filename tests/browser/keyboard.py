"""A person at the keyboard: no mouse, and every action counted."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

MOST_TABS = 120


@dataclass(slots=True)
class Keyboard:
    """Presses keys on a page and counts actions: a key pressed or a text typed."""

    page: Page
    actions: int = 0

    def press(self, key: str) -> None:
        """Press it on a page that has come whole: a deferred script hears no key before that."""
        self.actions += 1
        self.page.wait_for_load_state()
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.actions += 1
        self.page.keyboard.type(text)

    def go_to(self, wanted: Locator) -> None:
        """Press Tab until the wanted element has the focus."""
        for _ in range(MOST_TABS):
            if wanted.evaluate("(one) => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not come to {wanted}")
