"""The steps of a calculation in Russian: what was done, with which numbers, by which act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from calculations.rules.corrections import Ground
from calculations.rules.fuel import FUEL_TITLES, FUEL_UNITS, FuelKind, NormKind
from calculations.rules.kinds import UNITS, ZONE_TITLES, ServiceKind, Zone
from calculations.rules.money import to_kopecks
from calculations.rules.trace import Step, StepCode, TraceValue
from offices.money import NBSP, format_quantity, format_roubles
from offices.months import month_name, parse_month

_SHOWN_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Caption:
    """One line of an explanation; `source` is the act or the file row, empty when there is none."""

    title: str
    text: str
    source: str


Values = Mapping[str, TraceValue]


def describe(step: Step) -> Caption:
    """Put one recorded step into Russian."""
    title, sentence = _SENTENCES[step.code]
    source = step.values.get("source")
    return Caption(title=title, text=sentence(step.values), source=str(source) if source else "")


def _number(value: TraceValue) -> str:
    """Write a number with at most six places; one that has more is marked with «≈»."""
    if not isinstance(value, Decimal | Fraction):
        return str(value)
    scaled = Fraction(value) * 10**_SHOWN_PLACES
    shown = format_quantity(Decimal(round(scaled)).scaleb(-_SHOWN_PLACES))
    return shown if scaled.denominator == 1 else f"≈{NBSP}{shown}"


def _roubles(values: Values, name: str = "result") -> str:
    value = values[name]
    if isinstance(value, Decimal | Fraction) and to_kopecks(value) == value:
        return format_roubles(to_kopecks(value))
    return f"{_number(value)}{NBSP}₽"


def _unit(values: Values) -> str:
    return UNITS[ServiceKind(str(values["service"]))]


def _rule(values: Values) -> str:
    return str(values["title"])


def _period(values: Values) -> str:
    return f"период {values['number']} из {values['of']}: {values['days']} из {values['days_in_month']} дней месяца"


def _denied(values: Values) -> str:
    return f"{values['text']}: {_roubles(values)}"


def _billed(values: Values) -> str:
    zone = Zone(str(values["zone"]))
    prefix = "" if zone is Zone.WHOLE else f"{ZONE_TITLES[zone]}: "
    if values["quantity"] is None or values["tariff"] is None:
        return f"{prefix}{_roubles(values)} за месяц"
    return (
        f"{prefix}{_roubles(values)} за месяц, объём {_number(values['quantity'])} {_unit(values)}, "
        f"тариф {_number(values['tariff'])} ₽ за {_unit(values)}"
    )


def _norm_per_person(values: Values) -> str:
    return (
        f"{_number(values['norm'])} {_unit(values)} на человека × {values['residents']} чел. × "
        f"{_number(values['tariff'])} ₽ = {_roubles(values)}"
    )


def _norm_per_meter(values: Values) -> str:
    return (
        f"{_number(values['norm'])} {_unit(values)} на м² × {_number(values['area'])} м² × "
        f"{_number(values['tariff'])} ₽ = {_roubles(values)}"
    )


def _minimum_contribution(values: Values) -> str:
    return f"{_number(values['rate'])} ₽ за м² × {_number(values['area'])} м² = {_roubles(values)}"


def _norm_of_zones(values: Values) -> str:
    return (
        f"{_number(values['norm'])} {_unit(values)} на человека × {values['residents']} чел. = "
        f"{_number(values['result'])} {_unit(values)}, делится по потреблению, всего {_number(values['used'])} {_unit(values)}"
    )


def _zone(values: Values) -> str:
    return (
        f"{ZONE_TITLES[Zone(str(values['zone']))]}: {_number(values['norm'])} × {_number(values['quantity'])} / "
        f"{_number(values['used'])} {_unit(values)} × {_number(values['tariff'])} ₽ = {_roubles(values)}"
    )


def _base(values: Values) -> str:
    return f"в расчёт принято {_roubles(values)}"


def _share(values: Values) -> str:
    return f"{_roubles(values, 'base')} × {values['entitled']} из {values['residents']} чел. = {_roubles(values)}"


def _days(values: Values) -> str:
    return f"{_roubles(values, 'shared')} × {values['days']} из {values['days_in_month']} дней = {_roubles(values)}"


def _discount(values: Values) -> str:
    percent = _number(Fraction(str(values["discount"])) * 100)
    return f"{_roubles(values, 'due')} × {percent}{NBSP}% = {_roubles(values)}"


def _rounded(values: Values) -> str:
    return f"округлено до копейки: {_roubles(values)}"


def _recalculated(values: Values) -> str:
    return (
        f"за {_named_month(values)} начислено {_roubles(values, 'billed')}, перерасчёт {_roubles(values, 'told')}, "
        f"теперь {_roubles(values)}"
    )


def _without_month(values: Values) -> str:
    return (
        f"предприятие не указало, за какой месяц перерасчёт {_roubles(values, 'told')}, поэтому от него берётся доля "
        f"этого месяца: {_roubles(values)}"
    )


def _corrected(values: Values) -> str:
    return f"{_correction_of(values)}{_difference(values)}"


def _correction_of(values: Values) -> str:
    """Say which month is corrected and why; lines of the first kind do not know."""
    if not values["month"]:
        return ""
    grounds = ", ".join(_GROUNDS[Ground(code)] for code in str(values["grounds"]).split(","))
    return f"за {_named_month(values)} ({grounds}): "


def _named_month(values: Values) -> str:
    return f"{month_name(parse_month(str(values['month'])))} года"


_GROUNDS: Final[Mapping[Ground, str]] = {
    Ground.LATE: "ответ предприятия пришёл позже",
    Ground.TOLD: "перерасчёт предприятия",
    Ground.ORDERED: "перерасчёт по решению отдела",
}


def _difference(values: Values) -> str:
    return f"{_roubles(values, 'recalculated')} − {_roubles(values, 'accrued')} начислено прежде = {_roubles(values)}"


def _fuel_applied(values: Values) -> str:
    return (
        f"{FUEL_TITLES[FuelKind(str(values['fuel']))]}: {_fuel(values, 'quantity')} × "
        f"{_number(values['price'])} ₽ = {_roubles(values)}"
    )


def _fuel_norm(values: Values) -> str:
    told = f"{_NORM_WAYS[NormKind(str(values['way']))](values)} = {_fuel(values, 'limit')}"
    counted = f"{_fuel(values, 'counted')} × {_number(values['price'])} ₽ = {_roubles(values)}"
    return f"{FUEL_TITLES[FuelKind(str(values['fuel']))]}: {told}; учтено {counted}"


def _fuel(values: Values, name: str) -> str:
    return f"{_number(values[name])} {FUEL_UNITS[FuelKind(str(values['fuel']))]}"


def _per_household(values: Values) -> str:
    area, up_to = values["area"], values["up_to"]
    told = f"{_fuel(values, 'quantity')} на семью"
    if isinstance(area, Decimal) and isinstance(up_to, Decimal) and area > up_to and values["further"]:
        return f"{told} до {_number(up_to)} м² + {_fuel(values, 'further')} × {_number(area - up_to)} м²"
    return told


def _per_meter(values: Values) -> str:
    return f"{_fuel(values, 'quantity')} на м² × {_number(values['area'])} м²"


def _per_person(values: Values) -> str:
    return f"{_fuel(values, 'quantity')} на человека × {values['residents']} чел."


def _by_band(values: Values) -> str:
    return f"для площади {_number(values['area'])} м²"


_NORM_WAYS: Final[Mapping[NormKind, Callable[[Values], str]]] = {
    NormKind.PER_HOUSEHOLD: _per_household,
    NormKind.PER_METER: _per_meter,
    NormKind.PER_PERSON: _per_person,
    NormKind.BY_BAND: _by_band,
}


def _part(values: Values) -> str:
    if values["of"] == 1:
        return f"{_roubles(values)} одной суммой"
    return f"{_roubles(values, 'whole')} на {values['of']} мес. равными частями, часть {values['number']}: {_roubles(values)}"


_SENTENCES: Final[Mapping[StepCode, tuple[str, Callable[[Values], str]]]] = {
    StepCode.RULE: ("Правило", _rule),
    StepCode.PERIOD: ("Период", _period),
    StepCode.DENIED: ("Не входит в меру", _denied),
    StepCode.BILLED: ("Начислено предприятием", _billed),
    StepCode.NORM_PER_PERSON: ("Стоимость в пределах норматива", _norm_per_person),
    StepCode.NORM_PER_METER: ("Стоимость в пределах норматива", _norm_per_meter),
    StepCode.MINIMUM_CONTRIBUTION: ("Минимальный размер взноса", _minimum_contribution),
    StepCode.NORM_OF_ZONES: ("Норматив на все зоны", _norm_of_zones),
    StepCode.ZONE: ("Стоимость в пределах норматива зоны", _zone),
    StepCode.BASE: ("Принято в расчёт", _base),
    StepCode.SHARE: ("Доля имеющих право", _share),
    StepCode.FAMILY_SHARE: ("Доля семьи получателя", _share),
    StepCode.DAYS: ("Дни права", _days),
    StepCode.DISCOUNT: ("Скидка", _discount),
    StepCode.ROUNDED: ("Денежный эквивалент", _rounded),
    StepCode.FUEL_APPLIED: ("По заявлению", _fuel_applied),
    StepCode.FUEL_NORM: ("В пределах нормы продажи", _fuel_norm),
    StepCode.PART: ("Часть за месяц", _part),
    StepCode.RECALCULATED: ("Перерасчёт предприятия", _recalculated),
    StepCode.WITHOUT_MONTH: ("Перерасчёт предприятия без месяца", _without_month),
    StepCode.CORRECTED: ("Исправление прошедшего месяца", _corrected),
}
