"""A task, the days tasks fall into, and the month's steps with their terms."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q

from offices import selectors
from offices.models import Office
from workplace.selectors.stages import item_order

WEEK = dt.timedelta(days=7)

TITLES = {
    "3.4": "Сведения СФР",
    "3.5": "Изменения от отделов",
    "3.6": "Реестры районов",
    "3.7": "Передача реестров",
    "3.8": "Файлы поставщикам",
    "3.9": "Файлы получены",
    "3.10": "Сведения проверены",
    "3.11": "Загружено в расчёт",
    "3.12": "Рассчитано и передано",
    "3.13": "Проверка Департамента",
    "3.14": "Списки на выплату",
    "3.15": "Выплата",
}
"""The steps of a month in the words of the board."""


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
    """One item of the month: in how many of the offices it is done, and the earliest term not met."""

    item: str
    title: str
    due_on: dt.date
    done: int
    offices: int
    late: int

    @property
    def is_done(self) -> bool:
        return self.done == self.offices

    @property
    def kind(self) -> str:
        if self.is_done:
            return "ok"
        if self.late:
            return "late"
        return "run" if self.done else "idle"


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


def steps_of_month(month: dt.date, *, office: Office | None, on: dt.date) -> list[Step]:
    """Return the scheduled items of a month billed, of one district or over all, in the order of the regulation."""
    planned = selectors.steps_of(month=month)
    own = planned.filter(office=office) if office else planned
    rows = (
        own.order_by()
        .values("item")
        .annotate(
            offices=Count("pk"),
            done=Count("pk", filter=Q(is_done=True)),
            late=Count("pk", filter=Q(is_done=False, due_on__lt=on)),
            first=Min("due_on"),
            waiting=Min("due_on", filter=Q(is_done=False)),
        )
    )
    steps = [
        Step(row["item"], TITLES[row["item"]], row["waiting"] or row["first"], row["done"], row["offices"], row["late"])
        for row in rows
    ]
    return sorted(steps, key=lambda step: item_order(step.item))


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
