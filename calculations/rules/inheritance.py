"""Sums a person was owed on the day of death: until when they are claimed, and how they are shared."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol

from calculations.rules.parts import equal_parts

MONTHS_TO_CLAIM: Final = 4
"""From the opening of the inheritance, the day of death. Source: Civil Code, article 1183, item 2."""


class Claimant(StrEnum):
    """Whom the sums belong to: family living with the deceased, dependants unable to work; after the term the heirs."""

    FAMILY = "family"
    DEPENDANT = "dependant"
    HEIR = "heir"


DOCUMENTS: Final[Mapping[Claimant, tuple[str, ...]]] = {
    Claimant.FAMILY: ("death", "kinship", "joint_residence"),
    Claimant.DEPENDANT: ("death", "dependency", "inability"),
    Claimant.HEIR: ("death", "inheritance"),
}
"""What each kind of claimant brings. Source: Regulation 369, item 2.5.4; Civil Code, article 1183, items 1 and 3."""


class WorkCalendar(Protocol):
    """Knows which days offices work."""

    def on_or_after(self, day: dt.date, /) -> dt.date: ...


def last_day_to_claim(died_on: dt.date, *, calendar_of_work: WorkCalendar) -> dt.date:
    """Return the last day, inclusive, of the four months; one that is no working day moves to the next.

    A month without that day ends the term on its last day.

    Source: Civil Code, articles 192 (item 3), 193, 1183 (item 2); dossier EX-12.
    """
    months = died_on.year * 12 + died_on.month - 1 + MONTHS_TO_CLAIM
    year, month = divmod(months, 12)
    day = min(died_on.day, calendar.monthrange(year, month + 1)[1])
    return calendar_of_work.on_or_after(dt.date(year, month + 1, day))


def is_in_time(claimant: Claimant, *, died_on: dt.date, claimed_on: dt.date, calendar_of_work: WorkCalendar) -> bool:
    """Tell whether a claim is in its term: family and dependants within it, heirs once it is over.

    Source: Civil Code, article 1183, items 2 and 3.
    """
    last = last_day_to_claim(died_on, calendar_of_work=calendar_of_work)
    return claimed_on > last if claimant is Claimant.HEIR else died_on <= claimed_on <= last


def shared_among(unpaid: Sequence[Decimal], *, claimants: int) -> tuple[tuple[Decimal, ...], ...]:
    """Share each unpaid sum equally among several claimants; for each claimant the parts in the order of the sums.

    Each sum is given away to the kopeck. The odd kopecks of one sum after another go round the claimants in
    their order, so that nobody has more than a kopeck more than another in all.

    Raises ValueError without claimants.
    """
    shares: list[list[Decimal]] = [[] for _ in range(claimants)]
    first = 0
    for amount in unpaid:
        parts = equal_parts(amount, months=claimants)
        for number, part in enumerate(parts):
            shares[(first + number) % claimants].append(part)
        odd = sum(part > parts[-1] for part in parts)
        first = (first + odd) % claimants
    return tuple(map(tuple, shares))
