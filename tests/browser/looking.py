"""What is looked for on every screen: axe-core, width, words, title and heading."""

import re
from functools import cache
from importlib import resources

from playwright.sync_api import Page

from tests.browser.chromium import WINDOW

WIDTHS = (1366, 1280, 1024, 683)
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false });
  return found.violations.map((one) => `${one.id}: ${one.help} — ` +
    one.nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${node.html.slice(0, 160)}`).join(" | "));
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= innerWidth) return "";
  const out = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width + 1);
  return `${document.documentElement.scrollWidth} > ${innerWidth}: ` +
    out.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`).join(", ");
}"""
SAID = """() => {
  const named = [...document.querySelectorAll("[aria-label],[title],[placeholder],[alt]")].filter((one) => one.offsetParent);
  const spoken = named.flatMap((one) => ["aria-label", "title", "placeholder", "alt"].map((name) => one.getAttribute(name) ?? ""));
  return [document.title, document.body.innerText, ...spoken].join("\\n");
}"""
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_./@+-]*[A-Za-z0-9]|[A-Za-z]")
KNOWN_LATIN = {
    "DBF", "dbf", "PDF", "pdf", "XLSX", "Excel", "CSV", "XML", "ZIP", "PNG", "SHA-256", "Chromium",
    "cp866", "cp1251", "GetExchangeSZ", "tula_ex_sz_file", "SL", "dBASE",  # code pages and formats under the names providers know
    "Enter", "Shift", "Ctrl", "Alt", "Tab", "Esc", "Home", "End", "Ins", "Shift+Enter", "Ctrl+Enter",
}  # fmt: skip
FILE_NAME = re.compile(r"[\w-]+\.(dbf|pdf|xlsx|csv|txt|xml|zip)", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
COLUMN = re.compile(r"[A-Z][A-Z0-9_]{2,9}")  # of a DBF file; codes of ours are written small
ROMAN = re.compile(r"[IVX]+")
KEYS = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|[A-Z]|Ctrl|Alt|Shift|Enter)?\+?")
HASH = re.compile(r"[0-9a-f]{20,64}")  # of a kept document, from its first letter on
CODE = re.compile(r"[A-Z]{1,3}[_-]?\d[\dA-Z_./-]*")  # the № of a document, the code of a discrepancy, a file's stem


@cache
def axe_source() -> str:
    """Return the text of axe-core from the wheel that ships it."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text()


def faults_of(page: Page, *, known: frozenset[str] = frozenset()) -> list[str]:
    """Return what is wrong with the screen shown; `known` are further Latin words that are meant."""
    return [*_axe(page), *_widths(page), *_latin(page, known), *_heading(page)]


def _axe(page: Page) -> list[str]:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(axe_source())
    return [f"axe {violation}" for violation in page.evaluate(RUN_AXE, list(AXE_TAGS))]


def _widths(page: Page) -> list[str]:
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": WINDOW["height"]})
        too_wide = page.evaluate(TOO_WIDE)
        if too_wide:
            faults.append(f"прокрутка вбок: {too_wide}")
    page.set_viewport_size(WINDOW)
    return faults


def _latin(page: Page, known: frozenset[str]) -> list[str]:
    words = set(LATIN.findall(page.evaluate(SAID)))
    foreign = sorted(word for word in words if not _is_meant(word) and word not in known)
    return [f"не по-русски: {', '.join(foreign[:12])}"] if foreign else []


def _is_meant(word: str) -> bool:
    shapes = (FILE_NAME, EMAIL, COLUMN, ROMAN, KEYS, HASH, CODE)
    return word in KNOWN_LATIN or any(shape.fullmatch(word) for shape in shapes)


def _heading(page: Page) -> list[str]:
    faults = []
    if not re.search("[а-яё]", page.title()):
        faults.append(f"заголовок окна: {page.title()!r}")
    shown = page.locator("h1:visible").count()
    if shown != 1:
        faults.append(f"заголовков h1: {shown}")
    return faults
