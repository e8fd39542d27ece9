"""The monitor of providers: who delivered in time, month by month, and what each stands for (3.9, road map 4 and 5)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from exchange.models import ExchangeFile
from exchange.selectors.awaited import answered
from exchange.selectors.monitor_facts import Agreed, Covered, Facts, People, Repeated, Shown, facts_of, providers_shown
from exchange.selectors.monitor_rows import ANSWERED, WORST_FIRST, Mark, MonthMark, ProviderRow
from offices.calendar import day_of
from offices.models import Office
from offices.months import shift_month

MONTHS = 12
Kind, Status = ExchangeFile.Kind, ExchangeFile.Status


def strips_of(
    *, offices: Collection[Office], month: dt.date, today: dt.date, providers: Collection[int] | None = None
) -> dict[int, tuple[MonthMark, ...]]:
    """Return the last twelve months of every provider asked by the offices, oldest first, in one query.

    Where a provider answers several districts its month is as bad as the worst of them.
    """
    judged = _judged(offices=offices, month=month, today=today, providers=providers)
    return {provider: _strip(requests, month) for provider, requests in judged.items()}


@dataclass(frozen=True, slots=True)
class _Judged:
    """A request of a month with its mark, its term, and how many files sent as its answer could not be taken."""

    month: dt.date
    mark: Mark
    due_on: dt.date | None
    refused: int


def _judged(
    *, offices: Collection[Office], month: dt.date, today: dt.date, providers: Collection[int] | None = None
) -> dict[int, list[_Judged]]:
    rows = ExchangeFile.objects.filter(
        kind=Kind.REQUEST,
        office__in=[office.pk for office in offices],
        month__gt=shift_month(month, -MONTHS),
        month__lte=month,
    )
    if providers is not None:
        rows = rows.filter(provider__in=providers)
    found: dict[int, list[_Judged]] = defaultdict(list)
    counted = answered(rows).annotate(refused=Count("returns", filter=Q(returns__status=Status.REFUSED)))
    facts = counted.order_by().values_list("provider_id", "month", "taken_at", "refused", "due_on", "came_later")
    for provider, of_month, taken_at, refused, due_on, came_later in facts:
        mark = mark_of(taken_at=taken_at, was_refused=bool(refused), due_on=due_on, today=today, came_later=came_later)
        found[provider].append(_Judged(of_month, mark, due_on, refused))
    return dict(found)


def _strip(requests: Sequence[_Judged], month: dt.date) -> tuple[MonthMark, ...]:
    months = [shift_month(month, by) for by in range(1 - MONTHS, 1)]
    return tuple(_month_mark(of, [one.mark for one in requests if one.month == of]) for of in months)


def _first_term(requests: Sequence[_Judged], month: dt.date) -> dt.date | None:
    """Return the first term of the month by which a file is still waited for."""
    waited = (one.due_on for one in requests if one.month == month and one.mark not in ANSWERED)
    return min((day for day in waited if day), default=None)


def mark_of(
    *,
    taken_at: dt.datetime | None,
    was_refused: bool,
    due_on: dt.date | None,
    today: dt.date,
    came_later: bool = False,
) -> Mark:
    """Judge one request: an accepted file against its term, else one of a later month, a refused one, the silence.

    Without a term an accepted file is in time and a missing one is waited for.
    """
    if taken_at is not None:
        return Mark.LATE if due_on and day_of(taken_at) > due_on else Mark.IN_TIME
    if came_later:
        return Mark.CAME_LATER
    if was_refused:
        return Mark.FAULTY
    return Mark.SILENT if due_on and today > due_on else Mark.WAITING


def monitor_of(*, offices: Collection[Office], month: dt.date, today: dt.date) -> list[ProviderRow]:
    """Return every provider the offices exchange files with or that works there, by name; six queries.

    A provider whose agreements have ended and that has neither accounts nor requests left is not shown.
    """
    judged = _judged(offices=offices, month=month, today=today)
    facts = facts_of(offices=offices, month=month, today=today)
    shown = providers_shown(offices=offices, month=month, known={*judged, *facts.agreed}, today=today)
    rows = [_row(one, judged.get(one.provider.pk, []), facts, month) for one in shown]
    return [row for row in rows if row.pk in judged or row.bills or row.agreed.state is not Covered.NO]


def _row(shown: Shown, requests: Sequence[_Judged], facts: Facts, month: dt.date) -> ProviderRow:
    one = shown.provider
    return ProviderRow(
        pk=one.pk,
        name=one.short_name,
        code=one.code,
        is_able=one.is_technically_able,
        inability_reason=one.inability_reason,
        ability_since=one.ability_since,
        bills=shown.bills,
        email=one.email,
        strip=_strip(requests, month),
        due_on=_first_term(requests, month),
        agreed=facts.agreed.get(one.pk, Agreed(Covered.NO)),
        people=facts.people.get(one.pk, People()),
        last=facts.billed.get(one.pk),
        repeated=Repeated(facts.codes.get(one.pk, ()), sum(request.refused for request in requests)),
        reminded=shown.reminded,
        is_one_file=shown.is_one_file,
    )


def _month_mark(month: dt.date, marks: Sequence[Mark]) -> MonthMark:
    worst = next((mark for mark in WORST_FIRST if mark in marks), Mark.NOT_ASKED)
    taken = sum(mark in {Mark.IN_TIME, Mark.LATE} for mark in marks)
    return MonthMark(month, worst, len(marks), taken)
