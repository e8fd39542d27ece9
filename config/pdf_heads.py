"""What stands on the first sheet above the table: the middle of a list's head, or a letter's corner and words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from config.pdf_documents import ListDocument
from config.pdf_layout import MM, NBSP, Measure, wrap

REGULAR, BOLD = "PT Sans", "PT Sans Bold"
HEAD, HEAD_LEADING = 9.5, 12.5
TITLE, TITLE_LEADING = 13.0, 17.0
LETTER, LETTER_LEADING = 11.0, 15.0
INDENT = NBSP * 8
CORNER, ADDRESSEE = 0.46, 0.54
"""The shares of the sheet's width where a letter's corner ends and its addressee begins."""

Measures = Callable[[str, float], Measure]


@dataclass(frozen=True, slots=True)
class Words:
    """A text on its line: how far from the left edge of the table it begins, its face and size."""

    x: float
    font: str
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line above the table, with what stands in it; an empty one is a gap."""

    height: float
    words: tuple[Words, ...] = ()


def head_lines(document: ListDocument, *, full: float, measure: Measures) -> list[HeadLine]:
    """Lay out what stands above the table: a letter has an addressee, every other document its title in the middle."""
    lines = _letter(document, full, measure) if document.addressee else _list(document, full, measure)
    return [*lines, HeadLine(4 * MM)]


def body_of(document: ListDocument) -> tuple[float, float]:
    """Return the size and leading of the words around the table."""
    return (LETTER, LETTER_LEADING) if document.addressee else (HEAD, HEAD_LEADING)


def paragraph(text: str, document: ListDocument, *, full: float, measure: Measures) -> tuple[str, ...]:
    """Break a paragraph into lines; a letter's begins further in."""
    size, _ = body_of(document)
    begun = INDENT + text if document.addressee else text
    return wrap(begun, width=full, measure=measure(REGULAR, size))


def _list(document: ListDocument, full: float, measure: Measures) -> Iterator[HeadLine]:
    yield from _middle(document.organization, REGULAR, HEAD, HEAD_LEADING, full, measure)
    yield HeadLine(3 * MM)
    yield from _middle([document.title], BOLD, TITLE, TITLE_LEADING, full, measure)
    yield from _middle(document.subtitle, REGULAR, HEAD, HEAD_LEADING, full, measure)
    yield from _opening(document, full, measure)


def _middle(
    texts: Sequence[str], font: str, size: float, leading: float, full: float, measure: Measures
) -> Iterator[HeadLine]:
    width = measure(font, size)
    for text in texts:
        for line in wrap(text, width=full, measure=width):
            yield HeadLine(leading, (Words((full - width(line)) / 2, font, size, line),))


def _letter(document: ListDocument, full: float, measure: Measures) -> Iterator[HeadLine]:
    """The corner with who writes, the number and the day; beside it to whom; below what about, and the words."""
    small, large = measure(REGULAR, HEAD), measure(REGULAR, LETTER)
    corner = [Words(0, REGULAR, HEAD, line) for line in _wrapped(document.organization, full * CORNER, small)]
    corner += [Words(0, REGULAR, HEAD, ""), Words(0, REGULAR, LETTER, document.number)]
    addressee = [
        Words(full * ADDRESSEE, REGULAR, LETTER, line)
        for line in _wrapped(document.addressee, full * (1 - ADDRESSEE), large)
    ]
    for left, right in zip_longest(corner, addressee):
        yield HeadLine(LETTER_LEADING, tuple(one for one in (left, right) if one is not None))
    yield HeadLine(9 * MM)
    for line in wrap(document.title, width=full, measure=measure(BOLD, LETTER)):
        yield HeadLine(LETTER_LEADING, (Words(0, BOLD, LETTER, line),))
    yield from _opening(document, full, measure)


def _opening(document: ListDocument, full: float, measure: Measures) -> Iterator[HeadLine]:
    size, leading = body_of(document)
    if document.opening:
        yield HeadLine(4 * MM)
    for text in document.opening:
        for line in paragraph(text, document, full=full, measure=measure):
            yield HeadLine(leading, (Words(0, REGULAR, size, line),))


def _wrapped(texts: Sequence[str], width: float, measure: Measure) -> list[str]:
    return [line for text in texts for line in wrap(text, width=width, measure=measure)]
