"""A chunk of recipients calculated twice, as things stand and as changed: who gains, who loses, who cannot be counted.

What the run stored is the measure: where the changed terms give it, nothing is to be told. Where they do not, the same
terms unchanged say whether it is the change, or something learned of the recipient since the run (`is_drifted`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from calculations.inputs.billing import NotCounted, RightLine, Surroundings, billed_services
from calculations.inputs.facts import RecipientRows
from calculations.inputs.repriced import Estimated, repriced
from calculations.models import AccrualLine, CalculationRun, Withheld
from calculations.rules.corrections import WITHOUT_MONTH
from calculations.rules.faults import LineFault
from calculations.rules.kinds import line_kind
from calculations.rules.line import calculate_line
from calculations.rules.parameters import Parameters
from calculations.services.faults import reason_of_fault

ZERO: Final = Decimal("0.00")
Key = tuple[int, int, str]
"""Right, account, service."""
Place = tuple[int, str]
"""Account, service."""
LEGAL: Final = frozenset(
    {
        Withheld.Reason.NO_RIGHT,
        Withheld.Reason.SUSPENDED,
        Withheld.Reason.CERTIFICATE_ENDED,
        Withheld.Reason.CAME_OF_AGE,
        Withheld.Reason.NOT_IN_MEASURE,
        Withheld.Reason.SUPERSEDED,
    }
)
"""Reasons by which nothing is due; any other says that it cannot be counted."""
REASON_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides of a comparison."""

    around: Surroundings
    rules: Parameters


@dataclass(slots=True)
class Results:
    """What a recipient's lines are worth; `faults` are reasons by account and service, with whether nothing is due."""

    sums: dict[Key, Decimal] = field(default_factory=dict)
    faults: dict[Place, tuple[bool, str]] = field(default_factory=dict)


@dataclass(slots=True)
class ServiceSum:
    """Sums of one service, in roubles; `before` and `after` leave out what is impossible."""

    lines: int = 0
    changed: int = 0
    before: Decimal = ZERO
    after: Decimal = ZERO
    impossible: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A recipient whose sum would change."""

    recipient_id: int
    before: Decimal
    after: Decimal
    impossible: Decimal
    is_drifted: bool
    services: list[dict[str, Any]]
    reason: str


@dataclass(slots=True)
class Rehearsed:
    """What came out of a chunk; `drifted` counts recipients whose unchanged sum is not what the run stored."""

    rows: list[ChangedRow] = field(default_factory=list)
    sums: dict[str, ServiceSum] = field(default_factory=lambda: defaultdict(ServiceSum))
    drifted: int = 0
    estimated: Estimated = field(default_factory=Estimated)


def rehearse(
    *, recipients: Iterable[RecipientRows], run: CalculationRun, standing: Side, changed: Side, reprice: bool
) -> Rehearsed:
    """Compare the recipients' lines of the run's own month; one query.

    Left out are corrections of earlier months, recalculations that name none and fuel applied for. With `reprice` the
    bills are those of the changed tariffs.
    """
    recipients = tuple(recipients)
    stored = _stored(run, [recipient.id for recipient in recipients])
    found = Rehearsed()
    for recipient in recipients:
        billed = recipient
        if reprice:
            billed = repriced(recipient, standing.around, changed.around, found.estimated)
        after = _results(billed, changed)
        before = Results(sums=stored.get(recipient.id, {}))
        is_drifted = False
        if after.sums != before.sums:
            before = _results(recipient, standing)
            is_drifted = before.sums != stored.get(recipient.id, {})
        found.drifted += is_drifted
        row = _compared(recipient.id, before, after, found.sums, is_drifted=is_drifted)
        if row is not None:
            found.rows.append(row)
    return found


def _stored(run: CalculationRun, recipient_ids: Sequence[int]) -> dict[int, dict[Key, Decimal]]:
    lines = AccrualLine.objects.filter(
        run=run, month=run.month, corrects_month__isnull=True, account__isnull=False, recipient_id__in=recipient_ids
    ).exclude(rule=WITHOUT_MONTH.name)
    found: dict[int, dict[Key, Decimal]] = defaultdict(dict)
    for recipient_id, right_id, account_id, service, accrued in lines.values_list(
        "recipient_id", "accrual__entitlement_id", "account_id", "service_id", "accrued"
    ):
        found[recipient_id][right_id, account_id, service] = accrued
    return found


def _results(recipient: RecipientRows, side: Side) -> Results:
    results = Results()
    for found in billed_services(recipient, side.around):
        if isinstance(found, NotCounted):
            for bill in found.bills:
                key = bill.account_id, _line_service(bill.service, side.around)
                results.faults.setdefault(key, (found.reason in LEGAL, found.text))
            continue
        account_id = found.bills[0].account_id
        try:
            sums = {(line.right_id, account_id, found.service): _sum(line, side) for line in found.lines}
        except LineFault as fault:
            results.faults[account_id, found.service] = (False, reason_of_fault(fault)[1])
        else:
            results.sums |= sums
    return results


def _sum(line: RightLine, side: Side) -> Decimal:
    return calculate_line(side.around.terms.month, line.inputs, side.rules).cash_equivalent


def _line_service(service: str, around: Surroundings) -> str:
    kind = around.services.kinds.get(service)
    return service if kind is None else around.services.codes.get(line_kind(kind), service)


def _compared(
    recipient_id: int, before: Results, after: Results, sums: Mapping[str, ServiceSum], *, is_drifted: bool
) -> ChangedRow | None:
    services: dict[Place, ServiceSum] = defaultdict(ServiceSum)
    reasons: dict[Place, str] = {}
    for key in sorted(before.sums.keys() | after.sums.keys()):
        _add(services[key[1:]], key, before, after, reasons)
    for (_, code), one in services.items():
        total = sums[code]
        total.lines += one.lines
        total.changed += one.changed
        total.before += one.before
        total.after += one.after
        total.impossible += one.impossible
    if not any(one.changed for one in services.values()):
        return None
    impossible = sum((one.impossible for one in services.values()), ZERO)
    stopped = dict.fromkeys(reasons[place] for place, one in services.items() if one.impossible)
    return ChangedRow(
        recipient_id=recipient_id,
        before=sum((one.before for one in services.values()), ZERO),
        after=sum((one.after for one in services.values()), ZERO),
        impossible=impossible,
        is_drifted=is_drifted,
        services=list(_told(services, reasons)),
        reason=" ".join(stopped)[:REASON_LENGTH],
    )


def _add(one: ServiceSum, key: Key, before: Results, after: Results, reasons: dict[Place, str]) -> None:
    one.lines += 1
    was, becomes = before.sums.get(key), after.sums.get(key)
    is_due_nothing, text = after.faults.get(key[1:], (True, ""))
    if text and becomes is None:
        reasons[key[1:]] = text
    if was is not None and becomes is None and not is_due_nothing:
        one.impossible += was
        one.changed += 1
        return
    one.before += was or ZERO
    one.after += becomes or ZERO
    one.changed += (was or ZERO) != (becomes or ZERO)


def _told(services: Mapping[Place, ServiceSum], reasons: Mapping[Place, str]) -> Iterator[dict[str, Any]]:
    for (account_id, code), one in services.items():
        if one.changed:
            yield {
                "service": code,
                "account": account_id,
                "before": str(one.before),
                "after": str(one.after),
                "impossible": str(one.impossible),
                "reason": reasons.get((account_id, code), ""),
            }
