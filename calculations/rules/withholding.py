"""Withholding of an overpayment from current payments, month by month to its end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from calculations.rules.money import EXACT


class OverpaymentCause(StrEnum):
    """Whose fault an overpayment is; it decides whether it may be withheld at all."""

    RECIPIENT = "recipient"
    PROVIDER = "provider"
    AUTHORITY = "authority"
    COUNTING = "counting"


WITHHELD: Final = frozenset({OverpaymentCause.RECIPIENT, OverpaymentCause.PROVIDER, OverpaymentCause.COUNTING})
"""The authority's own error is not withheld, except a counting error. Source: dossier 1.3."""

HIGHEST_BY_DEFAULT: Final = Decimal(20)
"""Percent of a payment. Source: dossier 1.3 ("не свыше 20 процентов суммы, причитающейся при каждой выплате")."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """One month of a plan, in roubles: what was due, what is withheld, what is paid, what remains owed."""

    due: Decimal
    withheld: Decimal
    paid: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Owed:
    """An overpayment as a payment meets it: roubles still owed and the percent of a payment agreed to.

    `most` is the percent of a payment that all overpayments up to this one may take together.
    """

    balance: Decimal
    percent: Decimal
    most: Decimal


def withhold(due: Decimal, *, balance: Decimal, percent: Decimal) -> Withholding:
    """Withhold from a payment at most `percent` of it and at most the balance; never a part of a kopeck more.

    The share is cut down to the kopeck: a kopeck above the percentage would exceed what the law or the consent allows.

    Source: dossier 1.3 and EX-10. Raises ValueError outside 0 < percent <= 100 or for a negative sum.
    """
    if not 0 < percent <= 100 or due < 0 or balance < 0:
        raise ValueError(f"{percent} % of {due} against {balance}")
    kopecks = int(EXACT.multiply(due, percent))  # roubles x percent are kopecks; `int` cuts
    withheld = min(Decimal(kopecks).scaleb(-2, context=EXACT), balance)
    return Withholding(due=due, withheld=withheld, paid=due - withheld, balance=balance - withheld)


def plan(dues: Iterable[Decimal], *, balance: Decimal, percent: Decimal) -> Iterator[Withholding]:
    """Withhold from one payment after another until nothing is owed."""
    for due in dues:
        if not balance:
            return
        month = withhold(due, balance=balance, percent=percent)
        balance = month.balance
        yield month


def withhold_in_turn(due: Decimal, owed: Sequence[Owed]) -> tuple[Decimal, ...]:
    """Return the roubles withheld from one payment for each overpayment, the oldest first.

    Each takes its own percentage of the whole payment; together they never exceed the highest one allowed so far.
    Source: dossier 1.3 (one limit for a payment, whatever the number of overpayments).
    Raises ValueError as `withhold` does.
    """
    taken: list[Decimal] = []
    most = Decimal(0)
    for one in owed:
        most = max(most, one.most)
        room = withhold(due, balance=due, percent=most).withheld - sum(taken)
        taken.append(withhold(due, balance=min(one.balance, room), percent=one.percent).withheld)
    return tuple(taken)
