"""The tab «Начисления»: a month's sum, why it is not half the bill, each service, what changed, what was checked."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculations.models import Accrual, CalculationRun
from offices.months import next_month, shift_month
from payments.models import PaymentLine
from workplace.selectors.card.carried import Carried, carried_of
from workplace.selectors.card.chain import ShownBox, shown_chain
from workplace.selectors.card.changes import ChangeRow, change_rows, effects_between
from workplace.selectors.card.checks import Check, checks_of
from workplace.selectors.card.counted import people_counted
from workplace.selectors.card.identity import Identity, State
from workplace.selectors.card.month_table import MonthTable, month_table
from workplace.selectors.card.months import YearList, accruals_of, lines_to_pay, state_of_month, year_list
from workplace.selectors.card.overpaid import less_withheld
from workplace.selectors.card.sources import MonthSources, month_sources, total


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nothing is accrued for the month, and what to do, in plain words."""

    why: str
    advice: str


@dataclass(frozen=True, slots=True)
class AccrualMonth:
    """A month of the card. `previous` is the month it is compared with, None where that has no accrual.

    `faults` names the services whose stored sum the rules did not give again; `bases` are the laws and acts of all;
    `household` says who was counted and whose the right is, a sentence for each stretch of the month.
    """

    month: dt.date
    accrued: Decimal | None
    state: State
    run: CalculationRun | None
    boxes: tuple[ShownBox, ...]
    table: MonthTable
    previous: dt.date | None
    changes: tuple[ChangeRow, ...]
    checks: tuple[Check, ...]
    missing: Missing | None
    faults: tuple[str, ...]
    bases: tuple[str, ...]
    household: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccrualsTab:
    """The list of the year's months and the month shown."""

    year: YearList
    shown: AccrualMonth


def last_accrued_month(identity: Identity, *, wanted: dt.date | None) -> dt.date | None:
    """Return `wanted` where something was accrued for it, otherwise the last month accrued, otherwise `wanted`."""
    months = {one.month for one in accruals_of(identity.recipient)}
    return wanted if wanted in months or not months else max(months)


def accruals_tab(
    identity: Identity, *, month: dt.date, year: int, opened: Iterable[dt.date], own_office: int | None
) -> AccrualsTab:
    """Read the tab; `own_office` is the district of who looks, None for the department, which sees every file."""
    accruals = accruals_of(identity.recipient)
    lines = lines_to_pay(identity.recipient)
    return AccrualsTab(
        year=year_list(year=year, opened=opened, accruals=accruals, lines=lines, rights=identity.rights),
        shown=_month(identity, month, accruals, lines, own_office=own_office),
    )


def _month(
    identity: Identity,
    month: dt.date,
    accruals: Sequence[Accrual],
    lines: Sequence[PaymentLine],
    *,
    own_office: int | None,
) -> AccrualMonth:
    before = shift_month(month, -1)
    own = [one for one in accruals if one.month == month]
    former = [one for one in accruals if one.month == before]
    sources = month_sources(recipient=identity.recipient, month=month, accruals=own, former=former)
    effects = effects_between(sources.former, sources.lines) if own and former else ()
    carried = carried_of(own, former)
    table = month_table(
        sources,
        effects=effects,
        is_compared=bool(own and former),
        sees_files=own_office is None or all(one.charge.office_id == own_office for one in sources.charges),
        rights=len(own),
        carried=carried,
    )
    names = {one.line.service_id: one.line.service.name for one in (*sources.former, *sources.lines)}
    difference = total([one.accrued for one in own]) - total([one.accrued for one in former])
    return AccrualMonth(
        month=month,
        accrued=total([one.accrued for one in own]) if own else None,
        state=state_of_month(own, [line for line in lines if line.accrual.month == month])
        if own
        else State("idle", "нет начисления"),
        run=own[0].run if own else None,
        boxes=less_withheld(
            shown_chain(table.bills, lines=sources.lines, table=table, month=month, carried=carried.now), own
        )
        if table.bills is not None
        else (),
        table=table,
        previous=before if own and former else None,
        changes=_whole(_with_carried(change_rows(effects, names), carried), difference) if own and former else (),
        checks=checks_of(sources, own),
        missing=_missing(identity, month, own, sources),
        faults=tuple(dict.fromkeys(one.line.service.name for one in sources.lines if not one.is_faithful)),
        bases=tuple(dict.fromkeys(line.basis for row in table.rows for line in row.explained if line.basis)),
        household=people_counted(sources.lines, sources.persons),
    )


def _with_carried(rows: tuple[ChangeRow, ...], carried: Carried) -> tuple[ChangeRow, ...]:
    return (*rows, ChangeRow("Удержание по прошлым месяцам", carried.change)) if carried.change else rows


def _whole(rows: tuple[ChangeRow, ...], difference: Decimal) -> tuple[ChangeRow, ...]:
    """Name what lines that cannot be read again leave between the causes and the difference."""
    rest = difference - total([row.roubles for row in rows])
    return (*rows, ChangeRow("Строки, которые не удалось пересчитать", rest)) if rest else rows


def _missing(identity: Identity, month: dt.date, own: Sequence[Accrual], sources: MonthSources) -> Missing | None:
    if any(one.accrued for one in own):
        return None
    if not any(right.touches(month, next_month(month)) for right in identity.rights):
        return Missing(
            "В этом месяце у получателя не было права на меру.",
            "Проверьте сроки на вкладке «Категория и основания». Если право было, внесите его и рассчитайте район заново.",
        )
    if not own and not sources.charges:
        return Missing(
            "Расчёт района за этот месяц ещё не выполнен, и предприятия пока не прислали начислений этому получателю.",
            "Посмотрите «Ход месяца»: там видно, каких файлов не хватает.",
        )
    if not own:
        return Missing(
            "Начисления предприятий приняты, но расчёт района за этот месяц ещё не выполнен.",
            "Выполните расчёт района: сумма появится здесь сразу после него.",
        )
    if not sources.charges:
        return Missing(
            "Ни одно предприятие не прислало начислений этому получателю за месяц.",
            "Проверьте приём файлов и лицевые счета на вкладке «Услуги и лицевые счета».",
        )
    if sources.lines:
        return Missing(
            "Предприятия начислили плату, но компенсировать по ней нечего.",
            "Причина каждой услуги написана в таблице ниже.",
        )
    return Missing(
        "Начисления предприятий есть, но в расчёт они не вошли.",
        "Причина и что сделать написаны в таблице ниже у каждой услуги.",
    )
