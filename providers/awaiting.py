"""Rows of the directories that wait for a second person, and the rows they are to follow.

Entering a row ends the former one at once, so while it waits its days have no row in force. Here the former one can be
read as if nothing had been entered, and the new one as if it were confirmed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from offices.dated import DatedQuerySet
from offices.months import next_month
from providers.in_force import NormRow, TariffRow
from providers.models import ConsumptionNorm, FuelPrice, SaleNorm, Tariff
from providers.selectors import norm_rows, tariff_rows

SCOPE: Final = ("service_id", "provider_id", "district_id", "settlement_id")
TARIFF_KEY: Final = (*SCOPE, "variant")
FUEL_KEY: Final = (*SCOPE, "fuel")
NORM_KEY: Final = (*SCOPE, "rooms", "persons", "stove", "dwelling_kind", "amenities")
KEYS: Final[Mapping[Any, tuple[str, ...]]] = {
    Tariff: TARIFF_KEY,
    ConsumptionNorm: NORM_KEY,
    SaleNorm: FUEL_KEY,
    FuelPrice: FUEL_KEY,
}
"""What makes rows of a directory follow one another."""


def awaiting(model: type[Tariff] | type[ConsumptionNorm]) -> DatedQuerySet:
    """Return the rows of a directory that nobody has confirmed or refused, the first entered first."""
    rows: DatedQuerySet = model._default_manager.filter(confirmed_at__isnull=True, refused_at__isnull=True)
    return rows.order_by("pk")


def tariffs_as_before(*, month: dt.date) -> list[TariffRow]:
    """Return the former tariffs on the days of the month that rows in waiting have taken from them."""
    return [
        one
        for row, former in _cut_short(Tariff, month)
        for one in tariff_rows(
            Tariff.objects.filter(pk=former.pk), month=month, starts=row.valid_from, ends=row.valid_to
        )
    ]


def norms_as_before(*, month: dt.date) -> list[NormRow]:
    """Return the former norms on the days of the month that rows in waiting have taken from them."""
    return [
        one
        for row, former in _cut_short(ConsumptionNorm, month)
        for one in norm_rows(
            ConsumptionNorm.objects.filter(pk=former.pk), month=month, starts=row.valid_from, ends=row.valid_to
        )
    ]


def _cut_short(model: Any, month: dt.date) -> list[tuple[Any, Any]]:
    """Return the rows in waiting that touch the month, each with the confirmed row before it."""
    waiting = list(awaiting(model).touching(month, next_month(month)))
    formers = formers_of(model, waiting)
    return [(row, formers[row.pk]) for row in waiting if row.pk in formers]


def formers_of(model: Any, waiting: Sequence[Any], /) -> dict[int, Any]:
    """Return, by row, the confirmed row that each one follows, none where it is the first of its scope; one query."""
    if not waiting:
        return {}
    ended = model._default_manager.filter(
        service__in={row.service_id for row in waiting}, valid_to__isnull=False, refused_at__isnull=True
    )
    return formers_among(ended, waiting, names=KEYS[model])


def formers_among(rows: Iterable[Any], waiting: Sequence[Any], /, *, names: tuple[str, ...]) -> dict[int, Any]:
    """Return, by row in waiting, the confirmed one of `rows` that it follows; `names` make rows follow one another.

    `rows` hold what was not refused and has ended: rows in waiting may stand between, the former one is before them.
    """
    alike: dict[tuple[object, ...], dict[dt.date, Any]] = defaultdict(dict)
    for row in rows:
        if row.valid_to is not None:
            alike[_key(row, names)][row.valid_to] = row
    found = {}
    for row in waiting:
        former = alike[_key(row, names)].get(row.valid_from)
        while former is not None and former.confirmed_at is None:
            former = alike[_key(row, names)].get(former.valid_from)
        if former is not None:
            found[row.pk] = former
    return found


def _key(row: Any, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)
