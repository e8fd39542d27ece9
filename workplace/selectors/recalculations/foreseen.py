"""What a change does to accrued months, ready to be shown before anything is saved."""

from dataclasses import dataclass
from decimal import Decimal

from calculations.inputs.differences import ZERO
from calculations.services.foreseeing import Foreseen
from workplace.selectors.recalculations.months import RecipientMonths, foreseen_rows, replaced_by


@dataclass(frozen=True, slots=True)
class ForeseenRows:
    """A change with its months by recipient; `after_death` are months that no order touches.

    `without_right` are those of `people` who have no right in the next run; `replaced` are numbers of open orders.
    """

    found: Foreseen
    people: tuple[RecipientMonths, ...]
    after_death: tuple[RecipientMonths, ...]
    without_right: tuple[RecipientMonths, ...]
    replaced: tuple[int, ...]

    @property
    def difference(self) -> Decimal:
        """Sum the differences of the order, in roubles."""
        return sum((one.difference for one in self.people), ZERO)


def dressed(found: Foreseen, /) -> ForeseenRows:
    """Dress what a change does, in a fixed number of queries."""
    people = foreseen_rows(found.months)
    lost = set(found.without_right)
    return ForeseenRows(
        found=found,
        people=people,
        after_death=foreseen_rows(found.after_death),
        without_right=tuple(one for one in people if one.recipient.pk in lost),
        replaced=replaced_by(found.months),
    )
