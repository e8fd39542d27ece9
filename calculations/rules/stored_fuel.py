"""An order of fuel as plain values that JSON keeps."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculations.rules.fuel import FuelItem, FuelKind, FuelOrder, NormKind, SaleNorm


def fuel_stored(order: FuelOrder) -> dict[str, Any]:
    """Return the order by value; Decimals are kept as text with every digit."""
    return {
        "area": str(order.area),
        "residents": order.residents,
        "items": [_item_stored(item) for item in order.items],
    }


def fuel_read(stored: Mapping[str, Any]) -> FuelOrder:
    """Read back what `fuel_stored` wrote. Raises KeyError, ValueError, ArithmeticError."""
    return FuelOrder(
        items=tuple(_item_read(item) for item in stored["items"]),
        area=Decimal(stored["area"]),
        residents=stored["residents"],
    )


def _item_stored(item: FuelItem) -> dict[str, Any]:
    return {
        "fuel": item.kind.value,
        "applied": str(item.applied),
        "price": str(item.price),
        "price_act": item.price_act,
        "norm": {
            "kind": item.norm.kind.value,
            "quantity": str(item.norm.quantity),
            "area": str(item.norm.area),
            "further": str(item.norm.further),
            "bands": [[str(area), str(quantity)] for area, quantity in item.norm.bands],
        },
        "norm_act": item.norm_act,
    }


def _item_read(stored: Mapping[str, Any]) -> FuelItem:
    norm = stored["norm"]
    return FuelItem(
        kind=FuelKind(stored["fuel"]),
        applied=Decimal(stored["applied"]),
        norm=SaleNorm(
            kind=NormKind(norm["kind"]),
            quantity=Decimal(norm["quantity"]),
            area=Decimal(norm["area"]),
            further=Decimal(norm["further"]),
            bands=tuple((Decimal(area), Decimal(quantity)) for area, quantity in norm["bands"]),
        ),
        price=Decimal(stored["price"]),
        norm_act=stored["norm_act"],
        price_act=stored["price_act"],
    )
