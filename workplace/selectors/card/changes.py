"""«Что изменилось к прошлому месяцу» in words: causes with their roubles, each service by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.explaining.causes import Cause, Effect, MonthLine, effects_of
from calculations.rules.inputs import BilledPart, Period
from calculations.rules.kinds import UNITS, ServiceKind
from calculations.rules.line import sharing
from calculations.rules.regimes import rule_named
from offices.money import choose_form, format_amount, format_quantity
from offices.months import month_name
from workplace.selectors.card.sources import Replayed, total

SERVICES: Final = ("услуга", "услуги", "услуг")


@dataclass(frozen=True, slots=True)
class ChangeDetail:
    """What a cause did to one service, in roubles."""

    title: str
    roubles: Decimal


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One cause: what it did in roubles; `details` part it among the services where it touched several."""

    title: str
    roubles: Decimal
    details: tuple[ChangeDetail, ...] = ()


def effects_between(former: Iterable[Replayed], now: Iterable[Replayed]) -> tuple[Effect, ...]:
    """Part the difference between two months; lines that cannot be read again are left to their plain difference."""
    return effects_of([*_month_lines(former)], [*_month_lines(now)])


def change_rows(effects: Sequence[Effect], names: Mapping[str, str]) -> tuple[ChangeRow, ...]:
    """Put effects into words, the largest first; they add up to the same sum. `names` are services by code."""
    by_cause: dict[Cause, list[Effect]] = {}
    for effect in effects:
        by_cause.setdefault(effect.cause, []).append(effect)
    rows = [row for cause, found in by_cause.items() for row in _rows(cause, found, names)]
    return tuple(sorted((row for row in rows if row.roubles), key=lambda row: -abs(row.roubles)))


def _month_lines(lines: Iterable[Replayed]) -> Iterable[MonthLine]:
    for one in lines:
        if one.stored is not None and one.explanation is not None:
            yield MonthLine(
                right=one.line.accrual.entitlement_id,
                service=one.line.service_id,
                account=one.line.account_id,
                rule=rule_named(one.line.rule, one.line.rule_version),
                inputs=one.stored.inputs,
                parameters=one.stored.parameters,
                accrued=one.line.accrued,
                corrects_month=one.line.corrects_month,
                is_unmonthed=one.line.is_unmonthed,
                is_part=one.stored.part is not None,
            )


def _rows(cause: Cause, effects: Sequence[Effect], names: Mapping[str, str]) -> list[ChangeRow]:
    if cause in (Cause.BEGAN, Cause.ENDED):
        return [ChangeRow(_SEASONS[cause](effect, names), effect.roubles) for effect in effects]
    details = tuple(ChangeDetail(_detail(cause, effect, names), effect.roubles) for effect in effects)
    roubles = total([effect.roubles for effect in effects])
    if cause is Cause.VOLUME and len(effects) <= MOST_VOLUMES:
        return [ChangeRow(detail.title, detail.roubles) for detail in details]
    same = {detail.title for detail in details}
    if len(same) == 1:
        return [ChangeRow(f"{_TITLES[cause]}: {same.pop()}", roubles)]
    count = len(effects)
    return [ChangeRow(f"{_TITLES[cause]} ({count} {choose_form(count, SERVICES)})", roubles, details)]


MOST_VOLUMES: Final = 3
_TITLES: Final[Mapping[Cause, str]] = {
    Cause.RIGHT: "Право на меру началось или закончилось",
    Cause.HOUSEHOLD: "Семья, доля и дни права",
    Cause.TARIFF: "Изменились тарифы",
    Cause.VOLUME: "Изменился объём",
    Cause.BILLING: "Предприятие начислило иначе при тех же объёме и тарифе",
    Cause.NORM: "Норматив или площадь",
    Cause.CORRECTION: "Перерасчёты и исправления прошлых месяцев",
    Cause.APPLIED: "Другая часть или другое заявление на топливо и газ",
    Cause.OTHER: "Прочее: правила и округление",
}


def _began(effect: Effect, names: Mapping[str, str]) -> str:
    if _kind(effect) is ServiceKind.HEATING:
        return "Начался отопительный сезон"
    return f"Новая в этом месяце: {_service(effect, names)}"


def _ended(effect: Effect, names: Mapping[str, str]) -> str:
    if _kind(effect) is ServiceKind.HEATING:
        return "Отопительный сезон закончился"
    return f"В этом месяце не начислено: {_service(effect, names)}"


_SEASONS: Final[Mapping[Cause, Callable[[Effect, Mapping[str, str]], str]]] = {
    Cause.BEGAN: _began,
    Cause.ENDED: _ended,
}


def _detail(cause: Cause, effect: Effect, names: Mapping[str, str]) -> str:
    name = _service(effect, names)
    if effect.before is None or effect.now is None:
        return f"{name}, {_counts_for(effect)}" if cause is Cause.CORRECTION else name
    before, now = effect.before.inputs.periods[0], effect.now.inputs.periods[0]
    unit = UNITS[_kind(effect)]
    match cause:
        case Cause.VOLUME:
            return f"{name}: {_volume(now)} {unit} вместо {_volume(before)}"
        case Cause.TARIFF:
            return f"{name}: {_price(before.parts[0])} → {_price(now.parts[0])} ₽"
        case Cause.HOUSEHOLD:
            return _household(effect.before, effect.now)
        case Cause.NORM:
            return f"{name}: {_norm(before)} → {_norm(now)} {unit}" if before.norm != now.norm else name
        case Cause.BILLING:
            return f"{name}: {_billed(now)} ₽ вместо {_billed(before)}"
        case _:
            return name


def _household(before: MonthLine, now: MonthLine) -> str:
    was, became = _share(before), _share(now)
    if was != became:
        return f"доля {became} вместо {was}"
    return (
        f"дней права {_days(now)} вместо {_days(before)}" if _days(before) != _days(now) else "состав семьи изменился"
    )


def _share(line: MonthLine) -> str:
    return ", ".join(
        dict.fromkeys(f"{sharing(one, line.parameters)} из {one.residents}" for one in line.inputs.periods)
    )


def _days(line: MonthLine) -> int:
    return sum(period.days for period in line.inputs.periods)


def _service(effect: Effect, names: Mapping[str, str]) -> str:
    line = effect.now or effect.before
    assert line is not None, "an effect has a line on one side at least"
    return names.get(line.service, line.service)


def _counts_for(effect: Effect) -> str:
    """Say for which month a correction or recalculation counts; one of the former month is over now."""
    line = effect.now or effect.before
    assert line is not None, "an effect has a line on one side at least"
    told = f"за {month_name(line.corrects_month)}" if line.corrects_month else "месяц предприятие не указало"
    return told if effect.now else f"{told} была в прошлом месяце"


def _kind(effect: Effect) -> ServiceKind:
    line = effect.now or effect.before
    assert line is not None, "an effect has a line on one side at least"
    return line.inputs.kind


def _volume(period: Period) -> str:
    known = [part.quantity for part in period.parts if part.quantity is not None]
    return format_quantity(sum(known, Decimal(0))) if known else "—"


def _billed(period: Period) -> str:
    return format_amount(sum((part.billed for part in period.parts), Decimal(0)))


def _price(part: BilledPart) -> str:
    return "—" if part.tariff is None else format_amount(_rounded(part.tariff))


def _norm(period: Period) -> str:
    return "—" if period.norm is None else format_quantity(_rounded(period.norm))


def _rounded(value: Decimal) -> Decimal:
    """Keep six places: a price weighed by days has thirty."""
    return round(value, 6)
