"""A run's accruals beside those of the month before: who deviates, who is new, who is gone (3.12, 3.13.1)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Abs, Coalesce

from calculations.models import Accrual, CalculationRun
from offices.months import shift_month
from workplace.selectors.runs.percents import signed_percent

ZERO: Final = Decimal("0.00")
ROWS: Final = 50
Status = CalculationRun.Status
_NAME: Final = ("recipient__person__last_name", "recipient__person__first_name", "recipient__person__middle_name")
_FIELDS: Final = (
    "accrual_id", "entitlement_id", "recipient_id", "last_name", "first_name", "middle_name", "case_number", "category",
    "accrued", "lines", "previous",
)  # fmt: skip
_ROW: Final = (
    "pk", "entitlement_id", "recipient_id", *_NAME, "recipient__case_number", "entitlement__category", "accrued",
    "lines", "previous", "is_known",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """An accrual of a run and the approved one of the month before, in roubles; None where there was none.

    `is_new` says that the right was never accrued in an approved run before.
    """

    accrual_id: int
    entitlement_id: int
    recipient_id: int
    last_name: str
    first_name: str
    middle_name: str
    case_number: str
    category: str
    accrued: Decimal
    lines: int
    previous: Decimal | None
    is_new: bool

    @property
    def difference(self) -> Decimal:
        return self.accrued - (self.previous or ZERO)

    @property
    def percent(self) -> str:
        """The difference in whole per cent of the month before, a dash of nothing."""
        return signed_percent(self.difference, of=self.previous or ZERO, places=0)


@dataclass(frozen=True, slots=True)
class Counters:
    """How many accruals each tab of a run holds; `withheld` and `gone` are counted elsewhere."""

    accrued: int
    deviating: int
    new: int
    nothing: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list and the id after which the next ones begin; None after the last."""

    rows: tuple[Compared, ...]
    following: int | None


def compared(run: CalculationRun, /) -> QuerySet[Any]:
    """Return the run's accruals with `previous` (the month before's approved sum) and `is_known`.

    The same comparison the department's review starts from (`calculations.selectors.review_queue`).
    """
    approved = Accrual.objects.filter(entitlement=OuterRef("entitlement"), run__status=Status.APPROVED)
    before = approved.filter(month=shift_month(run.month, -1))
    return run.accruals.annotate(
        previous=Subquery(before.values("accrued")[:1]),
        is_known=Exists(approved.filter(month__lt=run.month)),
    )


def deviating(percent: Decimal) -> Q:
    """Give the condition that an accrual of a known right differs from the month before beyond the per cent."""
    before = Coalesce("previous", ZERO)
    return Q(is_known=True, deviation__gt=before * percent)


def counters(run: CalculationRun, /, *, percent: Decimal) -> Counters:
    """Count the accruals of each tab in one query."""
    rows = _with_deviation(compared(run))
    found = rows.aggregate(
        with_sum=Count("pk", filter=Q(accrued__gt=0)),
        beyond=Count("pk", filter=deviating(percent)),
        first=Count("pk", filter=Q(is_known=False)),
        zero=Count("pk", filter=Q(accrued=0)),
    )
    return Counters(accrued=found["with_sum"], deviating=found["beyond"], new=found["first"], nothing=found["zero"])


def accrued_rows(run: CalculationRun, /, *, surname: str = "", after: int | None = None, most: int = ROWS) -> Page:
    """Return who was accrued something, by name; a page begins after the accrual `after`."""
    rows = compared(run).filter(accrued__gt=0)
    if surname:
        rows = rows.filter(recipient__person__last_name__istartswith=surname)
    return _by_name(rows, after, most)


def every_row(run: CalculationRun, /, *, after: int | None = None, most: int = ROWS) -> Page:
    """Return every accrual of the run by name, those of nothing too."""
    return _by_name(compared(run), after, most)


def new_rows(run: CalculationRun, /, *, after: int | None = None, most: int = ROWS) -> Page:
    """Return the rights accrued for the first time, by name."""
    return _by_name(compared(run).filter(is_known=False), after, most)


def deviating_rows(run: CalculationRun, /, *, percent: Decimal, after: int | None = None, most: int = ROWS) -> Page:
    """Return the accruals that deviate beyond the per cent, the largest difference first."""
    rows = _with_deviation(compared(run)).filter(deviating(percent)).annotate(size=Abs(_difference()))
    if after is not None:
        last = rows.filter(pk=after).values_list("size", flat=True).first()
        if last is not None:
            rows = rows.filter(Q(size__lt=last) | Q(size=last, pk__gt=after))
    return _page(rows.order_by("-size", "pk"), most)


@dataclass(frozen=True, slots=True)
class Gone:
    """A right accrued in the office's approved run of the month before and not in this one; `accrued` is the old sum.

    `ended_on` is the last day of the right, inclusive, where it has ended.
    """

    recipient_id: int
    last_name: str
    first_name: str
    middle_name: str
    case_number: str
    accrued: Decimal
    ended_on: dt.date | None
    office_now: str


def gone(run: CalculationRun, /) -> QuerySet[Any]:
    """Return the accruals of the office's approved run of the month before whose right this run does not have."""
    here = Accrual.objects.filter(run=run, entitlement=OuterRef("entitlement"))
    return Accrual.objects.filter(
        ~Exists(here),
        run__status=Status.APPROVED,
        office=run.office_id,
        month=shift_month(run.month, -1),
    )


def gone_rows(run: CalculationRun, /, *, most: int = 200) -> list[Gone]:
    """Return who is gone since the month before, by name, at most `most`."""
    rows = gone(run).order_by(*_NAME, "pk")[:most]
    facts = (
        "recipient_id", *_NAME, "recipient__case_number", "accrued", "entitlement__valid_to", "recipient__office__name"
    )  # fmt: skip
    return [_gone(run, *row) for row in rows.values_list(*facts, "recipient__office_id")]


def previous_run(run: CalculationRun, /) -> CalculationRun | None:
    """Return the office's approved run of the month before."""
    found: CalculationRun | None = CalculationRun.objects.filter(
        office=run.office_id, month=shift_month(run.month, -1), status=Status.APPROVED
    ).first()
    return found


def rows_of(run: CalculationRun, accrual_ids: Sequence[int], /) -> list[Compared]:
    """Return the accruals named, in the order of the ids; an id of another run is left out."""
    found = {row.accrual_id: row for row in _read(compared(run).filter(pk__in=accrual_ids))}
    return [found[pk] for pk in accrual_ids if pk in found]


def _difference() -> Any:
    return F("accrued") - Coalesce("previous", ZERO)


def _with_deviation(rows: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(deviation=Abs(_difference()) * 100)
    return found


def _by_name(rows: QuerySet[Any], after: int | None, most: int) -> Page:
    if after is not None:
        last = Accrual.objects.filter(pk=after).values_list(*_NAME).first()
        if last is not None:
            rows = rows.filter(_after(last, after))
    return _page(rows.order_by(*_NAME, "pk"), most)


def _after(last: Sequence[str], pk: int) -> Q:
    """Give the condition of standing after a row in the order of names; the database compares."""
    condition = Q(pk__gt=pk)
    for name, value in zip(reversed(_NAME), reversed(last), strict=True):
        condition = Q(**{f"{name}__gt": value}) | Q(**{name: value}) & condition
    return condition


def _page(rows: QuerySet[Any], most: int) -> Page:
    found = _read(rows[: most + 1])
    shown = tuple(found[:most])
    return Page(shown, shown[-1].accrual_id if len(found) > most else None)


def _read(rows: QuerySet[Any]) -> list[Compared]:
    return [
        Compared(**dict(zip(_FIELDS, row[:-1], strict=True)), is_new=not row[-1]) for row in rows.values_list(*_ROW)
    ]


def _gone(run: CalculationRun, *facts: Any) -> Gone:
    recipient_id, last, first, middle, case_number, accrued, valid_to, office, office_id = facts
    return Gone(
        recipient_id=recipient_id,
        last_name=last,
        first_name=first,
        middle_name=middle,
        case_number=case_number,
        accrued=accrued,
        ended_on=valid_to - dt.timedelta(days=1) if valid_to is not None else None,
        office_now=office if office_id != run.office_id else "",
    )
