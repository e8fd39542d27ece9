"""Finding, for each returned row, the row we sent: by the layout's keys in their order.

What a specialist matched by hand before, and told to remember, comes right behind the number of the request.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType

from exchange.checks.dwelling import normal
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import MatchKey


class Outcome(StrEnum):
    """How a returned row was matched; the values are those stored with it."""

    REQUEST_ID = "request_id"
    BY_HAND = "by_hand"
    REMEMBERED = "remembered"
    ACCOUNT = "account"
    SNILS = "snils"
    NAME = "name"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    DUPLICATE = "duplicate"


_OUTCOMES: Mapping[MatchKey, Outcome] = {
    MatchKey.REQUEST_ID: Outcome.REQUEST_ID,
    MatchKey.ACCOUNT: Outcome.ACCOUNT,
    MatchKey.SNILS: Outcome.SNILS,
    MatchKey.NAME: Outcome.NAME,
    MatchKey.ADDRESS_CODE: Outcome.NAME,
}


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row of the request file: what a returned row may be found by. `key` names it for the caller.

    `recipient_id` and `account_id` are whom a remembered match means. `also` are other numbers of the account that
    the provider may still send, or send already.
    """

    key: int
    request_id: str
    account: str
    snils: str
    full_name: str
    birth_date: dt.date | None
    address_code: str
    services: tuple[str, ...]
    recipient_id: int = 0
    account_id: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """A returned row and the request row it answers; no key where it answers none."""

    row: ParsedRow
    outcome: Outcome
    key: int | None = None


NO_SERVICE = "-"
"""What stands for a service that the layout does not know: no request row asks about it."""
Met = tuple[Outcome, int | None]
"""How a row was matched, and the request row it answers."""

SentKey = tuple[str, str]
"""What a remembered match knows a returned row by: the provider's account or address, and the name."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of finding the request row: what a returned row is looked up by, and the request rows by it."""

    outcome: Outcome
    value_of: Callable[[ParsedRow], str]
    table_of: Callable[[], Mapping[tuple[str, str], Sequence[int]]]
    """Gives the table, which is made when it is first asked for: most rows are found by the first key."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """The request row a returned row says it answers; of several claims the lowest rank stands.

    `either` are the rows of one person and account that a row without a service may answer: it takes the first one
    that no other row answers.
    """

    outcome: Outcome
    key: int | None = None
    rank: tuple[bool, int] = (True, 0)
    either: tuple[int, ...] = ()


def match_rows(
    rows: Iterable[ParsedRow],
    asked: Sequence[AskedRow],
    *,
    matching: Sequence[MatchKey],
    is_long: bool,
    remembered: Mapping[SentKey, tuple[int, int]] = MappingProxyType({}),
) -> list[Matched]:
    """Match every row to a row asked about; each of those is answered once.

    `remembered` tells what the provider means by an account and a name: our recipient and account, by their ids.

    A key that fits several leaves them to the next keys, so two people on one account are told apart by СНИЛС or
    name. Of several rows for one request row the one that names its person stands, then the one found by an earlier
    key, then the first in the file; the others are duplicates. In a long file a row answers for one service, so a
    person's rows are told apart by it; one that tells nothing of any service answers what is left of the person's.
    """
    sent = list(rows)
    found = match_named(sent, asked, matching=matching, is_long=is_long, remembered=remembered)
    return [Matched(row, *met) for row, met in zip(sent, found, strict=True)]


def match_named(
    rows: Iterable[ParsedRow],
    asked: Sequence[AskedRow],
    *,
    matching: Sequence[MatchKey],
    is_long: bool,
    remembered: Mapping[SentKey, tuple[int, int]] = MappingProxyType({}),
) -> list[Met]:
    """Match rows as `match_rows` does, of which nothing is kept: how each was matched, in their order, and to what."""
    ways = _ways(asked, matching, remembered, is_long=is_long)
    people = {one.key: one for one in asked}
    claims = [_claim(row, ways, people, is_long=is_long) for row in rows]
    standing: dict[int, int] = {}
    for place in sorted(range(len(claims)), key=lambda place: (*claims[place].rank, place)):
        key = claims[place].key
        if key is not None:
            standing.setdefault(key, place)
    for place, claim in enumerate(claims):
        if claim.either:
            claims[place] = _first_free(claim, standing, place)
    return [_met(claim, standing, place) for place, claim in enumerate(claims)]


def sent_key(row: ParsedRow, /) -> SentKey:
    """Return what a match by hand is remembered by: the account, or the address code where there is none; the name."""
    return normal(row.account) or normal(row.address_code), normal(_full_name(row))


def _ways(
    asked: Sequence[AskedRow],
    matching: Sequence[MatchKey],
    remembered: Mapping[SentKey, tuple[int, int]],
    *,
    is_long: bool,
) -> list[_Way]:
    by_id = [key for key in matching if key is MatchKey.REQUEST_ID]
    others = [key for key in matching if key is not MatchKey.REQUEST_ID]
    ways = [_way(asked, key, is_long) for key in by_id]
    if remembered:
        table = cache(partial(_remembered_index, asked, remembered, is_long))
        ways.append(_Way(Outcome.REMEMBERED, _written_key, table))
    ways += [_way(asked, key, is_long) for key in others]
    return ways


def _way(asked: Sequence[AskedRow], key: MatchKey, is_long: bool) -> _Way:
    return _Way(_OUTCOMES[key], partial(_value_of_row, key=key), cache(partial(_index, asked, key, is_long)))


def _written_key(row: ParsedRow) -> str:
    return "|".join(sent_key(row))


def _remembered_index(
    asked: Sequence[AskedRow], remembered: Mapping[SentKey, tuple[int, int]], is_long: bool
) -> dict[tuple[str, str], list[int]]:
    ours: dict[tuple[int, int], list[AskedRow]] = defaultdict(list)
    for one in asked:
        ours[one.recipient_id, one.account_id].append(one)
    table: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, meant in remembered.items():
        for one in ours.get(meant, ()):
            for service in one.services if is_long else ("",):
                table["|".join(key), service].append(one.key)
    return table


def _first_free(claim: _Claim, standing: dict[int, int], place: int) -> _Claim:
    free = next((key for key in claim.either if key not in standing), None)
    if free is None:
        return _Claim(Outcome.DUPLICATE)
    standing[free] = place
    return _Claim(claim.outcome, free)


def _met(claim: _Claim, standing: Mapping[int, int], place: int) -> Met:
    if claim.key is not None and standing[claim.key] != place:
        return Outcome.DUPLICATE, None
    return claim.outcome, claim.key


def _index(asked: Sequence[AskedRow], key: MatchKey, is_long: bool) -> dict[tuple[str, str], list[int]]:
    table: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in asked:
        value = _value_of_asked(one, key)
        if value:
            for service in {*one.services, ""} if is_long else ("",):
                table[value, service].append(one.key)
    if key is MatchKey.ACCOUNT:
        _add_other_numbers(table, asked, is_long)
    return table


def _add_other_numbers(table: dict[tuple[str, str], list[int]], asked: Sequence[AskedRow], is_long: bool) -> None:
    """Find rows by the other numbers of their accounts as well; a number that is somebody's own means its owner."""
    own = {number for number, _ in table}
    for one in asked:
        for number in {normal(other) for other in one.also} - own - {""}:
            for service in one.services if is_long else ("",):
                table[number, service].append(one.key)


def _claim(row: ParsedRow, ways: Sequence[_Way], people: Mapping[int, AskedRow], *, is_long: bool) -> _Claim:
    service = (row.lines[0].service or NO_SERVICE) if is_long and row.lines else ""
    candidates: Sequence[int] = ()
    for place, way in enumerate(ways):
        value = way.value_of(row)
        found = way.table_of().get((value, service), ()) if value else ()
        fitting = [one for one in found if one in candidates] if candidates else found
        if len(fitting) == 1:
            is_named = way.outcome is Outcome.REMEMBERED or _names(row, people[fitting[0]])
            return _Claim(way.outcome, fitting[0], (not is_named, place))
        if fitting and is_long and not service and _are_of_one(people[key] for key in fitting):
            return _Claim(way.outcome, either=tuple(fitting))
        candidates = fitting or candidates
    return _Claim(Outcome.AMBIGUOUS if candidates else Outcome.UNKNOWN)


def _are_of_one(asked: Iterable[AskedRow]) -> bool:
    """Tell whether request rows ask about one person and account, each about another service."""
    return len({(one.account, one.snils, one.full_name, one.birth_date) for one in asked}) == 1


def _names(row: ParsedRow, asked: AskedRow) -> bool:
    """Tell whether the row names the very person asked about."""
    if row.snils and row.snils == asked.snils:
        return True
    name = normal(_full_name(row))
    return name != "" and name == normal(asked.full_name)


def _value_of_asked(one: AskedRow, key: MatchKey) -> str:
    match key:
        case MatchKey.REQUEST_ID:
            return one.request_id
        case MatchKey.ACCOUNT:
            return normal(one.account)
        case MatchKey.SNILS:
            return one.snils
        case MatchKey.NAME:
            return _named(one.full_name, one.birth_date)
        case MatchKey.ADDRESS_CODE:
            return f"{one.address_code}|{normal(one.full_name)}" if one.address_code else ""


def _value_of_row(row: ParsedRow, key: MatchKey) -> str:
    match key:
        case MatchKey.REQUEST_ID:
            return row.request_id
        case MatchKey.ACCOUNT:
            return normal(row.account)
        case MatchKey.SNILS:
            return row.snils
        case MatchKey.NAME:
            return _named(_full_name(row), row.birth_date)
        case MatchKey.ADDRESS_CODE:
            return f"{row.address_code}|{normal(_full_name(row))}" if row.address_code else ""


def _full_name(row: ParsedRow) -> str:
    return f"{row.last_name} {row.first_name} {row.middle_name}"


def _named(full_name: str, birth_date: dt.date | None) -> str:
    name = normal(full_name)
    return f"{name}|{birth_date:%Y-%m-%d}" if name and birth_date else ""
