"""A task, the days tasks fall into, and the month's steps with their terms."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workplace.selectors.board import Board, Item
from workplace.selectors.board_states import Cell, State

WEEK = dt.timedelta(days=7)
BEGUN = frozenset({State.WORK, State.RETURNED, State.QUEUED})


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, how much of it, by when, and the route of the page where it is done.

    Without a route the work is done on paper or by a screen of a later issue, and is only told.
    """

    title: str
    fact: str = ""
    item: str = ""
    due_on: dt.date | None = None
    route: str = ""
    args: tuple[object, ...] = ()
    query: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Day:
    """The tasks of one heading: late, today, this week, later, or without a term."""

    code: str
    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One item of the month: in how many of the districts it is done or late, and the earliest term not met."""

    item: str
    title: str
    due_on: dt.date | None
    done: int
    offices: int
    late: int
    begun: int

    @property
    def is_done(self) -> bool:
        return self.done == self.offices

    @property
    def kind(self) -> str:
        if self.is_done:
            return "ok"
        if self.late:
            return "late"
        return "run" if self.done or self.begun else "idle"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything «Моя работа» shows."""

    days: tuple[Day, ...]
    steps: list[Step]
    next_step: Step | None

    @property
    def urgent(self) -> int:
        """Count what is late or due today."""
        return sum(len(day.tasks) for day in self.days if day.code in {"late", "today"})


def steps_of(board: Board) -> list[Step]:
    """Return the items of the board, of one district or over all, in the order of the regulation."""
    return [_step(column.item, [row.cell(column.item.code) for row in board.rows]) for column in board.columns]


def _step(item: Item, cells: Sequence[Cell]) -> Step:
    waiting = [cell.due_on for cell in cells if cell.done_on is None and cell.due_on]
    planned = [cell.due_on for cell in cells if cell.due_on]
    return Step(
        item=item.code,
        title=item.title,
        due_on=min(waiting or planned, default=None),
        done=sum(cell.done_on is not None for cell in cells),
        offices=len(cells),
        late=sum(cell.is_late for cell in cells),
        begun=sum(cell.state in BEGUN for cell in cells),
    )


def by_day(tasks: Iterable[Task], *, on: dt.date) -> tuple[Day, ...]:
    """Part tasks by the day they are due on, counted from `on`; empty headings are left out."""
    titles = {
        "late": "Просрочено",
        "today": "Сегодня",
        "week": "На этой неделе",
        "later": "Позже",
        "any": "Без срока",
    }
    parted: dict[str, list[Task]] = {code: [] for code in titles}
    for task in sorted(tasks, key=lambda one: (one.due_on is None, one.due_on or on)):
        parted[_heading(task, on)].append(task)
    return tuple(Day(code, titles[code], tuple(found)) for code, found in parted.items() if found)


def _heading(task: Task, on: dt.date) -> str:
    if task.due_on is None:
        return "any"
    if task.due_on < on:
        return "late"
    if task.due_on == on:
        return "today"
    return "week" if task.due_on < on + WEEK else "later"
