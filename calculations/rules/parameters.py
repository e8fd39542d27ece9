"""What a decree sets and a rule takes from outside."""

from dataclasses import dataclass
from decimal import Decimal

from calculations.rules.kinds import Group


@dataclass(frozen=True, slots=True)
class Parameters:
    """Dated values of a regime, read from the directory for the month billed.

    `discount` is a fraction: Decimal("0.5") is 50 %. `decree` names the act that sets them.
    """

    discount: Decimal
    capital_repair_groups: frozenset[Group]
    decree: str
