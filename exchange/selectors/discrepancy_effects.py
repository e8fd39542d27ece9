"""What a discrepancy does to the equivalent of the month: by the file, by our side, and what is held with it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from exchange.checks.dwelling import with_residents
from exchange.checks.expectations import Bill, Expected
from exchange.checks.findings import Code
from exchange.checks.recalculations import recalculated
from exchange.checks.worth import BY_AREA, bills_of, equivalent, is_zone, kind_of, total
from exchange.layouts.exchanged import ParsedLine
from exchange.models import Discrepancy, ReturnedLine, ReturnedRow

OF_LINE = frozenset(
    {
        Code.TARIFF, Code.PRODUCT, Code.NEGATIVE, Code.NORM, Code.UNDERSUPPLY, Code.JUMP, Code.STOPPED, Code.VOLUME,
        Code.UNKNOWN_SERVICE,
    }
)  # fmt: skip
RECALCULATED = frozenset({Code.RECALCULATION, Code.BEFORE_RIGHT})
OURS = {
    Code.JUMP: "Если как в прошлом месяце",
    Code.STOPPED: "Если как в прошлом месяце",
    Code.VOLUME: "Если по нормативу",
    Code.RECALCULATION: "Без перерасчёта",
    Code.BEFORE_RIGHT: "Без перерасчёта",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """The equivalent of the month in roubles: by the file, and by our side, as `ours_called` says it."""

    by_file: Decimal
    by_card: Decimal
    ours_called: str

    @property
    def difference(self) -> Decimal:
        return self.by_file - self.by_card


def billed_on_the_account(found: Discrepancy) -> list[ReturnedLine]:
    """Return the lines of the row, and those that other rows of the file bill for the same person and account."""
    asked = found.request_row
    rows = ReturnedLine.objects.filter(row=found.row)
    if asked is not None:
        rows = ReturnedLine.objects.filter(
            row__file=found.file,
            row__request_row__recipient=asked.recipient_id,
            row__request_row__account=asked.account,
        )
    return list(rows.select_related("service").order_by("row_id", "position"))


def _as_sent(line: ReturnedLine) -> ParsedLine:
    return ParsedLine(
        service=line.service_id or "",
        tariff=line.tariff,
        billed=line.billed,
        quantity=line.quantity,
        adjustment=line.adjustment,
        adjustment_month=line.adjustment_month,
    )


def with_all_billed(expected: Expected | None, lines: list[ReturnedLine]) -> Expected | None:
    """Let every service that the file bills on the account be weighed, and the zones of electricity together."""
    if expected is None:
        return None
    told = {line.service_id for line in lines if line.service_id} - expected.services.keys()
    services = {**expected.services, **{code: expected.unlisted[code] for code in sorted(told)}}
    every = replace(expected, services=services)
    return replace(every, zones=tuple(one for one in bills_of(map(_as_sent, lines), every) if is_zone(one.service)))


def effect_of(found: Discrepancy, lines: list[ReturnedLine], expected: Expected | None) -> Effect | None:
    """Weigh the file's word; ours is what the check found it to differ by."""
    if expected is None or found.difference is None or found.row is None:
        return None
    code = Code(found.code)
    by_file = _by_file(
        code, found.row, [_as_sent(line) for line in lines if found.line_id in {None, line.pk}], expected
    )
    return (
        None if by_file is None else Effect(by_file, by_file - found.difference, OURS.get(code, "Если верна карточка"))
    )


def _by_file(code: Code, row: ReturnedRow, sent: list[ParsedLine], expected: Expected) -> Decimal | None:
    bills = bills_of(sent, expected)
    if code == Code.RESIDENTS and row.residents:
        return total(bills, expected=with_residents(expected, row.residents))
    if code == Code.AREA:
        return total((bill for bill in bills if kind_of(bill.service) in BY_AREA), expected=expected)
    if not len(sent) == len(bills) == 1:
        return None
    if code in OF_LINE:
        return equivalent(bills[0], expected=expected)
    if code in RECALCULATED:
        service = bills[0].service
        return equivalent(Bill(service, recalculated(sent[0], service) + (sent[0].adjustment or 0)), expected=expected)
    return None


def at_stake(found: Discrepancy, billed: list[ReturnedLine], expected: Expected | None) -> Decimal | None:
    """Weigh what is not accrued while the line, or the row, is held: all of the account less the rest of it."""
    if expected is None or found.row is None or (found.line is not None and found.line.billed is None):
        return None
    held = {line.pk for line in billed if line.row_id == found.row_id and found.line_id in {None, line.pk}}
    rest = [_as_sent(line) for line in billed if line.pk not in held]
    whole = total(bills_of(map(_as_sent, billed), expected), expected=expected)
    return whole - total(bills_of(rest, expected), expected=expected)
