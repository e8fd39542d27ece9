"""Files in verification: how far each is, and which of a month wait for decisions (3.10)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Abs

from exchange.checks.groups import GROUPS, title_of
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine, ReturnedRow
from exchange.selectors.discrepancies import STATES
from offices.balances import Amount
from offices.models import Office, ScheduledStep

ITEM = "3.10"
Status = ExchangeFile.Status


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason among a file's discrepancies."""

    code: str
    title: str
    is_blocking: bool
    total: int
    undecided: int


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """The reasons found under one letter of item 3.10.1."""

    title: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """A file's discrepancies by state; `marked` wait for a protocol, `told` stand in one.

    Of `carried` the decision was taken about an earlier file of the provider.
    """

    total: int
    errors: int
    notes: int
    undecided: int
    later: int
    marked: int
    told: int
    accepted: int
    carried: int
    groups: tuple[ReasonGroup, ...]

    @property
    def decided(self) -> int:
        return self.total - self.undecided


@dataclass(frozen=True, slots=True)
class Lines:
    """A file's rows and lines: rows of the file joined to cards, lines ready, held and loaded with their roubles."""

    rows: int
    joined: int
    agreeing: int
    ready: int
    ready_roubles: Decimal
    held: int
    held_roubles: Decimal
    rejected: int
    loaded: int
    loaded_roubles: Decimal

    @property
    def unjoined(self) -> int:
        return self.rows - self.joined


@dataclass(frozen=True, slots=True)
class Waiting:
    """A returned file that is not done with.

    `roubles` of the equivalent are at stake in its undecided rows; `held` lines with `held_roubles` billed are kept
    from being loaded. `place` is the file's among the others, the urgent first.
    """

    pk: int
    name: str
    provider: str
    office: str
    rows: int
    status: str
    came_at: dt.datetime
    total: int
    undecided: int
    marked: int
    roubles: Decimal
    held: int
    held_roubles: Decimal
    due_on: dt.date | None
    place: int = 0


def tally_of(file: ExchangeFile, /) -> Tally:
    """Count a file's discrepancies by reason and state, in one query."""
    counted = Discrepancy.objects.filter(file=file).order_by().values("code", "is_blocking")
    rows: list[Any] = list(
        counted.annotate(total=Count("pk"), **{name: Count("pk", filter=state) for name, state in STATES.items()})
    )
    by_code: dict[str, list[Reason]] = defaultdict(list)
    for row in rows:
        code = row["code"]
        by_code[code].append(Reason(code, title_of(code), row["is_blocking"], row["total"], row["open"]))
    groups = (ReasonGroup(one.title, tuple(r for code in one.codes for r in by_code[code])) for one in GROUPS)
    return Tally(
        total=sum(row["total"] for row in rows),
        errors=sum(row["total"] for row in rows if row["is_blocking"]),
        notes=sum(row["total"] for row in rows if not row["is_blocking"]),
        undecided=sum(row["open"] for row in rows),
        later=sum(row["later"] for row in rows),
        marked=sum(row["marked"] for row in rows),
        told=sum(row["told"] for row in rows),
        accepted=sum(row["accepted"] for row in rows),
        carried=sum(row["carried"] for row in rows),
        groups=tuple(group for group in groups if group.reasons),
    )


def lines_of(file: ExchangeFile, /) -> Lines:
    """Count a file's rows and lines by what became of them, in three queries."""
    rows = ReturnedRow.objects.filter(file=file).aggregate(
        rows=Count("pk"), joined=Count("pk", filter=Q(request_row__isnull=False))
    )
    told = Discrepancy.objects.filter(file=file, row__isnull=False).aggregate(rows=Count("row", distinct=True))
    found = ReturnedLine.objects.filter(row__file=file).order_by().values("status")
    lines = {row["status"]: row for row in found.annotate(lines=Count("pk"), roubles=Sum("billed"))}

    def lines_in(status: str) -> int:
        return int(lines[status]["lines"]) if status in lines else 0

    def roubles_in(status: str) -> Decimal:
        return (lines[status]["roubles"] if status in lines else None) or Decimal("0.00")

    status = ReturnedLine.Status
    return Lines(
        rows=rows["rows"],
        joined=rows["joined"],
        agreeing=rows["rows"] - told["rows"],
        ready=lines_in(status.CLEAN),
        ready_roubles=roubles_in(status.CLEAN),
        held=lines_in(status.HELD),
        held_roubles=roubles_in(status.HELD),
        rejected=lines_in(status.REJECTED),
        loaded=lines_in(status.LOADED),
        loaded_roubles=roubles_in(status.LOADED),
    )


def held_in_month(*, office: Office, month: dt.date) -> Amount:
    """Return the lines of a month that discrepancies keep from being loaded, with their billed roubles."""
    held = ReturnedLine.objects.filter(
        row__file__office=office,
        row__file__month=month,
        row__file__status__in=[Status.VERIFIED, Status.LOADED],
        status=ReturnedLine.Status.HELD,
    ).aggregate(lines=Count("pk"), roubles=Sum("billed"))
    return Amount(held["lines"], held["roubles"] or Decimal("0.00"))


def waiting_files(files: QuerySet[ExchangeFile], /, *, month: dt.date) -> list[Waiting]:
    """Return the returned files and late answers of a month that are not checked, not decided, not told or not loaded, the urgent first.

    `files` are those one may see; in five queries.
    """
    returned = files.filter(kind__in=ExchangeFile.ANSWERS, month=month)
    shown = list(
        returned.exclude(status__in=ExchangeFile.NOT_STANDING)
        .select_related("provider", "office__district")
        .order_by("office__name", "provider__short_name", "pk")
    )
    keys = [one.pk for one in shown]
    found, held = _found_in(keys), _held_in(keys)
    due = dict(ScheduledStep.objects.filter(month=month, item=ITEM).values_list("office_id", "due_on"))
    waiting = [_waiting(one, found.get(one.pk, {}), held.get(one.pk, {}), due.get(one.office_id)) for one in shown]
    unfinished = [one for one in waiting if one.status != Status.LOADED or one.undecided or one.marked]
    unfinished.sort(key=lambda one: (-bool(one.undecided), one.due_on or dt.date.max, -one.roubles))
    return [replace(one, place=place) for place, one in enumerate(unfinished)]


def _found_in(files: Sequence[int]) -> dict[int, Any]:
    counted = Discrepancy.objects.filter(file__in=files).order_by().values("file_id")
    rows = counted.annotate(
        total=Count("pk"),
        undecided=Count("pk", filter=STATES["open"]),
        marked=Count("pk", filter=STATES["marked"]),
        roubles=Sum(Abs(F("difference")), filter=STATES["open"]),
    )
    return {row["file_id"]: row for row in rows}


def _held_in(files: Sequence[int]) -> dict[int, Any]:
    held = ReturnedLine.objects.filter(row__file__in=files, status=ReturnedLine.Status.HELD).order_by()
    rows = held.values("row__file_id").annotate(lines=Count("pk"), roubles=Sum("billed"))
    return {row["row__file_id"]: row for row in rows}


def _waiting(file: ExchangeFile, found: dict[str, Any], held: dict[str, Any], due_on: dt.date | None) -> Waiting:
    return Waiting(
        pk=file.pk,
        name=file.name,
        provider=str(file.provider),
        office=str(file.office.district or file.office),
        rows=file.rows,
        status=file.status,
        came_at=file.at,
        total=found.get("total", 0),
        undecided=found.get("undecided", 0),
        marked=found.get("marked", 0),
        roubles=found.get("roubles") or Decimal("0.00"),
        held=held.get("lines", 0),
        held_roubles=held.get("roubles") or Decimal("0.00"),
        due_on=due_on,
    )
