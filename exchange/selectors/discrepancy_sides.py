"""A discrepancy closely: the file against the card field by field, and what each of them does to the equivalent."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from exchange.checks.expectations import Expected, ExpectedService, Measure
from exchange.checks.findings import Code
from exchange.checks.groups import ADVICE, HOLD, suggestion_for, title_of
from exchange.layouts.model import Layout
from exchange.models import Discrepancy, ReturnedLine, ReturnedRow
from exchange.selectors.discrepancies import STATES, UNTOLD, Line, line_of, narrowed, why_not_acceptable
from exchange.selectors.discrepancy_effects import Effect, at_stake, billed_on_the_account, effect_of, with_all_billed
from exchange.selectors.expectations import expected_rows
from offices.money import format_amount, format_quantity

NOTHING = "—"
WORDS: dict[str, str] = {
    Discrepancy.Decision.OPEN: "решение снято",
    Discrepancy.Decision.ACCEPT: "принять",
    Discrepancy.Decision.HOLD: "протокол",
    Discrepancy.Decision.LATER: "позже",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the file and as the card has it; `differs` where they are not one."""

    name: str
    theirs: str
    ours: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision as it was taken: what, by whom, when."""

    decision: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Side:
    """What the panel shows of one discrepancy.

    `at_stake` is the equivalent that is not accrued while the row is held, None where no sum can be named;
    `suggested` is the decision usually taken, only shown; `cannot_accept` says why accepting makes no charge, or
    nothing. `history` are the decisions taken so far. `alike` are the file's undecided rows of the same
    reason, `alike_decided` those whose decision may still be taken back.
    """

    line: Line
    heading: str
    text: str
    fields: tuple[Field, ...]
    effect: Effect | None
    at_stake: Decimal | None
    advice: str
    suggested: str
    cannot_accept: str
    history: tuple[Taken, ...]
    recipient_id: int | None
    alike: int
    alike_decided: int


def side_of(discrepancy_id: int, /, *, layout: Layout, measure: Measure | None) -> Side:
    """Return one discrepancy with all that is known of its row; `layout` is the file's.

    Without a measure (the month has no confirmed parameters) nothing is weighed in roubles.

    The number of queries does not depend on the size of the file.
    """
    found = Discrepancy.objects.select_related(
        "file__provider", "file__office", "row", "line__service", "request_row__account"
    ).get(pk=discrepancy_id)
    billed = billed_on_the_account(found)
    lines = [line for line in billed if line.row_id == found.row_id]
    expected = _expected(found, layout, measure or Measure(Decimal(0)))
    weighed = with_all_billed(expected, billed) if measure is not None else None
    code = Code(found.code)
    asked = found.request_row
    alike = narrowed(found.file, code=found.code).aggregate(
        open=Count("pk", filter=STATES["open"]),
        decided=Count("pk", filter=UNTOLD & ~Q(decision=Discrepancy.Decision.OPEN)),
    )
    cannot_accept = why_not_acceptable(found)
    return Side(
        line=line_of(found.pk),
        heading=title_of(code),
        text=found.text,
        fields=tuple(_fields(found, lines, expected, layout)) if expected and found.row else (),
        effect=effect_of(found, lines, weighed),
        at_stake=at_stake(found, billed, weighed),
        advice=ADVICE[code],
        suggested=HOLD if cannot_accept else suggestion_for(code),
        cannot_accept=cannot_accept,
        history=_history(found),
        recipient_id=asked.recipient_id if asked else None,
        alike=alike["open"],
        alike_decided=alike["decided"],
    )


def _history(found: Discrepancy) -> tuple[Taken, ...]:
    taken = found.decisions.select_related("by").order_by("pk")
    return tuple(Taken(WORDS[one.decision], str(one.by), one.at) for one in taken)


def _expected(found: Discrepancy, layout: Layout, measure: Measure) -> Expected | None:
    if found.request_row_id is None:
        return None
    rows = expected_rows(found.file, layout=layout, measure=measure, only=[found.request_row_id])
    return rows[found.request_row_id]


def _fields(found: Discrepancy, lines: list[ReturnedLine], expected: Expected, layout: Layout) -> Iterator[Field]:
    row = found.row
    assert row is not None, "a row was sent"
    if found.code in {Code.ACCOUNT, Code.PERSON}:
        yield Field("Лицевой счёт" if found.code == Code.ACCOUNT else "Человек", found.found, found.expected, True)
    yield from _of_dwelling(row, expected)
    shown = [line for line in lines if line.pk == found.line_id] if found.line_id else lines
    for line in shown:
        service = expected.services.get(line.service_id or "")
        yield from _of_line(line, service, is_alone=len(shown) == 1)
        if line.adjustment and line.billed is not None and layout.sum_includes_adjustment:
            yield Field("Сумма в файле, вместе с перерасчётом, ₽", _amount(line.billed + line.adjustment), NOTHING)


def _of_dwelling(row: ReturnedRow, expected: Expected) -> Iterator[Field]:
    if row.residents is not None:
        differs = row.residents != expected.residents
        yield Field("Зарегистрировано", str(row.residents), str(expected.residents), differs)
    if row.total_area is not None:
        differs = abs(row.total_area - expected.total_area) > expected.tolerances.area
        yield Field("Площадь, м²", format_quantity(row.total_area), format_quantity(expected.total_area), differs)


def _of_line(line: ReturnedLine, service: ExpectedService | None, *, is_alone: bool) -> Iterator[Field]:
    named = line.service.name if line.service else "Услуга не из справочника"
    if not is_alone:
        yield Field(f"{named}, ₽", _amount(line.billed), _amount(service.billed_before if service else None))
        return
    yield Field("Услуга", named, service.name if service else "нет на счёте", service is None)
    if line.tariff is not None:
        ours = " или ".join(format_quantity(one) for one in service.tariffs) if service else ""
        near = (
            not service
            or not service.tariffs
            or min(abs(one - line.tariff) for one in service.tariffs) <= Decimal("0.001")
        )
        yield Field("Тариф, ₽", format_quantity(line.tariff), ours or NOTHING, not near)
    if line.norm:
        ours = format_quantity(service.norm) if service and service.norm is not None else NOTHING
        yield Field("Норматив", format_quantity(line.norm), ours, ours not in {NOTHING, format_quantity(line.norm)})
    if line.quantity is not None:
        yield Field("Объём", format_quantity(line.quantity), NOTHING)
    if line.tariff is not None and line.quantity is not None and line.billed is not None:
        product = (line.tariff * line.quantity).quantize(Decimal("0.01"))
        yield Field("Тариф × объём, ₽", format_amount(product), NOTHING, abs(product - line.billed) > Decimal("0.05"))
    yield Field("Начислено, ₽", _amount(line.billed), NOTHING)
    if service and service.billed_before is not None:
        yield Field("За прошлый месяц, ₽", NOTHING, format_amount(service.billed_before))
    if line.adjustment:
        yield Field("Перерасчёт, ₽", format_amount(line.adjustment), NOTHING)
        month = f"{line.adjustment_month:%m.%Y}" if line.adjustment_month else "не указан"
        yield Field("Перерасчёт за месяц", month, NOTHING, line.adjustment_month is None)
    if line.debt:
        yield Field("Задолженность, ₽", format_amount(line.debt), NOTHING)


def _amount(value: Decimal | None) -> str:
    return NOTHING if value is None else format_amount(value)
