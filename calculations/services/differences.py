"""What past months are worth now, less what was accrued for them: computed, not written.

A run writes it as correction lines; the preview of an order shows it before anything is saved.

Source: Regulation 369 of 30.10.2007, item 3.10; dossier 1.2, item 6 (recompute); EX-6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from calculations.inputs.around import surroundings
from calculations.inputs.billing import BilledService, NotCounted, RightLine, Surroundings, billed_services
from calculations.inputs.facts import Bill, RecipientRows
from calculations.inputs.parameters import ParameterMissing
from calculations.inputs.past_months import NOTHING, AccruedBefore, FormerLine, Key, PastMonth
from calculations.inputs.touched import Touch
from calculations.models import Withheld
from calculations.rules.corrections import TAKEN_BACK, Correction, Ground, ToldLater, corrected
from calculations.rules.faults import LineFault, NobodyEntitled, NoResidents
from calculations.rules.line import apply_rule, calculate_line
from calculations.rules.parameters import Parameters
from calculations.rules.result import LineResult
from calculations.rules.stored import from_stored, to_stored
from calculations.selectors import parameters_in_force
from calculations.services.faults import reason_of_fault

Service = tuple[int, str]
"""Account, service of the line."""
NOBODY_THERE: Final = (NobodyEntitled, NoResidents)
"""Faults that say that the right has nobody in the dwelling: nothing is due then."""


@dataclass(frozen=True, slots=True)
class PastGround:
    """A past month with what all its recipients shared: its directories, terms and parameters.

    Without parameters of that month nothing can be calculated in it.
    """

    read: PastMonth
    around: Surroundings | None
    parameters: Parameters | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A service of a past month calculated anew for one right.

    `result` has the difference as its equivalent, `inputs` replay it; `due` is the whole sum now, `before` what was
    accrued. `bills` are those it was calculated from, none where the service is taken back whole. `billed` is in
    roubles, recalculations with it.
    """

    recipient_id: int
    right_id: int
    account_id: int
    service: str
    grounds: tuple[Ground, ...]
    bills: tuple[Bill, ...]
    charge_ids: tuple[int, ...]
    billed: Decimal
    tariff_id: int | None
    norm_id: int | None
    before: AccruedBefore
    result: LineResult
    inputs: Mapping[str, Any]

    @property
    def difference(self) -> Decimal:
        return self.result.cash_equivalent

    @property
    def due(self) -> Decimal:
        return self.before.roubles + self.difference


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Bills of a past month that make no line now, with the coded reason.

    Where `is_known`, nothing is due, and what was accrued comes as a difference of its own; otherwise something is
    missing to tell, and what was accrued stays.
    """

    recipient_id: int
    bills: tuple[Bill, ...]
    reason: Withheld.Reason
    text: str
    is_known: bool


def ground_of(past: PastMonth, /) -> PastGround:
    """Read the directories and parameters of a past month; a month before the parameters has none."""
    try:
        parameters = parameters_in_force(past.month)
    except ParameterMissing:
        return PastGround(past, None, None)
    return PastGround(past, surroundings(past.month, parameters, past.chunk.dwellings), parameters.rules)


def differences_of(ground: PastGround, /) -> Iterator[Difference | Unresolved]:
    """Calculate every touched service of a past month anew, those that differ and those that do not.

    A service that was accrued and is not due any more comes as a difference of minus what was accrued.
    """
    for recipient in ground.read.chunk.recipients:
        yield from _of_recipient(recipient, ground, ground.read.touched[recipient.id])


def _of_recipient(recipient: RecipientRows, ground: PastGround, touch: Touch) -> Iterator[Difference | Unresolved]:
    if ground.around is None or ground.parameters is None:
        yield _without_parameters(recipient, touch)
        return
    given: set[Key] = set()
    touched: dict[Service, tuple[Ground, ...]] = {}
    unknown: set[Service] = set()
    for found in billed_services(recipient, ground.around):
        grounds = touch.grounds(found.bills)
        if not grounds:
            continue
        service = (found.bills[0].account_id, found.service or found.bills[0].service)
        touched[service] = grounds
        for one in _of_service(recipient.id, found, grounds, ground, ground.parameters):
            yield one
            if isinstance(one, Difference):
                given.add(_key(one, found))
            elif not one.is_known:
                unknown.add(service)
    for key, before in ground.read.accrued[recipient.id].items():
        service = key[1:]
        grounds = touched.get(service, (Ground.ORDERED,) if touch.is_ordered else ())
        if before.roubles and before.last and grounds and key not in given and service not in unknown:
            yield _taken_back(recipient.id, key, before, before.last, grounds, ground)


def _without_parameters(recipient: RecipientRows, touch: Touch) -> Unresolved:
    bills = tuple(bill for bill in recipient.bills if touch.grounds([bill]))
    if not recipient.rights:
        text = "В этом месяце нет ни одного дня права."
        return Unresolved(recipient.id, bills, Withheld.Reason.NO_RIGHT, text, is_known=True)
    text = "На этот месяц не заданы параметры меры."
    return Unresolved(recipient.id, bills, Withheld.Reason.WRONG_CHARGE, text, is_known=False)


def _key(one: Difference, found: BilledService | NotCounted) -> Key:
    assert isinstance(found, BilledService), "what is not counted makes no difference"
    person = next(line.person_id for line in found.lines if line.right_id == one.right_id)
    return person, one.account_id, one.service


def _of_service(
    recipient_id: int,
    found: BilledService | NotCounted,
    grounds: tuple[Ground, ...],
    ground: PastGround,
    parameters: Parameters,
) -> Iterator[Difference | Unresolved]:
    if isinstance(found, NotCounted):
        yield Unresolved(recipient_id, found.bills, found.reason, found.text, found.is_known)
        return
    results: list[tuple[RightLine, LineResult]] = []
    absent: LineFault | None = None
    for line in found.lines:
        try:
            results.append((line, calculate_line(ground.read.month, line.inputs, parameters)))
        except NOBODY_THERE as fault:
            absent = fault
        except LineFault as fault:
            yield Unresolved(recipient_id, found.bills, *reason_of_fault(fault), is_known=False)
            return
    if not results:
        assert absent is not None, "a service has a line for some right"
        yield Unresolved(recipient_id, found.bills, *reason_of_fault(absent), is_known=True)
    for line, result in results:
        yield _difference(recipient_id, found, line, result, grounds, ground, parameters)


def _difference(  # the parts of one line, each of its own kind
    recipient_id: int,
    found: BilledService,
    line: RightLine,
    result: LineResult,
    grounds: tuple[Ground, ...],
    ground: PastGround,
    parameters: Parameters,
) -> Difference:
    account_id, bills = found.bills[0].account_id, found.bills
    before = ground.read.accrued[recipient_id].get((line.person_id, account_id, found.service), NOTHING)
    stands = sum((bill.stands for bill in bills), Decimal(0))
    correction = Correction(
        accrued=before.roubles,
        right=str(line.right_id),
        month=f"{ground.read.month:%Y-%m}",
        grounds=grounds,
        billed=sum((bill.billed for bill in bills), Decimal(0)),
        stands=stands,
        told=tuple(ToldLater(one.charge_id, one.roubles, one.origin) for bill in bills for one in bill.told),
    )
    return Difference(
        recipient_id=recipient_id,
        right_id=line.right_id,
        account_id=account_id,
        service=found.service,
        grounds=grounds,
        bills=bills,
        charge_ids=tuple(bill.id for bill in bills),
        billed=stands,
        tariff_id=line.tariff_id,
        norm_id=line.norm_id,
        before=before,
        result=corrected(result, correction),
        inputs=to_stored(line.inputs, parameters, correction),
    )


def _taken_back(
    recipient_id: int,
    key: Key,
    before: AccruedBefore,
    last: FormerLine,
    grounds: tuple[Ground, ...],
    ground: PastGround,
) -> Difference:
    """Take back what was accrued: the former line's bill under a rule that gives nothing."""
    former = from_stored(last.inputs)
    correction = Correction(
        accrued=before.roubles, right=str(last.right_id), month=f"{ground.read.month:%Y-%m}", grounds=grounds
    )
    result = apply_rule(TAKEN_BACK, former.inputs, former.parameters)
    return Difference(
        recipient_id=recipient_id,
        right_id=last.right_id,
        account_id=key[1],
        service=key[2],
        grounds=grounds,
        bills=(),
        charge_ids=last.charge_ids,
        billed=last.billed,
        tariff_id=last.tariff_id,
        norm_id=last.norm_id,
        before=before,
        result=corrected(result, correction),
        inputs=to_stored(former.inputs, former.parameters, correction),
    )
