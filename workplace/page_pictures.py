"""Pages of a PDF as pictures, for the preview beside a list of documents."""

import io
import threading
from typing import Final

import pypdfium2

DOTS_PER_INCH: Final = 110
POINTS_PER_INCH: Final = 72
_ENGINE = threading.Lock()
"""The engine is one for the process and not made for threads."""


class NotAPage(ValueError):
    """The document cannot be read, or has no page of this number."""


def pages_in(content: bytes, /) -> int:
    """Count the pages of a PDF. Raises NotAPage for bytes that are no PDF."""
    with _ENGINE:
        document = _opened(content)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(content: bytes, /, *, page: int) -> bytes:
    """Draw one page of a PDF, counted from 1, as PNG. Raises NotAPage."""
    with _ENGINE:
        document = _opened(content)
        try:
            if not 1 <= page <= len(document):
                raise NotAPage(f"страницы {page} нет, всего {len(document)}")
            sheet = document[page - 1]
            picture = sheet.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil()
            sheet.close()
        finally:
            document.close()
    drawn = io.BytesIO()
    picture.save(drawn, format="PNG", optimize=False, compress_level=6)
    return drawn.getvalue()


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise NotAPage("файл не читается как PDF") from error
