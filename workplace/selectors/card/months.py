"""The months of a card: what was accrued in each and what became of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from calculations.models import Accrual, CalculationRun
from offices.calendar import day_of
from offices.months import next_month
from payments.models import PaymentLine, ReturnedPayment
from recipients.models import Recipient
from workplace.selectors.card.identity import Right, State

Status = CalculationRun.Status
LineStatus = PaymentLine.Status
ZERO: Final = Decimal("0.00")
BAR: Final = 92
"""Length of the longest bar, in pixels."""

_RUNS: Final[Mapping[str, State]] = {
    Status.DRAFT: State("run", "рассчитывается"),
    Status.CALCULATED: State("run", "рассчитано"),
    Status.SUBMITTED: State("wait", "на проверке"),
    Status.RETURNED: State("warn", "расчёт возвращён"),
    Status.APPROVED: State("run", "ждёт выплаты"),
}
_LINES: Final[Mapping[str, State]] = {
    LineStatus.LISTED: State("run", "в списке на выплату"),
    LineStatus.REGISTERED: State("run", "в реестре"),
    LineStatus.SENT: State("run", "отправлено"),
}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the list; `accrued` is None where nothing was accrued. `bar` is a length in pixels."""

    month: dt.date
    accrued: Decimal | None
    state: State
    bar: int
    is_quiet: bool
    """A state that needs nobody's attention is written without a tag."""


@dataclass(frozen=True, slots=True)
class YearList:
    """The months of one year, the newest first, with their sum; `years` are those one may turn to."""

    year: int
    years: tuple[int, ...]
    rows: tuple[MonthRow, ...]
    total: Decimal


def accruals_of(recipient: Recipient) -> list[Accrual]:
    """Return what the recipient's rights were worth in every month, the newest first.

    A discarded run is left out, and a returned one where the district calculated anew.
    """
    rows = (
        Accrual.objects.filter(recipient=recipient)
        .exclude(run__status=Status.DISCARDED)
        .select_related(
            "run__started_by", "run__reviewed_by", "run__office", "review__reviewed_by", "entitlement__disabled_person"
        )
        .order_by("-month", "entitlement_id", "-run__number", "pk")
    )
    latest: dict[tuple[dt.date, int], Accrual] = {}
    for row in rows:
        latest.setdefault((row.month, row.entitlement_id), row)
    return list(latest.values())


def lines_to_pay(recipient: Recipient) -> list[PaymentLine]:
    """Return the recipient's lines of payment lists in the order they were made."""
    rows = PaymentLine.objects.filter(recipient=recipient).select_related(
        "accrual", "list", "bank", "post_office", "payee", "entry__register", "returned__reason"
    )
    return list(rows.order_by("accrual__month", "pk"))


def year_list(
    *,
    year: int,
    opened: Iterable[dt.date],
    accruals: Sequence[Accrual],
    lines: Sequence[PaymentLine],
    rights: Sequence[Right],
) -> YearList:
    """List the opened months of a year with what was accrued and paid."""
    months = sorted({*opened, *(one.month for one in accruals)}, reverse=True)
    sums = {month: _sum(accruals, month) for month in months}
    longest = max((value for value in sums.values() if value), default=ZERO)
    rows = tuple(
        _row(month, sums[month], longest, accruals=accruals, lines=lines, rights=rights)
        for month in months
        if month.year == year
    )
    return YearList(
        year=year,
        years=tuple(sorted({month.year for month in months} | {year}, reverse=True)),
        rows=rows,
        total=sum((row.accrued for row in rows if row.accrued), ZERO),
    )


def state_of_month(accruals: Sequence[Accrual], lines: Sequence[PaymentLine]) -> State:
    """Say in words what became of a month's accruals; `lines` are those of the same month."""
    payable = [one for one in accruals if one.accrued]
    if not payable:
        return State("idle", "начислено 0,00")
    states = [_state(one, [line for line in lines if line.accrual_id == one.pk]) for one in payable]
    return max(states, key=lambda state: _URGENCY.index(state.kind))


_URGENCY: Final = ("ok", "idle", "run", "wait", "warn", "error")


def _state(accrual: Accrual, lines: Sequence[PaymentLine]) -> State:
    if not lines:
        return _RUNS[accrual.run.status]
    last = lines[-1]
    former = lines[-2] if len(lines) > 1 else None
    if last.status == LineStatus.PAID:
        word = "возврат, повторно" if former else "выплачено"
        return State("ok", f"{word} {_paid_on(last)}")
    if last.status == LineStatus.RETURNED:
        returned = last.returned
        kind = "warn" if returned.outcome == ReturnedPayment.Outcome.CLOSED else "error"
        return State(kind, f"возврат {returned.returned_on:%d.%m}")
    state = _LINES[last.status]
    return State(state.kind, f"возврат, {state.word} повторно") if former else state


def _paid_on(line: Any) -> str:
    """Tell the day of the answer by which the payment is known."""
    register = getattr(line, "entry", None) and line.entry.register
    moment = register and (register.answered_at or register.released_at)
    return f"{day_of(moment):%d.%m}" if moment else ""


def _row(
    month: dt.date,
    accrued: Decimal | None,
    longest: Decimal,
    *,
    accruals: Sequence[Accrual],
    lines: Sequence[PaymentLine],
    rights: Sequence[Right],
) -> MonthRow:
    if accrued is None:
        state = State("idle", _why_not(month, rights))
    else:
        own = [one for one in accruals if one.month == month]
        state = state_of_month(own, [line for line in lines if line.accrual.month == month])
    bar = int(accrued * BAR / longest) if accrued and longest else 0
    return MonthRow(month, accrued, state, max(bar, 2) if accrued else 0, is_quiet=state.kind in ("ok", "idle"))


def _why_not(month: dt.date, rights: Sequence[Right]) -> str:
    if any(right.touches(month, next_month(month)) for right in rights):
        return "ещё не рассчитано"
    return "нет начисления: права нет"


def _sum(accruals: Sequence[Accrual], month: dt.date) -> Decimal | None:
    own = [one.accrued for one in accruals if one.month == month]
    return sum(own, ZERO) if own else None
