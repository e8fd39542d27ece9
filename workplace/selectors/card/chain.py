"""«Почему не половина квитанции»: the boxes with their words."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.explaining.boxes import Box, BoxSum, ServiceBill, chain_of
from calculations.rules.line import sharing
from offices.money import choose_form, format_quantity
from offices.months import MONTHS, month_name
from workplace.selectors.card.month_table import OVER_NORM, MonthTable
from workplace.selectors.card.service_row import ServiceRow
from workplace.selectors.card.sources import Replayed, total

MOST_NAMES: Final = 2
_OF_PEOPLE: Final = {2: "двоих", 3: "троих", 4: "четверых", 5: "пятерых", 6: "шестерых", 7: "семерых"}
_AT_PEOPLE: Final = {1: "одного", 2: "двоих", 3: "троих", 4: "четверых", 5: "пятерых", 6: "шестерых"}


@dataclass(frozen=True, slots=True)
class ShownBox:
    """A box as the page draws it: `kind` is "sum", "minus", "plus" or "pay"; `box` is its place in the chain.

    A box that stands outside the chain, as what an overpayment takes, has none.
    """

    title: str
    note: str
    amount: Decimal
    kind: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    month: dt.date
    discount: Decimal
    lines: Sequence[Replayed]
    rows: Sequence[ServiceRow]


def shown_chain(
    bills: Sequence[ServiceBill], *, lines: Sequence[Replayed], table: MonthTable, month: dt.date, carried: Decimal
) -> tuple[ShownBox, ...]:
    """Put the boxes of a month into words; empty where no line says what part of the bill is given.

    `carried` is what is put off to the next months less what is taken back of earlier ones, in roubles.
    """
    discount = next((one.stored.parameters.discount for one in lines if one.stored), None)
    if discount is None:
        return ()
    own = [one for one in lines if one.line.is_of_its_month]
    told = _Told(month, discount, own, table.rows)
    corrected = total([one.line.accrued for one in lines if not one.line.is_of_its_month])
    boxes = chain_of(bills, discount=discount, corrected=corrected, carried=carried)
    return tuple(_shown(one, told) for one in boxes)


def _shown(box: BoxSum, told: _Told) -> ShownBox:
    title, note = _WORDS[box.box](told)
    kind = {Box.BILLED: "sum", Box.HALF: "sum", Box.PAYABLE: "pay"}.get(box.box) or (
        "minus" if box.roubles < 0 else "plus"
    )
    return ShownBox(title, note, box.roubles, kind, box.box)


def _billed(told: _Told) -> tuple[str, str]:
    return "Начислено по квитанциям", f"за {MONTHS[told.month.month - 1]}"


def _half(told: _Told) -> tuple[str, str]:
    percent = format_quantity(told.discount * 100)
    return f"{'Половина' if told.discount * 2 == 1 else 'Скидка'} ({percent}\N{NO-BREAK SPACE}%)", "от начисленного"


def _recalculated(told: _Told) -> tuple[str, str]:
    return "Перерасчёт предприятия", "за другие месяцы считаем отдельно, по их правилам"


def _not_in_measure(told: _Told) -> tuple[str, str]:
    rows = [row for row in told.rows if row.is_billed_now and not row.accepted and (row.explained or not row.advice)]
    return "Не входит в меру:", _names(rows)


def _postponed(told: _Told) -> tuple[str, str]:
    return "Отложено до исправления:", _names([row for row in told.rows if row.advice and row.is_billed_now])


def _days(told: _Told) -> tuple[str, str]:
    periods = next(one.stored.inputs.periods for one in told.lines if one.stored)
    days, of = sum(period.days for period in periods), periods[0].days_in_month
    return "Право не весь месяц:", f"{days} из {of} {choose_form(of, ('дня', 'дней', 'дней'))}"


def _share(told: _Told) -> tuple[str, str]:
    shares = {
        (sharing(period, one.stored.parameters), period.residents)
        for one in told.lines
        if one.stored and one.line.base
        for period in one.stored.inputs.periods
    }
    if len(shares) != 1:
        return "Доля имеющих право:", "минус доля остальных"
    entitled, residents = shares.pop()
    if entitled in _AT_PEOPLE and residents in _OF_PEOPLE:
        return f"Льгота у {_AT_PEOPLE[entitled]} из {_OF_PEOPLE[residents]}:", "минус доля остальных"
    return f"Льгота у {entitled} из {residents}:", "минус доля остальных"


def _norm(told: _Told) -> tuple[str, str]:
    rows = [row for row in told.rows if any(tag.word == OVER_NORM for tag in row.tags)]
    return "Сверх норматива:", _names(rows) or "меньше копейки на услугу"


def _rounding(told: _Told) -> tuple[str, str]:
    return "Округление", "каждой услуги до копейки"


def _corrected(told: _Told) -> tuple[str, str]:
    months = dict.fromkeys(row.corrects_month for row in told.rows if row.corrects_month)
    named = [f"за {', '.join(month_name(month) for month in months)}"] if months else []
    if any(row.is_unmonthed for row in told.rows):
        named.append("без указания месяца")
    return "Перерасчёты и исправления прошлых месяцев", "; ".join(named)


def _carried_over(told: _Told) -> tuple[str, str]:
    return "Удержание по прошлым месяцам", "больше месяца не удерживаем, остаток переходит на следующий"


def _payable(told: _Told) -> tuple[str, str]:
    return "К выплате", f"за {MONTHS[told.month.month - 1]}"


def _names(rows: Iterable[ServiceRow]) -> str:
    names = [f"{row.title[:1].lower()}{row.title[1:]}" for row in rows]
    more = len(names) - MOST_NAMES
    shown = ", ".join(dict.fromkeys(names[:MOST_NAMES]))
    return f"{shown} и ещё {more}" if more > 0 else shown


_WORDS: Final[Mapping[Box, Callable[[_Told], tuple[str, str]]]] = {
    Box.BILLED: _billed,
    Box.HALF: _half,
    Box.RECALCULATED: _recalculated,
    Box.NOT_IN_MEASURE: _not_in_measure,
    Box.POSTPONED: _postponed,
    Box.DAYS: _days,
    Box.SHARE: _share,
    Box.NORM: _norm,
    Box.ROUNDING: _rounding,
    Box.CORRECTED: _corrected,
    Box.CARRIED_OVER: _carried_over,
    Box.PAYABLE: _payable,
}
