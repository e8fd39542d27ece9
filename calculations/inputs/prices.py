"""The tariff and norm of a month for one bill, from the directories in force.

What changes inside the month counts by its days; a month that is not covered to the last day has no tariff or norm.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal
from typing import Final

from calculations.rules.terms import days_of
from providers.in_force import NormRow, Norms, Place, TariffRow, Tariffs, Traits

_CEILING: Final = Context(prec=30, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Rate:
    """A tariff or norm for the whole month, with the directory's row and the acts it stands on.

    `value` is None when the directory does not cover the month; `basis` is a norm's.
    """

    value: Decimal | None
    id: int | None = None
    act: str = ""
    basis: str = ""


NOTHING: Final = Rate(value=None)


@dataclass(frozen=True, slots=True)
class Directories:
    """The confirmed tariffs and norms of a month, with the kinds of services by their codes."""

    month: dt.date
    tariffs: Tariffs
    norms: Norms

    def tariff(self, service: str, *, place: Place, traits: Traits, effective: Decimal | None) -> Rate:
        """Return our tariff for the month, in roubles per unit.

        Where it changes inside the month the provider's own `effective` tariff stands if it lies between the old
        and the new one: it is weighed by what was used before and after (the published export sends SUM x tarif /
        sum_tarif, so 26.68307 is lawful where 26.06 is approved). Otherwise ours is weighed by days.

        Source: dossier 1.2, item 12; EX-11.
        """
        rows = self.tariffs.find(service, place=place, traits=traits)
        if len(rows) > 1 and effective is not None and _covers(rows, self.month):
            prices = [row.price for row in rows]
            if min(prices) <= effective <= max(prices):
                return Rate(value=effective, id=rows[-1].id, act=_acts(rows))
        return _rate(rows, [row.price for row in rows], self.month)

    def norm(self, service: str, *, place: Place, traits: Traits, residents: int) -> Rate:
        """Return our norm for the month: per person, or per square meter where its basis says so.

        A norm per household is given per person of this household.
        """
        rows = self.norms.find(service, place=place, traits=traits, residents=residents)
        if not rows:
            return NOTHING
        amounts = [_per_person(row, residents) for row in rows]
        found = _rate(rows, amounts, self.month)
        return Rate(value=found.value, id=found.id, act=found.act, basis=rows[-1].basis)


def divided(numerator: Decimal, denominator: int) -> Decimal:
    """Divide to thirty digits, upwards: what is exactly half a kopeck later still rounds up."""
    return _CEILING.divide(numerator, Decimal(denominator))


def divided_by(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Divide by a price to thirty digits; a quotient that is shorter is exact."""
    return _CEILING.divide(numerator, denominator)


def _per_person(row: NormRow, residents: int) -> Decimal:
    if row.basis == "per_household" and residents:
        return divided(row.amount, residents)
    return row.amount


def _rate(rows: Sequence[TariffRow | NormRow], values: Sequence[Decimal], month: dt.date) -> Rate:
    if not rows or not _covers(rows, month):
        return NOTHING
    if len(rows) == 1:
        return Rate(value=values[0], id=rows[0].id, act=rows[0].act)
    weighed = sum((value * row.days for value, row in zip(values, rows, strict=True)), Decimal(0))
    return Rate(value=divided(weighed, days_of(month)), id=rows[-1].id, act=_acts(rows))


def _covers(rows: Sequence[TariffRow | NormRow], month: dt.date) -> bool:
    return sum(row.days for row in rows) == days_of(month)


def _acts(rows: Sequence[TariffRow | NormRow]) -> str:
    return "; ".join(dict.fromkeys(row.act for row in rows if row.act))
