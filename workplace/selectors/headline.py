"""The month in five figures, taken from its stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from offices.balances import Amount
from workplace.selectors.stages import Stage


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the month: rows or roubles that went on at an item, of how much; None before the item."""

    title: str
    item: str
    is_in_roubles: bool
    handed_on: Amount | None
    taken: Amount | None

    @property
    def value(self) -> Decimal | int | None:
        return None if self.handed_on is None else self._part(self.handed_on)

    @property
    def percent(self) -> int | None:
        """Return the whole percent that went on, rounded down, so that 100 means all."""
        if self.handed_on is None or self.taken is None or not self._part(self.taken):
            return None
        return int(self._part(self.handed_on) * 100 // self._part(self.taken))

    @property
    def held_rows(self) -> int:
        return 0 if self.handed_on is None or self.taken is None else self.taken.rows - self.handed_on.rows

    def _part(self, amount: Amount) -> Decimal | int:
        return amount.roubles if self.is_in_roubles else amount.rows


FIGURES = (
    ("Получатели в реестрах", "3.7", False),
    ("Ответы предприятий ЖКХ", "3.9", False),
    ("Начисления ЖКХ", "3.11", True),
    ("Эквивалент проверен", "3.13", True),
    ("В списках на выплату", "3.14", True),
)


def headline(stages: Sequence[Stage]) -> list[Figure]:
    """Return the month's figures in the order of its road, also those it has not come to yet."""
    return [_figure(title, item, is_in_roubles, stages) for title, item, is_in_roubles in FIGURES]


def _figure(title: str, item: str, is_in_roubles: bool, stages: Sequence[Stage]) -> Figure:
    found = [stage for stage in stages if stage.item == item]
    if not found:
        return Figure(title, item, is_in_roubles, None, None)
    handed_on = sum((stage.handed_on for stage in found), Amount())
    return Figure(title, item, is_in_roubles, handed_on, sum((stage.taken for stage in found), Amount()))
