"""The discrepancies of a file: the rows in pieces, what may be decided alike, what that weighs."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Abs

from exchange.checks.findings import Code
from exchange.checks.groups import SHORT
from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile
from housing.models import Address
from offices.money import NBSP
from recipients.models import Person

PIECE = 100
PRINTED = ("-is_blocking", "row__row_number", "code", "pk")
Decision = Discrepancy.Decision
UNDECIDED = (Decision.OPEN, Decision.LATER)
ACCEPTABLE = Q(is_blocking=False) | Q(row__request_row__isnull=False) & (
    Q(line__isnull=True) | Q(line__service__isnull=False, line__billed__gte=0)
)
"""What a decision can make a charge of; the twin of `why_not_acceptable`."""
UNTOLD = Q(protocol__isnull=True, carried_from__protocol__isnull=True)
"""What no protocol told the provider, of this file or of the one a decision was carried from."""
STATES = {
    "open": Q(decision__in=UNDECIDED),
    "later": Q(decision=Decision.LATER),
    "marked": UNTOLD & Q(decision=Decision.HOLD),
    "told": ~UNTOLD,
    "accepted": Q(decision=Decision.ACCEPT),
    "carried": Q(carried_from__isnull=False),
}
"""What the list may be narrowed to, by the word in the address."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many discrepancies, and the roubles of the equivalent at stake: differences without their signs."""

    rows: int
    roubles: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A discrepancy as the table shows it; `difference` is in roubles of the equivalent.

    `reply` and `outcome` are the provider's answer and the end of a told row, in words. `is_carried` says that the
    decision was taken about an earlier file of the provider.
    """

    pk: int
    number: int | None
    person: str
    full_name: str
    account: str
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
    is_carried: bool
    reply: str
    reply_text: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the list; `after` begins the next one, None where there is none."""

    lines: tuple[Line, ...]
    after: int | None


def piece_of(file: ExchangeFile, /, *, code: str = "", state: str = "", after: int = 0, most: int = PIECE) -> Piece:
    """Return the next discrepancies of a file, in the order of its rows, after the one with the key `after`.

    `code` and `state` (a word of `STATES`) narrow the list. The number of queries does not depend on its length.
    """
    rows = narrowed(file, code=code, state=state).filter(pk__gt=after)
    found = list(_shown(rows).order_by("pk")[: most + 1])
    lines = tuple(_line(one) for one in found[:most])
    return Piece(lines, lines[-1].pk if len(found) > most else None)


def pieces_of(file: ExchangeFile, /, *, code: str, state: str, most: int = 500) -> Iterator[Piece]:
    """Give the whole narrowed list piece by piece, so that its length costs no memory."""
    after: int | None = 0
    while after is not None:
        piece = piece_of(file, code=code, state=state, after=after, most=most)
        yield piece
        after = piece.after


def first_lines(rows: QuerySet[Discrepancy], /, *, most: int = 20) -> list[Line]:
    """Return the first of some discrepancies as the table shows them."""
    return [_line(one) for one in _shown(rows).order_by("pk")[:most]]


def told_lines(protocol: DiscrepancyProtocol, /) -> list[Line]:
    """Return all that a protocol tells, in the order it was printed."""
    rows = _shown(Discrepancy.objects.filter(protocol=protocol))
    return [_line(one) for one in rows.order_by(*PRINTED)]


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
    rows = of_reason(file, code=code, decision=decision).filter(UNTOLD)
    if decision == Decision.ACCEPT:
        rows = rows.filter(ACCEPTABLE)
    if file.loaded_at is not None:
        rows = rows.filter(is_blocking=False) if decision == Decision.ACCEPT else rows
        rows = rows.exclude(is_blocking=True, decision=Decision.ACCEPT)
    return rows


def marked_rows(file: ExchangeFile, /) -> QuerySet[Discrepancy]:
    """Return what waits for the file's next protocol with all that is printed of it, what holds a line first."""
    return _shown(narrowed(file, state="marked")).order_by(*PRINTED)


def why_not_acceptable(found: Discrepancy, /) -> str:
    """Say what no decision makes a charge of, or nothing; the twin of `ACCEPTABLE`."""
    if not found.is_blocking:
        return ""
    if found.row is None or found.row.request_row_id is None:
        return "строка файла не отвечает ни одной строке запроса"
    if found.line is not None and found.line.service_id is None:
        return "услуги предприятия нет в справочнике"
    if found.line is not None and found.line.billed is None:
        return "сумма начисления не прочитана"
    if found.line is not None and found.line.billed < 0:
        return "отрицательное начисление учитывают только перерасчётом"
    return ""


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
        "carried_from__protocol",
        "decided_by",
    )


def _line(one: Discrepancy) -> Line:
    asked = one.request_row
    who = asked.recipient.person if asked else None
    return Line(
        pk=one.pk,
        number=one.row.row_number if one.row else None,
        person=_short_name(who) if who else one.found,
        full_name=who.full_name if who else one.found,
        account=asked.account.number if asked else "",
        address=_short_address(asked.account.dwelling.address) if asked else "",
        service=one.line.service.name if one.line and one.line.service else "",
        code=one.code,
        title=SHORT[Code(one.code)],
        is_blocking=one.is_blocking,
        found=one.found if who else "",
        expected=one.expected,
        difference=one.difference,
        decision=one.decision,
        protocol=one.told_in.number if one.told_in else "",
        decided_by=str(one.decided_by) if one.decided_by else "",
        decided_at=one.decided_at,
        is_carried=one.carried_from_id is not None,
        reply=one.get_reply_display() if one.reply else "",
        reply_text=one.reply_text,
        outcome=one.get_outcome_display() if one.outcome else "",
    )


def _short_name(person: Person) -> str:
    initials = [f"{part[0]}." for part in (person.first_name, person.middle_name) if part]
    return NBSP.join([person.last_name, *initials])


def _short_address(address: Address) -> str:
    """Write «ул. Ленина, 7-3»: the street first, by which rows are told apart; a village after it, a city not."""
    house = f"{address.house} корп. {address.building}" if address.building else address.house
    home = "-".join(filter(None, [house, address.flat, address.room]))
    settlement = address.street.settlement
    parts = [address.street.name, home, str(settlement) if settlement.is_rural else ""]
    return ", ".join(filter(None, parts))
