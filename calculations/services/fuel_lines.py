"""Accrual lines of fuel and gas: the month's part of what was assigned for a year (2.4.3, 2.4.4)."""

from collections.abc import Collection, Iterable

from calculations.inputs.fuel import DuePart
from calculations.rules.stored import replay
from calculations.services.written import Written


class PartDiffers(RuntimeError):
    """The rule gives another sum than the part that was decided."""


def add_fuel(*, written: Written, due: Iterable[DuePart], rights: Collection[int]) -> None:
    """Add a line for every part due whose right is in the run; each is calculated again from its stored inputs.

    Raises PartDiffers where the rule does not give the sum of the part.
    """
    for part in due:
        if part.right_id not in rights:
            continue
        inputs = {**part.inputs, "part": {"number": part.number, "of": part.of}}
        result = replay(part.rule, part.rule_version, inputs)
        if result.cash_equivalent != part.amount:
            raise PartDiffers(f"part {part.id}: {result.cash_equivalent} instead of {part.amount}")
        written.add_part(part, result, inputs)
