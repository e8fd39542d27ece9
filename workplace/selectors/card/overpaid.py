"""Overpayments on the card: what was withheld of a month's sum, and the list of the recipient's overpayments."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from calculations.models import Accrual
from offices.money import format_roubles
from payments.models import Overpayment, Withholding
from recipients.models import Recipient
from workplace.selectors.card.chain import ShownBox
from workplace.selectors.card.identity import State
from workplace.selectors.overpayments import state_of


@dataclass(frozen=True, slots=True)
class OverpaidRow:
    """An overpayment of the card, in roubles."""

    pk: int
    number: str
    cause: str
    found_on: dt.date
    total: Decimal
    rest: Decimal
    state: State


def less_withheld(boxes: Sequence[ShownBox], accruals: Sequence[Accrual]) -> tuple[ShownBox, ...]:
    """Take what was withheld of the month's sums off the last box, a box for each overpayment; one query.

    The boxes go on adding up to the last one, which is what is paid.
    """
    rows = Withholding.objects.filter(accrual__in=accruals).select_related("overpayment").order_by("pk")
    taken = [_box(row) for row in rows] if boxes else []
    if not taken:
        return tuple(boxes)
    *before, payable = boxes
    left = payable.amount + sum((box.amount for box in taken), Decimal("0.00"))
    return (*before, *taken, replace(payable, amount=left))


def overpaid_rows(recipient: Recipient) -> tuple[OverpaidRow, ...]:
    """List a recipient's overpayments, the newest first."""
    found = Overpayment.objects.filter(recipient=recipient).order_by("-found_on", "-pk")
    return tuple(
        OverpaidRow(one.pk, one.number, str(one.get_cause_display()), one.found_on, one.total, one.rest, _state(one))
        for one in found
    )


def _state(one: Overpayment) -> State:
    shown = state_of(one)
    return State(shown.kind, shown.word)


def _box(row: Withholding) -> ShownBox:
    left = f"остаток {format_roubles(row.balance)}" if row.balance else "погашена"
    return ShownBox(f"Удержано по переплате № {row.overpayment.number}", left, -row.withheld, "minus")
