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
    Place,
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
    for place, lines in sorted(grouped(sources.lines).items(), key=_place):
        first = lines[0].line
        corrects_month = first.corrects_month
        charges = [known[pk] for pk in _told_by(lines[0]) if pk in known]
        billing = [one for one in charges if one.charge.pk in first.charge_ids]
        own = [one for one in effects if one.now and _place_of(one.now) == place]
        stages = _stages(lines) if first.is_of_its_month else []
        recalculated = total([one.charge.adjustment for one in billing]) if first.is_of_its_month else total([])
        yield Made(
            ServiceRow(
                title=_title(first),
                provider=_provider(first),
                quantity="" if first.is_unmonthed else _quantity(billing, first.service.unit),
                billed=first.billed if first.is_of_its_month else None,
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
                is_unmonthed=first.is_unmonthed,
                notes=_notes(billing) if first.is_of_its_month else (),
            ),
            ServiceBill(first.billed, recalculated, tuple(stages)) if stages else None,
        )


def _not_paid(sources: MonthSources, *, is_compared: bool, sees_files: bool) -> Iterator[Made]:
    in_lines = {
        (pk, one.line.corrects_month)
        for one in sources.lines
        if not one.line.is_unmonthed
        for pk in one.line.charge_ids
    }
    for known in standing(sources.charges):
        charge = known.charge
        if (charge.pk, charge.billed_for) in in_lines or (known.held and known.held.reason == Reason.SUPERSEDED):
            continue
        reason = known.held.reason if known.held else ""
        yield Made(
            ServiceRow(
                title=_of_month(charge.service.name, charge.billed_for),
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
                notes=_notes([known]),
            ),
            ServiceBill(charge.billed, charge.adjustment, (), is_postponed=reason != Reason.NOT_IN_MEASURE)
            if charge.billed_for is None
            else None,
        )


def _gone(sources: MonthSources, effects: Sequence[Effect]) -> Iterator[Made]:
    """Give the services that were accrued the month before and have no line now."""
    former: dict[tuple[Hashable, ...], AccrualLine] = {
        (one.line.accrual.entitlement_id, *place): one.line
        for place, lines in grouped(sources.former).items()
        for one in lines
    }
    for effect in effects:
        if effect.now is not None or effect.before is None:
            continue
        line = former[effect.before.right, *_place_of(effect.before)]
        yield Made(
            ServiceRow(
                title=_title(line),
                provider=_provider(line),
                quantity="",
                billed=None,
                recalculated=total([]),
                accepted=total([]),
                accrued=total([]),
                change=effect.roubles,
                tags=(),
                why_not=gone_because(line, sources.findings)
                if line.is_of_its_month
                else "Исправление или перерасчёт были в прошлом месяце.",
                advice="",
                explained=(),
                sources=(),
                corrects_month=line.corrects_month,
                is_unmonthed=line.is_unmonthed,
            ),
            None,
        )


def _told_by(one: Replayed) -> tuple[int, ...]:
    """Return the charges of the line and those that told a recalculation of its month."""
    correction = one.stored.correction if one.stored else None
    told = [told.charge_id for told in correction.told] if correction else []
    return (*one.line.charge_ids, *(pk for pk in told if pk not in one.line.charge_ids))


def _notes(charges: Iterable[KnownCharge]) -> tuple[str, ...]:
    return tuple(one.unapplied for one in charges if one.unapplied)


def _title(line: AccrualLine) -> str:
    name: str = line.service.name
    return f"{name}: перерасчёт без месяца" if line.is_unmonthed else _of_month(name, line.corrects_month)


def _of_month(service: str, corrects_month: dt.date | None) -> str:
    return service if corrects_month is None else f"{service}: за {month_name(corrects_month)}"


def _place(group: tuple[Place, list[Replayed]]) -> tuple[bool, str, int, dt.date]:
    """Put the services of the month first, then recalculations and the corrections of earlier months."""
    service, account, corrects_month, is_unmonthed = group[0]
    return corrects_month is not None or is_unmonthed, service, account or 0, corrects_month or dt.date.min


def _place_of(line: MonthLine) -> tuple[Hashable, ...]:
    return line.service, line.account, line.corrects_month, line.is_unmonthed


def _provider(line: AccrualLine) -> str:
    """Name who billed the service; fuel and gas come from an application."""
    return "по заявлению" if line.account is None else line.account.provider.short_name


def _stages(lines: Iterable[Replayed]) -> list[Stages]:
    return [
        stages_of(
            billed=one.line.billed,
            inputs=one.stored.inputs,
            steps=one.explanation.steps,
            accrued=one.line.accrued,
            is_part=one.stored.part is not None,
        )
        for one in lines
        if one.stored is not None and one.explanation is not None
    ]


def _accepted(stages: Sequence[Stages]) -> Decimal:
    return to_kopecks(sum((one.due for one in stages), Fraction(0)))


def _tags(lines: Sequence[Replayed], stages: Sequence[Stages], effects: Sequence[Effect]) -> Iterator[Tag]:
    if not all(one.is_faithful for one in lines):
        yield Tag("err", "сумма не подтверждается")
    if not all(one.line.is_of_its_month for one in lines):
        yield Tag("info", "перерасчёт предприятия" if lines[0].line.is_unmonthed else "исправление прошлого месяца")
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
