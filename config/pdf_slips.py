"""Slips on paper: several orders on a sheet, each with a stub to tear off. Draws on any canvas."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from config.pdf_documents import RowDoesNotFit
from config.pdf_layout import MM, Measure, wrap

REGULAR, BOLD = "PT Sans", "PT Sans Bold"
ON_A_SHEET = 3
LEFT, RIGHT, INSIDE = 12 * MM, 9 * MM, 8 * MM
STUB, GUTTER = 50 * MM, 5 * MM
TITLE, SMALL, LABEL, AMOUNT = 11.0, 7.5, 6.8, 13.0
SIZES = (9.5, 9.0, 8.0, 7.0, 6.0)
BLANK, BLANK_LABEL, STAMP = 21.0, 6.5, 24 * MM
LIGHT, DARK = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class SlipField:
    """A label and its text; an emphatic one is written large."""

    label: str
    text: str
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """One order: its face, its stub, and what is filled in by hand."""

    title: str
    note: str
    fields: Sequence[SlipField]
    blanks: Sequence[str]
    stub_title: str
    stub_fields: Sequence[SlipField]
    stub_blanks: Sequence[str]
    stamp: str


@dataclass(frozen=True, slots=True)
class SlipDocument:
    """Slips printed three on a sheet, in their order."""

    title: str
    organization: str
    slips: Sequence[Slip]


class Canvas(Protocol):
    """The strokes a slip needs; lengths are points from the lower left corner."""

    def setFont(self, name: str, size: float) -> None: ...  # noqa: N802  ReportLab's names
    def setFillGray(self, gray: float) -> None: ...  # noqa: N802
    def setStrokeGray(self, gray: float) -> None: ...  # noqa: N802
    def setLineWidth(self, width: float) -> None: ...  # noqa: N802
    def setDash(self, array: list[float], phase: float) -> None: ...  # noqa: N802
    def drawString(self, x: float, y: float, text: str) -> None: ...  # noqa: N802
    def line(self, x1: float, y1: float, x2: float, y2: float) -> None: ...
    def rect(self, x: float, y: float, width: float, height: float, stroke: int, fill: int) -> None: ...
    def showPage(self) -> None: ...  # noqa: N802


@dataclass(frozen=True, slots=True)
class _Block:
    """A label with its text wrapped, in the size that lets the whole slip fit."""

    label: str
    lines: tuple[str, ...]
    font: str
    size: float

    @property
    def height(self) -> float:
        return LABEL * 1.25 + len(self.lines) * self.size * 1.18 + 2.5


def draw_slips(
    document: SlipDocument,
    *,
    canvas: Canvas,
    page_size: tuple[float, float],
    measure: Callable[[str, float], Measure],
) -> None:
    """Draw all slips. `measure` gives a measure for a face and size.

    Raises RowDoesNotFit when the texts of a slip do not fit even in the smallest letters.
    """
    width, height = page_size
    faces = {(font, size): measure(font, size) for font in (REGULAR, BOLD) for size in (*SIZES, AMOUNT, TITLE, SMALL)}
    pen = _Pen(canvas, faces, width, height / ON_A_SHEET)
    for first in range(0, len(document.slips), ON_A_SHEET):
        for place, slip in enumerate(document.slips[first : first + ON_A_SHEET]):
            pen.draw(document, slip, top=height - place * pen.height, is_first=place == 0)
        canvas.showPage()


class _Pen:
    """Draws one slip after another; widths are the same for all."""

    def __init__(self, canvas: Canvas, faces: dict[tuple[str, float], Measure], width: float, height: float) -> None:
        self.canvas, self.faces, self.height, self.page_width = canvas, faces, height, width
        self.face_left = LEFT + STUB + 2 * GUTTER
        self.face_width = width - RIGHT - self.face_left

    def draw(self, document: SlipDocument, slip: Slip, *, top: float, is_first: bool) -> None:
        self._draw_cuts(top, is_first=is_first)
        self._draw_part(
            slip.stub_title,
            "",
            slip.stub_fields,
            slip.stub_blanks,
            left=LEFT,
            width=STUB,
            top=top,
            bottom=top - self.height + INSIDE,
            columns=1,
            stamp=slip.stamp,
        )
        self._text(document.organization, self.face_left, top - INSIDE - SMALL, REGULAR, SMALL, gray=DARK)
        self._draw_part(
            slip.title,
            slip.note,
            slip.fields,
            slip.blanks,
            left=self.face_left,
            width=self.face_width,
            top=top - SMALL * 1.6,
            bottom=top - self.height + INSIDE,
            columns=2,
        )

    def _draw_cuts(self, top: float, *, is_first: bool) -> None:
        self.canvas.setStrokeGray(LIGHT)
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash([3, 3], 0)
        if not is_first:
            self.canvas.line(0, top, self.page_width, top)
        at = LEFT + STUB + GUTTER
        self.canvas.line(at, top - INSIDE, at, top - self.height + INSIDE)
        self.canvas.setDash([], 0)

    def _draw_part(
        self,
        title: str,
        note: str,
        fields: Sequence[SlipField],
        blanks: Sequence[str],
        *,
        left: float,
        width: float,
        top: float,
        bottom: float,
        columns: int,
        stamp: str = "",
    ) -> None:
        y = top - INSIDE - TITLE
        self._text(title, left, y, BOLD, TITLE)
        if note:
            at = left + width - self.faces[REGULAR, SMALL](note)
            self._text(note, at, y, REGULAR, SMALL, gray=DARK)
        above_blanks = bottom + -(-len(blanks) // columns) * BLANK
        room = y - 5 - above_blanks - (STAMP if stamp else 0)
        y -= 5
        for block in self._fitted(fields, width, room):
            self._text(block.label, left, y - LABEL, REGULAR, LABEL, gray=DARK)
            at = y - LABEL * 1.25
            for line in block.lines:
                at -= block.size * 1.18
                self._text(line, left, at + block.size * 0.2, block.font, block.size)
            y -= block.height
        self._draw_blanks(blanks, left=left, width=width, bottom=bottom, columns=columns)
        if stamp:
            self._draw_stamp(stamp, left=left, width=width, bottom=above_blanks + 2 * MM)

    def _draw_stamp(self, label: str, *, left: float, width: float, bottom: float) -> None:
        self.canvas.setStrokeGray(LIGHT)
        self.canvas.setLineWidth(0.4)
        self.canvas.rect(left, bottom, width, STAMP - 4 * MM, stroke=1, fill=0)
        self._text(label, left + 2, bottom + STAMP - 4 * MM - BLANK_LABEL - 1, REGULAR, BLANK_LABEL, gray=DARK)

    def _fitted(self, fields: Sequence[SlipField], width: float, room: float) -> list[_Block]:
        for size in SIZES:
            blocks = [self._block(field, width, size) for field in fields]
            if sum(block.height for block in blocks) <= room:
                return blocks
        raise RowDoesNotFit(f"the texts of a slip need more than {room:.0f} points: {fields[0].text[:40]!r}")

    def _block(self, field: SlipField, width: float, size: float) -> _Block:
        font = BOLD if field.is_large else REGULAR
        chosen = AMOUNT if field.is_large else size
        lines = wrap(field.text, width=width, measure=self.faces[font, chosen])
        return _Block(field.label, lines, font, chosen)

    def _draw_blanks(self, blanks: Sequence[str], *, left: float, width: float, bottom: float, columns: int) -> None:
        rows = -(-len(blanks) // columns)
        each = (width - (columns - 1) * GUTTER) / columns
        self.canvas.setStrokeGray(0)
        self.canvas.setLineWidth(0.5)
        for place, label in enumerate(blanks):
            row, column = divmod(place, columns)
            x = left + column * (each + GUTTER)
            y = bottom + (rows - 1 - row) * BLANK + BLANK_LABEL * 1.3
            self.canvas.line(x, y, x + each, y)
            self._text(label, x, y - BLANK_LABEL * 1.1, REGULAR, BLANK_LABEL, gray=DARK)

    def _text(self, text: str, x: float, y: float, font: str, size: float, *, gray: float = 0.0) -> None:
        self.canvas.setFont(font, size)
        self.canvas.setFillGray(gray)
        self.canvas.drawString(x, y, text)
