"""A line's inputs as plain values that JSON keeps, and the line calculated again from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from calculations.rules.corrections import Correction, corrected, tell_recalculations
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, Zone
from calculations.rules.line import apply_rule
from calculations.rules.parameters import NormCap, Parameters, ShareRule
from calculations.rules.parts import MonthlyPart, parted
from calculations.rules.regimes import rule_named
from calculations.rules.result import LineResult
from calculations.rules.stored_corrections import correction_read, correction_stored, unmonthed_read, unmonthed_stored
from calculations.rules.stored_fuel import fuel_read, fuel_stored
from calculations.rules.told import Unmonthed, without_month
from calculations.rules.trace import SILENT, Trace

FORMAT: Final = 1


class UnreadableStoredLine(ValueError):
    """A stored line is not in a format that this code writes."""


@dataclass(frozen=True, slots=True)
class StoredLine:
    """What `to_stored` was given."""

    inputs: LineInputs
    parameters: Parameters
    correction: Correction | None = None
    part: MonthlyPart | None = None
    unmonthed: Unmonthed | None = None


def to_stored(
    inputs: LineInputs,
    parameters: Parameters,
    correction: Correction | None = None,
    part: MonthlyPart | None = None,
    unmonthed: Unmonthed | None = None,
) -> dict[str, Any]:
    """Return everything the sum was made of, by value, ready for JSON.

    Decimals are kept as text with every digit; what was not given is left out.
    """
    stored: dict[str, Any] = {
        "format": FORMAT,
        "kind": inputs.kind.value,
        "discount": str(parameters.discount),
        "capital_repair_groups": sorted(group.value for group in parameters.capital_repair_groups),
        "decree": parameters.decree,
        "share_rule": parameters.share_rule.value,
        "norm_cap": parameters.norm_cap.value,
        "periods": [_period_stored(period) for period in inputs.periods],
    }
    if correction is not None:
        stored["correction"] = correction_stored(correction)
    if part is not None:
        stored["part"] = {"number": part.number, "of": part.of}
    if unmonthed is not None:
        stored["unmonthed"] = unmonthed_stored(unmonthed)
    return stored


def from_stored(stored: Mapping[str, Any]) -> StoredLine:
    """Read back what `to_stored` wrote, equal to the last digit.

    Lines stored before the share rule and the norm cap were parameters were calculated by own shares within norms.
    Raises UnreadableStoredLine.
    """
    if stored.get("format") != FORMAT:
        raise UnreadableStoredLine(f"format {stored.get('format')!r}")
    try:
        return StoredLine(
            inputs=LineInputs(
                kind=ServiceKind(stored["kind"]),
                periods=tuple(_period_read(period) for period in stored["periods"]),
            ),
            parameters=Parameters(
                discount=Decimal(stored["discount"]),
                capital_repair_groups=frozenset(Group(group) for group in stored["capital_repair_groups"]),
                decree=stored["decree"],
                share_rule=ShareRule(stored.get("share_rule", ShareRule.OWN_SHARE)),
                norm_cap=NormCap(stored.get("norm_cap", NormCap.NORM)),
            ),
            correction=correction_read(stored["correction"]) if "correction" in stored else None,
            part=MonthlyPart(**stored["part"]) if "part" in stored else None,
            unmonthed=unmonthed_read(stored["unmonthed"]) if "unmonthed" in stored else None,
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as fault:
        raise UnreadableStoredLine(repr(fault)) from fault


def replay(rule_name: str, version: int, stored: Mapping[str, Any], trace: Trace = SILENT) -> LineResult:
    """Calculate a stored line again by the rule it names, telling the steps to a trace.

    Raises UnknownRule, UnreadableStoredLine, or the LineFault of the line.
    """
    line = from_stored(stored)
    rule = rule_named(rule_name, version)
    if line.unmonthed is not None:
        own = rule_named(line.unmonthed.rule, line.unmonthed.version)
        return without_month(line.unmonthed, own, line.inputs, line.parameters, trace)
    if line.correction is not None:
        tell_recalculations(line.correction, trace)
    result = apply_rule(rule, line.inputs, line.parameters, trace)
    if line.part is not None:
        result = parted(result, line.part, trace)
    return result if line.correction is None else corrected(result, line.correction, trace)


def _period_stored(period: Period) -> dict[str, Any]:
    stored: dict[str, Any] = {
        "holder": period.facts.holder.value,
        "group": period.facts.group.value,
        "stock": period.facts.stock.value,
        "entitled": period.entitled,
        "residents": period.residents,
        "days": period.days,
        "days_in_month": period.days_in_month,
        "parts": [_part_stored(part) for part in period.parts],
    }
    for name, value in (("norm", period.norm), ("area", period.area)):
        if value is not None:
            stored[name] = str(value)
    if period.norm_act:
        stored["norm_act"] = period.norm_act
    if period.family is not None:
        stored["family"] = period.family
    if period.entitled_ids:
        stored["entitled_ids"] = list(period.entitled_ids)
    if period.resident_ids:
        stored["resident_ids"] = list(period.resident_ids)
    if period.fuel is not None:
        stored["fuel"] = fuel_stored(period.fuel)
    return stored


def _part_stored(part: BilledPart) -> dict[str, Any]:
    stored: dict[str, Any] = {"billed": str(part.billed), "metered": part.metered}
    if part.zone is not Zone.WHOLE:
        stored["zone"] = part.zone.value
    for name, value in (("quantity", part.quantity), ("tariff", part.tariff)):
        if value is not None:
            stored[name] = str(value)
    if part.tariff_act:
        stored["tariff_act"] = part.tariff_act
    if part.origin:
        stored["origin"] = part.origin
    return stored


def _period_read(stored: Mapping[str, Any]) -> Period:
    return Period(
        parts=tuple(_part_read(part) for part in stored["parts"]),
        facts=Facts(holder=Holder(stored["holder"]), group=Group(stored["group"]), stock=Stock(stored["stock"])),
        entitled=stored["entitled"],
        residents=stored["residents"],
        days=stored["days"],
        days_in_month=stored["days_in_month"],
        norm=_decimal(stored, "norm"),
        area=_decimal(stored, "area"),
        norm_act=stored.get("norm_act", ""),
        family=stored.get("family"),
        entitled_ids=tuple(stored.get("entitled_ids", ())),
        resident_ids=tuple(stored.get("resident_ids", ())),
        fuel=fuel_read(stored["fuel"]) if "fuel" in stored else None,
    )


def _part_read(stored: Mapping[str, Any]) -> BilledPart:
    return BilledPart(
        billed=Decimal(stored["billed"]),
        quantity=_decimal(stored, "quantity"),
        tariff=_decimal(stored, "tariff"),
        metered=stored["metered"],
        zone=Zone(stored.get("zone", Zone.WHOLE)),
        tariff_act=stored.get("tariff_act", ""),
        origin=stored.get("origin", ""),
    )


def _decimal(stored: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(stored[name]) if name in stored else None
