"""Norms of sale of solid fuel and prices of fuel and gas in the invented region.

`is_assumed` marks what was computed or invented, `note` says how. Scope: the region when nothing is named.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from workplace.demo.reading import read

NORMS_SINCE = dt.date(2012, 9, 1)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class DemoFuelNorm:
    """How much of a fuel is sold to a household a year; `kind` is one of `SaleNorm.Kind`."""

    fuel: str
    kind: str
    quantity: Decimal
    area: Decimal
    further: Decimal
    bands: tuple[tuple[Decimal, Decimal], ...]
    district_code: str
    settlement: str
    decree_key: str
    is_assumed: bool
    note: str


@dataclass(frozen=True, slots=True)
class DemoFuelPrice:
    """The price of a fuel's unit or of a cylinder, in roubles; none was published."""

    fuel: str
    price: Decimal
    valid_from: dt.date
    decree_key: str = "demo"
    is_assumed: bool = True


@cache
def fuel_norms() -> tuple[DemoFuelNorm, ...]:
    """Return the norms of sale of solid fuel."""
    return tuple(
        DemoFuelNorm(
            fuel=row["fuel"],
            kind=row["way"],
            quantity=Decimal(row.get("amount", ZERO)),
            area=Decimal(row.get("area_up_to", ZERO)),
            further=Decimal(row.get("per_area_above", ZERO)),
            bands=tuple((Decimal(area), Decimal(quantity)) for area, quantity in row.get("bands", ())),
            district_code=row.get("district", ""),
            settlement=row.get("settlement", ""),
            decree_key=row["decree"],
            is_assumed=row.get("assumed", False),
            note=row.get("note", ""),
        )
        for row in read("directories")["fuel_norm"]
    )


@cache
def fuel_prices() -> tuple[DemoFuelPrice, ...]:
    """Return the prices of fuel and of gas in cylinders."""
    return tuple(
        DemoFuelPrice(fuel=row["fuel"], price=Decimal(row["price"]), valid_from=row["since"])
        for row in read("directories")["fuel_price"]
    )
