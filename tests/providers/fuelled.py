"""Confirmed norms of sale and prices of fuel, with the figures of the dossier's EX-8 and EX-9."""

from decimal import Decimal
from typing import Any

from providers.models import FuelPrice, SaleNorm, Service
from tests import factories as make
from tests.factories import AT, LONG_AGO


def solid_fuel() -> Service:
    return make.service(code="22", kind="solid_fuel", name="Твёрдое топливо", unit="т")


def bottled_gas() -> Service:
    return make.service(code="20", kind="bottled_gas", name="Баллонный газ", unit="баллон")


def sale_norm(**given: Any) -> SaleNorm:
    """Kikino: 2.0 t of coal up to 30 m² and 0.07 t for each m² above."""
    made = {
        "fuel": "coal", "kind": SaleNorm.Kind.PER_HOUSEHOLD, "quantity": Decimal("2.0"), "area": Decimal(30),
        "further": Decimal("0.07"),
    }  # fmt: skip
    return SaleNorm.objects.create(**_row(solid_fuel, made | given))


def norm_by_bands(**given: Any) -> SaleNorm:
    made = {
        "fuel": "coal", "kind": SaleNorm.Kind.BY_BAND, "quantity": Decimal(0), "area": Decimal(0), "further": Decimal(0),
        "band_areas": [Decimal(9), Decimal(18)], "band_quantities": [Decimal("0.8"), Decimal("1.3")],
    }  # fmt: skip
    return SaleNorm.objects.create(**_row(solid_fuel, made | given))


def fuel_price(**given: Any) -> FuelPrice:
    made = {"fuel": "coal", "price": Decimal(7800)} | given
    return FuelPrice.objects.create(**_row(bottled_gas if made["fuel"] == "cylinder" else solid_fuel, made))


def fuel_directories() -> None:
    """EX-8 and EX-9: coal with kindling, briquettes by the person, cylinders."""
    sale_norm()
    sale_norm(fuel="kindling", quantity=Decimal(1), further=Decimal(0))
    sale_norm(fuel="briquette", kind=SaleNorm.Kind.PER_PERSON, quantity=Decimal("3.55"), area=0, further=0)
    for fuel, price in (("coal", 7800), ("kindling", 1450), ("briquette", 6200), ("cylinder", 1150)):
        fuel_price(fuel=fuel, price=Decimal(price))


def _row(service: Any, given: dict[str, Any]) -> dict[str, Any]:
    made = {"valid_from": LONG_AGO, "confirmed_at": AT} | given
    made["service"] = made.get("service") or service()
    made["decree"] = made.get("decree") or make.decree()
    made["entered_by"] = made.get("entered_by") or make.staff()
    if made["confirmed_at"]:
        made["confirmed_by"] = made.get("confirmed_by") or make.staff()
    return made
