"""The books of a provider: its accounts with their services, prices and norms, as of a month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from housing.models import DwellingFacts, Residence
from offices.models import Office
from offices.months import last_day
from providers.in_force import Norms, Place, TariffRow, Tariffs, Traits
from providers.models import ConnectedService
from providers.selectors import norms_in_force, tariffs_in_force
from workplace.simulation.billing import QUANTITY, BilledService, Household

NORM_OF = {"16": "15", "17": "15", "18": "15"}


@dataclass(frozen=True, slots=True)
class Account:
    """An account in a provider's books with what it bills on it, by the codes of services."""

    number: str
    household: Household
    services: Mapping[str, BilledService]


@dataclass(frozen=True, slots=True)
class Prices:
    """The tariffs and norms of a month, as every provider knows them."""

    month: dt.date
    tariffs: Tariffs
    norms: Norms

    @classmethod
    def of(cls, month: dt.date) -> "Prices":
        return cls(month, tariffs_in_force(month=month), norms_in_force(month=month))


@dataclass(frozen=True, slots=True)
class _Dwelling:
    place: tuple[int, int]
    traits: Traits
    household: Household


def books_of(office: Office, *, prices: Prices) -> dict[int, dict[str, Account]]:
    """Read the books of every provider in an office's district, by provider and account number."""
    connected = _connected(office, prices.month)
    dwellings = _dwellings(office, prices.month)
    services: dict[tuple[int, str], dict[str, BilledService]] = defaultdict(dict)
    households: dict[tuple[int, str], Household] = {}
    for provider_id, number, dwelling_id, code, is_metered in connected:
        dwelling = dwellings[dwelling_id]
        billed = _service(code, provider_id, dwelling, prices, is_metered=is_metered)
        if billed is not None:
            services[provider_id, number][code] = billed
            households[provider_id, number] = dwelling.household
    books: dict[int, dict[str, Account]] = defaultdict(dict)
    for (provider_id, number), billed_services in services.items():
        books[provider_id][number] = Account(number, households[provider_id, number], billed_services)
    return books


def _connected(office: Office, month: dt.date) -> "QuerySet[ConnectedService, tuple[int, str, int, str, bool]]":
    return (
        ConnectedService.objects.valid_on(last_day(month))
        .filter(account__dwelling__district=office.district)
        .order_by("account_id", "service_id")
        .values_list("account__provider_id", "account__number", "account__dwelling_id", "service_id", "is_metered")
    )


def _dwellings(office: Office, month: dt.date) -> dict[int, _Dwelling]:
    day = last_day(month)
    homes: dict[int, int] = defaultdict(int)
    registered = Residence.objects.valid_on(day).filter(dwelling__district=office.district)
    for dwelling_id in registered.values_list("dwelling_id", flat=True):
        homes[dwelling_id] += 1
    rows = (
        DwellingFacts.objects.valid_on(day)
        .filter(dwelling__district=office.district)
        .select_related("dwelling__address__street__settlement")
    )
    found = {}
    for facts in rows:
        settlement = facts.dwelling.address.street.settlement
        found[facts.dwelling_id] = _Dwelling(
            place=(settlement.pk, settlement.district_id),
            traits=Traits(
                stock=facts.stock,
                kind=facts.kind,
                stove=facts.stove,
                rooms=facts.rooms,
                amenities=facts.amenities,
                is_rural=settlement.is_rural,
            ),
            household=Household(area=facts.total_area, residents=homes[facts.dwelling_id]),
        )
    return found


def _service(
    code: str, provider_id: int, dwelling: _Dwelling, prices: Prices, *, is_metered: bool
) -> BilledService | None:
    settlement_id, district_id = dwelling.place
    place = Place(provider_id, settlement_id, district_id)
    tariffs = prices.tariffs.find(code, place=place, traits=dwelling.traits)
    if not tariffs:
        return None
    norms = prices.norms.find(
        NORM_OF.get(code, code), place=place, traits=dwelling.traits, residents=dwelling.household.residents
    )
    return BilledService(
        code=code,
        tariff=_price(tariffs),
        norm=norms[-1].amount if norms else None,
        is_metered=is_metered,
        is_mixed=len({row.price for row in tariffs}) > 1,
    )


def _price(tariffs: Sequence[TariffRow]) -> Decimal:
    """Return the price of the month; of several the mixture by their days, to the places an approved price has."""
    if len(tariffs) == 1:
        return tariffs[0].price
    weighed = sum((row.price * row.days for row in tariffs), Decimal(0))
    return (weighed / sum(row.days for row in tariffs)).quantize(QUANTITY)
