"""Our side of one service of an account: tariffs and norms of the month, what was billed before (3.10)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from exchange.checks.expectations import ExpectedService
from exchange.checks.limits import is_normed_by_area, is_normed_by_tariff, normed_as, of_the_month
from exchange.selectors.continuity import Connected, Key, Past
from providers.in_force import NormRow, Norms, Place, TariffRow, Tariffs, Traits
from providers.models import ConsumptionNorm, Service
from providers.selectors import norms_in_force, tariffs_in_force

Basis = ConsumptionNorm.Basis


@dataclass(frozen=True, slots=True)
class Home:
    """Where a service is supplied: the place and traits that decide its tariff and norm, and the household."""

    place: Place
    traits: Traits
    residents: int
    area: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is, by their keys."""

    recipient_id: int
    account_id: int

    def key(self, service: str) -> Key:
        return self.recipient_id, self.account_id, service


@dataclass(frozen=True, slots=True)
class _Prices:
    """What the directories say of a service at a kind of home."""

    tariffs: tuple[Decimal, ...]
    tariff: Decimal | None
    norm: Decimal | None
    is_by_area: bool
    limit: Decimal | None


UNPRICED = _Prices((), None, None, is_by_area=False, limit=None)


@dataclass(frozen=True, slots=True)
class Services:
    """The services of a month with their directories and what came before, read once for a file."""

    month: dt.date
    tariffs: Tariffs
    norms: Norms
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    codes: Mapping[str, str]
    past: Past
    connected: Connected
    _priced: dict[tuple[str, Place, Traits, int], _Prices] = field(default_factory=dict, repr=False)

    def expected(self, code: str, *, account: Account, home: Home | None) -> ExpectedService:
        """Return what a line of the service should say; without a home nothing is known of its prices."""
        key = account.key(code)
        prices = UNPRICED if home is None else self._prices_of(code, home)
        volume = None
        if home is not None and prices.norm is not None:
            volume = prices.norm * (home.area if prices.is_by_area else home.residents)
        return ExpectedService(
            service=code,
            name=self.names[code],
            tariffs=prices.tariffs,
            norm=prices.norm,
            billed_before=self.past.billed_before(key),
            norm_volume=volume,
            is_metered=self.connected.metered.get((account.account_id, code)),
            account_before=self.past.account_before(key),
            billed_in=self.past.billed.get(key, {}),
            residents_before=self.past.residents.get(key),
            kind=self.kinds[code],
            tariff=prices.tariff,
            limit=prices.limit,
        )

    def _prices_of(self, code: str, home: Home) -> _Prices:
        key = code, home.place, home.traits, home.residents
        if key not in self._priced:
            self._priced[key] = self._priced_at(code, home)
        return self._priced[key]

    def _priced_at(self, code: str, home: Home) -> _Prices:
        tariffs = self.tariffs.find(code, place=home.place, traits=home.traits)
        norms = self._norms(code, home)
        kind = self.kinds[code]
        limiting = norms if normed_as(kind) == kind else self._norms(self.codes.get(normed_as(kind), code), home)
        tariff = of_the_month(self.month, [(row.price, row.days) for row in tariffs])
        norm, is_by_area = _told_by(norms)
        return _Prices(
            tariffs=tuple(sorted({row.price for row in tariffs})),
            tariff=tariff,
            norm=norm,
            is_by_area=is_by_area,
            limit=self._limit(kind, limiting, tariffs, home),
        )

    def _norms(self, code: str, home: Home) -> Sequence[NormRow]:
        return self.norms.find(code, place=home.place, traits=home.traits, residents=home.residents)

    def _limit(self, kind: str, norms: Sequence[NormRow], tariffs: Sequence[TariffRow], home: Home) -> Decimal | None:
        """Return what the rule limits the service by, as the calculation looks it up."""
        if not norms and is_normed_by_tariff(kind):
            return of_the_month(self.month, [(row.price, row.days) for row in tariffs])
        if not norms or (norms[-1].basis == Basis.PER_AREA) != is_normed_by_area(kind):
            return None
        return of_the_month(self.month, [(_per_unit(row, home.residents), row.days) for row in norms])


def services_of(*, month: dt.date, provider_id: int, past: Past, connected: Connected) -> Services:
    """Read the services and the directories of a month for one provider, in three queries."""
    rows = list(Service.objects.values_list("code", "name", "kind", "is_supported"))
    kinds = {code: kind if is_supported else "" for code, _, kind, is_supported in rows}
    return Services(
        month=month,
        tariffs=tariffs_in_force(month=month, provider_id=provider_id),
        norms=norms_in_force(month=month),
        names={code: name for code, name, *_ in rows},
        kinds=kinds,
        codes={kind: code for code, kind in kinds.items()},
        past=past,
        connected=connected,
    )


class Unlisted(Mapping[str, ExpectedService]):
    """The services of the directory as they would be on an account: each is made when it is asked for."""

    __slots__ = ("_account", "_home", "_services")

    def __init__(self, services: Services, account: Account, home: Home | None) -> None:
        self._services, self._account, self._home = services, account, home

    def __getitem__(self, code: str) -> ExpectedService:
        if code not in self._services.names:
            raise KeyError(code)
        return self._services.expected(code, account=self._account, home=self._home)

    def __iter__(self) -> Iterator[str]:
        return iter(self._services.names)

    def __len__(self) -> int:
        return len(self._services.names)


def _told_by(norms: Sequence[NormRow]) -> tuple[Decimal | None, bool]:
    """Return the norm of the month as a provider sends it, and whether it is per m²; None where there is no one norm."""
    if len(norms) != 1 or norms[0].basis == Basis.PER_HOUSEHOLD:
        return None, False
    return norms[0].amount, norms[0].basis == Basis.PER_AREA


def _per_unit(row: NormRow, residents: int) -> Decimal:
    return row.amount / residents if row.basis == Basis.PER_HOUSEHOLD else row.amount
