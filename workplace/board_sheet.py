"""The board as an Excel sheet: a row for a district, the fact and the state of each item in words."""

import datetime as dt
import io

import xlsxwriter

from offices.models import Office, Staff
from offices.months import month_name
from workplace.selectors.board import Board, district_name
from workplace.selectors.board_states import Cell, State

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLOURS = {
    State.LATE: "#FDE7E5",
    State.ATTENTION: "#FFF1D0",
    State.RETURNED: "#FFF1D0",
    State.DONE_LATE: "#FFF1D0",
    State.WORK: "#E8F1FB",
}
FIRST_ROW = 5


def board_sheet(*, board: Board, month: dt.date, sort: str, office: Office | None, by: Staff, at: dt.datetime) -> bytes:
    """Write the board's matrix as it is shown: filter, moment and author above, A4 landscape on one page."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Ход месяца")
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        looks = {
            state: book.add_format({"text_wrap": True, "valign": "top", **({"bg_color": COLOURS[state]} if state in COLOURS else {})})
            for state in State
        }  # fmt: skip
        whose = district_name(office) if office else "вся область"
        page.write_string(0, 0, f"Ход месяца: {month_name(month)}", bold)
        page.write_string(1, 0, f"Район: {whose}. Порядок: {sort.lower()}. Районов: {len(board.rows)}.")
        page.write_string(2, 0, f"Составлено {at:%d.%m.%Y %H:%M}, {by}.")
        page.write_string(FIRST_ROW - 1, 0, "Район", head)
        for number, column in enumerate(board.columns, start=1):
            due = f"\nдо {column.last_due:%d.%m.%Y}" if column.last_due else ""
            page.write_string(FIRST_ROW - 1, number, f"п. {column.item.code}\n{column.item.title}{due}", head)
        for number, row in enumerate(board.rows, start=FIRST_ROW):
            page.write_string(number, 0, district_name(row.office))
            for place, cell in enumerate(row.cells, start=1):
                page.write_string(number, place, text_of(cell), looks[cell.state])
        page.set_column(0, 0, 26)
        page.set_column(1, len(board.columns), 17)
        page.freeze_panes(FIRST_ROW, 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 1)
    return content.getvalue()


def text_of(cell: Cell) -> str:
    """Say a cell in words: the fact or the day, then the state and how late it is."""
    fact = cell.fact or (f"{cell.done_on:%d.%m.%Y}" if cell.done_on else "")
    late = f", {cell.days_late} дн." if cell.days_late else ""
    return f"{fact}, {cell.word}{late}" if fact else f"{cell.word}{late}"
