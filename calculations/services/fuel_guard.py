"""The guard on norms of sale and prices of fuel: a row counts once another person has seen what applications it moves.

A norm or price is that of the day of application (2.4.3, 2.4.4), and what was assigned by a decision stays as it is: so
nothing is recalculated, and a row of the future is shown on the applications of the year before it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from calculations.inputs.fuel_recounted import recounted
from calculations.models import FuelAssignment, FuelItem
from calculations.rules.faults import LineFault
from calculations.rules.fuel import FuelFault
from calculations.services.guard import Kind, NotSeenYet
from offices.models import Staff
from offices.months import month_of, shift_month
from providers.fuel_in_force import takes_the_place_of
from providers.in_force import Place
from providers.models import FuelPrice, SaleNorm
from providers.services import fuel_directories as directories

FUEL_PRICE: Final = Kind(
    "fuel-price",
    FuelPrice,
    lambda pk, by, at: directories.confirm_fuel_price(price_id=pk, by=by, at=at),
    lambda pk, reason, by, at: directories.refuse_fuel_price(price_id=pk, reason=reason, by=by, at=at),
    cause="",
    reprices=False,
)
SALE_NORM: Final = Kind(
    "sale-norm",
    SaleNorm,
    lambda pk, by, at: directories.confirm_sale_norm(norm_id=pk, by=by, at=at),
    lambda pk, reason, by, at: directories.refuse_sale_norm(norm_id=pk, reason=reason, by=by, at=at),
    cause="",
    reprices=False,
)
FUEL_KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in (FUEL_PRICE, SALE_NORM)}
Row = FuelPrice | SaleNorm


@dataclass(frozen=True, slots=True)
class FuelDifference:
    """An application as it was counted and as the row would have it, in roubles; None where it cannot be counted so."""

    assignment: FuelAssignment
    before: Decimal
    after: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class FuelEffect:
    """What a row does to applications: to those of its own days, or (`is_foreseen`) to those of the year before them."""

    differences: tuple[FuelDifference, ...]
    is_foreseen: bool

    @property
    def before(self) -> Decimal:
        """What was assigned by the applications that the row can count, in roubles."""
        return sum((one.before for one in self.differences if one.after is not None), Decimal("0.00"))

    @property
    def after(self) -> Decimal:
        """What they would come to by the row, in roubles."""
        return sum((one.after for one in self.differences if one.after is not None), Decimal("0.00"))

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def impossible(self) -> int:
        return sum(one.after is None for one in self.differences)

    @property
    def recipients(self) -> int:
        """How many recipients' sums change or cannot be counted."""
        return len({one.assignment.recipient_id for one in self.differences if one.difference != 0})

    @property
    def mark(self) -> str:
        """What was seen, to be sent back with the decision."""
        return f"{len(self.differences)} {self.difference} {self.impossible}"


def fuel_effects(rows: Sequence[Row], /) -> list[FuelEffect]:
    """Return what each row in waiting does; one query for all of them."""
    if not rows:
        return []
    items = list(_items(rows))
    return [_effect(row, [one for one in items if _is_moved(row, one)]) for row in rows]


@transaction.atomic
def confirm_fuel_row(*, kind: Kind, row_id: int, seen: str, by: Staff, at: dt.datetime) -> Any:
    """Put a row into force that another person entered; `seen` is the mark of the effect that was shown.

    Raises NotSeenYet and the refusals of the directory.
    """
    row = kind.model._default_manager.select_for_update(of=("self",)).get(pk=row_id)
    (effect,) = fuel_effects([row])  # type: ignore[list-item]
    if effect.mark != seen:
        raise NotSeenYet(
            "Пока строку смотрели, появились другие заявления: проверьте, кого она касается, и решите снова."
        )
    return kind.confirm(row_id, by, at)


def _items(rows: Sequence[Row]) -> Iterator[FuelItem]:
    """Read the fuels of the applications, not refused, that any of the rows may move."""
    return (
        FuelItem.objects.filter(
            fuel__in={row.fuel for row in rows},
            assignment__application__received_on__gte=min(_year_before(row.valid_from) for row in rows),
        )
        .exclude(assignment__status=FuelAssignment.Status.WITHDRAWN)
        .select_related(
            "price", "norm", "assignment__application", "assignment__recipient__person", "assignment__office__district",
            "assignment__dwelling__address__street",
        )
        .order_by("assignment__application__received_on", "pk")
        .iterator()
    )  # fmt: skip


def _is_moved(row: Row, item: FuelItem) -> bool:
    former = item.price if isinstance(row, FuelPrice) else item.norm
    if item.fuel != row.fuel or former is None:
        return False
    dwelling = item.assignment.dwelling
    place = Place(settlement_id=dwelling.address.street.settlement_id, district_id=dwelling.district_id)
    return takes_the_place_of(row, former, place=place)


def _effect(row: Row, items: Iterable[FuelItem]) -> FuelEffect:
    by_day = [(one.assignment.application.received_on, one.assignment) for one in items]
    touched = [of for day, of in by_day if row.is_valid_on(day)]
    foreseen = [of for day, of in by_day if _year_before(row.valid_from) <= day < row.valid_from]
    return FuelEffect(tuple(_difference(row, one) for one in touched or foreseen), is_foreseen=not touched)


def _difference(row: Row, assignment: FuelAssignment) -> FuelDifference:
    try:
        after = recounted(assignment.rule, assignment.rule_version, assignment.inputs, row=row)
    except (FuelFault, LineFault):
        return FuelDifference(assignment, assignment.amount, None)
    return FuelDifference(assignment, assignment.amount, after)


def _year_before(day: dt.date) -> dt.date:
    return shift_month(month_of(day), -12)
