"""Rules of what a recipient applies for by appendix 3: solid fuel within the norms of its sale, gas in cylinders."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from calculations.rules.as_billed import as_billed
from calculations.rules.faults import LineFault, MissingArea, MissingFuel, MissingNorm, MissingTariff, known
from calculations.rules.fuel import FuelFault, FuelItem, FuelOrder, NormKind, SaleNorm, count_item
from calculations.rules.inputs import Period
from calculations.rules.kinds import ServiceKind
from calculations.rules.result import ReasonCode
from calculations.rules.rule import Rule
from calculations.rules.trace import SILENT, StepCode, Trace


def within_sale_norms(period: Period, kind: ServiceKind, trace: Trace) -> Decimal:
    """Return the cost of the fuel applied for, each kind not above its norm of sale, in roubles.

    Source: Regulation 369 of 30.10.2007, item 2.4.3; dossier 1.2, item 7.
    """
    order = _given(period.fuel)
    total = Decimal(0)
    for item in order.items:
        counted = count_item(item, area=order.area, residents=order.residents)
        total += counted.cost
        if trace is not SILENT:
            _tell_item(trace, item, order, limit=counted.limit, counted=counted.counted, cost=counted.cost)
    return total


def needs_fuel(number: int, period: Period) -> Iterator[LineFault]:
    """Find a fuel without its quantity, price or norm."""
    if period.fuel is None or not period.fuel.items:
        yield MissingFuel(period=number)
        return
    if not known(period.fuel.area):
        yield MissingArea(period=number)
        return
    for item in period.fuel.items:
        if not known(item.applied):
            yield MissingFuel(period=number)
        elif not known(item.price):
            yield MissingTariff(period=number)
        elif not _has_norm(item, period.fuel):
            yield MissingNorm(period=number)


def needs_price(number: int, period: Period) -> Iterator[LineFault]:
    """Find cylinders without a price or a number."""
    for index, part in enumerate(period.parts):
        if not known(part.tariff):
            yield MissingTariff(period=number, part=index)
        if not known(part.quantity):
            yield MissingFuel(period=number, part=index)


def _given(order: FuelOrder | None) -> FuelOrder:
    if order is None:
        raise MissingFuel
    return order


def _has_norm(item: FuelItem, order: FuelOrder) -> bool:
    try:
        return count_item(item, area=order.area, residents=order.residents).limit > 0
    except FuelFault:
        return False


def _tell_item(
    trace: Trace, item: FuelItem, order: FuelOrder, *, limit: Decimal, counted: Decimal, cost: Decimal
) -> None:
    trace.step(
        StepCode.FUEL_APPLIED,
        fuel=item.kind,
        quantity=item.applied,
        price=item.price,
        result=item.applied * item.price,
        source=item.price_act,
    )
    trace.step(
        StepCode.FUEL_NORM,
        fuel=item.kind,
        way=item.norm.kind,
        area=order.area,
        residents=order.residents,
        limit=limit,
        counted=counted,
        price=item.price,
        result=cost,
        source=item.norm_act,
        **_norm_told(item.norm, limit),
    )


def _norm_told(norm: SaleNorm, limit: Decimal) -> dict[str, Decimal]:
    quantity = limit if norm.kind is NormKind.BY_BAND else norm.quantity
    return {"quantity": quantity, "up_to": norm.area, "further": norm.further}


SOLID_FUEL: Final = Rule(
    name="solid_fuel",
    version=1,
    title="Твёрдое топливо: не выше нормы продажи населению, по цене на день обращения",
    source="Регламент (постановление от 30.10.2007 № 369), п. 2.4.3; ст. 17 Закона № 181-ФЗ",
    base=within_sale_norms,
    needs=needs_fuel,
    cut=ReasonCode.OVER_SALE_NORM,
)

BOTTLED_GAS: Final = Rule(
    name="bottled_gas",
    version=1,
    title="Газ в баллонах: баллоны, указанные в заявлении, по цене на день обращения",
    source="Регламент (постановление от 30.10.2007 № 369), п. 2.4.4",
    base=as_billed,
    needs=needs_price,
)
