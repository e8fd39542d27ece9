"""What a transfer of accounts would do: which accounts are found, what stands in the way (preview)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from offices.months import next_month
from providers.account_tables import Pair
from providers.models import Agreement, Charge, Provider, ServiceAccount, Tariff


class Fate(StrEnum):
    """What becomes of a line of the table."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    SAME = "same"
    REPEATED = "repeated"
    TAKEN = "taken"
    LATER = "later"
    BILLED = "billed"


FATES = {
    Fate.FOUND: "будет переведён",
    Fate.NOT_FOUND: "у получателей такого открытого счёта нет",
    Fate.SAME: "номер не меняется",
    Fate.REPEATED: "номер стоит в таблице дважды",
    Fate.TAKEN: "новый номер занят другим счётом",
    Fate.LATER: "счёт открыт в день перевода или позже",
    Fate.BILLED: "с этого дня начисления уже приняты",
}
HARMLESS = frozenset({Fate.FOUND, Fate.NOT_FOUND, Fate.SAME})
"""With any other line the transfer is not entered: the table is to be put right first."""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the table and its fate; `account` is the open account of the former number."""

    line: int
    old: str
    new: str
    fate: Fate
    account: ServiceAccount | None = None

    @property
    def words(self) -> str:
        return FATES[self.fate]

    @property
    def is_fault(self) -> bool:
        return self.fate not in HARMLESS


@dataclass(frozen=True, slots=True)
class Plan:
    """Every line with its fate; `unnamed` counts open accounts of the provider that the table does not name."""

    lines: tuple[PlannedLine, ...]
    unnamed: int
    warnings: tuple[str, ...] = ()

    @property
    def found(self) -> list[PlannedLine]:
        return [one for one in self.lines if one.fate is Fate.FOUND]

    @property
    def faults(self) -> list[PlannedLine]:
        return [one for one in self.lines if one.is_fault]

    @property
    def is_sound(self) -> bool:
        """Say whether the transfer can be entered: something is found and nothing stands in the way."""
        return bool(self.found) and not self.faults

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many lines have each fate, in words, those that are there."""
        counted = Counter(one.fate for one in self.lines)
        return [(FATES[fate], counted[fate]) for fate in Fate if counted[fate]]


def plan_renumbering(*, provider: Provider, pairs: Sequence[Pair], valid_from: dt.date) -> Plan:
    """Judge every line of a table of a provider's numbers that change on a day; five queries, however long it is."""
    return _plan(provider, provider, pairs, valid_from)


def plan_merger(*, provider: Provider, successor: Provider, valid_from: dt.date) -> Plan:
    """Judge the passing of all accounts open on a day to another provider, under their numbers."""
    numbers = _open(provider, valid_from).order_by("number").values_list("number", flat=True)
    pairs = [Pair(place, number, number) for place, number in enumerate(numbers, start=1)]
    plan = _plan(provider, successor, pairs, valid_from)
    return Plan(plan.lines, plan.unnamed, _warnings(provider, successor, valid_from))


def _plan(provider: Provider, successor: Provider, pairs: Sequence[Pair], valid_from: dt.date) -> Plan:
    accounts = {
        one.number: one for one in _open(provider, valid_from).select_related("dwelling__address__street__settlement")
    }
    twice_old = _repeated(pair.old for pair in pairs)
    twice_new = _repeated(pair.new for pair in pairs)
    freed = {pair.old for pair in pairs if pair.old in accounts} if provider == successor else set()
    taken = _taken(successor, [pair.new for pair in pairs], valid_from) - freed
    billed = _billed([one.pk for one in accounts.values()], valid_from)

    def fate(pair: Pair) -> Fate:
        account = accounts.get(pair.old)
        if pair.old in twice_old or pair.new in twice_new:
            return Fate.REPEATED
        if account is None:
            return Fate.NOT_FOUND
        if provider == successor and pair.old == pair.new:
            return Fate.SAME
        if account.valid_from >= valid_from:
            return Fate.LATER
        if account.pk in billed:
            return Fate.BILLED
        return Fate.TAKEN if pair.new in taken else Fate.FOUND

    lines = tuple(PlannedLine(one.line, one.old, one.new, fate(one), accounts.get(one.old)) for one in pairs)
    return Plan(lines, len(set(accounts) - {pair.old for pair in pairs}))


def _open(provider: Provider, valid_from: dt.date) -> QuerySet[ServiceAccount]:
    """Return the provider's accounts that are open on the day or open later."""
    found: QuerySet[ServiceAccount] = ServiceAccount.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), provider=provider
    )
    return found


def _taken(provider: Provider, numbers: Sequence[str], valid_from: dt.date) -> set[str]:
    return set(_open(provider, valid_from).filter(number__in=numbers).values_list("number", flat=True))


def _billed(accounts: Sequence[int], valid_from: dt.date) -> set[int]:
    """Return the accounts that have charges of the day's month or later: they stay where they were accepted."""
    charges = Charge.objects.filter(month__gte=valid_from, account__in=accounts)
    return set(charges.order_by().values_list("account_id", flat=True).distinct())


def _repeated(numbers: Iterable[str]) -> set[str]:
    return {number for number, times in Counter(numbers).items() if times > 1}


def _warnings(provider: Provider, successor: Provider, valid_from: dt.date) -> tuple[str, ...]:
    """Say what a merger does not do by itself: agreements and tariffs of the successor."""
    end = next_month(valid_from)
    ours = Agreement.objects.touching(valid_from, end).filter(provider=provider).select_related("office__district")
    theirs = set(
        Agreement.objects.touching(valid_from, end).filter(provider=successor).values_list("office_id", flat=True)
    )
    without = sorted(str(one.office) for one in ours if one.office_id not in theirs)
    told = []
    if without:
        told.append(
            f"У предприятия «{successor}» нет соглашения с отделами: {', '.join(without)}. "
            "Заключите их, иначе запросов этому предприятию не будет."
        )
    own = Tariff.objects.touching(valid_from, end).filter(provider=provider, confirmed_at__isnull=False)
    services = sorted({row.service.name for row in own.select_related("service")})
    if services:
        told.append(
            f"Собственные тарифы предприятия «{provider}» не переходят ({', '.join(services)}): "
            f"введите тарифы предприятия «{successor}» в справочнике."
        )
    return tuple(told)
