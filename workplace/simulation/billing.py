"""What a provider's billing makes of an account: quantities by meter or norm, sums by tariff.

Plain Python: the provider's books come as values. Quantities have four decimals, as the files carry them;
a sum is tariff × quantity to the kopeck.
"""

import random
from dataclasses import dataclass
from decimal import Decimal

from exchange.layouts.exchanged import ParsedLine
from offices.money import to_kopecks

QUANTITY = Decimal("0.0001")
BY_AREA = frozenset({"01", "02", "03", "30", "31", "32", "33"})
BY_HEATED_AREA = frozenset({"21"})
ZONE_SHARES = {"16": Decimal("0.60"), "17": Decimal("0.28"), "18": Decimal("0.12")}
ROOM_FOR_METER = {"15": 60, "10": 4, "11": 3, "14": 6, "19": 12}
LAYOUT_DECIMALS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class BilledService:
    """A service on an account: our codes, the price of a unit, the norm per person or m² where there is one.

    `billed_before` is the accepted sum of the month before, None where there is none. `is_mixed` tells that the
    price changes inside the month and the program mixes both by their days.
    """

    code: str
    tariff: Decimal
    norm: Decimal | None = None
    is_metered: bool = False
    billed_before: Decimal | None = None
    is_mixed: bool = False


@dataclass(frozen=True, slots=True)
class Household:
    """What a provider knows of a dwelling: total area in m² and how many are registered."""

    area: Decimal
    residents: int


def bill(habit: random.Random, throw: random.Random, service: BilledService, household: Household) -> ParsedLine:
    """Bill one service for a month.

    `habit` is the household's own dice, the same every month, `throw` the month's: a meter shows about the
    same each month, with some households above the norm.
    """
    quantity = _quantity(habit, throw, service, household)
    return ParsedLine(
        service=service.code,
        tariff=service.tariff,
        billed=to_kopecks(service.tariff * quantity),
        quantity=quantity,
        norm=None if service.norm is None else service.norm.quantize(LAYOUT_DECIMALS),
        metered=service.is_metered,
        debt=Decimal("0.00"),
    )


def _quantity(habit: random.Random, throw: random.Random, service: BilledService, household: Household) -> Decimal:
    if service.code in BY_AREA:
        return household.area.quantize(QUANTITY)
    if service.code in BY_HEATED_AREA:
        return ((service.norm or Decimal(0)) * household.area).quantize(QUANTITY)
    heads = max(household.residents, 1)
    by_norm = (service.norm if service.norm is not None else _usual(service.code)) * heads
    share = ZONE_SHARES.get(service.code, Decimal(1))
    if not service.is_metered:
        return (by_norm * share).quantize(QUANTITY)
    thousandths = round(habit.triangular(350, 1500, 850)) * throw.randrange(900, 1100) // 1000
    return (by_norm * share * thousandths / 1000).quantize(QUANTITY)


def _usual(code: str) -> Decimal:
    """Return what a person uses of a service that has no norm of its own."""
    return Decimal(ROOM_FOR_METER.get(code, ROOM_FOR_METER["15"]))
