"""The rows of a long list laid out into pages; no drawing here.

Lengths are points (1/72 inch). Whoever draws tells how wide a text is, so this module
knows no font and no library.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.pdf_documents import Cell, ListDocument, RowDoesNotFit, summed_places

NBSP = "\N{NO-BREAK SPACE}"
MM = 72 / 25.4
ROWS_BESIDE_SIGNATURES = 3

Measure = Callable[[str], float]
"""Gives the width of a text in points, in the face and size it will be drawn with."""


@dataclass(frozen=True, slots=True)
class Faces:
    """How wide texts are: of rows in regular, of headings and totals in bold."""

    regular: Measure
    bold: Measure


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A group's title over the full width."""

    text: str
    height: float


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row with its cells already wrapped, and what it adds to the summed columns."""

    cells: tuple[tuple[str, ...], ...]
    amounts: tuple[Decimal, ...]
    height: float


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A total: a wrapped label and one text for each summed column, in their order."""

    label: tuple[str, ...]
    totals: tuple[str, ...]
    height: float


Line = HeadingLine | RowLine | TotalLine


@dataclass(frozen=True, slots=True)
class ListPage:
    """What stands on one sheet, with the totals of the sheet and from the beginning where rows are counted."""

    lines: tuple[Line, ...]
    totals: tuple[TotalLine, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The sizes a layout needs.

    `text_widths` are the columns without their side gaps; `label_width` is the room for a
    total's label. Page heights hold rows and both totals; `tail` is what must still fit
    under the totals of the last page (terms and signatures).
    """

    text_widths: tuple[float, ...]
    label_width: float
    leading: float
    padding: float
    first_page: float
    other_pages: float
    tail: float


def format_sum(value: Decimal) -> str:
    """Write roubles as «1 496,90»."""
    return f"{value:,.2f}".replace(",", NBSP).replace(".", ",").replace("-", "\N{MINUS SIGN}")


def format_count(count: int) -> str:
    """Write a count as «10 000»."""
    return f"{count:,}".replace(",", NBSP)


def grand_totals(document: ListDocument) -> tuple[int, tuple[Decimal, ...]]:
    """Count the rows and add up each summed column.

    Raises RowDoesNotFit for a row that does not match the columns.
    """
    places = summed_places(document)
    count, totals = 0, [Decimal(0)] * len(places)
    for group in document.groups:
        for row in group.rows:
            if len(row) != len(document.columns):
                raise RowDoesNotFit(f"{len(row)} cells for {len(document.columns)} columns")
            count += 1
            for order, place in enumerate(places):
                totals[order] += _roubles(row[place])
    return count, tuple(totals)


def column_widths(document: ListDocument, *, full_width: float, bold: Measure, gap: float) -> list[float]:
    """Scale the columns to the full width, no summed column narrower than its widest sum.

    A heading's longest word is not broken either, as long as the page allows it.
    """
    least = [max((bold(word) for word in column.title.split()), default=0) for column in document.columns]
    totals = iter(grand_totals(document)[1])
    for place, column in enumerate(document.columns):
        if column.summed:
            sums = [_roubles(row[place]) for group in document.groups for row in group.rows]
            widest = max((*sums, next(totals)), key=lambda value: len(format_sum(value)))
            least[place] = max(least[place], bold(format_sum(widest)))
    least = [width + 2 * gap for width in least]
    wanted = [column.width for column in document.columns]
    return _scale(wanted, least, full_width)


def lay_out(document: ListDocument, *, grid: Grid, faces: Faces) -> list[ListPage]:
    """Wrap the rows and deal them out to pages; an empty list still has one page.

    The signatures never stand on a sheet without rows: the last rows go over with them.
    Raises RowDoesNotFit for a row higher than a page.
    """
    count, totals = grand_totals(document)
    reserve = sum(line.height for line in _page_totals(document, (count, totals), (count, totals), grid, faces))
    sheets = _deal(document, grid, faces, reserve)
    pages: list[ListPage] = []
    running = (0, (Decimal(0),) * len(totals))
    for number, lines in enumerate(sheets, start=1):
        here = _add_up(lines, len(totals))
        running = (running[0] + here[0], tuple(a + b for a, b in zip(running[1], here[1], strict=True)))
        whole = "Всего по списку" if number == len(sheets) else "Всего с начала списка"
        pages.append(ListPage(tuple(lines), _page_totals(document, here, running, grid, faces, whole)))
    return pages


def wrap(text: str, *, width: float, measure: Measure) -> tuple[str, ...]:
    """Break a text into lines at spaces, and inside a word only when it is wider than the line."""
    if "\n" not in text and measure(text) <= width:
        return (text,)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if measure(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *broken, line = _break_word(word, width=width, measure=measure)
            lines.extend(broken)
        lines.append(line)
    return tuple(lines)


Sums = tuple[int, tuple[Decimal, ...]]


def _deal(document: ListDocument, grid: Grid, faces: Faces, reserve: float) -> list[list[Line]]:
    """Fill sheet after sheet; a heading is kept with the row that follows it."""
    sheets: list[list[Line]] = [[]]
    left = grid.first_page - reserve
    for line in _lines(document, grid, faces):
        needed = line.height * 2 if isinstance(line, HeadingLine) else line.height
        if needed > left and sheets[-1]:
            sheets.append([])
            left = grid.other_pages - reserve
        if line.height > left:
            raise RowDoesNotFit(f"a row of {line.height:.0f} points is higher than a page")
        sheets[-1].append(line)
        left -= line.height
    if left < grid.tail and sheets[-1]:
        keep = max(1, len(sheets[-1]) - ROWS_BESIDE_SIGNATURES)
        while keep > 1 and isinstance(sheets[-1][keep - 1], HeadingLine):
            keep -= 1
        sheets.append(sheets[-1][keep:])
        sheets[-2] = sheets[-2][:keep]
    return sheets


def _lines(document: ListDocument, grid: Grid, faces: Faces) -> Iterator[Line]:
    places = summed_places(document)
    for group in document.groups:
        if group.title:
            yield HeadingLine(group.title, grid.leading + 2 * grid.padding)
        rows: list[RowLine] = []
        for row in group.rows:
            cells = tuple(
                (format_sum(cell),) if isinstance(cell, Decimal) else wrap(cell, width=width, measure=faces.regular)
                for cell, width in zip(row, grid.text_widths, strict=True)
            )
            height = max(map(len, cells)) * grid.leading + 2 * grid.padding
            rows.append(RowLine(cells, tuple(_roubles(row[place]) for place in places), height))
            yield rows[-1]
        if group.title:
            yield _total(f"Итого, {document.rows_called}", _add_up(rows, len(places)), grid, faces)


def _page_totals(
    document: ListDocument,
    here: Sums,
    running: Sums,
    grid: Grid,
    faces: Faces,
    whole: str = "Всего с начала списка",
) -> tuple[TotalLine, ...]:
    if not document.counted:
        return ()
    return (
        _total(f"Итого по листу, {document.rows_called}", here, grid, faces),
        _total(f"{whole}, {document.rows_called}", running, grid, faces),
    )


def _total(label: str, sums: Sums, grid: Grid, faces: Faces) -> TotalLine:
    count, totals = sums
    lines = wrap(f"{label}: {format_count(count)}", width=grid.label_width, measure=faces.bold)
    height = len(lines) * grid.leading + 2 * grid.padding
    return TotalLine(lines, tuple(format_sum(total) for total in totals), height)


def _add_up(lines: Sequence[Line], columns: int) -> Sums:
    count, totals = 0, [Decimal(0)] * columns
    for line in lines:
        if isinstance(line, RowLine):
            count += 1
            for place, amount in enumerate(line.amounts):
                totals[place] += amount
    return count, tuple(totals)


def _break_word(word: str, *, width: float, measure: Measure) -> list[str]:
    """Break a word wider than the line: after a hyphen where there is one, else at any letter."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > width:
            whole, hyphen, rest = pieces[-1].rpartition("-")
            if hyphen and rest:
                pieces[-1:] = [whole + hyphen, rest]
            else:
                pieces.append("")
        pieces[-1] += letter
    return pieces


def _scale(wanted: Sequence[float], least: Sequence[float], full_width: float) -> list[float]:
    """Share out the full width as wanted, raising those below their least at the others' cost."""
    if sum(least) >= full_width:
        return [width * full_width / sum(least) for width in least]
    fixed: set[int] = set()
    while True:
        free = full_width - sum(least[place] for place in fixed)
        weight = sum(width for place, width in enumerate(wanted) if place not in fixed)
        widths = [least[place] if place in fixed else free * wanted[place] / weight for place in range(len(wanted))]
        narrow = {place for place, width in enumerate(widths) if place not in fixed and width < least[place]}
        if not narrow:
            return widths
        fixed |= narrow


def _roubles(cell: Cell) -> Decimal:
    if not isinstance(cell, Decimal):
        raise RowDoesNotFit(f"a summed column holds {cell!r}")
    return cell
