"""The discrepancies of a file: how many of each reason and decision, the rows in pieces, what may be decided alike."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Abs

from exchange.checks.findings import Code
from exchange.checks.groups import GROUPS, SHORT, title_of
from exchange.models import Discrepancy, ExchangeFile, ReturnedLine, ReturnedRow

PIECE = 100
Decision = Discrepancy.Decision
UNDECIDED = (Decision.OPEN, Decision.LATER)
ACCEPTABLE = Q(is_blocking=False) | Q(row__request_row__isnull=False) & (
    Q(line__isnull=True) | Q(line__service__isnull=False, line__billed__gte=0)
)
"""What a decision can make a charge of; the twin of `services.decisions.why_not_acceptable`."""
STATES = {
    "open": Q(decision__in=UNDECIDED),
    "later": Q(decision=Decision.LATER),
    "marked": Q(decision=Decision.HOLD, protocol__isnull=True),
    "told": Q(protocol__isnull=False),
    "accepted": Q(decision=Decision.ACCEPT),
}
"""What the list may be narrowed to, by the word in the address."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many discrepancies, and the roubles of the equivalent at stake: differences without their signs."""

    rows: int
    roubles: Decimal


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
    """A file's discrepancies by state; `marked` wait for a protocol, `told` stand in one."""

    total: int
    errors: int
    notes: int
    undecided: int
    later: int
    marked: int
    told: int
    accepted: int
    groups: tuple[ReasonGroup, ...]

    @property
    def decided(self) -> int:
        return self.total - self.undecided


@dataclass(frozen=True, slots=True)
class Lines:
    """A file's rows and lines: rows of the file joined to cards, lines ready with their billed roubles, held, loaded."""

    rows: int
    joined: int
    agreeing: int
    ready: int
    ready_roubles: Decimal
    held: int
    rejected: int
    loaded: int
    loaded_roubles: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A discrepancy as the table shows it; `difference` is in roubles of the equivalent."""

    pk: int
    number: int | None
    person: str
    address: str
    service: str
    code: str
    title: str
    is_blocking: bool
    found: str
    expected: str
    difference: Decimal | None
    decision: str
    protocol: str
    decided_by: str
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the list; `after` begins the next one, None where there is none."""

    lines: tuple[Line, ...]
    after: int | None


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
        rejected=lines_in(status.REJECTED),
        loaded=lines_in(status.LOADED),
        loaded_roubles=roubles_in(status.LOADED),
    )


def piece_of(file: ExchangeFile, /, *, code: str = "", state: str = "", after: int = 0, most: int = PIECE) -> Piece:
    """Return the next discrepancies of a file, in the order of its rows, after the one with the key `after`.

    `code` and `state` (a word of `STATES`) narrow the list. The number of queries does not depend on its length.
    """
    rows = narrowed(file, code=code, state=state).filter(pk__gt=after)
    found = list(_shown(rows).order_by("pk")[: most + 1])
    lines = tuple(_line(one) for one in found[:most])
    return Piece(lines, lines[-1].pk if len(found) > most else None)


def line_of(discrepancy_id: int, /) -> Line:
    """Return one discrepancy as the table shows it."""
    return _line(_shown(Discrepancy.objects.all()).get(pk=discrepancy_id))


def narrowed(file: ExchangeFile, /, *, code: str = "", state: str = "") -> QuerySet[Discrepancy]:
    """Return a file's discrepancies of one reason and state; an empty word leaves all."""
    rows = Discrepancy.objects.filter(STATES[state] if state else Q(), file=file)
    return rows.filter(code=code) if code else rows


def of_reason(file: ExchangeFile, /, *, code: str, decision: str) -> QuerySet[Discrepancy]:
    """Return what a decision for all of one reason is about: the undecided, or for `open` the decided."""
    rows = narrowed(file, code=code)
    if decision == Decision.OPEN:
        return rows.exclude(decision=Decision.OPEN)
    return rows.filter(decision__in=UNDECIDED).exclude(decision=decision)


def changeable(file: ExchangeFile, /, *, code: str, decision: str) -> QuerySet[Discrepancy]:
    """Return what of it the decision may touch: nothing that a protocol told, nothing that cannot be a charge.

    In a loaded file nothing is accepted any more, and what was accepted stays.
    """
    rows = of_reason(file, code=code, decision=decision).filter(protocol__isnull=True)
    if decision == Decision.ACCEPT:
        rows = rows.filter(ACCEPTABLE)
    if file.loaded_at is not None:
        rows = rows.filter(is_blocking=False) if decision == Decision.ACCEPT else rows
        rows = rows.exclude(is_blocking=True, decision=Decision.ACCEPT)
    return rows


def marked_rows(file: ExchangeFile, /) -> QuerySet[Discrepancy]:
    """Return what waits for the file's next protocol with all that is printed of it, what holds a line first."""
    return _shown(narrowed(file, state="marked")).order_by("-is_blocking", "row__row_number", "code", "pk")


def weight_of(rows: QuerySet[Discrepancy], /) -> Weight:
    """Count discrepancies and sum their differences without the signs, in roubles of the equivalent."""
    found = rows.order_by().aggregate(rows=Count("pk"), roubles=Sum(Abs(F("difference"))))
    return Weight(found["rows"], found["roubles"] or Decimal("0.00"))


def _shown(rows: QuerySet[Discrepancy]) -> QuerySet[Discrepancy]:
    return rows.select_related(
        "row",
        "line__service",
        "request_row__recipient__person",
        "request_row__account__dwelling__address__street__settlement",
        "protocol",
        "decided_by",
    )


def _line(one: Discrepancy) -> Line:
    asked = one.request_row
    who = asked.recipient.person if asked else None
    return Line(
        pk=one.pk,
        number=one.row.row_number if one.row else None,
        person=who.full_name if who else one.found,
        address=str(asked.account.dwelling) if asked else "",
        service=one.line.service.name if one.line and one.line.service else "",
        code=one.code,
        title=SHORT[Code(one.code)],
        is_blocking=one.is_blocking,
        found=one.found if who else "",
        expected=one.expected,
        difference=one.difference,
        decision=one.decision,
        protocol=one.protocol.number if one.protocol else "",
        decided_by=str(one.decided_by) if one.decided_by else "",
        decided_at=one.decided_at,
    )
