"""`./run screens`: pictures of every screen of a running demo, and one page that shows them all."""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotThere

from benchmarks.screens_list import SCREENS, Screen
from config.embedded import ROOT

PLACE = ROOT / "docs/screens"
PASSWORD = "demo"  # noqa: S105 - of every demo login, printed by ./run demo
SIZES = ((1366, 768), (1920, 1080))
QUALITY = {1366: 42, 1920: 26}  # the larger ones are looked at one by one and may weigh less per point
WAIT = 20_000  # milliseconds
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars"]
SETTLED = "!document.querySelector('.htmx-request, .htmx-settling') && document.fonts.status === 'loaded'"


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen in one size, as kept beside the page that shows it."""

    screen: Screen
    width: int
    file: str


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run screens", description="Снимки экранов работающей учебной области")
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="где идёт ./run demo")
    parser.add_argument("--only", nargs="*", default=[], help="только эти экраны")
    parser.add_argument("--to", type=Path, default=PLACE, help="куда класть")
    chosen = parser.parse_args()
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        sys.stderr.write("Нет Chromium: apt-get install chromium, или укажите программу в CHROMIUM\n")
        return 1
    wanted = [screen for screen in SCREENS if not chosen.only or screen.name in chosen.only]
    chosen.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        taken = [picture for size in SIZES for picture in pictures(browser, wanted, size, chosen.address, chosen.to)]
        browser.close()
    if not chosen.only:
        remove_others(chosen.to, taken)
        (chosen.to / "index.md").write_text(contact_sheet(taken))
    sys.stdout.write(
        f"Снимков: {len(taken)}, всего {sum((chosen.to / one.file).stat().st_size for one in taken)} байт\n"
    )
    return 0


def pictures(
    browser: Browser, screens: Sequence[Screen], size: tuple[int, int], address: str, to: Path
) -> list[Picture]:
    """Take the screens of each login in one visit; those that the demo of this day does not have are named and left out."""
    width, height = size
    taken = []
    for login in dict.fromkeys(screen.login for screen in screens):
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="ru-RU", timezone_id="Europe/Moscow", base_url=address
        )
        context.set_default_timeout(WAIT)
        page = context.new_page()
        month = sign_in(page, login) if login else ""
        for screen in screens:
            if screen.login == login:
                try:
                    show(page, screen, address, month)
                except NotThere:
                    sys.stderr.write(f"В этой учебной области такого сейчас нет: {screen.name}\n")
                    continue
                picture = Picture(screen, width, f"{screen.name}-{width}.webp")
                keep(page.screenshot(), to / picture.file, quality=QUALITY[width])
                taken.append(picture)
        context.close()
    order = {screen.name: place for place, screen in enumerate(screens)}
    return sorted(taken, key=lambda one: order[one.screen.name])


def sign_in(page: Page, login: str) -> str:
    """Sign in and return the query of the newest month: a card visited before would leave its own."""
    page.goto("/login/")
    page.fill("[name=username]", login)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    found = re.search(r"[?&;]m=(\d{4}-\d\d)", page.locator("nav a").first.get_attribute("href") or "")
    return f"?m={found[1]}" if found else ""


def show(page: Page, screen: Screen, address: str, month: str) -> None:
    """Open the screen as a person does: an address, then links; keys at the end."""
    page.goto(screen.path + month)
    for link in screen.links:
        target = page.locator(link).first.get_attribute("href") or page.locator(link).first.get_attribute("data-href")
        page.goto(urljoin(page.url or address, target))
    for press in screen.presses:
        page.locator(press).first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SETTLED)
    page.mouse.move(0, 0)


def keep(png: bytes, place: Path, *, quality: int) -> None:
    Image.open(BytesIO(png)).convert("RGB").save(place, "WEBP", quality=quality, method=6)


def remove_others(place: Path, taken: Sequence[Picture]) -> None:
    for old in set(place.glob("*.webp")) - {place / one.file for one in taken}:
        old.unlink()


def contact_sheet(taken: Sequence[Picture]) -> str:
    """Write the page that shows every screen small, each leading to its larger picture."""
    small, large = (size[0] for size in SIZES)
    lines = [
        "# Экраны",
        "",
        f"Сняты командой `./run screens` с учебной области в Chromium: {small} точек здесь, {large} по щелчку.",
        "",
    ]
    for one in taken:
        if one.width == small:
            who = f", вход `{one.screen.login}`" if one.screen.login else ""
            lines += [
                f"## {one.screen.title}{who}",
                "",
                f"[![{one.screen.title}]({one.file})]({one.screen.name}-{large}.webp)",
                "",
            ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
