"""Faults of single rows, as billing programs and people behind them make them."""

from dataclasses import replace
from decimal import Decimal

from exchange.layouts.exchanged import ParsedLine
from offices.money import to_kopecks
from offices.months import shift_month
from workplace.simulation.billing import QUANTITY
from workplace.simulation.drafts import Draft
from workplace.simulation.manners import Kind, Manners
from workplace.simulation.spoiling import Around, Fault, Spoiled, by_chance, chosen

OFF_BY = Decimal("9.87")
RAISED = Decimal("1.07")


def spoil(draft: Draft, around: Around, manners: Manners) -> Spoiled | None:
    """Plant at most one fault into a row, by the rates; None leaves it right."""
    return by_chance(draft, around, _by_rate(manners))


def _by_rate(manners: Manners) -> tuple[tuple[float, Fault], ...]:
    return (
        (manners.tariff, _other_tariff),
        (manners.area, _other_area),
        (manners.residents, _other_residents),
        (manners.product, _other_sum),
        (manners.negative, _negative),
        (manners.foreign_service, _foreign_service),
        (manners.arrears, _arrears),
        (manners.recalculation, _right_recalculation),
        (manners.recalculation_without_month, _recalculation_without_month),
        (manners.recalculation_too_large, _recalculation_too_large),
    )


def _other_tariff(draft: Draft, around: Around) -> Spoiled | None:
    if "line.tariff" not in around.carried.roles:
        return None
    line = chosen(draft, around)
    if line is None or line.tariff is None or line.quantity is None or not line.quantity:
        return None
    tariff = (line.tariff * RAISED).quantize(Decimal("0.01")) + Decimal("0.01")
    wrong = replace(line, tariff=tariff, billed=to_kopecks(tariff * line.quantity))
    return Spoiled(draft.with_line(wrong), Kind.TARIFF, "E10", line.service)


def _other_area(draft: Draft, around: Around) -> Spoiled | None:
    area = draft.answer.total_area
    if area is None or "row.total_area" not in around.carried.roles:
        return None
    other = area + Decimal(around.throw.randrange(12, 90)) / 10
    return Spoiled(draft.with_answer(total_area=other), Kind.AREA, "E20")


def _other_residents(draft: Draft, around: Around) -> Spoiled | None:
    residents = draft.answer.residents
    if residents is None or "row.residents" not in around.carried.roles:
        return None
    other = residents - 1 if residents > 1 and around.throw.random() < 0.5 else residents + 1
    return Spoiled(draft.with_answer(residents=other, living=other), Kind.RESIDENTS, "E21")


def _other_sum(draft: Draft, around: Around) -> Spoiled | None:
    if "line.quantity" not in around.carried.roles:
        return None
    line = chosen(draft, around)
    if line is None or line.billed is None:
        return None
    wrong = replace(line, billed=line.billed + OFF_BY + to_kopecks((line.tariff or Decimal(0)) * QUANTITY))
    return Spoiled(draft.with_line(wrong), Kind.PRODUCT, "E12", line.service)


def _negative(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around)
    if line is None or not line.billed or "line.quantity" not in around.carried.roles:
        return None
    wrong = replace(line, billed=-line.billed, quantity=None if line.quantity is None else -line.quantity)
    return Spoiled(draft.with_line(wrong), Kind.NEGATIVE, "E31", line.service)


def _foreign_service(draft: Draft, around: Around) -> Spoiled | None:
    present = {line.service for line in draft.answer.lines} | set(draft.services)
    free = [code for code in around.carried.extra_services if code in {"40", "41"} and code not in present]
    if not free:
        return None
    code = around.throw.choice(free)
    line = ParsedLine(service=code, tariff=Decimal("3.15"), quantity=Decimal("40.0000"), billed=Decimal("126.00"))
    return Spoiled(draft.with_answer(lines=(*draft.answer.lines, line)), Kind.FOREIGN_SERVICE, "E40", code)


def _arrears(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around)
    if line is None or not around.carried.roles & {"line.debt", "line.in_debt"}:
        return None
    owing = replace(line, debt=Decimal(around.throw.randrange(50_000, 900_000)) / 100, in_debt=True)
    return Spoiled(draft.with_line(owing), Kind.ARREARS, "E60", line.service)


def _right_recalculation(draft: Draft, around: Around) -> Spoiled | None:
    """A recalculation of the month before that may stand: nothing must be found."""
    line = chosen(draft, around)
    before = None if line is None else draft.services[line.service].billed_before
    if line is None or before is None or not line.billed or not line.tariff:
        return None
    amount = -to_kopecks(min(before, line.billed) / 10)
    if amount and "line.adjustment" in around.carried.roles:
        right = replace(line, adjustment=amount, adjustment_month=shift_month(around.month, -1))
        return Spoiled(draft.with_line(right), Kind.RECALCULATION, "", line.service)
    if amount and around.carried.sum_includes_recalculation and "line.quantity" in around.carried.roles:
        inside = to_kopecks(line.tariff * ((line.billed + amount) / line.tariff).quantize(QUANTITY))
        right = replace(line, billed=inside, quantity=((line.billed + amount) / line.tariff).quantize(QUANTITY))
        return Spoiled(draft.with_line(right), Kind.RECALCULATION, "", line.service)
    return None


def _recalculation_without_month(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around)
    if line is None or "line.adjustment_month" not in around.carried.roles:
        return None
    wrong = replace(line, adjustment=-OFF_BY, adjustment_month=None)
    return Spoiled(draft.with_line(wrong), Kind.RECALCULATION_WITHOUT_MONTH, "E30", line.service)


def _recalculation_too_large(draft: Draft, around: Around) -> Spoiled | None:
    line = chosen(draft, around)
    before = None if line is None else draft.services[line.service].billed_before
    if line is None or before is None or "line.adjustment_month" not in around.carried.roles:
        return None
    wrong = replace(line, adjustment=-(before * 3 + OFF_BY), adjustment_month=shift_month(around.month, -1))
    return Spoiled(draft.with_line(wrong), Kind.RECALCULATION_TOO_LARGE, "E30", line.service)
