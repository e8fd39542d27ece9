"""The directories of a month with changes laid over them in memory; the database is not asked and not written."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, TypeVar

from calculations.inputs.changes import Change, NormChange, ParameterChange, TariffChange
from calculations.inputs.prices import Directories
from offices.months import next_month
from providers.in_force import REGION, NormRow, Scope, TariffRow, norms_of, tariffs_of

INVENTED: Final = 0
"""The id of a row that stands in no directory."""
ACT: Final = "репетиция"
_PERCENT: Final = Decimal(100)
Row = TypeVar("Row", TariffRow, NormRow)


@dataclass(frozen=True, slots=True)
class Rows:
    """The tariffs and norms of a month before they are arranged for looking up."""

    month: dt.date
    tariffs: tuple[TariffRow, ...]
    norms: tuple[NormRow, ...]

    @classmethod
    def of(cls, directories: Directories) -> "Rows":
        """Take the rows out of directories."""
        return cls(
            directories.month,
            tuple(row for rows in directories.tariffs.rows.values() for row in rows),
            tuple(row for rows in directories.norms.rows.values() for row in rows),
        )

    def arranged(self) -> Directories:
        """Arrange the rows for looking up."""
        return Directories(self.month, tariffs_of(self.month, self.tariffs), norms_of(self.month, self.norms))


def changed_rows(rows: Rows, changes: Iterable[Change]) -> Rows:
    """Lay changes over the rows; a parameter changes none."""
    for change in changes:
        match change:
            case TariffChange():
                rows = replace(rows, tariffs=_tariffs(rows, change))
            case NormChange():
                rows = replace(rows, norms=_norms(rows, change))
            case ParameterChange():
                continue
    return rows


def with_tariff(rows: Rows, row: TariffRow) -> Rows:
    """Take a row into the directory; those of its scope and variant give way on its days."""
    return replace(rows, tariffs=_instead(rows.tariffs, row, _tariff_key))


def with_norm(rows: Rows, row: NormRow) -> Rows:
    """Take a row into the directory; those of its scope and shape give way on its days."""
    return replace(rows, norms=_instead(rows.norms, row, _norm_key))


def _tariffs(rows: Rows, change: TariffChange) -> tuple[TariffRow, ...]:
    if change.percent is not None:
        times = 1 + change.percent / _PERCENT
        return _mapped(rows.tariffs, change, lambda row: replace(row, price=row.price * times))
    price = change.price
    assert price is not None, "a change names a price or a percent"
    if any(_is_meant(row, change) for row in rows.tariffs):
        return _mapped(rows.tariffs, change, lambda row: replace(row, price=price))
    made = TariffRow(
        id=INVENTED, service=change.service, scope=change.scope or REGION, variant="", price=price, act=ACT,
        is_assumed=False, starts=rows.month, ends=next_month(rows.month),
    )  # fmt: skip
    return (*rows.tariffs, made)


def _norms(rows: Rows, change: NormChange) -> tuple[NormRow, ...]:
    if change.percent is not None:
        times = 1 + change.percent / _PERCENT
        return _mapped(rows.norms, change, lambda row: replace(row, amount=row.amount * times))
    amount = change.amount
    assert amount is not None, "a change names an amount or a percent"
    if any(_is_meant(row, change) for row in rows.norms):
        return _mapped(rows.norms, change, lambda row: replace(row, amount=amount))
    made = NormRow(
        id=INVENTED, service=change.service, scope=change.scope or REGION, basis=change.basis, rooms=None,
        persons=None, stove="", dwelling_kind="", amenities="", amount=amount, act=ACT, is_assumed=False,
        starts=rows.month, ends=next_month(rows.month),
    )  # fmt: skip
    return (*rows.norms, made)


def _mapped(rows: tuple[Row, ...], change: TariffChange | NormChange, made: Callable[[Row], Row]) -> tuple[Row, ...]:
    return tuple(made(row) if _is_meant(row, change) else row for row in rows)


def _is_meant(row: TariffRow | NormRow, change: TariffChange | NormChange) -> bool:
    return row.service == change.service and change.scope in (None, row.scope)


def _tariff_key(row: TariffRow) -> tuple[str, Scope, str]:
    return row.service, row.scope, row.variant


def _norm_key(row: NormRow) -> tuple[object, ...]:
    return row.service, row.scope, row.rooms, row.persons, row.stove, row.dwelling_kind, row.amenities


def _instead(rows: tuple[Row, ...], taken: Row, key: Callable[[Row], object]) -> tuple[Row, ...]:
    kept = []
    for row in rows:
        if key(row) != key(taken) or row.ends <= taken.starts or row.starts >= taken.ends:
            kept.append(row)
            continue
        if row.starts < taken.starts:
            kept.append(replace(row, ends=taken.starts))
        if row.ends > taken.ends:
            kept.append(replace(row, starts=taken.ends))
    kept.append(taken)
    return tuple(kept)
