"""What stands on the papers of a protocol: the rows of its PDF and of its workbook, with their codes."""

import io
import re
from collections import Counter
from collections.abc import Iterable

import pypdf
from openpyxl import load_workbook

PRINTED = re.compile(r"^ ?(\d{1,3})\n\d{9}\n.*?\b(E\d\d)\b", re.MULTILINE | re.DOTALL)
"""A printed row: its number in the file, the account below, and the code further on."""

Rows = Counter[tuple[int, str]]


def printed_pages(pdf: bytes) -> list[str]:
    """Return the texts of the pages; each says which of how many it is."""
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    counted = [f"лист {number} из {len(texts)}" in text for number, text in enumerate(texts, start=1)]
    assert counted == [True] * len(texts)
    return texts


def rows_on_paper(pages: Iterable[str]) -> Rows:
    return Counter((int(row), code) for text in pages for row, code in PRINTED.findall(text))


def rows_on_sheet(workbook: bytes) -> Rows:
    sheet = load_workbook(io.BytesIO(workbook)).active
    found: Rows = Counter()
    for row in sheet.iter_rows(values_only=True):
        cells = [str(cell) for cell in row if cell is not None]
        codes = [cell[:3] for cell in cells if re.match(r"E\d\d\b", cell)]
        if codes and cells[0].isdecimal():
            found[int(cells[0]), codes[0]] += 1
    return found
