"""Recalculations of the open month that name no past month: a line of their own by this month's share.

Source: dossier 1.2, item 6 (naive).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Final

from calculations.inputs.billing import BilledService, NotCounted, RightLine, Surroundings, billed_services
from calculations.inputs.facts import Bill, RecipientRows
from calculations.inputs.touched import Recalculation
from calculations.models import UnappliedRecalculation, Withheld
from calculations.rules.faults import LineFault
from calculations.rules.kinds import line_kind
from calculations.rules.parameters import Parameters
from calculations.rules.regimes import regime_of, rule_for
from calculations.rules.result import LineResult
from calculations.rules.stored import to_stored
from calculations.rules.told import Unmonthed, without_month
from calculations.services.faults import reason_of_fault
from calculations.services.written import Written

Reason = UnappliedRecalculation.Reason


def add_unmonthed(
    *,
    written: Written,
    recipients: Iterable[RecipientRows],
    around: Surroundings,
    parameters: Parameters,
    told: Mapping[int, Sequence[Recalculation]],
) -> None:
    """Add a line for every service whose recalculation names no month, or keep why there is none.

    `told` are those of the open month by recipient. The zones of an account's electricity are one service.
    """
    for recipient in recipients:
        for together in _by_service(told.get(recipient.id, ()), around):
            bill = _bill(together, around)
            for found in billed_services(replace(recipient, bills=(bill,)), around):
                _settle(found, together, written, parameters)


def _by_service(told: Sequence[Recalculation], around: Surroundings) -> list[list[Recalculation]]:
    def key(one: Recalculation) -> tuple[int, str]:
        return one.of.account_id, _line_service(one.of, around)

    return [list(together) for _, together in groupby(sorted(told, key=key), key=key)]


def _line_service(bill: Bill, around: Surroundings) -> str:
    kind = around.services.kinds.get(bill.service)
    return bill.service if kind is None else around.services.codes.get(line_kind(kind), bill.service)


def _bill(together: Sequence[Recalculation], around: Surroundings) -> Bill:
    """Bill the sum of the recalculations, without its sign, as the whole service."""
    of = together[0].of
    return replace(of, service=_line_service(of, around), billed=abs(_sum(together)), quantity=None, tariff=None)


def _sum(together: Iterable[Recalculation]) -> Decimal:
    return sum((one.roubles for one in together), Decimal(0))


def _settle(
    found: BilledService | NotCounted, together: Sequence[Recalculation], written: Written, parameters: Parameters
) -> None:
    if isinstance(found, NotCounted):
        reason = _REASONS.get(found.reason, Reason.NOT_KNOWN) if found.is_known else Reason.NOT_KNOWN
        _leave(together, written, reason, found.text)
        return
    try:
        results = [(line, *_calculated(line, together, written.run.month, parameters)) for line in found.lines]
    except LineFault as fault:
        _leave(together, written, Reason.NOT_KNOWN, reason_of_fault(fault)[1])
        return
    added = [one for one in results if one[1].cash_equivalent]
    for line, result, unmonthed in added:
        written.add_unmonthed(
            [one.of for one in together],
            found.service,
            line,
            result,
            unmonthed.roubles,
            to_stored(line.inputs, parameters, unmonthed=unmonthed),
        )
    if not added:
        nothing = results[0][1].reason
        assert nothing is not None, "a recalculation without a month always says so"
        _leave(together, written, Reason.NO_DIFFERENCE, f"{nothing.text[:1].upper()}{nothing.text[1:]}.")


def _calculated(
    line: RightLine, together: Sequence[Recalculation], month: dt.date, parameters: Parameters
) -> tuple[LineResult, Unmonthed]:
    own = rule_for(regime_of(month), line.inputs.kind, parameters.norm_cap)
    unmonthed = Unmonthed(_sum(together), own.name, own.version)
    return without_month(unmonthed, own, line.inputs, parameters), unmonthed


_REASONS: Final = {
    Withheld.Reason.NO_RIGHT: Reason.NO_RIGHT,
    Withheld.Reason.CERTIFICATE_ENDED: Reason.NO_RIGHT,
    Withheld.Reason.CAME_OF_AGE: Reason.NO_RIGHT,
    Withheld.Reason.NO_DWELLING: Reason.NO_DWELLING,
    Withheld.Reason.SUSPENDED: Reason.SUSPENDED,
    Withheld.Reason.NOT_IN_MEASURE: Reason.NOT_IN_MEASURE,
}


def _leave(
    together: Iterable[Recalculation], written: Written, reason: UnappliedRecalculation.Reason, text: str
) -> None:
    for one in together:
        written.leave_unapplied(one.of.recipient_id, one.told(), None, reason, text)
