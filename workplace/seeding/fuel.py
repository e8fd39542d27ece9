"""Norms of sale and prices of solid fuel and gas in cylinders."""

from offices.models import Decree
from providers.models import FuelPrice, SaleNorm, Service
from providers.models.fuel import CYLINDER
from providers.services.fuel_directories import KIND_OF_FUEL, KIND_OF_GAS
from workplace.demo import fuel as demo_fuel
from workplace.seeding.places import Places
from workplace.seeding.signers import Signers


def seed_fuel(places: Places, decrees: dict[str, Decree], signers: Signers) -> None:
    """Fill the directories of fuel: the published norms, the assumed ones of the region, the prices."""
    services = {row.kind: row for row in Service.objects.filter(kind__in=(KIND_OF_FUEL, KIND_OF_GAS))}
    SaleNorm.objects.bulk_create(
        SaleNorm(
            service=services[KIND_OF_FUEL],
            fuel=one.fuel,
            kind=one.kind,
            quantity=one.quantity,
            area=one.area,
            further=one.further,
            band_areas=[area for area, _ in one.bands],
            band_quantities=[quantity for _, quantity in one.bands],
            settlement=places.settlement_named(one.district_code, one.settlement) if one.settlement else None,
            district=places.districts[one.district_code] if one.district_code and not one.settlement else None,
            valid_from=demo_fuel.NORMS_SINCE,
            decree=decrees[one.decree_key],
            is_assumed=one.is_assumed,
            entered_by=signers.enters,
            confirmed_by=signers.confirms,
            confirmed_at=signers.at,
        )
        for one in demo_fuel.fuel_norms()
    )
    FuelPrice.objects.bulk_create(
        FuelPrice(
            service=services[KIND_OF_GAS if one.fuel == CYLINDER else KIND_OF_FUEL],
            fuel=one.fuel,
            price=one.price,
            valid_from=one.valid_from,
            decree=decrees[one.decree_key],
            is_assumed=one.is_assumed,
            entered_by=signers.enters,
            confirmed_by=signers.confirms,
            confirmed_at=signers.at,
        )
        for one in demo_fuel.fuel_prices()
    )
