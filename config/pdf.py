"""Paper: the only place that knows WeasyPrint and ReportLab.

`render_form` prints a designed form from HTML, `render_list` a long list row by row (35
times faster per row). Both carry our fonts inside, so a document looks the same on every
machine, and the same input gives the same bytes.
"""

import io
import os
import threading
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from config.pdf_documents import Align, ListColumn, ListDocument, ListGroup, RowDoesNotFit, Signature
from config.pdf_drawing import draw_list
from config.pdf_heads import BOLD, REGULAR
from config.pdf_layout import Measure
from config.pdf_slips import Slip, SlipDocument, SlipField, draw_slips

__all__ = [
    "Align",
    "ForeignResource",
    "ListColumn",
    "ListDocument",
    "ListGroup",
    "RowDoesNotFit",
    "Signature",
    "Slip",
    "SlipDocument",
    "SlipField",
    "render_form",
    "render_list",
    "render_slips",
]

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts" / "pt"
SCHEME = "font-file:"
os.environ.setdefault("SOURCE_DATE_EPOCH", "1193702400")  # fontTools dates every font it trims: not by the clock
FACES = tuple(
    (family, file, weight, style)
    for family, name in (("PT Sans", "PT_Sans"), ("PT Serif", "PT_Serif"))
    for file, weight, style in (
        (f"{name}-Web-Regular.ttf", "normal", "normal"),
        (f"{name}-Web-Italic.ttf", "normal", "italic"),
        (f"{name}-Web-Bold.ttf", "bold", "normal"),
        (f"{name}-Web-BoldItalic.ttf", "bold", "italic"),
    )
)


class ForeignResource(ValueError):
    """The HTML asks for a file, an image, a style sheet or an address: forms carry everything inside."""


def render_form(html: str) -> bytes:
    """Print a designed form to PDF. The whole document is in `html`; nothing is fetched.

    The same HTML gives the same bytes. Fonts «PT Sans» and «PT Serif» are at hand.
    Raises ForeignResource when the HTML refers to anything outside itself.
    """
    with _PRESS:
        styles, fonts = _font_styles()
        fetcher = _FontsOnly()
        document = HTML(string=html, base_url=f"{SCHEME}form", url_fetcher=fetcher)
        try:
            pdf = document.write_pdf(stylesheets=[styles], font_config=fonts, pdf_variant="pdf/ua-1")
        except FatalURLFetchingError as refusal:
            raise ForeignResource(str(refusal)) from refusal
        if fetcher.refused:  # drawing inside an SVG swallows even a fatal refusal
            raise ForeignResource(fetcher.refused[0])
        return bytes(pdf)


def render_list(document: ListDocument) -> bytes:
    """Print a long list to PDF: repeated header, totals of sheet and list, «лист N из M».

    The same document gives the same bytes.
    Raises RowDoesNotFit when rows do not match the columns or are higher than a page.
    """
    size = landscape(A4) if document.landscape else A4
    buffer = io.BytesIO()
    canvas = _canvas(buffer, size, title=document.title, author=", ".join(document.organization))
    draw_list(document, canvas=canvas, page_size=size, measure=_measure)
    canvas.save()
    return buffer.getvalue()


def render_slips(document: SlipDocument) -> bytes:
    """Print orders with stubs to PDF, three on a sheet; thousands of them take seconds.

    The same document gives the same bytes.
    Raises RowDoesNotFit when the texts of a slip do not fit.
    """
    buffer = io.BytesIO()
    canvas = _canvas(buffer, A4, title=document.title, author=document.organization)
    draw_slips(document, canvas=canvas, page_size=A4, measure=_measure)
    canvas.save()
    return buffer.getvalue()


def _canvas(buffer: io.BytesIO, size: tuple[float, float], *, title: str, author: str) -> Canvas:
    _register_list_fonts()
    canvas = Canvas(buffer, pagesize=size, pageCompression=1, invariant=1, lang="ru", initialFontName=REGULAR)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("Эквивалент ЖКУ")
    return canvas


_PRESS = threading.Lock()  # WeasyPrint and the fonts below it promise nothing to threads


class _FontsOnly(URLFetcher):
    """Serve our fonts from memory and stop the printing at any other request."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        body = _font_files().get(url)
        if body is None:
            self.refused.append(f"a form asked for {url[:80]!r}")
            raise FatalURLFetchingError(self.refused[-1])
        return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})


@cache
def _font_files() -> dict[str, bytes]:
    return {f"{SCHEME}{file}": (FONTS / file).read_bytes() for _, file, _, _ in FACES}


@cache
def _font_styles() -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    rules = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{SCHEME}{file}");'
        f" font-weight: {weight}; font-style: {style} }}"
        for family, file, weight, style in FACES
    )
    return CSS(string=rules, font_config=fonts, url_fetcher=_FontsOnly()), fonts


@cache
def _register_list_fonts() -> None:
    rl_config.useA85 = 0  # binary streams: a quarter smaller and faster
    pdfmetrics.registerFont(TTFont(REGULAR, FONTS / "PT_Sans-Web-Regular.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, FONTS / "PT_Sans-Web-Bold.ttf"))


def _measure(font: str, size: float) -> Measure:
    """Measure texts by the font's own table of letter widths."""
    face = pdfmetrics.getFont(font).face
    widths: dict[str, float] = {}

    def width(text: str) -> float:
        total = 0.0
        for letter in text:
            if letter not in widths:
                widths[letter] = face.charWidths.get(ord(letter), face.defaultWidth) * size / 1000
            total += widths[letter]
        return total

    return width
