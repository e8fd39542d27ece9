"""Which norm of sale and which price of a fuel count for a dwelling on a day: the narrowest scope wins."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet

from providers.in_force import Place, Scope
from providers.models import FuelPrice, SaleNorm

_WIDTH: Final = ("provider", "settlement", "district", "region")


def sale_norm_on(*, fuel: str, place: Place, day: dt.date) -> SaleNorm | None:
    """Return the confirmed norm of sale of a fuel for a dwelling there, None where there is none."""
    found: SaleNorm | None = _narrowest(SaleNorm.objects.all(), fuel, place, day)
    return found


def fuel_price_on(*, fuel: str, place: Place, day: dt.date) -> FuelPrice | None:
    """Return the confirmed price of a fuel's unit or of a cylinder there, None where there is none."""
    found: FuelPrice | None = _narrowest(FuelPrice.objects.all(), fuel, place, day)
    return found


def takes_the_place_of(row: SaleNorm | FuelPrice, former: SaleNorm | FuelPrice, *, place: Place) -> bool:
    """Say whether a row counts for a dwelling there before one that counted: it is for the place and no wider."""
    return _scope(row) in place.scopes and _WIDTH.index(_scope(row).kind) <= _WIDTH.index(_scope(former).kind)


def _narrowest(rows: "QuerySet[Any]", fuel: str, place: Place, day: dt.date) -> Any:
    standing = rows.valid_on(day).filter(fuel=fuel, confirmed_at__isnull=False).select_related("decree")  # type: ignore[attr-defined]
    fitting = {scope: row for row in standing for scope in [_scope(row)] if scope in place.scopes}
    return min(fitting.items(), key=lambda found: _WIDTH.index(found[0].kind), default=(None, None))[1]


def _scope(row: SaleNorm | FuelPrice) -> Scope:
    for kind in _WIDTH[:-1]:
        pk = getattr(row, f"{kind}_id")
        if pk is not None:
            return Scope(kind, pk)
    return Scope(_WIDTH[-1])
