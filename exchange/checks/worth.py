"""What a charge does to the equivalent, in roubles: by the very rules that the month is calculated with."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import Group, Holder, ServiceKind, Stock, UnknownServiceKind, line_kind, zone_of
from calculations.rules.line import apply_rule, line_faults
from calculations.rules.money import to_kopecks
from calculations.rules.parameters import Parameters
from calculations.rules.regimes import regime_of, rule_for
from calculations.rules.terms import days_of
from exchange.checks.expectations import Bill, Expected, ExpectedService
from exchange.layouts.exchanged import ParsedLine, ParsedRow

ZERO = Decimal("0.00")
BY_AREA = frozenset(
    {
        ServiceKind.RENT, ServiceKind.MAINTENANCE, ServiceKind.CAPITAL_REPAIR, ServiceKind.HEATING,
        ServiceKind.COMMON_COLD_WATER, ServiceKind.COMMON_HOT_WATER, ServiceKind.COMMON_ELECTRICITY,
        ServiceKind.COMMON_SEWERAGE,
    }
)  # fmt: skip
"""What is billed by the area of the dwelling."""


def total(bills: Iterable[Bill], /, *, expected: Expected) -> Decimal:
    """Return the equivalent of the month that some bills of one account make: zones of electricity share a line.

    The household of the request counts for the whole month, its share and the norms as the month's variant has them. Where the directory has no norm or tariff for the rule,
    the person's share of the bill counts. A negative bill takes back what a positive one would give. A service outside
    the measure is worth nothing.
    """
    worth = ZERO
    zones: dict[ServiceKind, Bill] = {}
    for bill in bills:
        kind = kind_of(bill.service)
        if kind is None:
            continue
        if bill.billed < 0:
            back = Bill(bill.service, -bill.billed, bill.quantity and abs(bill.quantity), bill.tariff)
            worth -= _line([(kind, back)], expected)
        elif line_kind(kind) is kind:
            worth += _line([(kind, bill)], expected)
        else:
            zones.setdefault(kind, bill)
    return worth + _line([*zones.items()], expected) if zones else worth


def equivalent(bill: Bill, /, *, expected: Expected) -> Decimal:
    """Return the equivalent of the line that a bill belongs to: of a zone, with the other zones of the account."""
    kind = kind_of(bill.service)
    beside = () if kind is None or line_kind(kind) is kind else expected.zones
    return total((bill, *(one for one in beside if one.service.kind != bill.service.kind)), expected=expected)


def difference(sent: Bill, ours: Bill, /, *, expected: Expected) -> Decimal:
    """Return the equivalent by what was sent less the equivalent by what we hold right, in roubles and kopecks."""
    return equivalent(sent, expected=expected) - equivalent(ours, expected=expected)


def is_zone(service: ExpectedService, /) -> bool:
    """Say whether a service is a zone of electricity, which shares the norm with the others of its account."""
    kind = kind_of(service)
    return kind is not None and line_kind(kind) is not kind


def kind_of(service: ExpectedService, /) -> ServiceKind | None:
    """Return the kind by which the rules know a service; None for what is not in the measure."""
    try:
        return ServiceKind.named(service.kind)
    except UnknownServiceKind:
        return None


def _line(bills: Sequence[tuple[ServiceKind, Bill]], expected: Expected) -> Decimal:
    """Return the equivalent of one line: a service, or the zones of electricity of an account."""
    share, days = expected.share, days_of(expected.month)
    kind, first = bills[0]
    parts = tuple(
        BilledPart(billed=one.billed, quantity=one.quantity, tariff=_tariff(one), zone=zone_of(of)) for of, one in bills
    )
    period = Period(
        parts=parts,
        facts=_facts(kind, expected),
        entitled=share.entitled,
        residents=share.residents,
        days=days,
        days_in_month=days,
        norm=first.service.limit,
        area=expected.total_area,
        family=share.family,
    )
    inputs = LineInputs(line_kind(kind), (period,))
    measure = share.measure
    parameters = Parameters(
        measure.discount, frozenset(Group), decree="", share_rule=measure.share_rule, norm_cap=measure.norm_cap
    )
    rule = rule_for(regime_of(expected.month), inputs.kind, measure.norm_cap)
    if any(line_faults(rule, inputs, parameters)):
        billed = sum((part.billed for part in parts), Decimal(0))
        return to_kopecks(Fraction(billed) * Fraction(measure.discount) * share.counted / share.residents)
    return apply_rule(rule, inputs, parameters).cash_equivalent


def _facts(kind: ServiceKind, expected: Expected) -> Facts:
    """Return the facts a rule asks for; where the card does not tell the stock, the one that gives a right."""
    usual = Stock.PRIVATE if kind is ServiceKind.CAPITAL_REPAIR else Stock.STATE
    return Facts(Holder.ADULT, Group.FIRST, Stock(expected.stock) if expected.stock else usual)


def _tariff(bill: Bill) -> Decimal | None:
    """Return the tariff the norm is counted by: ours, and where it changes inside the month the one sent between."""
    tariffs, sent = bill.service.tariffs, bill.tariff
    if sent is not None and len(tariffs) > 1 and min(tariffs) <= sent <= max(tariffs):
        return sent
    return bill.service.tariff


def zones_of(row: ParsedRow, expected: Expected, /) -> list[Bill]:
    """Return the zones of electricity that a row bills, as others of its account see them."""
    bills = bills_of(row.lines, expected)
    return [bill for bill in bills if is_zone(bill.service)]


def bills_of(lines: Iterable[ParsedLine], expected: Expected, /) -> list[Bill]:
    """Return what lines bill for services of the card, each service once."""
    found: dict[str, Bill] = {}
    for line in lines:
        service = expected.services.get(line.service)
        if service is not None and line.billed is not None:
            found.setdefault(line.service, Bill(service, line.billed, line.quantity, line.tariff))
    return list(found.values())


def worth_of_silence(expected: Expected, /) -> Decimal | None:
    """Weigh a row that was not answered: what last month's charges brought is not accrued; None where there were none."""
    bills = [Bill(service, service.billed_before) for service in expected.services.values() if service.billed_before]
    return -total(bills, expected=expected) if bills else None
