"""Chromium of the system, driven by Playwright; what it complains of is a fault of the page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb",
]  # fmt: skip
WINDOW = {"width": 1366, "height": 768}
ABSENT = """нет Chromium, без него проверки экранов не идут. Поставьте:
    apt-get update && apt-get install -y --no-install-recommends chromium libatomic1
или укажите программу в переменной CHROMIUM"""
NOT_ANSWERED = "Failed to load resource"  # said of the page itself too; `_answered` tells the two apart
REPORTS = """
window.cspReports = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.cspReports.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""


def chromium_program() -> str:
    """Return the path of Chromium; its absence fails the test with the line that installs it."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    if not os.access(program, os.X_OK):
        pytest.fail(ABSENT, pytrace=False)
    return program


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Run Chromium without a window. While it runs, Django has to bear Playwright's event loop in this thread."""
    program = chromium_program()
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watch:  # Playwright leaves marks of its own on the object whose methods it calls
    """What one page complained of since it was opened."""

    host: str
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen to the page."""
        page.add_init_script(REPORTS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"ошибка сценария: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def taken(self, page: Page) -> list[str]:
        """Return the complaints, with those about the policy of content, and forget them."""
        reports = [] if page.url == "about:blank" else page.evaluate("window.cspReports.splice(0)")
        found = [*self.complaints, *reports]
        self.complaints.clear()
        return found

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"} and not message.text.startswith(NOT_ANSWERED):
            self.complaints.append(f"консоль: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != self.host:
            self.complaints.append(f"запрос наружу: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")
