"""What is stored about every district's month, read for the board in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from calculations.models import CalculationRun, ReviewDecision
from exchange.models import Discrepancy, ExchangeFile, RecipientRegister
from offices.models import HandoverBalance, Office, ScheduledStep
from offices.months import shift_month

ZERO = Decimal("0.00")
Status = ExchangeFile.Status
UNDECIDED = ("open", "later")
"""Decisions of a discrepancy that settle nothing yet."""
FILE_FACTS = ("provider_id", "kind", "status", "rows", "at", "verified_at", "loaded_at", "questions")


@dataclass(frozen=True, slots=True)
class Files:
    """Request files of a district's month and what came back, one per provider.

    `taken`, `verified` and `loaded` count accepted answers that came at least so far; `*_rows` are rows of the
    requests behind them. `refused` are providers none of whose files was accepted. `questions` are undecided
    discrepancies that hold rows of files not loaded yet. Moments are those of the last file.
    """

    asked: int = 0
    taken: int = 0
    verified: int = 0
    loaded: int = 0
    refused: int = 0
    asked_rows: int = 0
    taken_rows: int = 0
    loaded_rows: int = 0
    questions: int = 0
    taken_at: dt.datetime | None = None
    verified_at: dt.datetime | None = None
    loaded_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The facts of one district's month; the run is the latest, its sums are in roubles of the equivalent.

    `year_ago` is the total of the run approved for the same month of the year before, None where there is none.
    """

    changes_sent_at: dt.datetime | None = None
    register_status: str = ""
    register_rows: int = 0
    register_built_at: dt.datetime | None = None
    register_handed_at: dt.datetime | None = None
    requests_sent_at: dt.datetime | None = None
    receiving_closed_at: dt.datetime | None = None
    files: Files = Files()
    run_status: str = ""
    run_submitted_at: dt.datetime | None = None
    run_reviewed_at: dt.datetime | None = None
    reviewed: int = 0
    accrued: Decimal = ZERO
    accrued_to: int = 0
    year_ago: Decimal | None = None


def facts_of(*, offices: Collection[Office], month: dt.date) -> dict[int, OfficeFacts]:
    """Read the facts of the offices' month, by id of the office; four queries, however many offices."""
    keys = [office.pk for office in offices]
    struck = _struck(keys, month)
    files = _files(keys, month)
    registers, runs = _registers(keys, month), _runs(keys, month)
    found = {}
    for key in keys:
        found[key] = replace(
            OfficeFacts(files=files.get(key, Files())),
            changes_sent_at=struck.get((key, "3.5")),
            requests_sent_at=struck.get((key, "3.8")),
            receiving_closed_at=struck.get((key, "3.9")),
            **registers.get(key, {}),
            **runs.get(key, {}),
        )
    return found


def terms_of(*, offices: Collection[Office], month: dt.date) -> dict[tuple[int, str], dt.date]:
    """Return the day by which each office finishes each item of the month, in one query."""
    steps = ScheduledStep.objects.filter(office__in=[office.pk for office in offices], month=month)
    return {(office, item): due for office, item, due in steps.values_list("office_id", "item", "due_on")}


def _struck(keys: list[int], month: dt.date) -> dict[tuple[int, str], dt.datetime]:
    balances = HandoverBalance.objects.filter(office__in=keys, month=month, item__in=["3.5", "3.8", "3.9"])
    rows = balances.order_by().values_list("office_id", "item").annotate(first=Min("at"))
    return {(office, item): first for office, item, first in rows}


def _registers(keys: list[int], month: dt.date) -> dict[int, dict[str, Any]]:
    """Read the latest register of each office; a rejected one was built, but does not stand."""
    rows = RecipientRegister.objects.filter(office__in=keys, month=month).order_by("number")
    names = ("register_status", "register_rows", "register_built_at", "register_handed_at")
    facts = rows.values_list("office_id", "status", "rows", "built_at", "handed_at")
    return {office: dict(zip(names, of_one, strict=True)) for office, *of_one in facts}


def _runs(keys: list[int], month: dt.date) -> dict[int, dict[str, Any]]:
    """Read the latest run of each office, and the total approved a year ago."""
    before = shift_month(month, -12)
    reviewed = ReviewDecision.objects.filter(accrual__run=OuterRef("pk"))
    rows = CalculationRun.objects.filter(Q(month=month) | Q(month=before, status="approved"), office__in=keys)
    rows = rows.exclude(status=CalculationRun.Status.DISCARDED).annotate(reviewed=_number(reviewed))
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows.order_by("month", "number"):
        if row.month == before:
            found[row.office_id]["year_ago"] = row.total
        else:
            found[row.office_id] |= {
                "run_status": row.status,
                "run_submitted_at": row.submitted_at,
                "run_reviewed_at": row.reviewed_at,
                "reviewed": row.reviewed,
                "accrued": row.total,
                "accrued_to": row.recipients,
            }
    return found


def _files(keys: list[int], month: dt.date) -> dict[int, Files]:
    undecided = Discrepancy.objects.filter(
        file=OuterRef("pk"), file__status=Status.VERIFIED, decision__in=UNDECIDED, is_blocking=True
    )
    asked_or_answering = [ExchangeFile.Kind.REQUEST, ExchangeFile.Kind.RETURN]
    rows = ExchangeFile.objects.filter(
        office__in=keys, month=month, kind__in=asked_or_answering, provider__isnull=False
    ).exclude(status=Status.SUPERSEDED)
    facts = rows.annotate(questions=_number(undecided)).order_by("at", "pk")
    by_office: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for office, *file in facts.values_list("office_id", *FILE_FACTS):
        by_office[office].append(tuple(file))
    return {office: _counted(files) for office, files in by_office.items()}


def _counted(files: Iterable[tuple[Any, ...]]) -> Files:
    asked: dict[int, int] = {}
    taken: dict[int, tuple[str, dt.datetime, dt.datetime | None, dt.datetime | None]] = {}
    refused: set[int] = set()
    questions = 0
    for provider, kind, status, rows, at, verified_at, loaded_at, undecided in files:
        questions += undecided
        if kind == ExchangeFile.Kind.REQUEST:
            asked[provider] = rows
        elif status == Status.REFUSED:
            refused.add(provider)
        else:
            taken[provider] = (status, at, verified_at, loaded_at)
    taken = {provider: facts for provider, facts in taken.items() if provider in asked}
    loaded = {provider for provider, facts in taken.items() if facts[0] == Status.LOADED}
    return Files(
        asked=len(asked),
        taken=len(taken),
        verified=sum(facts[0] in {Status.VERIFIED, Status.LOADED} for facts in taken.values()),
        loaded=len(loaded),
        refused=len(refused & asked.keys() - taken.keys()),
        asked_rows=sum(asked.values()),
        taken_rows=sum(asked[provider] for provider in taken),
        loaded_rows=sum(asked[provider] for provider in loaded),
        questions=questions,
        taken_at=_last(facts[1] for facts in taken.values()),
        verified_at=_last(facts[2] for facts in taken.values()),
        loaded_at=_last(facts[3] for facts in taken.values()),
    )


def _number(rows: "QuerySet[Any]") -> Coalesce:
    """Count rows in a subquery, 0 where there is none."""
    grouped = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def _last(moments: Iterable[dt.datetime | None]) -> dt.datetime | None:
    return max((moment for moment in moments if moment), default=None)
