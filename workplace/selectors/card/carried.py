"""What of a month's sum is taken back for earlier months, and what is put off to the next ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.models import Accrual
from offices.money import format_roubles
from workplace.selectors.card.service_row import Made, ServiceRow

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Carried:
    """Roubles by which carrying over changes the sum of the lines: below zero what is taken back.

    `change` is how much more than the month before; `sentence` says what was taken and what is left to take.
    """

    now: Decimal
    change: Decimal
    sentence: str


def carried_of(accruals: Sequence[Accrual], former: Sequence[Accrual]) -> Carried:
    """Sum what the accruals of a month take back and carry over; `former` are those of the month before."""
    now, before = _sum(accruals), _sum(former)
    taken = sum((one.carried_in for one in accruals), ZERO)
    left = sum((one.carried_out for one in accruals), ZERO)
    told = []
    if taken:
        told.append(f"К удержанию с прошлых месяцев: {format_roubles(taken)}.")
    if left:
        told.append(f"Осталось удержать в следующих месяцах: {format_roubles(left)}.")
    return Carried(now, now - before, " ".join(told) or "В прошлом месяце удерживали, в этом нет.")


def carried_row(carried: Carried, *, is_compared: bool) -> Iterator[Made]:
    """Give the row of what is carried over, where something is now or was the month before."""
    if not (carried.now or (is_compared and carried.change)):
        return
    yield Made(
        ServiceRow(
            title="Удержание по прошлым месяцам",
            provider="",
            quantity="",
            billed=None,
            recalculated=ZERO,
            accepted=ZERO,
            accrued=carried.now,
            change=carried.change if is_compared else None,
            tags=(),
            why_not=carried.sentence,
            advice="",
            explained=(),
            sources=(),
        ),
        None,
    )


def _sum(accruals: Sequence[Accrual]) -> Decimal:
    return sum((one.carried_out - one.carried_in for one in accruals), ZERO)
