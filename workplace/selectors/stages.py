"""The month's stages: what came in, went on and is held, summed over the hand-overs."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from offices.balances import Amount
from offices.models import HandoverBalance, HeldAmount, Office


@dataclass(frozen=True, slots=True)
class HeldReason:
    """The part of a stage held for one reason."""

    reason: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a month, over all offices asked for; roubles in the stage's input unit."""

    item: str
    stage: str
    handovers: int
    taken: Amount
    handed_on: Amount
    held: tuple[HeldReason, ...]

    @property
    def held_in_all(self) -> Amount:
        return sum((held.amount for held in self.held), Amount())

    @property
    def balances(self) -> bool:
        return self.taken == self.handed_on + self.held_in_all

    @property
    def has_roubles(self) -> bool:
        return self.taken.roubles != 0


def stages_of(month: dt.date, *, office: Office | None = None) -> list[Stage]:
    """Sum the standing balances of a month by stage, in the order of the regulation's items."""
    standing = _standing(month, office)
    held = _held(standing)
    sums: dict[tuple[str, str], tuple[int, Amount, Amount]] = {}
    for row in standing:
        count, taken, handed_on = sums.get((row.item, row.stage), (0, Amount(), Amount()))
        sums[row.item, row.stage] = (
            count + 1,
            taken + Amount(row.rows_in, row.roubles_in),
            handed_on + Amount(row.rows_on, row.roubles_on),
        )
    return [
        Stage(item, stage, count, taken, handed_on, held[item, stage])
        for (item, stage), (count, taken, handed_on) in sorted(sums.items(), key=lambda kv: item_order(kv[0][0]))
    ]


def item_order(item: str) -> tuple[int, ...]:
    """Order items as numbers: 3.9 before 3.10."""
    return tuple(int(part) for part in item.split("."))


def _standing(month: dt.date, office: Office | None) -> QuerySet[HandoverBalance]:
    whose = Q() if office is None else Q(office=office)
    return HandoverBalance.objects.filter(whose, month=month, superseded_by__isnull=True).order_by("at", "pk")


def _held(standing: QuerySet[HandoverBalance]) -> dict[tuple[str, str], tuple[HeldReason, ...]]:
    sums: dict[tuple[str, str], dict[str, Amount]] = defaultdict(dict)
    rows = HeldAmount.objects.filter(balance__in=standing.order_by()).values_list(
        "balance__item", "balance__stage", "reason", "rows", "roubles"
    )
    for item, stage, reason, count, roubles in rows:
        reasons = sums[item, stage]
        reasons[reason] = reasons.get(reason, Amount()) + Amount(count, Decimal(roubles))
    return defaultdict(
        tuple,
        {
            key: tuple(HeldReason(reason, amount) for reason, amount in sorted(reasons.items()))
            for key, reasons in sums.items()
        },
    )
