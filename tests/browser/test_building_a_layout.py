"""A sample becomes a layout: columns told, rows seen, proposed from the keyboard, confirmed by the head, and read by."""

import re

from playwright.sync_api import Page, expect

from exchange.layouts.drafting import preview_rows
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import Limits
from exchange.layouts.recognition import recognise
from exchange.layouts.tables.opened import open_sample
from exchange.models import FileLayout, ProviderLayout
from exchange.services.layouts import layout_of
from tests.browser.conftest import Visit
from tests.browser.looking import faults_of
from tests.exchange.layout_samples import SAMPLE

TOLD = {"№ запроса": "person.request_id", "Площадь": "row.total_area", "Человек": "row.residents"}
SENT = re.compile("/exchange/layouts/drafts/")


def tell(page: Page, label: str, value: str) -> None:
    """Choose a value and wait until the page has kept it."""
    with page.expect_response(SENT):
        page.get_by_label(label, exact=True).select_option(value)


def test_builds_a_layout_by_which_an_answer_is_known_and_read(visit: Visit) -> None:
    page = visit("smolensk-raschet")
    page.goto("/exchange/layouts/", wait_until="networkidle")
    page.keyboard.press("F2")
    page.set_input_files("[name=file]", {"name": "vodokanal.csv", "mimeType": "text/csv", "buffer": SAMPLE})
    page.get_by_label("Для какого поставщика").select_option(index=1)
    page.get_by_role("button", name="Прочитать образец").click()
    expect(page.locator("h1")).to_contain_text("черновик")
    expect(page.locator("#lacks")).to_have_text("Нужно исправить: 1")
    for column, role in TOLD.items():
        tell(page, f"Что значит столбец {column}", role)
    tell(page, "Код ХВ", "10")
    page.get_by_label("Источник").fill("соглашение № 5")
    page.keyboard.press("Tab")
    expect(page.locator("#lacks")).to_have_text("Можно предложить")
    page.reload(wait_until="networkidle")
    expect(page.get_by_label("Источник")).to_have_value("соглашение № 5")
    expect(page.locator("table.loaded")).to_contain_text("начислено 262,10, тариф 26,21, объём 10")
    assert faults_of(page) == []
    page.keyboard.press("F2")
    expect(page.locator("#messages")).to_contain_text("подтвердит другой сотрудник")
    expect(page.locator(".phead")).to_contain_text("ждёт подтверждения")

    head = visit("smolensk-nachalnik")
    head.goto(page.url, wait_until="networkidle")
    head.keyboard.press("F2")
    expect(head.locator("h1")).to_contain_text("Подтвердить «")
    assert faults_of(head) == []
    head.get_by_role("button", name="Подтвердить формат").click()
    expect(head.locator("#messages")).to_contain_text("подтверждён и действует с")

    row = FileLayout.objects.latest("pk")
    assert row.confirmed_by is not None
    assert (row.entered_by.username, row.confirmed_by.username) == ("smolensk-raschet", "smolensk-nachalnik")
    assert ProviderLayout.objects.get(layout=row).provider == row.for_provider
    known = [layout_of(one) for one in FileLayout.objects.filter(confirmed_at__isnull=False).order_by("pk")]
    found = recognise(open_sample(SAMPLE, limits=Limits()).table, known)
    assert (found.code, found.version) == (row.code, row.version)
    (read,) = preview_rows(found, SAMPLE)
    assert isinstance(read, ParsedRow)
    assert (read.request_id, [line.service for line in read.lines], read.faults) == ("1", ["10"], ())
