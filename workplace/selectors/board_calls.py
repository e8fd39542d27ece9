"""Whom to remind from the board, and in which words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from offices.models import Office
from offices.months import month_name
from providers.models import Reminder
from workplace.selectors.board import ITEM_BY_CODE, Board, Item, Row, district_name
from workplace.selectors.board_states import Cell


@dataclass(frozen=True, slots=True)
class LateCall:
    """A district that is late, its earliest late item, who is to finish it, and whether it was told today."""

    row: Row
    cell: Cell
    addressee: Office
    text: str
    reminded: Reminder | None

    @property
    def item(self) -> Item:
        return ITEM_BY_CODE[self.cell.item]

    @property
    def key(self) -> str:
        """Return what a form sends back to name the call."""
        return f"{self.row.office.code}:{self.cell.item}"


def late_calls(*, board: Board, month: dt.date, today: dt.date) -> list[LateCall]:
    """List whom to remind of what is late, one for each district: of the earliest late item the others wait for.

    Two queries: the department's units and the reminders of the day.
    """
    units = {unit.kind: unit for unit in Office.objects.filter(district__isnull=True).order_by("-pk")}
    told = {
        (one.office_id, one.unit_id, one.item): one
        for one in Reminder.objects.filter(month=month, day=today, provider__isnull=True).select_related("by")
    }
    calls = []
    for row in board.late:
        cell = row.late[0]
        addressee = doer_of(row, cell.item, units) or row.office
        unit = None if addressee == row.office else addressee.pk
        text = office_text(row=row, cell=cell, month=month)
        calls.append(LateCall(row, cell, addressee, text, told.get((row.office.pk, unit, cell.item))))
    return calls


def doer_of(row: Row, item: str, units: dict[str, Office]) -> Office | None:
    """Return who is to act on an item now: a unit of the department, or the district where its answer is missing."""
    kind = ITEM_BY_CODE[item].doer
    is_handed = item == "3.7" and row.facts.register_status == "handed_over"
    is_not_submitted = item == "3.13" and row.facts.run_status != "submitted"
    if kind == Office.Kind.DISTRICT or is_handed or is_not_submitted:
        return row.office
    return units.get(kind)


def office_text(*, row: Row, cell: Cell, month: dt.date) -> str:
    """Write the reminder to an office: the item, its fact and term, and what else of the district is late."""
    item, name = ITEM_BY_CODE[cell.item], district_name(row.office)
    fact = f": {cell.fact}" if cell.fact else ""
    also = [f"{other.item} «{ITEM_BY_CODE[other.item].title}»" for other in row.late if other.item != cell.item]
    parts = [
        f"{name[0].upper()}{name[1:]}, {month_name(month)}: не закончен пункт {item.code} «{item.title}»{fact}.",
        _term(cell),
        f"Просрочены также: {', '.join(also)}." if also else "",
        "Закончите, пожалуйста, или сообщите, что мешает.",
    ]
    return " ".join(filter(None, parts))


def provider_text(*, offices: Sequence[Office], cell: Cell, month: dt.date) -> str:
    """Write the reminder to a provider: a file that did not come, or a request whose receipt is not confirmed."""
    where = ", ".join(district_name(office) for office in offices)
    what = (
        f"Просим подтвердить получение файла запроса за {month_name(month)} ({where})."
        if cell.item == "3.8"
        else f"Просим передать файл начислений за {month_name(month)} ({where})."
    )
    return " ".join(filter(None, [what, _term(cell), "Если передать его нельзя, сообщите причину и день."]))


def _term(cell: Cell) -> str:
    if cell.due_on is None:
        return ""
    return f"Срок был {cell.due_on:%d.%m.%Y}." if cell.is_late else f"Срок {cell.due_on:%d.%m.%Y}."
