"""A household that is nobody's: what a visitor tells, arranged as a run reads a recipient, for the same engine."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from calculations.inputs.billing import Surroundings
from calculations.inputs.facts import (
    WITHOUT_END,
    Bill,
    DwellingRows,
    DwellingState,
    Home,
    Presence,
    RecipientRows,
    Right,
)
from calculations.inputs.household import Terms
from calculations.inputs.measure import ServiceBook
from calculations.inputs.parameters import ParametersInForce
from calculations.inputs.prices import Directories, divided
from calculations.rules.kinds import Group, Holder
from offices.months import next_month
from providers.in_force import Place, Scope, TariffRow, Tariffs, Traits

_ONLY: Final = 1
_PROVIDER: Final = Scope("provider", _ONLY)
TARIFF_OF_THE_BILL: Final = "тариф по квитанции: сумма, делённая на объём"


@dataclass(frozen=True, slots=True)
class InventedHousehold:
    """Who lives in a dwelling and whom the right covers, the whole month; the area in m²."""

    group: Group
    residents: int
    entitled: int
    area: Decimal
    traits: Traits
    district_id: int


@dataclass(frozen=True, slots=True)
class InventedBill:
    """One service of a bill: its code, roubles of the month, the quantity in the service's unit where it is told."""

    service: str
    billed: Decimal
    quantity: Decimal | None = None
    is_metered: bool | None = None


def invented_recipient(household: InventedHousehold, bills: Sequence[InventedBill]) -> RecipientRows:
    """Arrange a visitor's figures as one recipient with one right and one dwelling."""
    holder = Holder.FAMILY if household.group is Group.CHILD else Holder.ADULT
    right = Right(
        id=_ONLY,
        recipient_id=_ONLY,
        person_id=_ONLY,
        holder=holder.value,
        category=household.group.value,
        starts=dt.date.min,
        ends=WITHOUT_END,
        died_on=None,
        covered=_people(household.entitled),
    )
    return RecipientRows(
        id=_ONLY,
        rights=(right,),
        homes=(Home(_ONLY, dt.date.min, WITHOUT_END),),
        bills=tuple(_bill(number, bill) for number, bill in enumerate(bills, start=1)),
    )


def invented_surroundings(
    household: InventedHousehold,
    bills: Sequence[InventedBill],
    *,
    directories: Directories,
    services: ServiceBook,
    parameters: ParametersInForce,
) -> Surroundings:
    """Put the household into the month's directories.

    Where the region has no tariff of a service (providers have tariffs of their own) the bill's own one stands: its
    roubles divided by its quantity.
    """
    state = DwellingState(
        starts=dt.date.min,
        ends=WITHOUT_END,
        stock=household.traits.stock,
        total_area=household.area,
        traits=household.traits,
    )
    dwelling = DwellingRows(
        id=_ONLY,
        district_id=household.district_id,
        settlement_id=0,
        states=(state,),
        residents=_people(household.residents),
    )
    return Surroundings(
        terms=Terms(directories.month, parameters.change_rule, parameters.month_of_death),
        services=services,
        directories=replace(directories, tariffs=_with_own(directories, household, bills)),
        dwellings={_ONLY: dwelling},
    )


def _people(count: int) -> tuple[Presence, ...]:
    return tuple(Presence(number, dt.date.min, WITHOUT_END) for number in range(1, count + 1))


def _bill(number: int, bill: InventedBill) -> Bill:
    return Bill(
        id=number,
        recipient_id=_ONLY,
        account_id=_ONLY,
        dwelling_id=_ONLY,
        provider_id=_ONLY,
        service=bill.service,
        number=0,
        billed=bill.billed,
        quantity=bill.quantity,
        is_metered=bill.is_metered,
        tariff=None,
        origin="квитанция",
    )


def _with_own(directories: Directories, household: InventedHousehold, bills: Sequence[InventedBill]) -> Tariffs:
    month = directories.month
    place = Place(district_id=household.district_id)
    rows: Mapping[tuple[str, Scope], Sequence[TariffRow]] = {
        key: found for key, found in directories.tariffs.rows.items() if key[1].kind != _PROVIDER.kind
    }
    shared = Tariffs(month, rows)
    own = {
        (bill.service, _PROVIDER): (_own_tariff(bill.service, divided_by(bill.billed, bill.quantity), month),)
        for bill in bills
        if bill.quantity and bill.billed and not shared.find(bill.service, place=place, traits=household.traits)
    }
    return Tariffs(month, {**rows, **own})


def divided_by(billed: Decimal, quantity: Decimal) -> Decimal:
    """Return the price of a unit in roubles: never less than the exact quotient, which a bill may not exceed."""
    scale = 10 ** max(-int(quantity.as_tuple().exponent), 0)
    return divided(billed * scale, int(quantity * scale))


def _own_tariff(service: str, price: Decimal, month: dt.date) -> TariffRow:
    return TariffRow(
        id=0,
        service=service,
        scope=_PROVIDER,
        variant="",
        price=price,
        act=TARIFF_OF_THE_BILL,
        is_assumed=False,
        starts=month,
        ends=next_month(month),
    )
