"""What is changed for a rehearsal: a price, a norm, a parameter, or a row of a directory taken as confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from providers.in_force import REGION, Scope

REHEARSED: Final = frozenset({"discount", "share_rule", "norm_cap", "repair_groups", "change_rule", "month_of_death"})
"""The parameters by which the sum of a month is calculated; the others decide who is paid, when, and what is checked."""
EVERYWHERE: Final = "everywhere"
"""The scope of a change by percent of every row of a service."""


@dataclass(frozen=True, slots=True)
class TariffChange:
    """Another price of a service, in roubles per unit, or every price by so many per cent.

    `scope` None means the rows of every scope; a price needs one.
    """

    service: str
    scope: Scope | None
    price: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NormChange:
    """Another norm of a service, in its unit a month, or every norm by so many per cent.

    A norm set replaces the amount of every row of the scope. `basis` is that of the row made where the scope has none.
    """

    service: str
    scope: Scope | None
    amount: Decimal | None = None
    percent: Decimal | None = None
    basis: str = "per_person"


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """Another value of a parameter, as text."""

    code: str
    value: str


Change = TariffChange | NormChange | ParameterChange


def to_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return changes as plain values; decimals are kept as text."""
    return [_plain(change) for change in changes]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Read back what `to_json` wrote."""
    return tuple(_read(one) for one in stored)


def _plain(change: Change) -> dict[str, Any]:
    if isinstance(change, ParameterChange):
        return {"kind": "parameter", "code": change.code, "value": change.value}
    scope = change.scope
    common = {
        "service": change.service,
        "scope": EVERYWHERE if scope is None else scope.kind,
        "scope_id": None if scope is None else scope.id,
        "percent": None if change.percent is None else str(change.percent),
    }
    if isinstance(change, TariffChange):
        return {"kind": "tariff", **common, "price": None if change.price is None else str(change.price)}
    amount = None if change.amount is None else str(change.amount)
    return {"kind": "norm", **common, "amount": amount, "basis": change.basis}


def _read(stored: Mapping[str, Any]) -> Change:
    if stored["kind"] == "parameter":
        return ParameterChange(stored["code"], stored["value"])
    scope = _scope(stored)
    percent = _decimal(stored["percent"])
    if stored["kind"] == "tariff":
        return TariffChange(stored["service"], scope, _decimal(stored["price"]), percent)
    return NormChange(stored["service"], scope, _decimal(stored["amount"]), percent, stored["basis"])


def _scope(stored: Mapping[str, Any]) -> Scope | None:
    if stored["scope"] == EVERYWHERE:
        return None
    return REGION if stored["scope"] == REGION.kind else Scope(stored["scope"], stored["scope_id"])


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
