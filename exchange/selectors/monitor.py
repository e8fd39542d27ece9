"""The monitor of providers: who delivered in time, month by month, and what each stands for (3.9, road map 4 and 5)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from exchange.models import ExchangeFile, RequestRow
from offices.calendar import day_of
from offices.models import Office, ScheduledStep
from offices.months import month_name, shift_month
from providers.models import Agreement, Charge, Provider, Reminder

ITEM = "3.9"
MONTHS = 12
ENDING_DAYS = 60
"""An agreement that ends within so many days is said to end."""
Kind, Status = ExchangeFile.Kind, ExchangeFile.Status


class Mark(StrEnum):
    """How a provider answered a month's requests, from nothing asked to nothing come."""

    NOT_ASKED = "not_asked"
    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    FAULTY = "faulty"
    SILENT = "silent"


WORDS = {
    Mark.NOT_ASKED: "не запрашивали",
    Mark.IN_TIME: "в срок",
    Mark.LATE: "с опозданием",
    Mark.WAITING: "ждём, срок не прошёл",
    Mark.FAULTY: "с ошибкой, не принят",
    Mark.SILENT: "не сдал",
}
LETTERS = {
    Mark.NOT_ASKED: "·",
    Mark.IN_TIME: "С",
    Mark.LATE: "О",
    Mark.WAITING: "…",
    Mark.FAULTY: "Ш",
    Mark.SILENT: "Н",
}
WORST_FIRST = (Mark.SILENT, Mark.FAULTY, Mark.WAITING, Mark.LATE, Mark.IN_TIME)


class Covered(StrEnum):
    """Whether an agreement is in force."""

    YES = "есть"
    ENDING = "истекает"
    NO = "нет"


@dataclass(frozen=True, slots=True)
class MonthMark:
    """A provider's month over the districts asked for: the worst of their marks, and how many of them it answered."""

    month: dt.date
    mark: Mark
    asked: int = 0
    taken: int = 0

    @property
    def letter(self) -> str:
        return LETTERS[self.mark]

    @property
    def words(self) -> str:
        counted = f", {self.taken} из {self.asked}" if self.asked > 1 else ""
        return f"{month_name(self.month)}: {WORDS[self.mark]}{counted}"


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider on the monitor; sums are in roubles billed for the last of two months it has charges of."""

    pk: int
    name: str
    code: str
    is_able: bool
    inability_reason: str
    strip: tuple[MonthMark, ...]
    recipients: int
    billed: Decimal | None
    billed_month: dt.date | None
    covered: Covered
    covered_to: dt.date | None
    contact: str
    email: str
    reminded: Reminder | None

    @property
    def now(self) -> MonthMark:
        """Return the mark of the month shown."""
        return self.strip[-1]

    @property
    def trouble(self) -> int:
        """Order by how bad the month is: 0 is the worst."""
        return WORST_FIRST.index(self.now.mark) if self.now.mark in WORST_FIRST else len(WORST_FIRST)

    @property
    def is_missing(self) -> bool:
        return self.now.mark in {Mark.SILENT, Mark.FAULTY, Mark.WAITING}


@dataclass(frozen=True, slots=True)
class Headline:
    """Providers asked in the month, those that answered everything, and those without the technical means."""

    asked: int
    answered: int
    unable: int

    @property
    def share(self) -> Decimal | None:
        """Return the per cent that answered, to one place, rounded down so that 100 means all."""
        return Decimal(self.answered * 1000 // self.asked) / 10 if self.asked else None


def strips_of(
    *, offices: Collection[Office], month: dt.date, today: dt.date, providers: Collection[int] | None = None
) -> dict[int, tuple[MonthMark, ...]]:
    """Return the last twelve months of every provider asked by the offices, oldest first, in one query.

    Where a provider answers several districts its month is as bad as the worst of them.
    """
    months = [shift_month(month, by) for by in range(1 - MONTHS, 1)]
    keys = [office.pk for office in offices]
    rows = answered(ExchangeFile.objects.filter(kind=Kind.REQUEST, office__in=keys, month__in=months))
    if providers is not None:
        rows = rows.filter(provider__in=providers)
    marks: dict[int, dict[dt.date, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    facts = rows.order_by().values_list("provider_id", "month", "taken_at", "was_refused", "due_on")
    for provider, of_month, taken_at, was_refused, due_on in facts:
        marks[provider][of_month].append(
            mark_of(taken_at=taken_at, was_refused=was_refused, due_on=due_on, today=today)
        )
    return {
        provider: tuple(_month_mark(one, by_month.get(one, [])) for one in months)
        for provider, by_month in marks.items()
    }


def mark_of(*, taken_at: dt.datetime | None, was_refused: bool, due_on: dt.date | None, today: dt.date) -> Mark:
    """Judge one request: an accepted file against its term, else a refused one, else the silence.

    Without a term an accepted file is in time and a missing one is waited for.
    """
    if taken_at is not None:
        return Mark.LATE if due_on and day_of(taken_at) > due_on else Mark.IN_TIME
    if was_refused:
        return Mark.FAULTY
    return Mark.SILENT if due_on and today > due_on else Mark.WAITING


def monitor_of(*, offices: Collection[Office], month: dt.date, today: dt.date) -> list[ProviderRow]:
    """Return every provider the offices exchange files with, by name; six queries, however many."""
    strips = strips_of(offices=offices, month=month, today=today)
    agreements = _agreements(offices, today)
    providers = Provider.objects.filter(pk__in={*strips, *agreements}).order_by("short_name", "pk")
    people = _recipients(offices, month)
    billed = _billed(offices, month)
    reminded = _reminded(offices, month)
    empty = tuple(MonthMark(shift_month(month, by), Mark.NOT_ASKED) for by in range(1 - MONTHS, 1))
    return [
        ProviderRow(
            pk=one.pk,
            name=one.short_name,
            code=one.code,
            is_able=one.is_technically_able,
            inability_reason=one.inability_reason,
            strip=strips.get(one.pk, empty),
            recipients=people.get(one.pk, 0),
            billed=billed.get(one.pk, (None, None))[1],
            billed_month=billed.get(one.pk, (None, None))[0],
            email=one.email,
            reminded=reminded.get(one.pk),
            **_covered(agreements.get(one.pk, ()), today),
        )
        for one in providers
    ]


def headline_of(rows: Sequence[ProviderRow], /) -> Headline:
    """Count who answered among those that were asked and can answer."""
    asked = [row for row in rows if row.now.mark is not Mark.NOT_ASKED]
    return Headline(
        asked=len(asked),
        answered=sum(row.now.mark in {Mark.IN_TIME, Mark.LATE} for row in asked),
        unable=sum(not row.is_able for row in rows),
    )


def answered(requests: Any) -> Any:
    """Annotate requests: when each was answered (`taken_at`), whether a file of it was refused, and its term."""
    returns = ExchangeFile.objects.filter(kind=Kind.RETURN, request=OuterRef("pk"))
    accepted = returns.exclude(status__in=ExchangeFile.NOT_STANDING).order_by("at", "pk")
    due = ScheduledStep.objects.filter(office=OuterRef("office"), month=OuterRef("month"), item=ITEM)
    return requests.annotate(
        taken_at=Subquery(accepted.values("at")[:1]),
        was_refused=Exists(returns.filter(status=Status.REFUSED)),
        due_on=Subquery(due.values("due_on")[:1]),
    )


def _month_mark(month: dt.date, marks: Sequence[Mark]) -> MonthMark:
    worst = next((mark for mark in WORST_FIRST if mark in marks), Mark.NOT_ASKED)
    taken = sum(mark in {Mark.IN_TIME, Mark.LATE} for mark in marks)
    return MonthMark(month, worst, len(marks), taken)


def _agreements(offices: Collection[Office], today: dt.date) -> dict[int, list[Agreement]]:
    found: dict[int, list[Agreement]] = defaultdict(list)
    rows = Agreement.objects.filter(office__in=[office.pk for office in offices])
    for row in rows.order_by("valid_from", "pk"):
        found[row.provider_id].append(row)
    return found


def _covered(agreements: Iterable[Agreement], today: dt.date) -> dict[str, Any]:
    """Judge the agreements of the offices on a day: one that has run out and has no successor is none."""
    every = list(agreements)
    valid = [row for row in every if row.is_valid_on(today)]
    ends = min((row.valid_to for row in valid if row.valid_to), default=None)
    contact = next((row.contact for row in reversed(valid) if row.contact), "")
    if not valid or {row.office_id for row in every} - {row.office_id for row in valid}:
        return {"covered": Covered.NO, "covered_to": None, "contact": contact}
    is_ending = ends is not None and (ends - today).days <= ENDING_DAYS
    return {"covered": Covered.ENDING if is_ending else Covered.YES, "covered_to": ends, "contact": contact}


def _recipients(offices: Collection[Office], month: dt.date) -> dict[int, int]:
    rows = RequestRow.objects.filter(
        file__kind=Kind.REQUEST, file__month=month, file__office__in=[office.pk for office in offices]
    )
    counted = rows.order_by().values_list("file__provider_id").annotate(n=Count("recipient", distinct=True))
    return {provider: count for provider, count in counted if provider is not None}


def _billed(offices: Collection[Office], month: dt.date) -> dict[int, tuple[dt.date, Decimal]]:
    """Sum what each provider billed in the month, or in the one before where this one has nothing yet."""
    months = (shift_month(month, -1), month)
    charges = Charge.objects.filter(month__in=months, office__in=[office.pk for office in offices])
    sums = charges.order_by().values_list("provider_id", "month").annotate(billed=Sum("billed"))
    return {provider: (of_month, billed) for provider, of_month, billed in sorted(sums, key=lambda row: row[1])}


def _reminded(offices: Collection[Office], month: dt.date) -> dict[int, Reminder]:
    rows = Reminder.objects.filter(
        Q(provider__isnull=False), month=month, office__in=[office.pk for office in offices]
    ).select_related("by")
    return {row.provider_id: row for row in rows.order_by("at", "pk") if row.provider_id is not None}
