"""«Что сказать по телефону»: short sentences in the order of the boxes, from the same month that the card shows."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from calculations.explaining.boxes import Box
from offices.models import Office
from offices.money import format_roubles
from offices.months import MONTHS, month_name
from workplace.selectors.card.accruals import AccrualMonth
from workplace.selectors.card.chain import ShownBox
from workplace.selectors.card.service_row import ServiceRow

MOST_CAUSES: Final = 3
_Words = Callable[[ShownBox, AccrualMonth], str]


def script_of(shown: AccrualMonth, *, office: Office) -> tuple[str, ...]:
    """Say a month aloud: the sum, why it is not half, what changed, what to do next.

    Where nothing is accrued the reason is told instead; what does not come out again is not explained at all.
    """
    if shown.faults:
        return ("Сумму этого месяца перепроверяют. Мы перезвоним, когда выясним причину.",)
    if shown.missing:
        return (f"За {month_name(shown.month)} начисления нет. {shown.missing.why}", _where(office))
    return (*_boxes(shown), *_causes(shown), _where(office))


def _boxes(shown: AccrualMonth) -> Iterator[str]:
    for box in shown.boxes:
        words = _WORDS.get(box.box, _plain) if box.box else _plain
        yield words(box, shown)


def _causes(shown: AccrualMonth) -> Iterator[str]:
    if not shown.previous or not shown.table.change:
        return
    change = shown.table.change
    more = "больше" if change > 0 else "меньше"
    yield f"Это на {format_roubles(abs(change))} {more}, чем за {month_name(shown.previous)}."
    for cause in shown.changes[:MOST_CAUSES]:
        sign = "прибавилось" if cause.roubles > 0 else "убавилось"
        yield f"{cause.title}: {sign} {format_roubles(abs(cause.roubles))}."


def _where(office: Office) -> str:
    phone = f", телефон {office.phone}" if office.phone else ""
    return f"Пояснение напечатаем и отдадим или пришлём почтой. {office.name}{phone}."


def _billed(box: ShownBox, shown: AccrualMonth) -> str:
    return f"За {MONTHS[shown.month.month - 1]} предприятия начислили {format_roubles(box.amount)}."


def _half(box: ShownBox, shown: AccrualMonth) -> str:
    return f"Половина этого — {format_roubles(box.amount)}. Дальше скажу, что из неё вычитается."


def _recalculated(box: ShownBox, shown: AccrualMonth) -> str:
    return f"Перерасчёт предприятия за другие месяцы сюда не входит: {_amount(box)}."


def _not_in_measure(box: ShownBox, shown: AccrualMonth) -> str:
    rows = [row for row in shown.table.rows if row.is_billed_now and not row.accepted and not row.advice]
    return f"Не компенсируем: {_with_reasons(rows)}. {_amount(box).capitalize()}."


def _postponed(box: ShownBox, shown: AccrualMonth) -> str:
    rows = [row for row in shown.table.rows if row.is_billed_now and row.advice]
    return f"Отложено: {_with_reasons(rows)}. {_amount(box).capitalize()}; уточним и доплатим исправлением."


def _days(box: ShownBox, shown: AccrualMonth) -> str:
    return f"Право действовало не весь месяц, {box.note}: {_amount(box)}."


def _share(box: ShownBox, shown: AccrualMonth) -> str:
    return f"{box.title.rstrip(':')}, доля остальных не возвращается: {_amount(box)}."


def _norm(box: ShownBox, shown: AccrualMonth) -> str:
    return f"Сверх норматива, {box.note}: {_amount(box)}."


def _rounding(box: ShownBox, shown: AccrualMonth) -> str:
    return f"Округление каждой услуги до копейки: {_amount(box)}."


def _corrected(box: ShownBox, shown: AccrualMonth) -> str:
    return f"Пересчитали прошлые месяцы, {box.note}: {_amount(box)}." if box.note else _plain(box, shown)


def _payable(box: ShownBox, shown: AccrualMonth) -> str:
    return f"Итого вам за {MONTHS[shown.month.month - 1]}: {format_roubles(box.amount)}."


def _plain(box: ShownBox, shown: AccrualMonth) -> str:
    return f"{box.title.rstrip(':')}{f', {box.note}' if box.note else ''}: {_amount(box)}."


def _amount(box: ShownBox) -> str:
    return f"{'минус' if box.amount < 0 else 'плюс'} {format_roubles(abs(box.amount))}"


def _with_reasons(rows: list[ServiceRow]) -> str:
    """Name services, those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        reasons.setdefault(row.why_not.rstrip("."), []).append(f"{row.title[:1].lower()}{row.title[1:]}")
    told = (f"{', '.join(names)} ({_inside(why)})" if why else ", ".join(names) for why, names in reasons.items())
    return "; ".join(told)


def _inside(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


_WORDS: Final[Mapping[Box, _Words]] = {
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
    Box.PAYABLE: _payable,
}
