"""A year's fuel counted once more with another price or norm of sale; everything else stays as it was stored."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from calculations.rules.fuel import FuelItem, NormKind
from calculations.rules.fuel import SaleNorm as NormOfSale
from calculations.rules.inputs import BilledPart, Period
from calculations.rules.line import apply_rule
from calculations.rules.regimes import rule_named
from calculations.rules.stored import from_stored
from providers.models import FuelPrice, SaleNorm
from providers.models.fuel import CYLINDER


def recounted(rule: str, version: int, stored: Mapping[str, Any], *, row: FuelPrice | SaleNorm) -> Decimal:
    """Return what stored inputs of an application come to, in roubles, when a row of the directories is put in them.

    Raises FuelFault, LineFault where nothing can be counted with the row.
    """
    line = from_stored(stored)
    (period,) = line.inputs.periods
    inputs = replace(line.inputs, periods=(_with(row, period),))
    return apply_rule(rule_named(rule, version), inputs, line.parameters).cash_equivalent


def norm_of(row: SaleNorm) -> NormOfSale:
    """Return a row of the directory as the rules take it."""
    return NormOfSale(
        kind=NormKind(row.kind),
        quantity=row.quantity,
        area=row.area,
        further=row.further,
        bands=tuple(zip(row.band_areas, row.band_quantities, strict=True)),
    )


def _with(row: FuelPrice | SaleNorm, period: Period) -> Period:
    if row.fuel == CYLINDER:
        return replace(period, parts=tuple(_cylinders(row, part) for part in period.parts))
    assert period.fuel is not None, "an application for solid fuel names it"
    items = tuple(_item(row, item) for item in period.fuel.items)
    billed = sum((item.applied * item.price for item in items), Decimal(0))
    return replace(period, parts=(BilledPart(billed),), fuel=replace(period.fuel, items=items))


def _cylinders(row: FuelPrice | SaleNorm, part: BilledPart) -> BilledPart:
    assert isinstance(row, FuelPrice), "cylinders have no norm of sale"
    assert part.quantity is not None, "cylinders are counted"
    return replace(part, billed=part.quantity * row.price, tariff=row.price, tariff_act=str(row.decree))


def _item(row: FuelPrice | SaleNorm, item: FuelItem) -> FuelItem:
    if item.kind.value != row.fuel:
        return item
    if isinstance(row, FuelPrice):
        return replace(item, price=row.price, price_act=str(row.decree))
    return replace(item, norm=norm_of(row), norm_act=str(row.decree))
