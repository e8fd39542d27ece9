"""The table «По услугам»: one row for each service billed this month or accrued the month before."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from calculations.explaining.boxes import ServiceBill
from calculations.explaining.causes import Cause, Effect, MonthLine
from calculations.explaining.stages import Stages, stages_of
from calculations.models import AccrualLine, Withheld
from calculations.rules.kinds import ServiceKind
from calculations.rules.money import to_kopecks
from offices.money import format_quantity
from offices.months import month_name
from workplace.selectors.card.carried import Carried, carried_row
from workplace.selectors.card.explained import explained
from workplace.selectors.card.service_row import Made, ServiceRow, Tag
from workplace.selectors.card.sources import (
    KnownCharge,
    MonthSources,
    Replayed,
    Source,
    by_charge,
    grouped,
    standing,
    total,
)
from workplace.selectors.card.unpaid import ADVICE, gone_because, sentence

Reason = Withheld.Reason
OVER_NORM: Final = "сверх норматива"


@dataclass(frozen=True, slots=True)
class MonthTable:
    """The rows with their totals, and the same bills as the boxes take them; `bills` is None where a line failed."""

    rows: tuple[ServiceRow, ...]
    billed: Decimal
    recalculated: Decimal
    accepted: Decimal
    accrued: Decimal
    change: Decimal | None
    bills: tuple[ServiceBill, ...] | None


def month_table(
    sources: MonthSources,
    *,
    effects: Sequence[Effect],
    is_compared: bool,
    sees_files: bool,
    rights: int,
    carried: Carried,
) -> MonthTable:
    """Put a month's services together: those paid, those billed and not paid, those of the month before only.

    Corrections of past months follow the services they are of, the last row is what was carried over.
    """
    known = by_charge(sources.charges)
    made = [
        *_paid(sources, known, effects, is_compared=is_compared, sees_files=sees_files, rights=rights),
        *_not_paid(sources, is_compared=is_compared, sees_files=sees_files),
        *_gone(sources, effects),
        *carried_row(carried, is_compared=is_compared),
    ]
    rows = tuple(one.row for one in made)
    is_faithful = all(one.is_faithful for one in sources.lines)
    return MonthTable(
        rows=rows,
        billed=total([row.billed for row in rows if row.billed is not None]),
        recalculated=total([row.recalculated for row in rows]),
        accepted=total([row.accepted for row in rows]),
        accrued=total([row.accrued for row in rows]),
        change=total([row.change for row in rows if row.change is not None]) if is_compared else None,
        bills=tuple(one.bill for one in made if one.bill) if is_faithful else None,
    )


def _paid(
    sources: MonthSources,
    known: Mapping[int, KnownCharge],
    effects: Sequence[Effect],
    *,
    is_compared: bool,
    sees_files: bool,
    rights: int,
) -> Iterator[Made]:
    for (service, account, corrects_month), lines in sorted(grouped(sources.lines).items(), key=_place):
        first = lines[0].line
        charges = [known[pk] for pk in first.charge_ids if pk in known]
        place = (service, account, corrects_month)
        own = [one for one in effects if one.now and _place_of(one.now) == place]
        stages = _stages(lines) if corrects_month is None else []
        recalculated = total([one.charge.adjustment for one in charges]) if corrects_month is None else total([])
        yield Made(
            ServiceRow(
                title=_title(first.service.name, corrects_month),
                provider=first.account.provider.short_name,
                quantity=_quantity(charges, first.service.unit),
                billed=first.billed if corrects_month is None else None,
                recalculated=recalculated,
                accepted=_accepted(stages),
                accrued=total([one.line.accrued for one in lines]),
                change=total([one.roubles for one in own]) if is_compared else None,
                tags=tuple(_tags(lines, stages, own)),
                why_not=sentence(first.reason) if not any(one.line.accrued for one in lines) else "",
                advice="",
                explained=tuple(
                    explained(one, persons=sources.persons, whose=_whose(one.line) if rights > 1 else "")
                    for one in lines
                ),
                sources=tuple(one.source for one in charges) if sees_files else _without_files(charges),
                corrects_month=corrects_month,
            ),
            ServiceBill(first.billed, recalculated, tuple(stages)) if stages else None,
        )


def _not_paid(sources: MonthSources, *, is_compared: bool, sees_files: bool) -> Iterator[Made]:
    in_lines = {pk for one in sources.lines for pk in one.line.charge_ids}
    for known in standing(sources.charges):
        charge = known.charge
        if charge.pk in in_lines or (known.held and known.held.reason == Reason.SUPERSEDED):
            continue
        reason = known.held.reason if known.held else ""
        yield Made(
            ServiceRow(
                title=_title(charge.service.name, charge.billed_for),
                provider=charge.account.provider.short_name,
                quantity=_quantity([known], charge.service.unit),
                billed=charge.billed if charge.billed_for is None else None,
                recalculated=charge.adjustment if charge.billed_for is None else total([]),
                accepted=total([]),
                accrued=total([]),
                change=total([]) if is_compared else None,
                tags=(),
                why_not=sentence(known.held.text) if known.held else "Принято после расчёта и в него не вошло.",
                advice=ADVICE.get(reason, "") if known.held else "Отмените расчёт района и выполните его заново.",
                explained=(),
                sources=(known.source,) if sees_files else _without_files([known]),
                corrects_month=charge.billed_for,
            ),
            ServiceBill(charge.billed, charge.adjustment, (), is_postponed=reason != Reason.NOT_IN_MEASURE)
            if charge.billed_for is None
            else None,
        )


def _gone(sources: MonthSources, effects: Sequence[Effect]) -> Iterator[Made]:
    """Give the services that were accrued the month before and have no line now."""
    lines: dict[tuple[Hashable, ...], AccrualLine] = {
        (one.line.accrual.entitlement_id, one.line.service_id, one.line.account_id, one.line.corrects_month): one.line
        for one in sources.former
    }
    for effect in effects:
        if effect.now is not None or effect.before is None:
            continue
        line = lines[effect.before.right, *_place_of(effect.before)]
        yield Made(
            ServiceRow(
                title=_title(line.service.name, line.corrects_month),
                provider=line.account.provider.short_name,
                quantity="",
                billed=None,
                recalculated=total([]),
                accepted=total([]),
                accrued=total([]),
                change=effect.roubles,
                tags=(),
                why_not=gone_because(line, sources.findings)
                if line.corrects_month is None
                else "Исправление было в прошлом месяце.",
                advice="",
                explained=(),
                sources=(),
                corrects_month=line.corrects_month,
            ),
            None,
        )


def _title(service: str, corrects_month: dt.date | None) -> str:
    return service if corrects_month is None else f"{service}: за {month_name(corrects_month)}"


def _place(group: tuple[tuple[str, int, dt.date | None], list[Replayed]]) -> tuple[bool, str, int, dt.date]:
    """Put the services of the month first, then the corrections of earlier ones."""
    service, account, corrects_month = group[0]
    return corrects_month is not None, service, account, corrects_month or dt.date.min


def _place_of(line: MonthLine) -> tuple[Hashable, ...]:
    return line.service, line.account, line.corrects_month


def _stages(lines: Iterable[Replayed]) -> list[Stages]:
    return [
        stages_of(
            billed=one.line.billed,
            inputs=one.stored.inputs,
            steps=one.explanation.steps,
            accrued=one.line.accrued,
        )
        for one in lines
        if one.stored is not None and one.explanation is not None
    ]


def _accepted(stages: Sequence[Stages]) -> Decimal:
    return to_kopecks(sum((one.due for one in stages), Fraction(0)))


def _tags(lines: Sequence[Replayed], stages: Sequence[Stages], effects: Sequence[Effect]) -> Iterator[Tag]:
    if not all(one.is_faithful for one in lines):
        yield Tag("err", "сумма не подтверждается")
    if any(one.line.corrects_month for one in lines):
        yield Tag("info", "исправление прошлого месяца")
        return
    if any(one.cause is Cause.BEGAN for one in effects):
        is_heating = any(one.now and one.now.inputs.kind is ServiceKind.HEATING for one in effects)
        yield Tag("info", "начался сезон" if is_heating else "новая услуга")
    if any(to_kopecks(one.due) < to_kopecks(one.shared) for one in stages):
        yield Tag("warn", OVER_NORM)


def _quantity(charges: Sequence[KnownCharge], unit: str) -> str:
    known = [one.charge.quantity for one in charges if one.charge.quantity is not None]
    return f"{format_quantity(sum(known, Decimal(0)))}\N{NO-BREAK SPACE}{unit}" if known else ""


def _whose(line: AccrualLine) -> str:
    return line.accrual.entitlement.disabled_person.full_name


def _without_files(charges: Iterable[KnownCharge]) -> tuple[Source, ...]:
    """Name the files without leading to them."""
    return tuple(Source(one.source.file_name, one.source.row, one.source.loaded_at, document=None) for one in charges)
