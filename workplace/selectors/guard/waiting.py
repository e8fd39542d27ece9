"""Rows of directories that wait for a second person, each with what it replaces, its effect and warnings."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q

from calculations.models import Parameter, Rehearsal
from calculations.models.rehearsals import RehearsalRow
from calculations.services.fuel_guard import FUEL_KINDS, FuelEffect, fuel_effects
from calculations.services.guard import KINDS, Kind, Months, effects_of, last_approved, months_until
from offices.models.confirmed import NOT_REFUSED
from offices.money import format_quantity
from offices.months import month_name
from providers.awaiting import KEYS, formers_among
from workplace.selectors.guard.words import number_of, scope_of, title_of, told, uncounted, value_of

MOST_CHANGE: Final = Decimal(25)
"""Per cent beyond which a change of a tariff or norm is a warning."""
OLD_ACT: Final = dt.timedelta(days=550)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row in waiting; `former` is what it replaces, empty where it is the first of its scope.

    `affected` counts the recipients whose sum changes or cannot be calculated any more, `difference` is in roubles, None
    while the effect was not counted; `uncounted` says why there is nothing to count. A row of fuel has its effect on applications instead of a rehearsal and months.
    """

    kind: Kind
    row: Any
    title: str
    scope: str
    former: str
    value: str
    told: str
    effect: Rehearsal | None
    of_fuel: FuelEffect | None
    affected: int
    difference: Decimal | None
    months: Months | None
    uncounted: str
    warnings: tuple[str, ...]

    @property
    def pk(self) -> str:
        return f"{self.kind.code}-{self.row.pk}"


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The rows of a directory that wait, and the former one of each."""

    kind: Kind
    rows: Sequence[Any]
    formers: Mapping[int, Any]


def waiting_rows() -> list[Waiting]:
    """Return every row in waiting, of all directories, by the day it counts from; as many queries however many there are."""
    found = [*_counted_by_month(list(map(_loaded, KINDS.values()))), *_of_fuel(list(map(_loaded, FUEL_KINDS.values())))]
    return sorted(found, key=lambda one: (one.row.valid_from, one.pk))


def waiting_row(kind: Kind, pk: int) -> Waiting | None:
    """Return one row in waiting, None where there is none."""
    whole = _loaded(kind)
    only = replace(whole, rows=[row for row in whole.rows if row.pk == pk])
    return next(iter(_of_fuel([only]) if kind.code in FUEL_KINDS else _counted_by_month([only])), None)


def _loaded(kind: Kind) -> _Loaded:
    """Read the rows in waiting with whatever they may follow, in one query."""
    joined, same = ["decree", "entered_by"], "code"
    if kind.model is not Parameter:
        joined, same = [*joined, "service", "provider", "district", "settlement"], "service"
    rows = kind.model._default_manager.filter(NOT_REFUSED)
    waiting = rows.filter(confirmed_at__isnull=True)
    ended = Q(valid_to__isnull=False, **{f"{same}__in": waiting.order_by().values(same)})
    found = list(rows.filter(Q(confirmed_at__isnull=True) | ended).select_related(*joined).order_by("valid_from", "pk"))
    wait = [row for row in found if row.confirmed_at is None]
    return _Loaded(kind, wait, formers_among(found, wait, names=KEYS.get(kind.model, ("code",))))


def _counted_by_month(found: Sequence[_Loaded]) -> list[Waiting]:
    last = last_approved()
    effects = effects_of({one.kind.code: one.rows for one in found}, last=last)
    affected = _affected(effects.values())
    return [
        Waiting(
            **_in_words(of, row),
            effect=effect,
            of_fuel=None,
            affected=affected.get(effect.pk, 0) if effect else 0,
            difference=effect.difference if effect else None,
            months=months,
            uncounted="" if months else uncounted(row),
            warnings=(*_warnings(row, of.formers.get(row.pk)), *_of_effect(effect, months)),
        )
        for of in found
        for row in of.rows
        for effect in [effects.get((of.kind.code, row.pk))]
        for months in [months_until(row, last=last)]
    ]


def _of_fuel(found: Sequence[_Loaded]) -> list[Waiting]:
    rows = [(of, row) for of in found for row in of.rows]
    return [
        Waiting(
            **_in_words(of, row),
            effect=None,
            of_fuel=effect,
            affected=effect.recipients,
            difference=effect.difference,
            months=None,
            uncounted="",
            warnings=(*_warnings(row, of.formers.get(row.pk)), *_of_applications(effect)),
        )
        for (of, row), effect in zip(rows, fuel_effects([row for _, row in rows]), strict=True)
    ]


def _in_words(of: _Loaded, row: Any) -> dict[str, Any]:
    former = of.formers.get(row.pk)
    return {
        "kind": of.kind,
        "row": row,
        "title": title_of(row),
        "scope": scope_of(row),
        "former": "" if former is None else value_of(former),
        "value": value_of(row),
        "told": told(row, former),
    }


def _affected(effects: Iterable[Rehearsal]) -> Mapping[int, int]:
    """Count the recipients of each rehearsal, in one query."""
    rows = RehearsalRow.objects.filter(rehearsal__in=list(effects)).order_by()
    return dict(rows.values_list("rehearsal").annotate(people=Count("recipient", distinct=True)))


def _warnings(row: Any, former: Any) -> Iterator[str]:
    old, new = number_of(former) if former else None, number_of(row)
    if old and new is not None:
        percent = abs(new - old) * 100 / old
        if percent > MOST_CHANGE:
            shown = format_quantity(percent.quantize(Decimal(1)))
            yield f"Значение меняется на {shown} %: проверьте, там ли стоит запятая."
    if former is None:
        yield "Прежней строки с этой областью действия нет: до сих пор действовала более широкая или никакая."
    if row.valid_from.day != 1 and not hasattr(row, "fuel"):
        yield f"Строка действует с {row.valid_from:%d.%m.%Y}, не с первого числа: месяц считается по дням."
    if row.decree.issued_on > row.valid_from:
        yield "Акт издан позже дня, с которого действует строка."
    elif row.valid_from - row.decree.issued_on > OLD_ACT:
        yield f"Акт издан {row.decree.issued_on:%d.%m.%Y}, больше чем за полтора года до начала действия."
    if getattr(row, "is_assumed", False):
        yield "Значение принято условно, без опубликованного акта."


def _of_effect(effect: Rehearsal | None, months: Months | None) -> Iterator[str]:
    if months is not None and months.is_past:
        span = month_name(months.first)
        span = span if months.first == months.last else f"{span} — {month_name(months.last)}"
        yield f"Начисленные месяцы: {span}. После подтверждения районам подготовят перерасчёт."
    if effect is not None and not effect.gaining and not effect.losing and not effect.stopped:
        yield "Никого не касается: проверьте услугу и область действия."
    if effect is not None and effect.stopped:
        yield "У части получателей эквивалент станет невозможно посчитать: причины в списке."


def _of_applications(effect: FuelEffect) -> Iterator[str]:
    if not effect.differences:
        yield "Заявлений на это топливо за год не было: сравнивать не с чем."
    elif not effect.is_foreseen:
        yield (
            "На дни этой строки заявления уже приняты и посчитаны по прежней. Назначенное решением не меняется само: "
            "каждое такое заявление пересматривает отдел."
        )
    if effect.impossible:
        yield "По части заявлений сумму по новой строке посчитать нельзя: они отмечены в списке."
