"""Withholding of overpayments from the lines of a list, and how it lessens them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from calculations.rules.withholding import withhold_in_turn
from offices.balances import Amount
from payments.models import Overpayment, PaymentList, Withholding
from payments.selectors.overpayments import owed_of, withheld_now
from payments.services.lines import Payable, Sorted

WITHHELD = "overpayment"
"""The reason under which a balance holds what was withheld."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an overpayment takes of an accrual, and what is left of it then, in roubles."""

    overpayment: Overpayment
    accrual_id: int
    due: Decimal
    percent: Decimal
    withheld: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Withheld:
    """The lines less what is withheld of them, and what that is, in the order it is taken."""

    found: Sorted
    taken: Sequence[Taken]


def withhold_from(found: Sorted, /) -> Withheld:
    """Take what recipients agreed to off the lines found, the oldest overpayment first, and hold it in the balance.

    A payment that came back was withheld from when it was first listed: it is listed again as it was. A line of which
    everything is withheld is held whole; heirs' parts are not withheld from. The overpayments stay locked until the transaction ends.
    Source: dossier 1.3 and EX-10.
    """
    own = {line.unpaid.recipient_id for line in found.lines if _is_withheld_from(line)}
    owed: dict[int, list[Overpayment]] = defaultdict(list)
    for one in withheld_now(own).select_for_update(of=("self",)):
        owed[one.recipient_id].append(one)
    lines: list[Payable] = []
    taken: list[Taken] = []
    held = Amount()
    for line in found.lines:
        of_line = _take(line, owed[line.unpaid.recipient_id]) if _is_withheld_from(line) else []
        withheld = sum((one.withheld for one in of_line), Decimal("0.00"))
        less = replace(line, unpaid=replace(line.unpaid, payable=line.unpaid.payable - withheld))
        held += Amount(0 if less.unpaid.payable else 1, withheld)
        lines += [less] if less.unpaid.payable else []
        taken += of_line
    if not taken:
        return Withheld(found, ())
    return Withheld(replace(found, lines=lines, held={**found.held, WITHHELD: held}), taken)


def store_withholdings(made: PaymentList, taken: Sequence[Taken], /) -> None:
    """Write what is withheld with the list, before its lines, and lessen the overpayments."""
    Withholding.objects.bulk_create(
        Withholding(
            overpayment=one.overpayment,
            list=made,
            accrual_id=one.accrual_id,
            due=one.due,
            percent=one.percent,
            withheld=one.withheld,
            balance=one.balance,
        )
        for one in taken
    )
    lessened = {one.overpayment.pk: one.overpayment for one in taken}
    for overpayment in lessened.values():
        overpayment.status = Overpayment.Status.WITHHELD if overpayment.rest else Overpayment.Status.SETTLED
    Overpayment.objects.bulk_update(lessened.values(), ["rest", "status"])


def _is_withheld_from(line: Payable) -> bool:
    return line.unpaid.returned_line_id is None and line.unpaid.heir_part_id is None


def _take(line: Payable, owed: Sequence[Overpayment]) -> list[Taken]:
    """Share out what a line gives among overpayments that something is left of, and lessen them in memory."""
    due = line.unpaid.payable
    left = [one for one in owed if one.rest]
    found = []
    owing = [owed_of(one) for one in left]
    for one, of, roubles in zip(left, owing, withhold_in_turn(due, owing), strict=True):
        if roubles:
            one.rest -= roubles
            found.append(Taken(one, line.unpaid.accrual_id, due, of.percent, roubles, one.rest))
    return found
