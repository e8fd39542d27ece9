"""The whole exchange by hand: thirty files, 61 discrepancies, a protocol, an answer, charges (3.9 to 3.11)."""

import re
from collections import Counter
from decimal import Decimal
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exchange.checks.findings import Code
from exchange.models import DiscrepancyProtocol, ExchangeFile
from offices.models import HandoverBalance, Staff
from providers.models import Charge
from tests.browser import exchange_district as ground
from tests.browser.conftest import Visit
from tests.browser.deciding import at_row, decide_alike, walk
from tests.browser.exchange_district import DEARER, PEOPLE, ExchangeDistrict, Sent
from tests.browser.installation import Installation
from tests.browser.keyboard import Keyboard
from tests.browser.protocol_papers import printed_pages, rows_on_paper, rows_on_sheet
from tests.exchange.answering import SERVICES
from tests.workplace.month.playing import OCTOBER

LONGEST = 120_000  # milliseconds
FOUND = 61
RIGHT_NOW, WRONG_ANEW, CONFIRMED = (1, 3, 4, 5, 6, 7), 8, 9
"""Rows of the corrected file: put right; wrong in another way; unchanged, but the provider's word is taken."""
HELD = range(10, PEOPLE + 1)
WATCH = """() => {
  window.progress = { most: 0, told: [] };
  const look = () => {
    const sending = document.querySelector("[data-sending]:not([hidden]) [data-said]");
    if (sending) window.progress.told.push(sending.textContent);
    window.progress.most = Math.max(window.progress.most, document.querySelectorAll("#files progress").length);
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
SHOWN = """(rows) => rows.map((row) => [row.cells[0].innerText, row.querySelector(".st .tag, .st span").innerText,
  row.querySelector(".st .sm").innerText])"""


@pytest.fixture(scope="module")
def district(installation: Installation) -> ExchangeDistrict:
    return ground.exchange_district()


def opened(visit: Visit, who: Staff, address: str) -> tuple[Page, Keyboard]:
    page = visit(who.username)
    page.goto(address, wait_until="networkidle")
    return page, Keyboard(page)


def bring(page: Page, sent: list[Sent]) -> dict[str, Any]:
    """Choose the files at once and wait until each has its verdict; return the progress seen meanwhile."""
    page.evaluate(WATCH)
    chosen = [{"name": one.name, "mimeType": "application/octet-stream", "buffer": one.content} for one in sent]
    page.locator("input[type=file]").set_input_files(chosen)
    expect(page.locator("#messages")).to_contain_text("Принято к обработке файлов", timeout=LONGEST)
    seen: dict[str, Any] = page.evaluate("window.progress")
    page.reload()
    wait_for_jobs(page)
    return seen


def wait_for_jobs(page: Page) -> None:
    expect(page.locator("#files progress")).to_have_count(0, timeout=LONGEST)


def press_button(keyboard: Keyboard, page: Page, name: str) -> None:
    keyboard.go_to(page.locator("main").get_by_role("button", name=name).first)
    keyboard.press("Enter")


def receive_everything(visit: Visit, district: ExchangeDistrict) -> None:
    """Thirty files at once: progress is seen, each gets its verdict and sentence; the letter's total is held."""
    page, keyboard = opened(visit, district.at.receiver, "/exchange/receiving/?m=2026-10")
    sent = ground.thirty_files(district)
    seen = bring(page, sent)
    assert any(re.fullmatch(r"Передаётся \d+ из 30: .+", told) for told in seen["told"])
    assert seen["most"] > 0

    rows = page.locator("#files tbody tr").evaluate_all(SHOWN)
    said = [one for brought in sent for one in brought.said]
    assert Counter((name, word) for name, word, _ in rows) == Counter((name, word) for name, word, _ in said)
    for name, word, part in said:
        assert any(row[:2] == [name, word] and part in row[2] for row in rows), (name, word, part)

    file = district.main.returns.get()
    page.goto(f"/exchange/files/{file.pk}/?m=2026-10", wait_until="networkidle")
    for roubles, verdicts in (
        (file.billed + Decimal("0.01"), ["сходится", "расходится"]),
        (file.billed, ["сходится"] * 2),
    ):
        keyboard.go_to(page.locator("#control-rows"))
        keyboard.press("Control+A")
        keyboard.type(str(PEOPLE))
        keyboard.press("Tab")
        keyboard.press("Control+A")
        keyboard.type(f"{roubles:f}".replace(".", ","))
        keyboard.press("Enter")
        expect(page.locator(".letter-totals tbody tr td:last-child")).to_have_text(verdicts)


def check_everything(visit: Visit, district: ExchangeDistrict) -> tuple[Page, Keyboard]:
    """Another person checks all the files; the one with discrepancies is opened."""
    page, keyboard = opened(visit, district.at.checker, "/exchange/receiving/?m=2026-10")
    press_button(keyboard, page, "Проверить все принятые")
    wait_for_jobs(page)
    row = page.locator("#files tbody tr", has_text=f"Не решено: {FOUND} из {FOUND}")
    keyboard.go_to(row.get_by_role("link", name="Проверить"))
    keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(district.main.name)
    keyboard.press("F2")
    return page, keyboard


def decide_everything(page: Page, keyboard: Keyboard) -> None:
    """Decide 61 rows: two reasons whole, the third row by row, what was put off again."""
    decide_alike(page, keyboard, Code.TARIFF, 1, 2 * (PEOPLE - 1))
    decide_alike(page, keyboard, Code.RESIDENTS, 2, PEOPLE - 1)
    walk(page, keyboard, cycle("123"), code=Code.AREA, standing="open")
    walk(page, keyboard, cycle("2"), code=Code.AREA, standing="later")
    expect(page.locator("#foot")).to_contain_text("решено всё")


def print_protocol(page: Page, keyboard: Keyboard, file: ExchangeFile) -> DiscrepancyProtocol:
    """Form the protocol; its page, PDF and XLSX hold exactly the marked rows."""
    marked = set(file.discrepancies.filter(decision="hold").values_list("pk", flat=True))
    keyboard.press("F8")
    expect(page.locator("h1")).to_contain_text(f"протокол из {len(marked)}")
    press_button(keyboard, page, "Сформировать протокол")
    expect(page.locator("h1")).to_contain_text("Протокол несоответствий №")
    protocol = DiscrepancyProtocol.objects.get(file=file)
    assert set(protocol.discrepancies.values_list("pk", flat=True)) == marked
    shown = page.locator("main tr[data-row]").evaluate_all("(rows) => rows.map((one) => Number(one.dataset.row))")
    assert set(shown) == marked

    rows = Counter(protocol.discrepancies.values_list("row__row_number", "code"))
    pages = printed_pages(page.request.get(f"/documents/{protocol.document_id}/").body())
    assert rows_on_paper(pages) == rows
    assert len(pages) > 1
    assert rows_on_sheet(page.request.get(f"/documents/{protocol.sheet_id}/").body()) == rows
    return protocol


def send_protocol(page: Page, keyboard: Keyboard, protocol: DiscrepancyProtocol) -> None:
    keyboard.go_to(page.get_by_role("link", name="Отправить поставщику"))
    keyboard.press("Enter")
    keyboard.go_to(page.get_by_label("Кому"))
    keyboard.press("Control+A")
    keyboard.type("abonent@example.ru")
    press_button(keyboard, page, "Записать отправку")
    expect(page.locator("#messages")).to_contain_text(f"Протокол № {protocol.number} отправлен")


def receive_answer(visit: Visit, district: ExchangeDistrict) -> ExchangeFile:
    """The provider's corrected file takes the place of the first, with the decisions on what did not change."""
    content = ground.corrected_table(district.main, right=RIGHT_NOW, other_area=WRONG_ANEW)
    page, _ = opened(visit, district.at.receiver, "/exchange/receiving/?m=2026-10")
    bring(page, [Sent(district.main.name, content, ())])
    words = [
        word for name, word, _ in page.locator("#files tbody tr").evaluate_all(SHOWN) if name == district.main.name
    ]
    assert words == ["принят", "заменён"]
    file: ExchangeFile = district.main.returns.get(status="received")
    return file


def check_answer(page: Page, keyboard: Keyboard, file: ExchangeFile, protocol: DiscrepancyProtocol) -> None:
    """Only what changed is open again; the provider's word is taken in one row, and the protocol is closed."""
    page.goto(f"/exchange/files/{file.pk}/check/?m=2026-10", wait_until="networkidle")
    keyboard.press("F2")
    expect(page.locator("main")).to_contain_text("Закончено", timeout=LONGEST)
    keyboard.go_to(page.locator("main .prg a"))
    keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(file.name)
    open_rows = file.discrepancies.filter(decision="open")
    assert list(open_rows.values_list("row__row_number", "code")) == [(WRONG_ANEW, Code.AREA)]
    assert file.discrepancies.filter(carried_from__isnull=False).count() == file.discrepancies.count() - 1
    keyboard.press("F2")
    assert at_row(page)[0] == open_rows.get().pk
    keyboard.press("2")
    told = dict(file.discrepancies.filter(row__row_number=CONFIRMED, code=Code.TARIFF).values_list("pk", "decision"))
    assert list(told.values()) == ["hold", "hold"]
    keyboard.press("Home")
    for _ in range(file.discrepancies.count()):
        row = at_row(page)[0]
        keyboard.press("2" if row in told else "ArrowDown")
        told.pop(row, None)
        if not told:
            break
    expect(page.locator("#rows")).to_have_attribute("data-underway", "0")
    expect(page.locator("#foot")).to_contain_text("решено всё")

    page.goto(f"/exchange/protocols/{protocol.pk}/?m=2026-10", wait_until="networkidle")
    expect(page.locator("main .stp")).to_contain_text(f"файл {file.name}")
    keyboard.go_to(page.locator(".act").get_by_role("link", name="Закрыть"))
    keyboard.press("Enter")
    press_button(keyboard, page, "Закрыть протокол")
    expect(page.locator("#messages")).to_contain_text("закрыт")


def load(visit: Visit, district: ExchangeDistrict, file: ExchangeFile) -> None:
    """A third person loads what stood the check."""
    page, keyboard = opened(visit, district.at.loader, f"/exchange/files/{file.pk}/check/?m=2026-10")
    keyboard.go_to(page.locator("#foot").get_by_role("link", name="Загрузить готовые"))
    keyboard.press("Enter")
    press_button(keyboard, page, "Загрузить")
    expect(page.locator("main")).to_contain_text("Закончено", timeout=LONGEST)


def decided(district: ExchangeDistrict) -> dict[tuple[int, str], Decimal]:
    """What is to be charged by the decisions: whose, for which service, how much."""
    people = ground.people_of(district.main)
    right = {code: Decimal(SERVICES[code][3]) * 10 for code in ("10", "14")}
    charged = dict.fromkeys((*RIGHT_NOW, ground.ONLY_AREA, WRONG_ANEW), right)
    charged[CONFIRMED] = dict.fromkeys(right, DEARER)
    return {(people[row], code): billed for row, lines in charged.items() for code, billed in lines.items()}


def test_goes_from_thirty_files_to_charges(visit: Visit, district: ExchangeDistrict) -> None:
    receive_everything(visit, district)
    page, keyboard = check_everything(visit, district)
    first = district.main.returns.get()
    assert first.discrepancies.count() == FOUND
    decide_everything(page, keyboard)
    assert not first.discrepancies.filter(decision__in=("open", "later")).exists()
    protocol = print_protocol(page, keyboard, first)
    send_protocol(page, keyboard, protocol)

    corrected = receive_answer(visit, district)
    check_answer(page, keyboard, corrected, protocol)
    load(visit, district, corrected)

    charges = Charge.objects.filter(office=district.at.office, month=OCTOBER)
    assert {(one.recipient_id, one.service_id): one.billed for one in charges} == decided(district)
    corrected.refresh_from_db()
    acts = {corrected.by, corrected.verified_by, corrected.loaded_by}
    assert acts == {district.at.receiver, district.at.checker, district.at.loader}
    balance = HandoverBalance.objects.get(
        item="3.10", office=district.at.office, subject__contains=f"№ {corrected.pk}", superseded_by__isnull=True
    )
    assert (balance.rows_held, balance.roubles_held) == (2 * len(HELD), 2 * len(HELD) * DEARER)
