"""Tariffs and norms of the invented region.

Published values come from the dossier's section 6; `is_assumed` marks what was computed or
invented, `note` says how. Periods are half-open. Scope: the region when neither settlement
nor provider is named.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from offices.money import to_kopecks
from workplace.demo.reading import read

NORMS_SINCE = dt.date(2012, 9, 1)
DWELLING_KINDS = ("room", "flat", "house")


@dataclass(frozen=True, slots=True)
class DemoTariff:
    """The price of a service's unit in roubles.

    `variant` is "", "gas" (town with gas stoves) or "electric" (electric stoves and
    villages); `provider_code` is empty for a price of the whole region.
    """

    service_code: str
    variant: str
    provider_code: str
    price: Decimal
    valid_from: dt.date
    valid_to: dt.date | None
    decree_key: str
    is_assumed: bool
    note: str


@dataclass(frozen=True, slots=True)
class DemoNorm:
    """A monthly norm per person or per square meter.

    Empty `rooms`, `persons`, `stove`, `dwelling_kind` and `amenities` mean any. Four rooms stand
    for four and more, five persons for five and more: who looks up cuts to these.
    `settlement` names a district's code and a settlement of it, None the whole region.
    """

    service_code: str
    basis: str
    amount: Decimal
    decree_key: str
    is_assumed: bool
    note: str
    valid_from: dt.date
    rooms: int | None = None
    persons: int | None = None
    stove: str = ""
    dwelling_kind: str = ""
    amenities: str = ""
    settlement: tuple[str, str] | None = None


@cache
def regional_tariffs() -> tuple[DemoTariff, ...]:
    """Return the published prices and what was computed from them.

    Prices of local providers are in `providers.local_tariffs`.
    """
    return tuple(
        tariff
        for row in read("directories")["tariff"]
        for tariff in grown(
            service_code=row["service"],
            variant=row.get("variant", ""),
            provider_code=row.get("scope", "").removeprefix("provider:"),
            price=Decimal(row["price"]),
            since=row["since"],
            decree_key=row["decree"],
            is_assumed=row.get("assumed", False),
            note=row.get("note", ""),
            growth=row.get("growth", []),
        )
    )


def grown(
    *,
    service_code: str,
    variant: str,
    provider_code: str,
    price: Decimal,
    since: dt.date,
    decree_key: str,
    is_assumed: bool,
    note: str,
    growth: list[Any],
) -> Iterator[DemoTariff]:
    """Yield a price and its successors: each a factor of the one before, or a published price."""
    starts = [since, *(start for start, _, _ in growth), None]
    steps = [(price, decree_key, is_assumed, note)]
    for _, step, act in growth:
        if step.startswith("="):
            steps.append((Decimal(step[1:]), act, False, ""))
        else:
            steps.append((to_kopecks(steps[-1][0] * Decimal(step)), act, True, f"Прежний тариф × {step}."))
    for place, (amount, act, assumed, remark) in enumerate(steps):
        start = starts[place]
        assert start is not None
        yield DemoTariff(
            service_code=service_code,
            variant=variant,
            provider_code=provider_code,
            price=amount,
            valid_from=start,
            valid_to=starts[place + 1],
            decree_key=act,
            is_assumed=assumed,
            note=remark,
        )


@cache
def norms() -> tuple[DemoNorm, ...]:
    """Return the norms of consumption: the table of electricity, water, gas, waste, heating."""
    return (*_electricity_norms(), *_other_norms())


def _electricity_norms() -> Iterator[DemoNorm]:
    """Spread the table over kinds of dwelling and stoves; houses and solid stoves are assumed."""
    for rooms, persons, gas_room, gas_flat, electric_room, electric_flat in read("directories")["electricity_norms"]:
        amounts = {
            "gas": (gas_room, gas_flat),
            "electric": (electric_room, electric_flat),
            "solid": (gas_room, gas_flat),
        }
        for stove, (in_room, in_flat) in amounts.items():
            for dwelling_kind in DWELLING_KINDS:
                is_assumed = dwelling_kind == "house" or stove == "solid"
                yield DemoNorm(
                    service_code="15",
                    basis="per_person",
                    amount=Decimal(in_room if dwelling_kind == "room" else in_flat),
                    decree_key="electricity-norms",
                    is_assumed=is_assumed,
                    note="Принято как для квартиры, для печи — как с газовой плитой." if is_assumed else "",
                    valid_from=NORMS_SINCE,
                    rooms=rooms,
                    persons=persons,
                    stove=stove,
                    dwelling_kind=dwelling_kind,
                )


def _other_norms() -> Iterator[DemoNorm]:
    for row in read("directories")["norm"]:
        settlement = row.get("settlement")
        yield DemoNorm(
            service_code=row["service"],
            basis=row["basis"],
            amount=Decimal(row["amount"]),
            decree_key=row["decree"],
            is_assumed=row.get("assumed", False),
            note=row.get("note", ""),
            valid_from=row.get("since", NORMS_SINCE),
            amenities=row.get("amenities", ""),
            settlement=(settlement[0], settlement[1]) if settlement else None,
        )
