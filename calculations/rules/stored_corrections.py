"""Corrections and recalculations without a month as plain values that JSON keeps."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calculations.rules.corrections import Correction, Ground, ToldLater
from calculations.rules.told import Unmonthed


def correction_stored(correction: Correction) -> dict[str, Any]:
    """Return a correction ready for JSON; what was not given is left out."""
    stored: dict[str, Any] = {"accrued": str(correction.accrued), "right": correction.right}
    if correction.month:
        stored["month"] = correction.month
    if correction.grounds:
        stored["grounds"] = [ground.value for ground in correction.grounds]
    for name, value in (("billed", correction.billed), ("stands", correction.stands)):
        if value is not None:
            stored[name] = str(value)
    if correction.told:
        stored["told"] = [
            {"charge": one.charge_id, "roubles": str(one.roubles), "origin": one.origin} for one in correction.told
        ]
    return stored


def correction_read(stored: Mapping[str, Any]) -> Correction:
    """Read back what `correction_stored` wrote."""
    return Correction(
        accrued=Decimal(stored["accrued"]),
        right=str(stored["right"]),
        month=stored.get("month", ""),
        grounds=tuple(Ground(ground) for ground in stored.get("grounds", ())),
        billed=_decimal(stored, "billed"),
        stands=_decimal(stored, "stands"),
        told=tuple(
            ToldLater(charge_id=one["charge"], roubles=Decimal(one["roubles"]), origin=one["origin"])
            for one in stored.get("told", ())
        ),
    )


def unmonthed_stored(told: Unmonthed) -> dict[str, Any]:
    """Return a recalculation without a month ready for JSON."""
    return {"roubles": str(told.roubles), "rule": told.rule, "version": told.version}


def unmonthed_read(stored: Mapping[str, Any]) -> Unmonthed:
    """Read back what `unmonthed_stored` wrote."""
    return Unmonthed(roubles=Decimal(stored["roubles"]), rule=stored["rule"], version=stored["version"])


def _decimal(stored: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(stored[name]) if name in stored else None
