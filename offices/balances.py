"""The balance of a hand-over: what came in = what went on + what was held, held by reason."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from offices.models import HandoverBalance, HeldAmount, Office
from offices.refusals import Refusal

ZERO = Decimal("0.00")


class BalanceDoesNotClose(Refusal):
    """What came in is not what went on and what was held; the stage cannot be handed over."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Rows and roubles; the roubles are exact, up to six decimals."""

    rows: int = 0
    roubles: Decimal = ZERO

    def __add__(self, other: "Amount") -> "Amount":
        """Add rows to rows and roubles to roubles."""
        return Amount(self.rows + other.rows, self.roubles + other.roubles)


@dataclass(frozen=True, slots=True)
class Balance:
    """What a stage took in, handed on and held, by reason, in the stage's input unit."""

    taken: Amount
    handed_on: Amount
    held: Mapping[str, Amount] = field(default_factory=dict)

    @property
    def held_in_all(self) -> Amount:
        return sum(self.held.values(), Amount())


@transaction.atomic
def strike(  # one argument for each fact of the balance
    *,
    month: dt.date,
    item: str,
    stage: str,
    office: Office,
    subject: str,
    balance: Balance,
    at: dt.datetime,
    supersedes: HandoverBalance | None = None,
) -> HandoverBalance:
    """Store the balance of a hand-over, once for each month, item, stage, office and subject.

    Raises BalanceDoesNotClose when something came in that neither went on nor is held.
    """
    held = balance.held_in_all
    if balance.taken != balance.handed_on + held:
        raise BalanceDoesNotClose(
            f"{stage}, {subject}: поступило {balance.taken.rows} на {balance.taken.roubles} руб., "
            f"передано {balance.handed_on.rows} на {balance.handed_on.roubles} руб., "
            f"удержано {held.rows} на {held.roubles} руб."
        )
    row = HandoverBalance.objects.create(
        month=month,
        item=item,
        stage=stage,
        office=office,
        subject=subject,
        rows_in=balance.taken.rows,
        rows_on=balance.handed_on.rows,
        rows_held=held.rows,
        roubles_in=balance.taken.roubles,
        roubles_on=balance.handed_on.roubles,
        roubles_held=held.roubles,
        at=at,
        supersedes=supersedes,
    )
    HeldAmount.objects.bulk_create(
        HeldAmount(balance=row, reason=reason, rows=amount.rows, roubles=amount.roubles)
        for reason, amount in sorted(balance.held.items())
        if amount != Amount()
    )
    return row
