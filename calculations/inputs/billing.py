"""A recipient's bills put together into accrual lines: what each rule will be given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from calculations.inputs.facts import Bill, DwellingRows, DwellingState, RecipientRows, Right
from calculations.inputs.household import HouseholdSpan, Terms, household_spans
from calculations.inputs.lapsed import why_no_day
from calculations.inputs.measure import ServiceBook
from calculations.inputs.prices import NOTHING, Directories, Rate, divided, divided_by
from calculations.models import Withheld
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import (
    Group,
    Holder,
    ServiceKind,
    Stock,
    Zone,
    line_kind,
    zone_of,
)
from calculations.rules.regimes import regime_of, rule_for
from calculations.rules.rule import needs_nothing
from calculations.rules.terms import days_of
from providers.in_force import Place

Reason = Withheld.Reason
VOLUME_OF_THE_SUM: Final = "объём не сообщён и найден делением начисленного на тариф"
NORMED_PER_AREA: Final = frozenset({ServiceKind.HEATING, ServiceKind.CAPITAL_REPAIR})


@dataclass(frozen=True, slots=True)
class RightLine:
    """The line of one service for one right, ready for its rule; `person_id` is the right's ground."""

    right_id: int
    person_id: int
    inputs: LineInputs
    tariff_id: int | None
    norm_id: int | None


@dataclass(frozen=True, slots=True)
class BilledService:
    """One service of one account, several bills where zones are billed apart, with a line for every right."""

    service: str
    bills: tuple[Bill, ...]
    lines: tuple[RightLine, ...]


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Bills that no right turns into a line, with the coded reason.

    `service` is the line's service where the measure knows it. `is_known` says that all facts are there and nothing is
    due; otherwise something is missing to tell.
    """

    bills: tuple[Bill, ...]
    reason: Reason
    text: str
    service: str = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all recipients of a month share."""

    terms: Terms
    services: ServiceBook
    directories: Directories
    dwellings: Mapping[int, DwellingRows]


@dataclass(frozen=True, slots=True)
class _Covered:
    """The days of a right in the month."""

    right: Right
    spans: tuple[HouseholdSpan, ...]


def billed_services(recipient: RecipientRows, around: Surroundings) -> Iterator[BilledService | NotCounted]:
    """Give every bill of a recipient once: in a service with its lines, or as not counted.

    Day, night and peak electricity of an account are one service. Of corrected charges only the last number counts.
    A bill counts for each right whose supported dwelling it was made for; registered residents come from our card,
    the provider's number of them is checked on receipt and is no input. Recalculations of a bill that later charges
    told (`Bill.told`) are in it, as the provider now bills that month; those that a bill itself tells are of other months.
    Where the payment is suspended, no bill makes a line.
    """
    covered = [
        _Covered(right, household_spans(right, recipient.homes, around.dwellings, around.terms))
        for right in recipient.rights
    ]
    standing, superseded = _standing(recipient.bills)
    if superseded:
        yield NotCounted(superseded, Reason.SUPERSEDED, "Есть более позднее исправление этого начисления.")
    for kind, bills in _grouped(standing, around.services):
        found = _service(kind, bills, covered, around)
        if recipient.suspended and isinstance(found, BilledService):
            found = NotCounted(bills, Reason.SUSPENDED, recipient.suspended, found.service)
        yield found


def _standing(bills: Iterable[Bill]) -> tuple[list[Bill], tuple[Bill, ...]]:
    last: dict[tuple[int, str], Bill] = {}
    superseded = []
    for bill in sorted(bills, key=lambda one: (one.number, one.id)):
        former = last.pop((bill.account_id, bill.service), None)
        if former is not None:
            superseded.append(former)
        last[bill.account_id, bill.service] = bill
    return sorted(last.values(), key=lambda one: (one.account_id, one.service)), tuple(superseded)


def _grouped(bills: Iterable[Bill], book: ServiceBook) -> Iterator[tuple[ServiceKind | None, tuple[Bill, ...]]]:
    groups: dict[tuple[int, ServiceKind | None], list[Bill]] = defaultdict(list)
    for bill in bills:
        kind = book.kinds.get(bill.service)
        groups[bill.account_id, None if kind is None else line_kind(kind)].append(bill)
    for (_, kind), grouped in groups.items():
        yield kind, tuple(grouped)


def _service(
    kind: ServiceKind | None, bills: tuple[Bill, ...], covered: Sequence[_Covered], around: Surroundings
) -> BilledService | NotCounted:
    if kind is None:
        return NotCounted(bills, Reason.NOT_IN_MEASURE, "Услуга не входит в меру социальной поддержки.")
    service = around.services.codes.get(kind, bills[0].service)
    if not any(one.spans for one in covered):
        return NotCounted(bills, *why_no_day([one.right for one in covered], around.terms.month), service)
    lines = []
    for one in covered:
        spans = [span for span in one.spans if span.dwelling_id == bills[0].dwelling_id]
        if any(span.state is None for span in spans):
            return NotCounted(bills, Reason.NO_DWELLING, "Не указаны характеристики жилья.", service, is_known=False)
        if spans:
            lines.append(_line(kind, bills, one.right, spans, around))
    if not lines:
        return NotCounted(bills, Reason.NO_DWELLING, "Начислено на жильё, по которому мера не предоставлена.", service)
    return BilledService(service=service, bills=bills, lines=tuple(lines))


def _line(
    kind: ServiceKind, bills: tuple[Bill, ...], right: Right, spans: Sequence[HouseholdSpan], around: Surroundings
) -> RightLine:
    found = [_rates(kind, bills, span, around) for span in spans]
    heads = _heads(kind, bills[0], spans, found[-1])
    is_normed = rule_for(regime_of(around.terms.month), kind).needs is not needs_nothing
    periods = []
    for span, rates, (times, over) in zip(spans, found, heads, strict=True):
        state = _state(span)
        limit = rates.limit if is_normed else NOTHING
        periods.append(
            Period(
                parts=tuple(
                    _part(bill, around.services.kinds[bill.service], tariff, times=times, over=over)
                    for bill, tariff in zip(bills, rates.tariffs, strict=True)
                ),
                facts=Facts(holder=Holder(right.holder), group=Group(right.category), stock=Stock(state.stock)),
                entitled=len(span.entitled),
                residents=len(span.residents),
                days=span.days,
                days_in_month=days_of(around.terms.month),
                norm=limit.value,
                area=state.total_area,
                norm_act=limit.act,
                family=span.family,
                entitled_ids=tuple(map(str, span.entitled)),
                resident_ids=tuple(map(str, span.residents)),
            )
        )
    last = found[-1]
    return RightLine(
        right_id=right.id,
        person_id=right.person_id,
        inputs=LineInputs(kind=kind, periods=tuple(periods)),
        tariff_id=last.tariffs[0].id,
        norm_id=last.norm.id if is_normed else None,
    )


@dataclass(frozen=True, slots=True)
class _Rates:
    tariffs: tuple[Rate, ...]
    norm: Rate
    limit: Rate


def _rates(kind: ServiceKind, bills: tuple[Bill, ...], span: HouseholdSpan, around: Surroundings) -> _Rates:
    """Look up our tariffs and norm.

    For capital repair the norm per m² is the minimum contribution in roubles; where the directory keeps none apart,
    the region's tariff per m² is it.
    """
    traits = _state(span).traits
    dwelling = around.dwellings[bills[0].dwelling_id]
    place = Place(bills[0].provider_id, dwelling.settlement_id, dwelling.district_id)
    tariffs = tuple(
        around.directories.tariff(bill.service, place=place, traits=traits, effective=bill.tariff) for bill in bills
    )
    service = around.services.codes.get(kind, bills[0].service)
    norm = around.directories.norm(service, place=place, traits=traits, residents=len(span.residents))
    if kind is ServiceKind.CAPITAL_REPAIR and norm.id is None:
        return _Rates(tariffs, norm=norm, limit=tariffs[0])
    fits = (norm.basis == "per_area") == (kind in NORMED_PER_AREA)
    return _Rates(tariffs, norm=norm, limit=norm if fits else NOTHING)


def _heads(kind: ServiceKind, bill: Bill, spans: Sequence[HouseholdSpan], rates: _Rates) -> Sequence[tuple[int, int]]:
    """Tell by what each span's part of a bill made per head is multiplied and divided.

    A period carries the charge of the full month for its household. A meter's reading does not depend on who lives
    there; a bill by heads mixes the households by their days, so it is given back to each in proportion.

    Source: dossier 1.2, item 1; EX-5 (waste: the share of one person is the same whatever their number).
    """
    counts = [len(span.residents) for span in spans]
    if len(set(counts)) == 1 or not _is_by_heads(kind, bill, rates):
        return [(1, 1)] * len(spans)
    days = sum(span.days for span in spans)
    head_days = sum(count * span.days for count, span in zip(counts, spans, strict=True))
    return [(count * days, head_days) for count in counts]


def _is_by_heads(kind: ServiceKind, bill: Bill, rates: _Rates) -> bool:
    if kind is ServiceKind.WASTE:
        return rates.norm.basis != "per_area"
    return bill.is_metered is False and rates.norm.basis == "per_person"


def _part(bill: Bill, kind: ServiceKind, tariff: Rate, *, times: int, over: int) -> BilledPart:
    """Give a bill as a rule takes it; a zone billed without its volume used what its sum comes to by the tariff.

    Source: dossier 1.2, item 1 (V = C / T, where the zones need a volume and the provider gives only a sum).
    """
    zone = zone_of(kind)
    quantity, origin = bill.quantity, bill.origin
    if quantity is not None:
        quantity = _used(quantity, bill.recalculated, tariff)
    elif zone is not Zone.WHOLE and tariff.value:
        quantity, origin = divided_by(bill.stands, tariff.value), "; ".join(filter(None, (origin, VOLUME_OF_THE_SUM)))
    return BilledPart(
        billed=_scaled(bill.stands, times, over),
        quantity=None if quantity is None else _scaled(quantity, times, over),
        tariff=tariff.value,
        metered=bool(bill.is_metered),
        zone=zone,
        tariff_act=tariff.act,
        origin=origin,
    )


def _used(quantity: Decimal, recalculated: Decimal, tariff: Rate) -> Decimal:
    """Take a recalculation, told in roubles only, into the volume by the tariff of its month.

    Source: dossier 1.2, item 1 (V = C / T).
    """
    if not recalculated or not tariff.value:
        return quantity
    return max(quantity + divided_by(recalculated, tariff.value), Decimal(0))


def _scaled(value: Decimal, times: int, over: int) -> Decimal:
    return value if times == over else divided(value * times, over)


def _state(span: HouseholdSpan) -> DwellingState:
    assert span.state is not None, "a span without facts makes no line"
    return span.state
