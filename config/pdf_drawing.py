"""How a long list looks on paper. Draws on any canvas with the few strokes it needs."""

from collections.abc import Callable, Sequence
from itertools import accumulate, groupby
from typing import Protocol

from config.pdf_documents import Align, ListDocument, Signature, summed_places
from config.pdf_heads import BOLD, REGULAR, body_of, head_lines, paragraph
from config.pdf_layout import (
    MM,
    NBSP,
    Faces,
    Grid,
    HeadingLine,
    Line,
    ListPage,
    Measure,
    RowLine,
    TotalLine,
    column_widths,
    format_count,
    format_sum,
    grand_totals,
    lay_out,
    wrap,
)

ROW, LEADING, PADDING, GAP = 8.5, 10.4, 2.3, 3.2
FOOT = 6.8
LEFT, RIGHT, TOP, BOTTOM = 20 * MM, 10 * MM, 14 * MM, 17 * MM
SIGNATURE, SEAL = 12 * MM, 9 * MM
POSITION_ROOM, STROKE_ROOM = 78 * MM, 42 * MM
TINT, LIGHT, DARK = 0.93, 0.72, 0.25


class Canvas(Protocol):
    """The strokes a list needs; lengths are points from the lower left corner."""

    def setFont(self, name: str, size: float) -> None: ...  # noqa: N802  ReportLab's names
    def setFillGray(self, gray: float) -> None: ...  # noqa: N802
    def setStrokeGray(self, gray: float) -> None: ...  # noqa: N802
    def setLineWidth(self, width: float) -> None: ...  # noqa: N802
    def drawString(self, x: float, y: float, text: str) -> None: ...  # noqa: N802
    def line(self, x1: float, y1: float, x2: float, y2: float) -> None: ...
    def rect(self, x: float, y: float, width: float, height: float, stroke: int, fill: int) -> None: ...
    def showPage(self) -> None: ...  # noqa: N802


def draw_list(
    document: ListDocument,
    *,
    canvas: Canvas,
    page_size: tuple[float, float],
    measure: Callable[[str, float], Measure],
) -> None:
    """Lay the list out and draw all its sheets. `measure` gives a measure for a face and size."""
    _Printer(document, canvas, page_size, measure).draw()


class _Printer:
    """One list on its way to paper; `y` is how far down the sheet is filled."""

    def __init__(
        self,
        document: ListDocument,
        canvas: Canvas,
        page_size: tuple[float, float],
        measure: Callable[[str, float], Measure],
    ) -> None:
        self.document, self.canvas = document, canvas
        self.height = page_size[1]
        self.full = page_size[0] - LEFT - RIGHT
        self.y = 0.0
        self.faces = Faces(measure(REGULAR, ROW), measure(BOLD, ROW))
        self.size, self.leading = body_of(document)
        self.body_width, self.foot_width = measure(REGULAR, self.size), measure(REGULAR, FOOT)
        self.head = head_lines(document, full=self.full, measure=measure)
        self.widths = column_widths(document, full_width=self.full, bold=self.faces.bold, gap=GAP)
        self.lefts = [LEFT, *(LEFT + right for right in accumulate(self.widths))]
        self.titles = [
            wrap(column.title, width=width - 2 * GAP, measure=self.faces.bold)
            for column, width in zip(document.columns, self.widths, strict=True)
        ]
        self.aligns = [Align.RIGHT if column.summed else column.align for column in document.columns]
        self.summed = summed_places(document)
        self.closing = [
            line for text in self._closing() for line in paragraph(text, document, full=self.full, measure=measure)
        ]

    def draw(self) -> None:
        pages = lay_out(self.document, grid=self._grid(), faces=self.faces)
        for number, page in enumerate(pages, start=1):
            self.y = self.height - TOP
            if number == 1:
                self._draw_head()
            self._draw_table(page)
            if number == len(pages):
                self._draw_tail()
            self._draw_foot(f"лист {number} из {len(pages)}")
            self.canvas.showPage()

    def _grid(self) -> Grid:
        titles = max(map(len, self.titles)) * LEADING + 2 * PADDING
        room = self.height - TOP - BOTTOM - titles
        before = self.widths[: self.summed[0]] if self.summed else self.widths
        head = sum(line.height for line in self.head)
        tail = 5 * MM + len(self.closing) * self.leading + len(self.document.signatures) * SIGNATURE + SEAL
        return Grid(
            text_widths=tuple(width - 2 * GAP for width in self.widths),
            label_width=sum(before) - 2 * GAP,
            leading=LEADING,
            padding=PADDING,
            first_page=room - head,
            other_pages=room,
            tail=tail,
        )

    def _closing(self) -> list[str]:
        if not self.document.counted:
            return list(self.document.closing)
        count, totals = grand_totals(self.document)
        called = [self.document.columns[place].title.lower() for place in self.summed]
        names = ["сумма"] if len(called) == 1 else called
        sums = [f"{name}: {format_sum(total)}{NBSP}₽" for name, total in zip(names, totals, strict=True)]
        rows = f"Всего {self.document.rows_called}: {format_count(count)}"
        return ["; ".join([rows, *sums]) + ".", *self.document.closing]

    def _draw_head(self) -> None:
        for line in self.head:
            for words in line.words:
                self.canvas.setFont(words.font, words.size)
                self.canvas.drawString(LEFT + words.x, self.y - words.size, words.text)
            self.y -= line.height

    def _draw_table(self, page: ListPage) -> None:
        top = self.y
        self.canvas.setLineWidth(0.35)
        self.canvas.setStrokeGray(LIGHT)
        self._draw_titles()
        below_titles = self.y
        self._draw_rules(self.lefts, top, self.y)
        self._draw_rows(page.lines)
        for line in page.totals:
            self._draw_line(line)
        self.canvas.setStrokeGray(DARK)
        self.canvas.setLineWidth(0.6)
        for y in (top, below_titles, self.y):
            self.canvas.line(LEFT, y, LEFT + self.full, y)

    def _draw_titles(self) -> None:
        lines = max(map(len, self.titles))
        height = lines * LEADING + 2 * PADDING
        self._tint(height)
        self.canvas.setFont(BOLD, ROW)
        for place, title in enumerate(self.titles):
            down = (lines - len(title)) * LEADING / 2
            self._draw_cell(place, title, Align.CENTER, self.faces.bold, down)
        self.y -= height

    def _draw_rows(self, lines: Sequence[Line]) -> None:
        """Draw the lines; the rules between columns stop at headings and subtotals."""
        for are_rows, block in groupby(lines, key=lambda line: isinstance(line, RowLine)):
            top = self.y
            self.canvas.setFont(REGULAR if are_rows else BOLD, ROW)
            for line in block:
                self._draw_line(line)
            self._draw_rules(self.lefts if are_rows else [self.lefts[0], self.lefts[-1]], top, self.y)

    def _draw_line(self, line: Line) -> None:
        match line:
            case RowLine():
                for place, cell in enumerate(line.cells):
                    self._draw_cell(place, cell, self.aligns[place], self.faces.regular, 0)
            case HeadingLine():
                self._tint(line.height)
                self.canvas.drawString(LEFT + GAP, self.y - PADDING - ROW, line.text)
            case TotalLine():
                self._draw_total(line)
        self.y -= line.height
        self.canvas.line(LEFT, self.y, LEFT + self.full, self.y)

    def _draw_total(self, line: TotalLine) -> None:
        self.canvas.setFont(BOLD, ROW)
        for order, text in enumerate(line.label):
            self.canvas.drawString(LEFT + GAP, self.y - PADDING - ROW - order * LEADING, text)
        for place, total in zip(self.summed, line.totals, strict=True):
            self._draw_cell(place, (total,), Align.RIGHT, self.faces.bold, 0)

    def _draw_cell(self, place: int, cell: Sequence[str], align: Align, measure: Measure, down: float) -> None:
        left, right = self.lefts[place] + GAP, self.lefts[place + 1] - GAP
        y = self.y - PADDING - ROW - down
        for text in cell:
            x = left
            if align is Align.RIGHT:
                x = right - measure(text)
            elif align is Align.CENTER:
                x = (left + right - measure(text)) / 2
            self.canvas.drawString(x, y, text)
            y -= LEADING

    def _draw_rules(self, places: Sequence[float], top: float, bottom: float) -> None:
        for x in places:
            self.canvas.line(x, top, x, bottom)

    def _tint(self, height: float) -> None:
        self.canvas.setFillGray(TINT)
        self.canvas.rect(LEFT, self.y - height, self.full, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def _draw_tail(self) -> None:
        self.y -= 5 * MM
        self.canvas.setFont(REGULAR, self.size)
        for text in self.closing:
            self.y -= self.leading
            self.canvas.drawString(LEFT, self.y, text)
        for signature in self.document.signatures:
            self._draw_signature(signature)
        if self.document.signatures and not self.document.addressee:
            self.y -= SEAL
            self.canvas.drawString(LEFT + POSITION_ROOM - 14 * MM, self.y + 2 * MM, "М.П.")

    def _draw_signature(self, signature: Signature) -> None:
        self.y -= SIGNATURE
        position = wrap(signature.position, width=POSITION_ROOM - 3 * MM, measure=self.body_width)
        for below, text in zip(range(len(position) - 1, -1, -1), position, strict=True):
            self.canvas.drawString(LEFT, self.y + below * self.leading, text)
        stroke = LEFT + POSITION_ROOM
        self.canvas.line(stroke, self.y - 1, stroke + STROKE_ROOM, self.y - 1)
        self.canvas.drawString(stroke + STROKE_ROOM + 3 * MM, self.y, signature.name)

    def _draw_foot(self, sheet: str) -> None:
        self.canvas.setFont(REGULAR, FOOT)
        self.canvas.setFillGray(DARK)
        y = BOTTOM - 6 * MM
        about = [self.document.number or self.document.title]
        if self.document.executor:
            about.append(f"исполнитель: {self.document.executor}")
        lines = wrap("; ".join(about), width=self.full - 30 * MM, measure=self.foot_width)[:1]
        self.canvas.drawString(LEFT, y, lines[0])
        if self.document.file_sha256:
            self.canvas.drawString(LEFT, y - FOOT * 1.35, f"SHA-256 файла: {self.document.file_sha256}")
        self.canvas.drawString(LEFT + self.full - self.foot_width(sheet), y, sheet)
        self.canvas.setFillGray(0)
