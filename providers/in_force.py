"""The directories of one month in memory: which tariff and norm fits a dwelling, on which days.

The narrowest scope that has a fitting row wins: provider, settlement, district, region. Within a scope the row
that says more about the dwelling wins. Answers are remembered, so a hundred thousand dwellings cost little.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from offices.months import next_month

MUNICIPAL, GAS, ELECTRIC = "municipal", "gas", "electric"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service is billed and by whom; a scope that is unknown is None."""

    provider_id: int | None = None
    settlement_id: int | None = None
    district_id: int | None = None

    @property
    def scopes(self) -> tuple["Scope", ...]:
        """The scopes a row may have here, the narrowest first."""
        wide = (
            Scope("provider", self.provider_id),
            Scope("settlement", self.settlement_id),
            Scope("district", self.district_id),
        )
        return (*(scope for scope in wide if scope.id is not None), REGION)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a directory row is for: one provider, settlement or district, or the region."""

    kind: str
    id: int | None = None


REGION = Scope("region")


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a dwelling decides a tariff or norm; codes are those of `DwellingFacts`."""

    stock: str
    kind: str
    stove: str
    rooms: int
    amenities: str = ""
    is_rural: bool = False

    @property
    def tariff_variants(self) -> tuple[str, ...]:
        """The variants of a tariff that fit, the most particular first; the empty one is for all."""
        electricity = ELECTRIC if self.stove == ELECTRIC or self.is_rural else GAS
        return (*((MUNICIPAL,) if self.stock == MUNICIPAL else ()), electricity, "")


@dataclass(frozen=True, slots=True)
class TariffRow:
    """A confirmed tariff on some days of the month: `ends` is the day after the last one."""

    id: int
    service: str
    scope: Scope
    variant: str
    price: Decimal
    act: str
    is_assumed: bool
    starts: dt.date
    ends: dt.date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days


@dataclass(frozen=True, slots=True)
class NormRow:
    """A confirmed norm on some days of the month: `ends` is the day after the last one.

    `amount` is in the service's unit a month, per person, per m² or per household as `basis` says. `rooms` and
    `persons` are the least the row is for: the row of five persons serves six as well, when no row of six is there.
    """

    id: int
    service: str
    scope: Scope
    basis: str
    rooms: int | None
    persons: int | None
    stove: str
    dwelling_kind: str
    amenities: str
    amount: Decimal
    act: str
    is_assumed: bool
    starts: dt.date
    ends: dt.date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days

    def fits(self, traits: Traits, residents: int) -> bool:
        """Tell whether the row is for such a dwelling with so many residents."""
        return (
            self.stove in ("", traits.stove)
            and self.dwelling_kind in ("", traits.kind)
            and self.amenities in ("", traits.amenities)
            and (self.rooms is None or self.rooms <= traits.rooms)
            and (self.persons is None or self.persons <= residents)
        )


Row = TypeVar("Row", TariffRow, NormRow)


@dataclass(frozen=True, slots=True)
class Tariffs:
    """The confirmed tariffs of a month."""

    month: dt.date
    rows: Mapping[tuple[str, Scope], Sequence[TariffRow]]
    _found: dict[tuple[str, Place, tuple[str, ...]], tuple[TariffRow, ...]] = field(default_factory=dict, repr=False)

    def find(self, service: str, *, place: Place, traits: Traits) -> tuple[TariffRow, ...]:
        """Return the tariff of every day of the month, day spans in order; days without one are left out.

        One row unless a tariff changes inside the month; none when no tariff is confirmed.
        """
        variants = traits.tariff_variants
        key = service, place, variants
        if key not in self._found:
            self._found[key] = _spans(
                self.month,
                [
                    row
                    for scope in place.scopes
                    for variant in variants
                    for row in self.rows.get((service, scope), ())
                    if row.variant == variant
                ],
            )
        return self._found[key]

    def find_on(self, day: dt.date, service: str, *, place: Place, traits: Traits) -> TariffRow | None:
        """Return the tariff in force on one day of the month."""
        return _on(day, self.find(service, place=place, traits=traits))


@dataclass(frozen=True, slots=True)
class Norms:
    """The confirmed norms of a month."""

    month: dt.date
    rows: Mapping[tuple[str, Scope], Sequence[NormRow]]
    _found: dict[tuple[str, Place, Traits, int], tuple[NormRow, ...]] = field(default_factory=dict, repr=False)

    def find(self, service: str, *, place: Place, traits: Traits, residents: int) -> tuple[NormRow, ...]:
        """Return the norm of every day of the month, day spans in order; days without one are left out."""
        key = service, place, traits, residents
        if key not in self._found:
            self._found[key] = _spans(
                self.month,
                [
                    row
                    for scope in place.scopes
                    for row in sorted(self.rows.get((service, scope), ()), key=_particularity, reverse=True)
                    if row.fits(traits, residents)
                ],
            )
        return self._found[key]

    def find_on(self, day: dt.date, service: str, *, place: Place, traits: Traits, residents: int) -> NormRow | None:
        """Return the norm in force on one day of the month."""
        return _on(day, self.find(service, place=place, traits=traits, residents=residents))


def tariffs_of(month: dt.date, rows: Iterable[TariffRow]) -> Tariffs:
    """Arrange rows for looking up."""
    return Tariffs(month, _by_scope(rows))


def norms_of(month: dt.date, rows: Iterable[NormRow]) -> Norms:
    """Arrange rows for looking up."""
    return Norms(month, _by_scope(rows))


def _particularity(row: NormRow) -> tuple[int, int, int]:
    """Rank by how much the row says of the dwelling; the greatest is the one to take."""
    named = sum(1 for trait in (row.stove, row.dwelling_kind, row.amenities) if trait)
    return named, row.rooms or 0, row.persons or 0


def _by_scope(rows: Iterable[Row]) -> dict[tuple[str, Scope], list[Row]]:
    arranged: dict[tuple[str, Scope], list[Row]] = defaultdict(list)
    for row in rows:
        arranged[row.service, row.scope].append(row)
    return dict(arranged)


def _spans(month: dt.date, preferred: Sequence[Row]) -> tuple[Row, ...]:
    """Cut the month where the choice may change and take the first preferred row of each piece."""
    end = next_month(month)
    edges = {month, end}
    for row in preferred:
        edges |= {max(row.starts, month), min(row.ends, end)}
    cuts = sorted(edges)
    spans: list[Row] = []
    for starts, ends in pairwise(cuts):
        chosen = next((row for row in preferred if row.starts <= starts and ends <= row.ends), None)
        if chosen is None:
            continue
        if spans and spans[-1].id == chosen.id and spans[-1].ends == starts:
            spans[-1] = replace(spans[-1], ends=ends)
        else:
            spans.append(replace(chosen, starts=starts, ends=ends))
    return tuple(spans)


def _on(day: dt.date, spans: Sequence[Row]) -> Row | None:
    return next((row for row in spans if row.starts <= day < row.ends), None)
