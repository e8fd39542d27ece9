"""Solid fuel and bottled gas: half of what was applied for, fuel within the norm of its sale to the population."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Final

from calculations.rules.money import EXACT, ExactSum


class FuelKind(StrEnum):
    """What appendix 3 offers: never firewood (item 2.5.2); kindling belongs to a norm of coal."""

    COAL = "coal"
    PEAT = "peat"
    BRIQUETTE = "briquette"
    KINDLING = "kindling"


class FuelShare(StrEnum):
    """Whether fuel or gas is compensated by the entitled people's share or as a whole; a dated parameter."""

    OWN_SHARE = "own_share"
    WHOLE = "whole"


FUEL_TITLES: Final = {
    FuelKind.COAL: "уголь",
    FuelKind.PEAT: "торф",
    FuelKind.BRIQUETTE: "торфяной брикет",
    FuelKind.KINDLING: "дрова на растопку угля",
}
FUEL_UNITS: Final = {
    FuelKind.COAL: "т",
    FuelKind.PEAT: "т",
    FuelKind.BRIQUETTE: "т",
    FuelKind.KINDLING: "м³",
}


class NormKind(StrEnum):
    """How a municipality states what is sold to a household a year. Source: dossier 6.4."""

    PER_HOUSEHOLD = "per_household"
    PER_METER = "per_meter"
    PER_PERSON = "per_person"
    BY_BAND = "by_band"


@dataclass(frozen=True, slots=True)
class SaleNorm:
    """What may be sold to a household a year, in units of the fuel (tonnes, cubic metres).

    PER_HOUSEHOLD: `quantity` for a dwelling up to `area` m², and `further` for every m² above it.
    PER_METER and PER_PERSON: `quantity` for each m² or each registered person.
    BY_BAND: `bands` of (m² up to which, inclusive; quantity), ascending.
    """

    kind: NormKind
    quantity: Decimal = Decimal(0)
    area: Decimal = Decimal(0)
    further: Decimal = Decimal(0)
    bands: tuple[tuple[Decimal, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class FuelItem:
    """One fuel of an application: units applied for, its norm, roubles a unit on the day of application."""

    kind: FuelKind
    applied: Decimal
    norm: SaleNorm
    price: Decimal
    norm_act: str = ""
    price_act: str = ""


@dataclass(frozen=True, slots=True)
class FuelOrder:
    """The fuels of an application with what their norms are counted by: m² and registered people."""

    items: tuple[FuelItem, ...]
    area: Decimal
    residents: int


@dataclass(frozen=True, slots=True)
class Stove:
    """The dwelling and the people the fuel is for, as on the day of application; area in m²."""

    area: Decimal
    residents: int
    entitled: int
    has_central_heating: bool


@dataclass(frozen=True, slots=True)
class CountedItem:
    """A fuel as it was counted: its norm for this household, units paid for, their cost in roubles."""

    kind: FuelKind
    limit: Decimal
    counted: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class FuelResult:
    """The equivalent of a year's fuel, in roubles, and what it was made of; `share` is "entitled/residents" or "1"."""

    items: tuple[CountedItem, ...]
    share: str
    cash_equivalent: Decimal


class FuelFault(ValueError):
    """Why an application for fuel or gas cannot be counted; the sentence names the figure."""


def norm_of(norm: SaleNorm, *, area: Decimal, residents: int) -> Decimal:
    """Return what may be sold to a household a year, in units of the fuel.

    Raises FuelFault where the dwelling is larger than the last band.
    """
    with localcontext(EXACT):
        match norm.kind:
            case NormKind.PER_HOUSEHOLD:
                return norm.quantity + norm.further * max(area - norm.area, Decimal(0))
            case NormKind.PER_METER:
                return norm.quantity * area
            case NormKind.PER_PERSON:
                return norm.quantity * residents
            case NormKind.BY_BAND:
                for up_to, quantity in norm.bands:
                    if area <= up_to:
                        return quantity
                raise FuelFault(f"норматива продажи топлива для площади {area} м² нет")


def calculate_fuel(items: Sequence[FuelItem], *, stove: Stove, discount: Decimal, is_shared: bool) -> FuelResult:
    """Return the equivalent of a year's solid fuel: discount x share x the sum of min(applied, norm) x price.

    `discount` is a fraction, `is_shared` tells whether only the entitled people's share is compensated (a dated
    parameter: the Regulation does not say). Rounded half up once. Monthly parts are `parts.equal_parts`.

    Source: Regulation 369 of 30.10.2007, item 2.4.3; Law 181-FZ, article 17 ("в жилых домах, не имеющих
    центрального отопления"); dossier 1.2, item 7.
    Raises FuelFault.
    """
    if stove.has_central_heating:
        raise FuelFault("в жилье есть центральное отопление: твёрдое топливо не компенсируется")
    if not 1 <= stove.entitled <= stove.residents:
        raise FuelFault(f"имеющих право {stove.entitled}, а зарегистрировано {stove.residents}")
    if not items:
        raise FuelFault("в заявлении не указано топливо")
    counted = tuple(count_item(item, area=stove.area, residents=stove.residents) for item in items)
    return FuelResult(
        items=counted,
        share=f"{stove.entitled}/{stove.residents}" if is_shared else _WHOLE,
        cash_equivalent=_half(
            [item.cost for item in counted],
            discount=discount,
            times=stove.entitled if is_shared else 1,
            over=stove.residents if is_shared else 1,
        ),
    )


def count_item(item: FuelItem, *, area: Decimal, residents: int) -> CountedItem:
    """Return the fuel within its norm, with its cost. Raises FuelFault."""
    if not (item.applied.is_finite() and item.applied > 0):
        raise FuelFault(f"количество топлива {item.applied} не подходит")
    limit = norm_of(item.norm, area=area, residents=residents)
    counted = min(item.applied, limit)
    with localcontext(EXACT):
        return CountedItem(item.kind, limit=limit, counted=counted, cost=counted * _priced(item.price))


def calculate_bottled_gas(
    cylinders: int, *, price: Decimal, discount: Decimal, entitled: int = 1, residents: int = 1
) -> Decimal:
    """Return the equivalent of the cylinders stated in an application, in roubles, rounded half up once.

    `price` is in roubles a cylinder. `entitled` and `residents` are given where the share applies to gas.

    Source: Regulation 369 of 30.10.2007, item 2.4.4; dossier 1.2, item 8.
    Raises FuelFault.
    """
    if cylinders < 1:
        raise FuelFault("в заявлении не указано число баллонов")
    if not 1 <= entitled <= residents:
        raise FuelFault(f"имеющих право {entitled}, а зарегистрировано {residents}")
    with localcontext(EXACT):
        return _half([_priced(price) * cylinders], discount=discount, times=entitled, over=residents)


_WHOLE: Final = "1"


def _priced(price: Decimal) -> Decimal:
    if not (price.is_finite() and price > 0):
        raise FuelFault("цены на день обращения нет")
    return price


def _half(costs: Sequence[Decimal], *, discount: Decimal, times: int, over: int) -> Decimal:
    total = ExactSum()
    for cost in costs:
        total.add(cost, times=times, over=over)
    total.multiply(discount)
    return total.to_kopecks()
