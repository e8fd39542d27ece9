"""What the monitor knows of providers besides the strip: people covered, arrears, sums, what repeats (road map 4, 5)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from exchange.models import (
    Discrepancy,
    ExchangeFile,
    ProviderFileScope,
    RecipientRegister,
    RegisterRow,
    RequestRow,
)
from offices.models import Office
from offices.months import shift_month
from providers.models import Agreement, Charge, Provider, ProviderDistrict, Reminder, ServiceAccount

ENDING_DAYS = 60
"""An agreement that ends within so many days is said to end."""
REPEATS_MONTHS, REPEATS_LEAST = 6, 3
"""A code of discrepancy found in so many of the last months is said to repeat."""
Kind = ExchangeFile.Kind


class Covered(StrEnum):
    """Whether an agreement is in force."""

    YES = "есть"
    ENDING = "истекает"
    NO = "нет"


class Arrears(StrEnum):
    """Whether the charges of a month came with the arrears."""

    SENT = "передаёт"
    PARTLY = "не по всем"
    NOT_SENT = "не передаёт"
    UNKNOWN = "начислений ещё нет"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreements of a provider with the offices shown, judged on a day; `ends_on` is the day after the last."""

    state: Covered
    ends_on: dt.date | None = None
    numbers: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """What a provider billed in the last of two months it has charges of: roubles, and how many came with arrears."""

    month: dt.date
    billed: Decimal
    charges: int
    with_debt: int

    @property
    def arrears(self) -> Arrears:
        if not self.with_debt:
            return Arrears.NOT_SENT
        return Arrears.SENT if self.with_debt == self.charges else Arrears.PARTLY


@dataclass(frozen=True, slots=True)
class People:
    """Recipients asked about at a provider in a month, and those about whom an accepted file came."""

    asked: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Repeated:
    """What repeats at a provider: codes found in at least three of six months, and files refused in twelve."""

    codes: tuple[tuple[str, int], ...] = ()
    refused: int = 0


@dataclass(frozen=True, slots=True)
class RegionPeople:
    """Recipients of a month's registers: all, and those about whom every file asked for has come."""

    all: int
    covered: int

    @property
    def share(self) -> Decimal | None:
        """Return the per cent covered, to one place, rounded down so that 100 means all."""
        return Decimal(self.covered * 1000 // self.all) / 10 if self.all else None


@dataclass(frozen=True, slots=True)
class Reminded:
    """The last reminder of the month to a provider: its day and how, in words."""

    day: dt.date
    way: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A provider of the monitor.

    `bills` tells whether dwellings of the districts have open accounts at it, `is_one_file` whether its files of the
    month are one for the region.
    """

    provider: Provider
    bills: bool
    is_one_file: bool
    reminded: Reminded | None


@dataclass(slots=True)
class Facts:
    """The facts of a month, by provider; `codes` are discrepancies that repeat, with the months they were found in."""

    agreed: dict[int, Agreed] = field(default_factory=dict)
    people: dict[int, People] = field(default_factory=dict)
    billed: dict[int, BilledMonth] = field(default_factory=dict)
    codes: dict[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)


def facts_of(*, offices: Collection[Office], month: dt.date, today: dt.date) -> Facts:
    """Return what is known of the providers of some offices in a month; four queries, however many."""
    keys = [office.pk for office in offices]
    return Facts(
        agreed=_agreed(keys, today),
        people=_people(keys, month),
        billed=_billed(keys, month),
        codes=_codes(keys, month),
    )


def providers_shown(
    *, offices: Collection[Office], month: dt.date, known: Collection[int], today: dt.date
) -> list[Shown]:
    """Return the providers of the offices by name: those `known`, and those that work in the districts today."""
    districts = [office.district_id for office in offices if office.district_id]
    own = ServiceAccount.objects.filter(provider=OuterRef("pk"), dwelling__district__in=districts)
    works = ProviderDistrict.objects.valid_on(today).filter(provider=OuterRef("pk"), district__in=districts)
    scopes = ProviderFileScope.objects.valid_on(month).filter(is_one_file=True, confirmed_at__isnull=False)
    told = Reminder.objects.filter(provider=OuterRef("pk"), month=month, office__in=offices).order_by("-at", "-pk")
    rows = Provider.objects.filter(Q(pk__in=known) | Q(Exists(works))).annotate(
        bills=Exists(own.valid_on(today)),
        is_whole=Exists(scopes.filter(provider=OuterRef("pk"))),
        told_on=Subquery(told.values("day")[:1]),
        told_way=Subquery(told.values("way")[:1]),
    )
    ways = dict(Reminder.Way.choices)
    return [
        Shown(one, one.bills, one.is_whole, Reminded(one.told_on, ways[one.told_way]) if one.told_on else None)
        for one in rows.order_by("short_name", "pk")
    ]


def region_people(*, offices: Collection[Office], month: dt.date) -> RegionPeople:
    """Count the recipients of the month's registers and those covered: asked about, every file of theirs accepted.

    A recipient nobody could be asked about is not covered. One query.
    """
    keys = [office.pk for office in offices]
    rows = RegisterRow.objects.filter(register__office__in=keys, register__month=month)
    asked = RequestRow.objects.filter(
        file__kind=Kind.REQUEST, file__month=month, file__office__in=keys, recipient=OuterRef("recipient")
    )
    found = rows.exclude(register__status=RecipientRegister.Status.REJECTED).aggregate(
        all=Count("recipient", distinct=True),
        covered=Count("recipient", distinct=True, filter=Exists(asked) & ~Exists(asked.filter(~_is_answered("file")))),
    )
    return RegionPeople(found["all"], found["covered"])


def _is_answered(path: str) -> Exists:
    returns = ExchangeFile.objects.filter(kind=Kind.RETURN, request=OuterRef(path))
    return Exists(returns.exclude(status__in=ExchangeFile.NOT_STANDING))


def _agreed(keys: list[int], today: dt.date) -> dict[int, Agreed]:
    found: dict[int, list[Agreement]] = defaultdict(list)
    for row in Agreement.objects.filter(office__in=keys).order_by("valid_from", "pk"):
        found[row.provider_id].append(row)
    return {provider: judge_agreements(rows, today) for provider, rows in found.items()}


def judge_agreements(agreements: Iterable[Agreement], today: dt.date) -> Agreed:
    """Judge the agreements of the offices on a day: one that has run out and has no successor is none."""
    every = list(agreements)
    valid = [row for row in every if row.is_valid_on(today)]
    ends = min((row.valid_to for row in valid if row.valid_to), default=None)
    contact = next((row.contact for row in reversed(valid) if row.contact), "")
    numbers = tuple(dict.fromkeys(row.number for row in valid))
    followed = {row.office_id for row in every if row.valid_from >= (ends or today) and row not in valid}
    if not valid or {row.office_id for row in every} - {row.office_id for row in valid}:
        return Agreed(Covered.NO, None, numbers, contact)
    is_ending = ends is not None and (ends - today).days <= ENDING_DAYS
    ending = {row.office_id for row in valid if row.valid_to and (row.valid_to - today).days <= ENDING_DAYS}
    is_ending = is_ending and not ending <= followed
    return Agreed(Covered.ENDING if is_ending else Covered.YES, ends, numbers, contact)


def _people(keys: list[int], month: dt.date) -> dict[int, People]:
    rows = RequestRow.objects.filter(file__kind=Kind.REQUEST, file__month=month, file__office__in=keys)
    counted = (
        rows.order_by()
        .values_list("file__provider_id")
        .annotate(
            asked=Count("recipient", distinct=True),
            answered=Count("recipient", distinct=True, filter=_is_answered("file")),
        )
    )
    return {provider: People(asked, answered) for provider, asked, answered in counted if provider is not None}


def _billed(keys: list[int], month: dt.date) -> dict[int, BilledMonth]:
    """Sum what each provider billed in the month, or in the one before where this one has nothing yet."""
    charges = Charge.objects.of_their_month().filter(month__in=(shift_month(month, -1), month), office__in=keys)
    sums = (
        charges.order_by()
        .values_list("provider_id", "month")
        .annotate(billed=Sum("billed"), charges=Count("pk"), with_debt=Count("debt"))
    )
    return {
        provider: BilledMonth(of_month, *rest) for provider, of_month, *rest in sorted(sums, key=lambda row: row[1])
    }


def _codes(keys: list[int], month: dt.date) -> dict[int, tuple[tuple[str, int], ...]]:
    """Count the months in which each code was found; those of at least three of the last six."""
    since = shift_month(month, 1 - REPEATS_MONTHS)
    found = Discrepancy.objects.filter(
        file__office__in=keys, file__month__gte=since, file__month__lte=month, file__provider__isnull=False
    )
    counted = found.order_by().values_list("file__provider_id", "code").annotate(n=Count("file__month", distinct=True))
    codes: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for provider, code, months in counted.filter(n__gte=REPEATS_LEAST).order_by("-n", "code"):
        if provider is not None:
            codes[provider].append((code, months))
    return {provider: tuple(rows) for provider, rows in codes.items()}
