"""The rows of a received file that need a person: not answered, not asked, ambiguous, matched by hand (3.9)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value

from exchange.checks.candidates import Person, candidates_for
from exchange.layouts.exchanged import ParsedRow
from exchange.models import ExchangeFile, RequestRow, ReturnedRow
from exchange.register_content import from_json
from providers.models import Service

Match = ReturnedRow.Match
FOREIGN = (Match.UNKNOWN, Match.DUPLICATE)
CONFIRMED = (Match.BY_HAND, Match.REMEMBERED)
UNANSWERED = "unanswered"
MOST_NEAR = 400
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each kind a file has."""

    unanswered: int
    foreign: int
    ambiguous: int
    confirmed: int

    @property
    def is_any(self) -> bool:
        return bool(self.unanswered or self.foreign or self.ambiguous or self.confirmed)


@dataclass(frozen=True, slots=True)
class AskedShown:
    """A row of a request as a list shows it; `answered_by` is the row of the file that answers it already."""

    pk: int
    number: int
    full_name: str
    account: str
    birth_date: dt.date | None
    snils: str
    address: str
    services: str
    recipient_id: int
    answered_by: int | None = None


@dataclass(frozen=True, slots=True)
class Fitting:
    """A person asked about whom a row may mean, with what fits and what not, in words."""

    asked: AskedShown
    fits: str
    differs: str


@dataclass(frozen=True, slots=True)
class SentShown:
    """A row of a file as it was sent; `billed` in roubles. `fitting` are the persons it may mean."""

    pk: int
    number: int
    full_name: str
    account: str
    birth_date: dt.date | None
    snils: str
    address: str
    services: str
    billed: Decimal
    why: str
    fitting: tuple[Fitting, ...] = ()
    asked: AskedShown | None = None

    @property
    def candidates(self) -> str:
        """The persons it may mean, in a line."""
        return "; ".join(f"{one.asked.full_name}, счёт {one.asked.account} ({one.fits})" for one in self.fitting)


def counts_of(file: ExchangeFile, /) -> Counts:
    """Count the rows of each kind, at one query."""
    ways = ReturnedRow.objects.filter(file=file).order_by().values(kind=F("match")).annotate(n=Count("pk"))
    none = unanswered(file).order_by().values(kind=Value(UNANSWERED)).annotate(n=Count("pk"))
    counted: dict[str, int] = dict(ways.union(none, all=True).values_list("kind", "n"))
    return Counts(
        unanswered=counted.get(UNANSWERED, 0),
        foreign=sum(counted.get(match, 0) for match in FOREIGN),
        ambiguous=counted.get(Match.AMBIGUOUS, 0),
        confirmed=sum(counted.get(match, 0) for match in CONFIRMED),
    )


def unanswered(file: ExchangeFile, /) -> "QuerySet[RequestRow]":
    """Return the request rows that no row of the file answers, with what a list shows of them."""
    answers = ReturnedRow.objects.filter(file=file, request_row=OuterRef("pk"))
    return RequestRow.objects.filter(~Exists(answers), file=file.request_id).select_related("account", "register_row")


def rows_with(file: ExchangeFile, /, *matches: str) -> "QuerySet[ReturnedRow]":
    """Return the file's rows matched in one of the ways."""
    return ReturnedRow.objects.filter(file=file, match__in=matches)


def shown_asked(rows: Iterable[RequestRow], /) -> list[AskedShown]:
    """Return request rows as a list shows them; their accounts and register rows must be read with them."""
    names = _service_names()
    return [_asked(row, names) for row in rows]


def shown_sent(rows: Iterable[ReturnedRow], /, file: ExchangeFile, *, with_fitting: bool = False) -> list[SentShown]:
    """Return rows of the file as they were sent; with the persons they may mean, if asked. Few queries for all."""
    listed = list(rows)
    names = _service_names()
    sums = ReturnedRow.objects.filter(pk__in=[row.pk for row in listed]).order_by().values_list("pk")
    billed = dict(sums.annotate(total=Sum("lines__billed")))
    linked = [row.request_row_id for row in listed if row.request_row_id is not None]
    asked = RequestRow.objects.filter(pk__in=linked).select_related("account", "register_row") if linked else ()
    ours = {one.pk: _asked(one, names) for one in asked}
    fitting = _fitting(file, listed, names) if with_fitting else {}
    return [
        _sent(row, names, billed.get(row.pk) or Decimal("0.00"), ours.get(row.request_row_id or 0), fitting)
        for row in listed
    ]


def found_in_request(file: ExchangeFile, text: str, /) -> list[AskedShown]:
    """Find request rows that are not answered by an account's or a surname's beginning, a few of them."""
    words = text.split()
    if not words:
        return []
    free = unanswered(file).filter(
        Q(account__number__istartswith=words[0]) | Q(recipient__person__last_name__istartswith=words[0])
    )
    if len(words) > 1:
        free = free.filter(recipient__person__first_name__istartswith=words[1])
    return shown_asked(free.order_by("row_number")[:MOST_FOUND])


def _fitting(
    file: ExchangeFile, rows: Sequence[ReturnedRow], names: Mapping[str, str]
) -> dict[int, tuple[Fitting, ...]]:
    """Weigh, for each row, the persons of the request that share an account, СНИЛС, surname or name with one of them."""
    sent = {row.pk: _person(row.content.get("who", {})) for row in rows}
    words = [one.full_name.split() for one in sent.values()]
    near = RequestRow.objects.filter(file=file.request_id).filter(
        Q(account__number__in=[one.account for one in sent.values()])
        | Q(recipient__person__snils__in=[one.snils for one in sent.values() if one.snils])
        | Q(recipient__person__last_name__in={each[0].capitalize() for each in words if each})
        | Q(recipient__person__first_name__in={each[1].capitalize() for each in words if len(each) > 1})
        & Q(recipient__person__middle_name__in={each[2].capitalize() for each in words if len(each) > 2})
    )
    answers = ReturnedRow.objects.filter(file=file, request_row=OuterRef("pk")).order_by("row_number")
    known = near.select_related("account", "register_row").annotate(answer=Subquery(answers.values("row_number")[:1]))
    asked = {one.pk: _asked(one, names, one.answer) for one in known.order_by("row_number")[:MOST_NEAR]}
    persons = [(pk, _as_person(one)) for pk, one in asked.items()]
    found: dict[int, tuple[Fitting, ...]] = defaultdict(tuple)
    for pk, person in sent.items():
        found[pk] = tuple(
            Fitting(asked[one.key], ", ".join(one.fits), ", ".join(one.differs))
            for one in candidates_for(person, persons)
        )
    return found


def _as_person(one: AskedShown) -> Person:
    return Person(one.account, one.full_name, one.birth_date, one.snils, one.address)


def _person(who: Mapping[str, Any]) -> Person:
    born = who.get("birth_date")
    return Person(
        account=str(who.get("account", "")),
        full_name=str(who.get("name", "")),
        birth_date=dt.date.fromisoformat(born) if born else None,
        snils=str(who.get("snils", "")),
        address=str(who.get("address", "")),
    )


def _asked(row: RequestRow, names: Mapping[str, str], answered_by: int | None = None) -> AskedShown:
    person = from_json(row.register_row.content)
    place = ParsedRow(
        row_no=0,
        settlement=person.settlement,
        street=person.street,
        house=person.house,
        building=person.building,
        flat=person.flat,
        room=person.room,
    )
    return AskedShown(
        pk=row.pk,
        number=row.row_number,
        full_name=person.full_name,
        account=row.account.number,
        birth_date=person.birth_date,
        snils=person.snils,
        address=place.address,
        services=_named(row.services, names),
        recipient_id=row.recipient_id,
        answered_by=answered_by,
    )


def _sent(
    row: ReturnedRow,
    names: Mapping[str, str],
    billed: Decimal,
    asked: AskedShown | None,
    fitting: Mapping[int, tuple[Fitting, ...]],
) -> SentShown:
    who = row.content.get("who", {})
    person = _person(who)
    return SentShown(
        pk=row.pk,
        number=row.row_number,
        full_name=person.full_name,
        account=person.account,
        birth_date=person.birth_date,
        snils=person.snils,
        address=person.address,
        services=_named(who.get("services", ()), names),
        billed=billed,
        why=row.get_match_display(),
        fitting=fitting.get(row.pk, ()),
        asked=asked,
    )


def _named(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(code, f"услуга {code}") for code in codes)


def _service_names() -> dict[str, str]:
    return dict(Service.objects.values_list("code", "name"))
