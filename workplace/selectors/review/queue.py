"""One run under review: its chips, its rows with verdicts, and what keeps it from being accepted (3.13.1 б)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.models import CalculationRun, ReviewDecision
from calculations.selectors import ReviewItem, review_queue
from offices.money import choose_form, format_number
from workplace.selectors.review.region import Reviewed
from workplace.selectors.runs import comparison
from workplace.selectors.runs.causes import Why, why
from workplace.selectors.runs.comparison import Compared

ROWS: Final = 50
ZERO: Final = Decimal("0.00")
Cause = ReviewDecision.Cause
Verdict = ReviewDecision.Verdict
NEW, DEVIATION, SAMPLE, REMARKS, EVERY = Cause.NEW.value, Cause.DEVIATION.value, Cause.SAMPLE.value, "remarks", "all"
MANDATORY: Final = (NEW, DEVIATION, SAMPLE)
CHIPS: Final = (*MANDATORY, REMARKS, EVERY)
_LEFT: Final = {
    NEW: ("новое назначение", "новых назначения", "новых назначений"),
    DEVIATION: ("отклонение", "отклонения", "отклонений"),
    SAMPLE: ("строка выборки", "строки выборки", "строк выборки"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What the verifier said of one accrual; `note` is what is wrong."""

    verdict: str
    note: str
    reviewer: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An accrual in the verifier's table; `cause` is empty where it need not be reviewed."""

    compared: Compared
    why: Why
    cause: str
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Rows of a chip and the accrual after which the next ones begin; None after the last."""

    rows: tuple[ReviewRow, ...]
    following: int | None


class Queue:
    """The accruals of one run that are to be reviewed, read once for a page."""

    def __init__(self, run: CalculationRun) -> None:
        self.run = run
        self.items = review_queue(run.pk)
        self.by_accrual: Mapping[int, ReviewItem] = {item.accrual_id: item for item in self.items}

    def reviewed(self, cause: str) -> Reviewed:
        """Count the accruals of a cause and those of them that have a verdict."""
        items = [item for item in self.items if item.cause == cause]
        return Reviewed(sum(bool(item.verdict) for item in items), len(items))

    @property
    def wrong(self) -> int:
        return sum(item.verdict == Verdict.WRONG for item in self.items)

    @property
    def left(self) -> int:
        return sum(not item.verdict for item in self.items)

    def obstacle(self) -> str:
        """Say what keeps the district from being accepted; empty where nothing does."""
        left = [(cause, self.reviewed(cause).left) for cause in MANDATORY]
        named = [
            f"{format_number(count, places=0)} {choose_form(count, _LEFT[cause])}" for cause, count in left if count
        ]
        if named:
            return f"не проверено: {', '.join(named)}"
        if self.wrong:
            notes = choose_form(self.wrong, ("замечание", "замечания", "замечаний"))
            return f"есть {self.wrong} {notes}: район можно только вернуть"
        return ""

    def ids(self, chip: str) -> list[int]:
        """Return the accruals of a chip in the order they are shown: deviations by size, the others as calculated."""
        if chip == REMARKS:
            return [item.accrual_id for item in self.items if item.verdict == Verdict.WRONG]
        found = [item for item in self.items if item.cause == chip]
        if chip == DEVIATION:
            found.sort(key=lambda item: (-abs(item.accrued - (item.previous or ZERO)), item.accrual_id))
        return [item.accrual_id for item in found]


def page_of(queue: Queue, /, *, chip: str, after: int | None = None, most: int = ROWS) -> ReviewPage:
    """Return a page of a chip's rows with their main causes and verdicts; six queries for any number of rows."""
    if chip == EVERY:
        found = comparison.every_row(queue.run, after=after, most=most)
        return ReviewPage(tuple(_rows(queue, found.rows)), found.following)
    ids = queue.ids(chip)
    start = ids.index(after) + 1 if after in ids else 0
    shown = ids[start : start + most]
    rows = comparison.rows_of(queue.run, shown)
    return ReviewPage(tuple(_rows(queue, rows)), shown[-1] if start + most < len(ids) else None)


def row_of(queue: Queue, accrual_id: int, /) -> ReviewRow | None:
    """Return one row; None where the run has no such accrual."""
    return next(iter(_rows(queue, comparison.rows_of(queue.run, [accrual_id]))), None)


def _rows(queue: Queue, rows: Sequence[Compared]) -> list[ReviewRow]:
    causes = why(queue.run, rows)
    decided = {
        one.accrual_id: Decided(one.verdict, one.note, str(one.reviewed_by), one.reviewed_at)
        for one in ReviewDecision.objects.filter(accrual__in=[row.accrual_id for row in rows]).select_related(
            "reviewed_by"
        )
    }
    items = queue.by_accrual
    return [
        ReviewRow(
            row,
            causes[row.accrual_id],
            items[row.accrual_id].cause if row.accrual_id in items else "",
            decided.get(row.accrual_id),
        )
        for row in rows
    ]
