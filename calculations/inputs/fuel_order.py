"""What an application for fuel or gas comes to: the right, the dwelling, norms and prices of its day, the sum, its parts.

Nothing is written; what stands in the way is a refusal in words (2.4.3, 2.4.4, 2.5.2, 2.5.3).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from calculations.inputs.fuel_recounted import norm_of
from calculations.inputs.parameters import ParametersInForce
from calculations.models import FuelAssignment
from calculations.rules import fuel as rules
from calculations.rules.captions import Caption, describe
from calculations.rules.faults import LineFault
from calculations.rules.fuel import FuelFault, FuelItem, FuelKind, FuelOrder, FuelShare, Stove
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock
from calculations.rules.line import apply_rule
from calculations.rules.parameters import Parameters
from calculations.rules.parts import equal_parts
from calculations.rules.regimes import RULES_BY_APPLICATION
from calculations.rules.stored import to_stored
from calculations.rules.trace import Recording
from housing.models import Dwelling, DwellingFacts
from housing.selectors import dwelling_of, facts_of, residents_in
from offices.months import shift_month
from offices.refusals import Refusal
from providers.fuel_in_force import fuel_price_on, sale_norm_on
from providers.in_force import Place
from providers.models import FuelPrice, SaleNorm
from providers.models.fuel import CYLINDER, Fuel
from recipients.eligibility import first_day_of_right
from recipients.models import EntitledPerson, Entitlement, Recipient

MONTHS_OF_YEAR: Final = 12
DAY: Final = dt.timedelta(days=1)
MAIN_FUELS: Final = frozenset(FuelKind) - {FuelKind.KINDLING}


class FuelRefused(Refusal):
    """What was applied for cannot be assigned; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A fuel of an application, in tonnes or cubic metres, or cylinders; by what paper of the seller."""

    fuel: str
    quantity: Decimal
    seller_document: str = ""


@dataclass(frozen=True, slots=True)
class OrderedFuel:
    """A fuel as it counts: its rows of the directories, its norm for the dwelling, its cost in roubles."""

    wish: Wish
    norm: SaleNorm | None
    limit: Decimal | None
    counted: Decimal
    price: FuelPrice
    cost: Decimal


@dataclass(frozen=True, slots=True)
class CountedOrder:
    """An application as it would be assigned; sums are in roubles, `parts` are (month, roubles)."""

    rule: str
    rule_version: int
    recipient: Recipient
    right: Entitlement
    dwelling: Dwelling
    starts_on: dt.date
    fuels: tuple[OrderedFuel, ...]
    cost: Decimal
    counted_cost: Decimal
    share: str
    amount: Decimal
    parts: tuple[tuple[dt.date, Decimal], ...]
    inputs: Mapping[str, Any]
    captions: tuple[Caption, ...]

    @property
    def months(self) -> int:
        return len(self.parts)


def count_order(
    *,
    recipient: Recipient,
    rule: str,
    received_on: dt.date,
    wishes: Sequence[Wish],
    months: int | None,
    parameters: ParametersInForce,
) -> CountedOrder:
    """Count an application as of its day; without `months` it is for the rest of the year.

    `parameters` are those of the month of application. Raises FuelRefused.
    """
    starts_on = first_day_of_right(received_on=received_on, first_month=parameters.first_month)
    months = _months(starts_on, months)
    right = _right(recipient, starts_on)
    dwelling, facts = _dwelling(recipient, received_on)
    kind = ServiceKind(rule)
    if kind is ServiceKind.SOLID_FUEL:
        _require_first(dwelling, starts_on.year)
    residents, entitled = _people(dwelling, right, max(received_on, right.valid_from))
    shares = parameters.fuel_share if kind is ServiceKind.SOLID_FUEL else parameters.gas_share
    stove = Stove(facts.total_area, len(residents), len(entitled), facts.has_central_heating)
    fuels = _ordered(kind, wishes, stove, dwelling, received_on, shares, parameters)
    is_shared = shares is FuelShare.OWN_SHARE
    inputs = LineInputs(
        kind,
        (
            Period(
                parts=(_bill(kind, fuels),),
                facts=Facts(Holder(right.holder), Group(right.category), Stock(facts.stock)),
                entitled=len(entitled) if is_shared else 1,
                residents=len(residents) if is_shared else 1,
                days=1,
                days_in_month=1,
                entitled_ids=entitled if is_shared else (),
                resident_ids=residents if is_shared else (),
                fuel=_order(fuels, stove) if kind is ServiceKind.SOLID_FUEL else None,
            ),
        ),
    )
    terms = Parameters(parameters.rules.discount, frozenset(), parameters.rules.decree)
    trace = Recording()
    applied = RULES_BY_APPLICATION[kind]
    try:
        result = apply_rule(applied, inputs, terms, trace)
    except LineFault as fault:
        raise FuelRefused(_sentence(fault.sentence)) from fault
    if not result.cash_equivalent:
        raise FuelRefused("По заявлению выходит меньше копейки: назначать нечего.")
    parts = equal_parts(result.cash_equivalent, months=months)
    return CountedOrder(
        rule=rule,
        rule_version=applied.version,
        recipient=recipient,
        right=right,
        dwelling=dwelling,
        starts_on=starts_on,
        fuels=fuels,
        cost=result.billed,
        counted_cost=result.base,
        share=result.share if is_shared else "1",
        amount=result.cash_equivalent,
        parts=tuple((shift_month(starts_on, number), part) for number, part in enumerate(parts)),
        inputs=to_stored(inputs, terms),
        captions=tuple(describe(step) for step in trace.steps),
    )


def _months(starts_on: dt.date, months: int | None) -> int:
    left = MONTHS_OF_YEAR - starts_on.month + 1
    if months is not None and not 1 <= months <= left:
        raise FuelRefused(f"С {starts_on:%m.%Y} до конца года {left} мес.: укажите от 1 до {left}.")
    return months or left


def _right(recipient: Recipient, starts_on: dt.date) -> Entitlement:
    rights = Entitlement.objects.valid_on(starts_on).filter(recipient=recipient).select_related("disabled_person")
    right: Entitlement | None = rights.order_by("valid_from", "pk").first()
    if right is None:
        raise FuelRefused(
            f"На {starts_on:%d.%m.%Y} у получателя нет права на меру: топливо и газ оплачивают тому, кому она "
            "назначена. Сначала нужно решение по заявлению приложения 2."
        )
    return right


def _dwelling(recipient: Recipient, day: dt.date) -> tuple[Dwelling, DwellingFacts]:
    dwelling = dwelling_of(recipient=recipient, day=day)
    facts = facts_of(dwelling=dwelling, day=day) if dwelling else None
    if dwelling is None or facts is None:
        raise FuelRefused(
            f"На день обращения {day:%d.%m.%Y} в карточке нет жилья получателя с характеристиками: внесите его."
        )
    return dwelling, facts


def _require_first(dwelling: Dwelling, year: int) -> None:
    known = FuelAssignment.objects.filter(dwelling=dwelling, year=year, rule=FuelAssignment.Rule.SOLID_FUEL)
    found = known.exclude(status=FuelAssignment.Status.WITHDRAWN).select_related("application").first()
    if found is not None:
        raise FuelRefused(
            f"Твёрдое топливо на {year} год на это жильё уже заявлено: {found.application}. Оно компенсируется один "
            "раз в год (пункт 2.4.3)."
        )


def _people(dwelling: Dwelling, right: Entitlement, day: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = residents_in(dwelling_ids=[dwelling.pk], start=day, end=day + DAY)
    residents = sorted({row.person_id for row in rows if not row.person.death_date or row.person.death_date >= day})
    covered = set(EntitledPerson.objects.valid_on(day).filter(entitlement=right).values_list("person_id", flat=True))
    return tuple(map(str, residents)), tuple(str(pk) for pk in residents if pk in covered)


def _ordered(
    kind: ServiceKind,
    wishes: Sequence[Wish],
    stove: Stove,
    dwelling: Dwelling,
    day: dt.date,
    shares: FuelShare,
    parameters: ParametersInForce,
) -> tuple[OrderedFuel, ...]:
    place = Place(settlement_id=dwelling.address.street.settlement_id, district_id=dwelling.district_id)
    if kind is ServiceKind.BOTTLED_GAS:
        return tuple(_cylinders(wish, place, day) for wish in wishes)
    _require_one_main_fuel(wishes)
    rows = [_rows(wish, place, day) for wish in wishes]
    items = [_item(wish, norm, price) for wish, (norm, price) in zip(wishes, rows, strict=True)]
    try:
        counted = rules.calculate_fuel(
            items, stove=stove, discount=parameters.rules.discount, is_shared=shares is FuelShare.OWN_SHARE
        )
    except FuelFault as fault:
        raise FuelRefused(_sentence(str(fault))) from fault
    return tuple(
        OrderedFuel(wish, norm, one.limit, one.counted, price, one.cost)
        for wish, (norm, price), one in zip(wishes, rows, counted.items, strict=True)
    )


def _require_one_main_fuel(wishes: Sequence[Wish]) -> None:
    fuels = [FuelKind(wish.fuel) for wish in wishes]
    if len(MAIN_FUELS.intersection(fuels)) > 1:
        raise FuelRefused("Норма продажи одна на семью: укажите один вид топлива — уголь, торф или брикет.")
    if FuelKind.KINDLING in fuels and FuelKind.COAL not in fuels:
        raise FuelRefused(
            "Дрова заявление приложения 3 не предусматривает (пункт 2.5.2): на растопку — только с углём."
        )
    if len(set(fuels)) != len(fuels):
        raise FuelRefused("Один вид топлива указан дважды: сложите количество.")


def _rows(wish: Wish, place: Place, day: dt.date) -> tuple[SaleNorm, FuelPrice]:
    norm = sale_norm_on(fuel=wish.fuel, place=place, day=day)
    if norm is None:
        raise FuelRefused(
            f"На {day:%d.%m.%Y} нет подтверждённой нормы продажи: {Fuel(wish.fuel).label}. Внесите её в справочник."
        )
    return norm, _price(wish, place, day)


def _price(wish: Wish, place: Place, day: dt.date) -> FuelPrice:
    price = fuel_price_on(fuel=wish.fuel, place=place, day=day)
    if price is None:
        called = "газ в баллоне" if wish.fuel == CYLINDER else Fuel(wish.fuel).label
        raise FuelRefused(f"На {day:%d.%m.%Y} нет подтверждённой цены: {called}. Внесите её в справочник.")
    return price


def _cylinders(wish: Wish, place: Place, day: dt.date) -> OrderedFuel:
    if wish.quantity != wish.quantity.to_integral_value() or wish.quantity < 1:
        raise FuelRefused("Число баллонов — целое, не меньше одного.")
    price = _price(wish, place, day)
    return OrderedFuel(wish, None, None, wish.quantity, price, wish.quantity * price.price)


def _item(wish: Wish, norm: SaleNorm, price: FuelPrice) -> FuelItem:
    return FuelItem(
        kind=FuelKind(wish.fuel),
        applied=wish.quantity,
        norm=norm_of(norm),
        price=price.price,
        norm_act=str(norm.decree),
        price_act=str(price.decree),
    )


def _order(fuels: Sequence[OrderedFuel], stove: Stove) -> FuelOrder:
    items = tuple(_item(one.wish, one.norm, one.price) for one in fuels if one.norm is not None)
    return FuelOrder(items, stove.area, stove.residents)


def _bill(kind: ServiceKind, fuels: Sequence[OrderedFuel]) -> BilledPart:
    applied = sum((one.wish.quantity * one.price.price for one in fuels), Decimal(0))
    if kind is ServiceKind.BOTTLED_GAS and fuels:
        (one,) = fuels
        return BilledPart(applied, one.wish.quantity, one.price.price, tariff_act=str(one.price.decree))
    return BilledPart(applied)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
