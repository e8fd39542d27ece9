"""The tabs about the home: what the dwelling is like, which services are billed on which accounts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from housing.models import DwellingFacts, Residence, SupportedDwelling
from offices.dated import last_valid_day
from offices.money import format_amount, format_quantity
from providers.in_force import Norms, Place, Tariffs, Traits
from providers.models import ConnectedService, ConsumptionNorm
from providers.selectors import norms_in_force, tariffs_in_force
from workplace.selectors.card.identity import Identity, State

_BASES = dict(ConsumptionNorm.Basis.choices)


@dataclass(frozen=True, slots=True)
class FactsRow:
    """What a dwelling is like for a time; `until` is the last day inclusive."""

    facts: DwellingFacts
    since: dt.date
    until: dt.date | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A dwelling the equivalent is counted for; `until` is the last day inclusive."""

    address: str
    district: str
    basis: str
    since: dt.date
    until: dt.date | None
    state: State
    facts: tuple[FactsRow, ...]


@dataclass(frozen=True, slots=True)
class ConnectedRow:
    """A service on an account with the norm and price in force for the month; `until` is the last day inclusive."""

    service: str
    provider: str
    account: str
    meter: str
    norm: str
    tariff: str
    since: dt.date
    until: dt.date | None
    state: State


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Directories of the month and, for each dwelling, its place, traits and number of residents."""

    norms: Norms
    tariffs: Tariffs
    facts: dict[int, DwellingFacts]
    residents: dict[int, int]


def homes_tab(identity: Identity, *, on: dt.date) -> tuple[HomeRow, ...]:
    """Read the dwellings of the recipient, the newest first, with everything they were like."""
    homes = (
        SupportedDwelling.objects.filter(recipient=identity.recipient)
        .select_related("dwelling__address__street__settlement", "dwelling__district")
        .prefetch_related("dwelling__facts")
        .order_by("-valid_from", "-pk")
    )
    return tuple(_home(row, on) for row in homes)


def services_tab(identity: Identity, *, month: dt.date, on: dt.date) -> tuple[ConnectedRow, ...]:
    """Read the services connected in the recipient's dwellings, those in force first."""
    homes = SupportedDwelling.objects.filter(recipient=identity.recipient).values("dwelling")
    rows = list(
        ConnectedService.objects.filter(account__dwelling__in=homes)
        .select_related("service", "account__provider", "account__dwelling__address__street__settlement")
        .order_by("service_id", "account__provider__short_name", "-valid_from", "pk")
    )
    dwellings = {row.account.dwelling_id for row in rows}
    around = _Surroundings(
        norms=norms_in_force(month=month),
        tariffs=tariffs_in_force(month=month),
        facts={row.dwelling_id: row for row in DwellingFacts.objects.valid_on(on).filter(dwelling__in=dwellings)},
        residents=_residents(dwellings, on),
    )
    told = [_connected(row, around, on) for row in rows]
    return tuple(sorted(told, key=lambda row: row.state.kind != "ok"))


def _home(row: SupportedDwelling, on: dt.date) -> HomeRow:
    facts = sorted(row.dwelling.facts.all(), key=lambda one: (one.valid_from, one.pk), reverse=True)
    return HomeRow(
        address=str(row.dwelling.address),
        district=row.dwelling.district.name,
        basis=str(row.get_basis_display()),
        since=row.valid_from,
        until=last_valid_day(row.valid_to),
        state=State("ok", "мера по этому жилью") if row.is_valid_on(on) else State("idle", "прежнее или будущее"),
        facts=tuple(FactsRow(one, one.valid_from, last_valid_day(one.valid_to), one.is_valid_on(on)) for one in facts),
    )


def _residents(dwellings: set[int], on: dt.date) -> dict[int, int]:
    counts: dict[int, int] = {}
    rows = Residence.objects.valid_on(on).filter(dwelling__in=dwellings, person__death_date__isnull=True)
    for dwelling in rows.order_by("pk").values_list("dwelling_id", flat=True):
        counts[dwelling] = counts.get(dwelling, 0) + 1
    return counts


def _connected(row: Any, around: _Surroundings, on: dt.date) -> ConnectedRow:
    return ConnectedRow(
        service=row.service.name,
        provider=row.account.provider.short_name,
        account=row.account.number,
        meter=f"по прибору {row.meter}".strip() if row.is_metered else "без прибора",
        norm=_norm(row, around),
        tariff=_tariff(row, around),
        since=row.valid_from,
        until=last_valid_day(row.valid_to),
        state=State("ok", "подключена") if row.is_valid_on(on) else State("idle", "не действует"),
    )


def _norm(row: Any, around: _Surroundings) -> str:
    facts = around.facts.get(row.account.dwelling_id)
    if facts is None:
        return ""
    found = around.norms.find(
        row.service_id,
        place=_place(row),
        traits=_traits(row, facts),
        residents=around.residents.get(row.account.dwelling_id, 0),
    )
    return _last(found, lambda one: f"{format_quantity(one.amount)} {row.service.unit} {_BASES[one.basis]}")


def _tariff(row: Any, around: _Surroundings) -> str:
    facts = around.facts.get(row.account.dwelling_id)
    if facts is None:
        return ""
    found = around.tariffs.find(row.service_id, place=_place(row), traits=_traits(row, facts))
    return _last(found, lambda one: f"{format_amount(one.price)} ₽ за {row.service.unit}")


def _last(rows: Sequence[Any], told: Any) -> str:
    """Tell the row in force at the end of the month."""
    return str(told(rows[-1])) if rows else ""


def _place(row: Any) -> Place:
    dwelling = row.account.dwelling
    return Place(row.account.provider_id, dwelling.address.street.settlement_id, dwelling.district_id)


def _traits(row: Any, facts: DwellingFacts) -> Traits:
    is_rural = row.account.dwelling.address.street.settlement.is_rural
    return Traits(facts.stock, facts.kind, facts.stove, facts.rooms, facts.amenities, is_rural=is_rural)
