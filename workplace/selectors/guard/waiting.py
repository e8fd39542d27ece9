"""Rows of directories that wait for a second person, each with what it replaces, its effect and warnings."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from calculations.models import Parameter, Rehearsal
from calculations.services.guard import KINDS, Kind, Months, effect_of, months_of
from offices.models.confirmed import NOT_REFUSED, ConfirmedRow
from offices.money import format_quantity
from offices.months import month_name
from providers.awaiting import former_of
from workplace.selectors.guard.words import number_of, scope_of, title_of, told, value_of

MOST_CHANGE: Final = Decimal(25)
"""Per cent beyond which a change of a tariff or norm is a warning."""
OLD_ACT: Final = dt.timedelta(days=550)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row in waiting; `former` is what it replaces, empty where it is the first of its scope.

    `affected` counts the recipients whose sum changes or cannot be calculated any more.
    """

    kind: Kind
    row: Any
    title: str
    scope: str
    former: str
    value: str
    told: str
    effect: Rehearsal | None
    affected: int
    months: Months | None
    warnings: tuple[str, ...]

    @property
    def pk(self) -> str:
        return f"{self.kind.code}-{self.row.pk}"


def waiting_rows() -> list[Waiting]:
    """Return every row in waiting, of all directories, by the day it counts from; a few queries for each row."""
    rows = [_waiting(kind, row) for kind in KINDS.values() for row in _rows(kind)]
    return sorted(rows, key=lambda one: (one.row.valid_from, one.pk))


def waiting_row(kind: Kind, pk: int) -> Waiting | None:
    """Return one row in waiting, None where there is none."""
    row = _rows(kind).filter(pk=pk).first()
    return None if row is None else _waiting(kind, row)


def count_waiting() -> int:
    """Count the rows in waiting."""
    return sum(_rows(kind).count() for kind in KINDS.values())


def _rows(kind: Kind) -> Any:
    joined = ["decree", "entered_by"]
    if kind.model is not Parameter:
        joined += ["service", "provider", "district", "settlement"]
    rows = kind.model._default_manager.filter(NOT_REFUSED, confirmed_at__isnull=True)
    return rows.select_related(*joined).order_by("valid_from", "pk")


def _waiting(kind: Kind, row: Any) -> Waiting:
    former, effect, months = _former(row), effect_of(kind=kind, row=row), months_of(row)
    return Waiting(
        kind=kind,
        row=row,
        title=title_of(row),
        scope=scope_of(row),
        former="" if former is None else value_of(former),
        value=value_of(row),
        told=told(row, former),
        effect=effect,
        affected=effect.rows.values("recipient").distinct().count() if effect else 0,
        months=months,
        warnings=tuple(_warnings(row, former, effect, months)),
    )


def _former(row: ConfirmedRow) -> Any:
    if isinstance(row, Parameter):
        former = Parameter.objects.filter(code=row.code, confirmed_at__isnull=False, valid_to__lte=row.valid_from)
        return former.order_by("-valid_to").first()
    return former_of(row)  # type: ignore[arg-type]


def _warnings(row: Any, former: Any, effect: Rehearsal | None, months: Months | None) -> Iterator[str]:
    old, new = number_of(former) if former else None, number_of(row)
    if old and new is not None:
        percent = abs(new - old) * 100 / old
        if percent > MOST_CHANGE:
            shown = format_quantity(percent.quantize(Decimal(1)))
            yield f"Значение меняется на {shown} %: проверьте, там ли стоит запятая."
    if former is None:
        yield "Прежней строки с этой областью действия нет: до сих пор действовала более широкая или никакая."
    if row.valid_from.day != 1:
        yield f"Строка действует с {row.valid_from:%d.%m.%Y}, не с первого числа: месяц считается по дням."
    if row.decree.issued_on > row.valid_from:
        yield "Акт издан позже дня, с которого действует строка."
    elif row.valid_from - row.decree.issued_on > OLD_ACT:
        yield f"Акт издан {row.decree.issued_on:%d.%m.%Y}, больше чем за полтора года до начала действия."
    if months is not None and months.is_past:
        span = month_name(months.first)
        span = span if months.first == months.last else f"{span} — {month_name(months.last)}"
        yield f"Начисленные месяцы: {span}. После подтверждения районам подготовят перерасчёт."
    if effect is not None and not effect.gaining and not effect.losing and not effect.stopped:
        yield "Никого не касается: проверьте услугу и область действия."
    if effect is not None and effect.stopped:
        yield "У части получателей эквивалент станет невозможно посчитать: причины в списке."
    if getattr(row, "is_assumed", False):
        yield "Значение принято условно, без опубликованного акта."
