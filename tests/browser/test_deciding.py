"""Sixty discrepancies decided by 1, 2 and 3, and a protocol that holds exactly the rows marked."""

import io
import re
from itertools import cycle

import pypdf
import pytest
from django.db.models import Count
from playwright.sync_api import Page, expect

from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile
from offices.models import Role, Staff
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.played_month import CHECKED
from tests.workplace.month.playing import OCTOBER

DECIDED = 60
LONGEST = 120_000  # milliseconds
KEYS = {"1": "hold", "2": "accept", "3": "later"}


@pytest.fixture
def file() -> ExchangeFile:
    """The file of the district with the most discrepancies."""
    files = ExchangeFile.objects.filter(office__code=CHECKED, month=OCTOBER, kind="return", status="verified")
    return files.annotate(found=Count("discrepancies")).order_by("-found", "pk")[0]


@pytest.fixture
def checking(visit: Visit, file: ExchangeFile) -> Page:
    checker = Staff.objects.get(office__code=CHECKED, grants__role=Role.CHECKING)
    opened = visit(checker.username)
    opened.goto(f"/exchange/files/{file.pk}/check/", wait_until="networkidle")
    return opened


def decide(page: Page, keyboard: Keyboard) -> dict[int, str]:
    """Press 1, 2 and 3 in turn, a row each; return what was pressed on which row."""
    pressed = {}
    keys = cycle(KEYS)
    for _ in range(DECIDED):
        row = int(page.evaluate("document.activeElement.closest('tr').dataset.row"))
        key = next(keys)
        keyboard.press(key)
        pressed[row] = KEYS[key]
        expect(page.locator(f'tr[data-row="{row}"]')).not_to_be_focused()
    return pressed


def told_in(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_decides_sixty_rows_and_prints_the_marked_ones(checking: Page, file: ExchangeFile) -> None:
    page = checking
    assert file.discrepancies.count() > DECIDED, "the played month has too few discrepancies"
    keyboard = Keyboard(page)
    keyboard.press("F2")
    pressed = decide(page, keyboard)
    expect(page.locator("#rows")).to_have_attribute("data-underway", "0", timeout=LONGEST)
    assert len(pressed) == DECIDED
    assert keyboard.actions == DECIDED + 1

    stored = dict(Discrepancy.objects.filter(pk__in=pressed).values_list("pk", "decision"))
    refused = {pk for pk, decision in pressed.items() if stored[pk] != decision}
    assert not [pk for pk in refused if pressed[pk] != "accept"], "only what no decision makes a charge is not accepted"
    marked = {pk for pk, decision in stored.items() if decision == "hold"}

    keyboard.press("F8")
    expect(page.locator("h1")).to_contain_text("протокол")
    keyboard.go_to(page.locator("main button:not([type=button])").first)
    keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Протокол несоответствий")

    protocol = DiscrepancyProtocol.objects.filter(file=file).latest("pk")
    assert set(protocol.discrepancies.values_list("pk", flat=True)) == marked
    assert set(shown_rows_of_protocol(page)) == marked
    printed = told_in(page.request.get(f"/documents/{protocol.document_id}/").body())
    for one in Discrepancy.objects.filter(pk__in=pressed).select_related("row__request_row__recipient__person"):
        assert one.row is None or (one.pk in marked) <= bool(re.search(rf"\b{one.row.row_number}\b", printed))
    assert f"{len(marked)}" in printed


def shown_rows_of_protocol(page: Page) -> list[int]:
    return [
        int(row)
        for row in page.locator("main tr[data-row]").evaluate_all("(rows) => rows.map((one) => one.dataset.row)")
    ]


def test_decides_all_rows_of_a_reason_from_the_keyboard_and_takes_it_back(checking: Page, file: ExchangeFile) -> None:
    page = checking
    keyboard = Keyboard(page)
    keyboard.press("F2")
    code = page.evaluate("document.activeElement.closest('tr').dataset.code")
    same = file.discrepancies.filter(code=code, decision="open")
    before = set(same.values_list("pk", flat=True))
    for key, question, decision in (("Digit3", "Отложить", "later"), ("Digit0", "Снять решение у", "open")):
        keyboard.press(f"Shift+{key}")
        expect(page.locator("h1")).to_contain_text(question)
        assert set(same.values_list("pk", flat=True)) == (before if decision == "later" else set())
        keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("Записано решений")
        assert set(file.discrepancies.filter(pk__in=before).values_list("decision", flat=True)) == {decision}
        keyboard.press("F2")
