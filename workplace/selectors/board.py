"""The month's board: districts by items of the regulation, and the month in five figures."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from offices.models import Office
from workplace.selectors.board_facts import ZERO, OfficeFacts, facts_of, terms_of
from workplace.selectors.board_states import Cell, cell_of

BEFORE_THE_BOARD, PAYMENT = "3.4", "3.15"
LATE, BY_NAME, BY_FILES, BY_SIZE = "late", "name", "files", "size"
SORTS = {
    LATE: "Сначала отстающие",
    BY_NAME: "По алфавиту",
    BY_FILES: "По недостающим файлам",
    BY_SIZE: "По числу получателей",
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the regulation that every district has; `doer` is the kind of office that finishes it."""

    code: str
    title: str
    doer: str = Office.Kind.DISTRICT

    @property
    def heading(self) -> str:
        return f"п. {self.code} · {self.title}"


ITEMS = (
    Item("3.5", "Изменения от отделов"),
    Item("3.6", "Реестры районов", Office.Kind.PAYMENTS),
    Item("3.7", "Передача реестров", Office.Kind.PAYMENTS),
    Item("3.8", "Файлы поставщикам"),
    Item("3.9", "Файлы получены"),
    Item("3.10", "Сведения проверены"),
    Item("3.11", "Загружено в расчёт"),
    Item("3.12", "Рассчитано, передано"),
    Item("3.13", "Проверка департамента", Office.Kind.SUBSIDIES),
)
ITEM_BY_CODE = {item.code: item for item in ITEMS}


@dataclass(frozen=True, slots=True)
class Column:
    """An item over all districts: its first and last term, and whether the term runs today."""

    item: Item
    first_due: dt.date | None
    last_due: dt.date | None
    is_today: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A district's month: a cell for each item, in the order of the regulation."""

    office: Office
    cells: tuple[Cell, ...]
    facts: OfficeFacts

    @property
    def name(self) -> str:
        """Name the district shortly, for a narrow column: «Рославльский», «г. Смоленск»."""
        return district_name(self.office).removesuffix(" район").replace("город ", "г. ")

    @property
    def late(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_late)

    @property
    def days_late(self) -> int:
        return max((cell.days_late for cell in self.cells), default=0)

    @property
    def missing_files(self) -> int:
        return self.facts.files.asked - self.facts.files.taken

    @property
    def blocker(self) -> Cell | None:
        """Return the earliest late item: what the others wait for."""
        return next(iter(self.late), None)

    def cell(self, item: str) -> Cell:
        """Return the cell of an item."""
        return next(cell for cell in self.cells if cell.item == item)


@dataclass(frozen=True, slots=True)
class Figures:
    """The month in five figures over the districts shown; sums are in roubles of the equivalent.

    `year_ago` is the sum of the same districts a year before, None unless all that are calculated now had one.
    """

    late_steps: int
    late_offices: int
    oldest_days: int
    files_asked: int
    files_taken: int
    submitted: int
    offices: int
    submit_by: dt.date | None
    accrued: Decimal
    accrued_to: int
    year_ago: Decimal | None
    pay_on: dt.date | None

    @property
    def files_missing(self) -> int:
        return self.files_asked - self.files_taken

    @property
    def files_share(self) -> Decimal | None:
        """Return the per cent of files that came, to one place, rounded down so that 100 means all."""
        if not self.files_asked:
            return None
        return Decimal(self.files_taken * 1000 // self.files_asked) / 10


@dataclass(frozen=True, slots=True)
class Board:
    """The board as it is shown on a day."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    figures: Figures
    is_planned: bool

    @property
    def late(self) -> list[Row]:
        return [row for row in self.rows if row.late]


def board_of(*, offices: Collection[Office], month: dt.date, today: dt.date, sort: str = LATE) -> Board:
    """Show the month of the offices on a day; five queries, however many offices."""
    facts, terms = facts_of(offices=offices, month=month), terms_of(offices=offices, month=month)
    rows = [
        Row(
            office,
            tuple(
                cell_of(item=item.code, facts=facts[office.pk], due_on=terms.get((office.pk, item.code)), today=today)
                for item in ITEMS
            ),
            facts[office.pk],
        )
        for office in offices
    ]
    return Board(
        columns=tuple(_columns(terms, today)),
        rows=tuple(sorted_rows(rows, sort)),
        figures=_figures(rows, terms),
        is_planned=bool(terms),
    )


def sorted_rows(rows: Sequence[Row], sort: str) -> list[Row]:
    """Sort the districts: the longest late first, by name, by files that did not come, or by recipients."""
    by_name = sorted(rows, key=lambda row: (_name(row), row.office.pk))
    if sort == BY_FILES:
        return sorted(by_name, key=lambda row: -row.missing_files)
    if sort == BY_SIZE:
        return sorted(by_name, key=lambda row: -row.facts.register_rows)
    if sort == BY_NAME:
        return by_name
    return sorted(by_name, key=lambda row: (-row.days_late, -len(row.late), -row.missing_files))


def district_name(office: Office) -> str:
    """Name the district of an office; an office without one by its own name."""
    return office.district.name if office.district else office.name


def _name(row: Row) -> str:
    return district_name(row.office).removeprefix("город ").lower().replace("ё", "е")


def _columns(terms: dict[tuple[int, str], dt.date], today: dt.date) -> list[Column]:
    days: dict[str, list[dt.date]] = {}
    for (_, code), due in terms.items():
        days.setdefault(code, []).append(due)
    columns, begins = [], min(days.get(BEFORE_THE_BOARD, []), default=None)
    for item in ITEMS:
        planned = days.get(item.code, [])
        first, last = min(planned, default=None), max(planned, default=None)
        runs = first is not None and last is not None and (begins or first) <= today <= last
        columns.append(Column(item, first, last, runs))
        begins = first
    return columns


def _figures(rows: Sequence[Row], terms: dict[tuple[int, str], dt.date]) -> Figures:
    done = [row.facts for row in rows if row.facts.run_status in {"calculated", "submitted", "approved"}]
    before = [facts.year_ago for facts in done]
    return Figures(
        late_steps=sum(len(row.late) for row in rows),
        late_offices=sum(bool(row.late) for row in rows),
        oldest_days=max((row.days_late for row in rows), default=0),
        files_asked=sum(row.facts.files.asked for row in rows),
        files_taken=sum(row.facts.files.taken for row in rows),
        submitted=sum(row.facts.run_status in {"submitted", "approved"} for row in rows),
        offices=len(rows),
        submit_by=max((due for (_, item), due in terms.items() if item == "3.12"), default=None),
        accrued=sum((facts.accrued for facts in done), ZERO),
        accrued_to=sum(facts.accrued_to for facts in done),
        year_ago=sum((sum_ for sum_ in before if sum_ is not None), ZERO) if before and None not in before else None,
        pay_on=max((due for (_, item), due in terms.items() if item == PAYMENT), default=None),
    )
