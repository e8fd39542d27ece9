"""Directories of solid fuel and gas in cylinders: norms of sale and prices (2.4.3, 2.4.4; 3.3.2 в)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction

from offices.models import Decree, Staff
from offices.models.confirmed import NOT_REFUSED
from offices.refusals import Refusal
from providers.awaiting import FUEL_KEY
from providers.models import FuelPrice, SaleNorm, Service
from providers.models.fuel import CYLINDER
from providers.services.directories import WHOLE_REGION, RowScope, confirm_row, lock_service, refuse_row
from providers.succession import make_room, write

KIND_OF_FUEL: Final = "solid_fuel"
KIND_OF_GAS: Final = "bottled_gas"


class BandsDoNotGoUp(Refusal):
    """The bands of a norm are not in the order of their areas."""


@dataclass(frozen=True, slots=True)
class NormOfSale:
    """How a norm is counted; `kind` is one of `SaleNorm.Kind`, `bands` are (m² up to which, quantity)."""

    kind: str
    quantity: Decimal = Decimal(0)
    area: Decimal = Decimal(0)
    further: Decimal = Decimal(0)
    bands: Sequence[tuple[Decimal, Decimal]] = ()


@transaction.atomic
def enter_sale_norm(
    *,
    fuel: str,
    norm: NormOfSale,
    decree: Decree,
    valid_from: dt.date,
    scope: RowScope = WHOLE_REGION,
    is_assumed: bool = False,
    by: Staff,
) -> SaleNorm:
    """Enter a norm of sale a year, in the fuel's unit, from a day on; the former of the same scope ends there.

    Raises BandsDoNotGoUp, AlreadyEntered, NotAcceptable.
    """
    areas = [area for area, _ in norm.bands]
    if areas != sorted(set(areas)):
        raise BandsDoNotGoUp("Ступени нормы идут по возрастанию площади, и каждая площадь указана один раз.")
    service = Service.objects.get(kind=KIND_OF_FUEL)
    lock_service(service=service)
    alike = SaleNorm.objects.filter(NOT_REFUSED, fuel=fuel, service=service, **_of(scope))
    row = SaleNorm(
        service=service,
        fuel=fuel,
        kind=norm.kind,
        quantity=norm.quantity,
        area=norm.area,
        further=norm.further,
        band_areas=areas,
        band_quantities=[quantity for _, quantity in norm.bands],
        decree=decree,
        is_assumed=is_assumed,
        valid_from=valid_from,
        valid_to=make_room(alike, valid_from=valid_from),
        entered_by=by,
        **_of(scope),
    )
    write(row)
    return row


@transaction.atomic
def enter_fuel_price(
    *,
    fuel: str,
    price: Decimal,
    decree: Decree,
    valid_from: dt.date,
    scope: RowScope = WHOLE_REGION,
    is_assumed: bool = False,
    by: Staff,
) -> FuelPrice:
    """Enter a price, in roubles a unit or a cylinder, from a day on; the former of the same scope ends there.

    Raises AlreadyEntered, NotAcceptable.
    """
    service = Service.objects.get(kind=KIND_OF_GAS if fuel == CYLINDER else KIND_OF_FUEL)
    lock_service(service=service)
    alike = FuelPrice.objects.filter(NOT_REFUSED, fuel=fuel, service=service, **_of(scope))
    row = FuelPrice(
        service=service,
        fuel=fuel,
        price=price,
        decree=decree,
        is_assumed=is_assumed,
        valid_from=valid_from,
        valid_to=make_room(alike, valid_from=valid_from),
        entered_by=by,
        **_of(scope),
    )
    write(row)
    return row


@transaction.atomic
def confirm_sale_norm(*, norm_id: int, by: Staff, at: dt.datetime) -> SaleNorm:
    """Put a norm of sale into force by a second person.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor.
    """
    row: SaleNorm = SaleNorm.objects.select_for_update(of=("self",)).get(pk=norm_id)
    confirm_row(row=row, by=by, at=at)
    return row


@transaction.atomic
def confirm_fuel_price(*, price_id: int, by: Staff, at: dt.datetime) -> FuelPrice:
    """Put a price into force by a second person.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor.
    """
    row: FuelPrice = FuelPrice.objects.select_for_update(of=("self",)).get(pk=price_id)
    confirm_row(row=row, by=by, at=at)
    return row


@transaction.atomic
def refuse_sale_norm(*, norm_id: int, reason: str, by: Staff, at: dt.datetime) -> SaleNorm:
    """Refuse a norm of sale that waits; the former one stands again for its days.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor, RefusedWithoutReason.
    """
    row: SaleNorm = SaleNorm.objects.select_for_update(of=("self",)).get(pk=norm_id)
    refuse_row(row=row, reason=reason, key=FUEL_KEY, by=by, at=at)
    return row


@transaction.atomic
def refuse_fuel_price(*, price_id: int, reason: str, by: Staff, at: dt.datetime) -> FuelPrice:
    """Refuse a price that waits; the former one stands again for its days.

    Raises AlreadyConfirmed, AlreadyRefused, ConfirmedByItsAuthor, RefusedWithoutReason.
    """
    row: FuelPrice = FuelPrice.objects.select_for_update(of=("self",)).get(pk=price_id)
    refuse_row(row=row, reason=reason, key=FUEL_KEY, by=by, at=at)
    return row


def _of(scope: RowScope) -> dict[str, object]:
    return {"provider": scope.provider, "district": scope.district, "settlement": scope.settlement}
