"""Rules that stop at the consumption norm: by people, by area, by zones of electricity."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from calculations.rules.as_billed import as_billed
from calculations.rules.faults import (
    LineFault,
    MissingArea,
    MissingNorm,
    MissingQuantity,
    MissingTariff,
    given,
    known,
)
from calculations.rules.inputs import BilledPart, Period
from calculations.rules.kinds import ServiceKind, Zone
from calculations.rules.money import Exact
from calculations.rules.rule import Rule
from calculations.rules.trace import SILENT, StepCode, Trace


def capped_per_person(period: Period, kind: ServiceKind, trace: Trace) -> Decimal:
    """Return the bill, not above norm x residents x tariff, in roubles.

    One formula for metered and unmetered dwellings: use over the norm, a raising
    coefficient and an undersupply all come out right.

    Source: Law 181-FZ, article 17, as in force from 2016; dossier 1.2, item 1.
    """
    billed = as_billed(period, kind, trace)
    norm = given(period.norm, MissingNorm)
    tariff = given(period.parts[0].tariff, MissingTariff)
    limit = norm * period.residents * tariff
    trace.step(
        StepCode.NORM_PER_PERSON,
        norm=norm,
        service=kind,
        residents=period.residents,
        tariff=tariff,
        result=limit,
        source=_acts(period.norm_act, period.parts[0].tariff_act),
    )
    return min(billed, limit)


def capped_per_meter(period: Period, kind: ServiceKind, trace: Trace) -> Decimal:
    """Return the bill, not above norm x area x tariff, in roubles.

    Source: Law 181-FZ, article 17, as in force from 2016; dossier 1.2, item 1.
    """
    billed = as_billed(period, kind, trace)
    norm = given(period.norm, MissingNorm)
    area = given(period.area, MissingArea)
    tariff = given(period.parts[0].tariff, MissingTariff)
    limit = norm * area * tariff
    trace.step(
        StepCode.NORM_PER_METER,
        norm=norm,
        service=kind,
        area=area,
        tariff=tariff,
        result=limit,
        source=_acts(period.norm_act, period.parts[0].tariff_act),
    )
    return min(billed, limit)


def capped_by_zones(period: Period, kind: ServiceKind, trace: Trace) -> Exact:
    """Return the bill of all zones, each not above its part of the one norm, in roubles.

    The norm of the household is shared out in proportion to use; nothing is rounded here.
    Without zones this is `capped_per_person`.

    Source: Law 181-FZ, article 17, as in force from 2016; dossier 1.2, special cases.
    """
    if period.parts[0].zone is Zone.WHOLE:
        return capped_per_person(period, kind, trace)
    as_billed(period, kind, trace)
    used = sum((given(part.quantity, MissingQuantity) for part in period.parts), Decimal(0))
    norm = given(period.norm, MissingNorm) * period.residents
    trace.step(
        StepCode.NORM_OF_ZONES,
        norm=period.norm,
        service=kind,
        residents=period.residents,
        used=used,
        result=norm,
        source=period.norm_act,
    )
    if not used:
        return Decimal(0)
    base_times_used = Decimal(0)
    for part in period.parts:
        limit_times_used = norm * given(part.quantity, MissingQuantity) * given(part.tariff, MissingTariff)
        _tell_zone(trace, part, kind, norm=norm, used=used, limit_times_used=limit_times_used)
        base_times_used += min(part.billed * used, limit_times_used)
    return Fraction(base_times_used) / Fraction(used)


def needs_norm_and_tariff(number: int, period: Period) -> Iterator[LineFault]:
    """Find a norm or tariff that was not given."""
    if not known(period.norm):
        yield MissingNorm(period=number)
    for index, part in enumerate(period.parts):
        if not known(part.tariff):
            yield MissingTariff(period=number, part=index)


def needs_area_too(number: int, period: Period) -> Iterator[LineFault]:
    """Find a norm, tariff or area that was not given."""
    yield from needs_norm_and_tariff(number, period)
    if not known(period.area):
        yield MissingArea(period=number)


def needs_use_by_zones(number: int, period: Period) -> Iterator[LineFault]:
    """Find a norm, tariff or, where there are zones, a quantity that was not given.

    Zones that are billed but show no use at all leave nothing to share the norm by.
    """
    yield from needs_norm_and_tariff(number, period)
    if period.parts[0].zone is Zone.WHOLE:
        return
    unused = not any(part.quantity for part in period.parts)
    for index, part in enumerate(period.parts):
        measured = part.quantity is not None and part.quantity.is_finite() and part.quantity >= 0
        if not measured or (unused and part.billed):
            yield MissingQuantity(period=number, part=index)


def _tell_zone(
    trace: Trace, part: BilledPart, kind: ServiceKind, *, norm: Decimal, used: Decimal, limit_times_used: Decimal
) -> None:
    if trace is SILENT:
        return
    trace.step(
        StepCode.ZONE,
        zone=part.zone,
        norm=norm,
        quantity=part.quantity,
        used=used,
        service=kind,
        tariff=part.tariff,
        result=Fraction(limit_times_used) / Fraction(used),
        source=part.tariff_act,
    )


def _acts(*acts: str) -> str:
    return "; ".join(act for act in acts if act)


UTILITY: Final = Rule(
    name="utility_capped_per_person",
    version=1,
    title="Коммунальная услуга: не выше норматива на зарегистрированных",
    source="ст. 17 Закона № 181-ФЗ (коммунальные услуги в пределах нормативов потребления)",
    base=capped_per_person,
    needs=needs_norm_and_tariff,
)

HEATING: Final = Rule(
    name="heating_capped_per_meter",
    version=1,
    title="Отопление: не выше норматива на площадь",
    source="ст. 17 Закона № 181-ФЗ (коммунальные услуги в пределах нормативов потребления)",
    base=capped_per_meter,
    needs=needs_area_too,
)

ELECTRICITY: Final = Rule(
    name="electricity_capped_by_zones",
    version=1,
    title="Электроэнергия: не выше норматива, между зонами он делится по потреблению",
    source="ст. 17 Закона № 181-ФЗ (коммунальные услуги в пределах нормативов потребления)",
    base=capped_by_zones,
    needs=needs_use_by_zones,
)
