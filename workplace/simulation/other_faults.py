"""Faults of rows that come of other data, other volumes and other times than ours.

They are drawn from dice of their own, so that adding a kind moves no fault planted before.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from exchange.layouts.exchanged import ParsedLine, ReturnedAnswer
from exchange.layouts.model import Kind as LayoutKind
from exchange.layouts.model import LayoutField
from offices.money import to_kopecks
from offices.months import shift_month
from workplace.simulation.billing import BY_AREA, BY_HEATED_AREA, QUANTITY, ZONE_SHARES
from workplace.simulation.cells import field_of, padded, smudged
from workplace.simulation.drafts import Draft
from workplace.simulation.manners import Kind, Manners
from workplace.simulation.row_faults import OFF_BY
from workplace.simulation.spoiling import Around, Fault, Spoiled, by_chance, chosen

OTHER_NORM, OVER_NORM, MIXED_BY, JUMPED = Decimal("1.2"), Decimal("1.3"), Decimal("1.03"), Decimal("1.6")
DIVIDED = Decimal("0.00007")
"""What a tariff gets behind its fourth place when a program divides a sum by a volume."""
LACKING = Decimal("0.15")
BEFORE_THE_MEASURE = dt.date(2007, 9, 1)
STRANGER = "Перепутаев"


def spoil_otherwise(draft: Draft, around: Around, manners: Manners) -> Spoiled | None:
    """Plant at most one of these faults into a row, by the rates; None leaves it right."""
    rated: tuple[tuple[float, Fault], ...] = (
        (manners.unreadable, _unreadable),
        (manners.other_month, _other_month),
        (manners.other_account, _other_account),
        (manners.not_found, _not_found),
        (manners.other_person, _other_person),
        (manners.norm, _other_norm),
        (manners.mixed_tariff, _mixed_tariff),
        (manners.volume, _over_the_norm),
        (manners.undersupply, _undersupplied),
        (manners.metering, _metered),
        (manners.before_right, _before_right),
        (manners.absent_service, _absent_service),
        (manners.jump, _jumped),
        (manners.stopped, _stopped),
    )
    return by_chance(draft, around, rated)


def _unreadable(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around)
    field = None if line is None else field_of(around.carried.layout, "line.billed", line.service)
    if line is None or field is None:
        return None
    return Spoiled(_overwritten(draft, field, smudged(field)), Kind.UNREADABLE, "E01", line.service)


def _other_month(draft: Draft, around: Around) -> Spoiled | None:
    field = field_of(around.carried.layout, "file.month_number")
    if field is None or around.month.month == 1:
        return None
    before = f"{shift_month(around.month, -1):%m}"
    return Spoiled(_overwritten(draft, field, padded(field, before, "ascii")), Kind.OTHER_MONTH, "E02")


def _other_account(draft: Draft, around: Around) -> Spoiled | None:
    """Send the row under another number; it is still found by the request's number or the person's."""
    field = field_of(around.carried.layout, "person.account")
    if field is None or not around.carried.roles & {"person.request_id", "person.snils"}:
        return None
    number = f"98{around.throw.randrange(10_000_000):07d}"
    return Spoiled(_overwritten(draft, field, padded(field, number, "ascii")), Kind.OTHER_ACCOUNT, "E06")


def _not_found(draft: Draft, around: Around) -> Spoiled | None:
    if "row.matched" not in around.carried.roles:
        return None
    silent = replace(draft, answer=ReturnedAnswer(matched=False))
    return Spoiled(silent, Kind.NOT_FOUND, "E06")


def _other_person(draft: Draft, around: Around) -> Spoiled | None:
    field = field_of(around.carried.layout, "person.last_name")
    if field is None or not around.carried.roles & {"person.request_id", "person.snils"}:
        return None
    return Spoiled(_overwritten(draft, field, padded(field, STRANGER, "cp866")), Kind.OTHER_PERSON, "E07")


def _other_norm(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around, lambda one: _norm_of(draft, one) is not None)
    if line is None or line.norm is None or "line.norm" not in around.carried.roles:
        return None
    wrong = replace(line, norm=(line.norm * OTHER_NORM).quantize(QUANTITY))
    return Spoiled(draft.with_line(wrong), Kind.NORM, "E11", line.service)


def _mixed_tariff(draft: Draft, around: Around) -> Spoiled | None:
    """Divide a sum that holds a recalculation by the volume, as the published export does."""
    field = field_of(around.carried.layout, "line.tariff")
    line = chosen(draft, around)
    if line is None or line.tariff is None or not line.quantity or not around.carried.sum_includes_recalculation:
        return None
    if field is None or field.decimals < -int(DIVIDED.as_tuple().exponent):
        return None
    tariff = (line.tariff * MIXED_BY).quantize(QUANTITY) + DIVIDED
    mixed = replace(line, tariff=tariff, billed=to_kopecks(tariff * line.quantity))
    return Spoiled(draft.with_line(mixed), Kind.MIXED_TARIFF, "E13", line.service)


def _over_the_norm(draft: Draft, around: Around) -> Spoiled | None:
    if not around.carried.roles >= {"line.quantity", "line.metered"}:
        return None
    line = chosen(draft, around, lambda one: one.metered is False and _norm_of(draft, one) is not None)
    return None if line is None else _billed_anew(draft, line, OVER_NORM, Kind.VOLUME, "E14")


def _undersupplied(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around)
    if line is None or "line.undersupply" not in around.carried.roles:
        return None
    return Spoiled(draft.with_line(replace(line, undersupply=LACKING)), Kind.UNDERSUPPLY, "E15", line.service)


def _metered(draft: Draft, around: Around) -> Spoiled | None:
    if "line.metered" not in around.carried.roles:
        return None
    line = chosen(draft, around, lambda one: one.metered is False and one.service not in BY_AREA)
    return (
        None
        if line is None
        else Spoiled(draft.with_line(replace(line, metered=True)), Kind.METERING, "E16", line.service)
    )


def _before_right(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around)
    if line is None or "line.adjustment_month" not in around.carried.roles:
        return None
    wrong = replace(line, adjustment=-OFF_BY, adjustment_month=BEFORE_THE_MEASURE)
    return Spoiled(draft.with_line(wrong), Kind.BEFORE_RIGHT, "E32", line.service)


def _absent_service(draft: Draft, around: Around) -> Spoiled | None:
    """Leave out one of several services, or the sum of the only one where a row is about one."""
    line = chosen(draft, around, lambda one: one.service not in BY_HEATED_AREA)
    if line is None or around.carried.layout.kind is LayoutKind.SINGLE:
        return None
    if around.carried.layout.kind is LayoutKind.LONG:
        left = draft.with_line(replace(line, billed=None, quantity=None))
    elif len(draft.answer.lines) > 1:
        left = draft.with_answer(lines=tuple(one for one in draft.answer.lines if one is not line))
    else:
        return None
    return Spoiled(left, Kind.ABSENT_SERVICE, "E41", line.service)


def _jumped(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around, lambda one: bool(one.metered and draft.services[one.service].billed_before))
    if line is None or not line.tariff or not line.quantity or not line.billed:
        return None
    before = draft.services[line.service].billed_before
    assert before is not None, "the line was chosen by it"
    return _billed_anew(draft, line, before * JUMPED / line.billed, Kind.JUMP, "E50")


def _stopped(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(
        draft,
        around,
        lambda one: one.service not in BY_HEATED_AREA and bool(draft.services[one.service].billed_before),
    )
    if line is None:
        return None
    nothing = replace(line, billed=Decimal("0.00"), quantity=Decimal("0.0000"))
    return Spoiled(draft.with_line(nothing), Kind.STOPPED, "E51", line.service)


def _billed_anew(draft: Draft, line: ParsedLine, by: Decimal, kind: Kind, code: str) -> Spoiled:
    """Multiply a line's volume and bill it by its tariff."""
    assert line.tariff is not None and line.quantity is not None, "a billed line has a tariff and a volume"  # noqa: PT018
    quantity = (line.quantity * by).quantize(QUANTITY)
    wrong = replace(line, quantity=quantity, billed=to_kopecks(line.tariff * quantity))
    return Spoiled(draft.with_line(wrong), kind, code, line.service)


def _norm_of(draft: Draft, line: ParsedLine) -> Decimal | None:
    """Return the norm of a line's own service; the zones of electricity have that of another."""
    return None if line.service in ZONE_SHARES else draft.services[line.service].norm


def _overwritten(draft: Draft, field: LayoutField, value: bytes) -> Draft:
    return replace(draft, cells=((field, value),))
