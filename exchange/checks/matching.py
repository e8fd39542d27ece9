"""Finding, for each returned row, the row we sent: by the layout's keys in their order.

What a specialist matched by hand before, and told to remember, comes right behind the number of the request.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
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


SentKey = tuple[str, str]
"""What a remembered match knows a returned row by: the provider's account or address, and the name."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of finding the request row: what a returned row is looked up by, and the request rows by it."""

    outcome: Outcome
    value_of: Callable[[ParsedRow], str]
    table: Mapping[tuple[str, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class _Claim:
    """The request row a returned row says it answers; of several claims the lowest rank stands."""

    outcome: Outcome
    key: int | None = None
    rank: tuple[bool, int] = (True, 0)


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
    person's rows are told apart by it.
    """
    sent = list(rows)
    ways = _ways(asked, matching, remembered, is_long=is_long)
    people = {one.key: one for one in asked}
    claims = [_claim(row, ways, people, is_long=is_long) for row in sent]
    standing: dict[int, int] = {}
    for place in sorted(range(len(sent)), key=lambda place: (*claims[place].rank, place)):
        key = claims[place].key
        if key is not None:
            standing.setdefault(key, place)
    return [_matched(row, claim, standing, place) for place, (row, claim) in enumerate(zip(sent, claims, strict=True))]


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
    ways = [_Way(_OUTCOMES[key], partial(_value_of_row, key=key), _index(asked, key, is_long)) for key in by_id]
    if remembered:
        ways.append(_Way(Outcome.REMEMBERED, _written_key, _remembered_index(asked, remembered, is_long)))
    ways += [_Way(_OUTCOMES[key], partial(_value_of_row, key=key), _index(asked, key, is_long)) for key in others]
    return ways


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


def _matched(row: ParsedRow, claim: _Claim, standing: Mapping[int, int], place: int) -> Matched:
    if claim.key is not None and standing[claim.key] != place:
        return Matched(row, Outcome.DUPLICATE)
    return Matched(row, claim.outcome, claim.key)


def _index(asked: Sequence[AskedRow], key: MatchKey, is_long: bool) -> dict[tuple[str, str], list[int]]:
    table: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in asked:
        value = _value_of_asked(one, key)
        if value:
            for service in one.services if is_long else ("",):
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
    service = row.lines[0].service if is_long and row.lines else ""
    candidates: Sequence[int] = ()
    for place, way in enumerate(ways):
        value = way.value_of(row)
        found = way.table.get((value, service), ()) if value else ()
        fitting = [one for one in found if one in candidates] if candidates else found
        if len(fitting) == 1:
            is_named = way.outcome is Outcome.REMEMBERED or _names(row, people[fitting[0]])
            return _Claim(way.outcome, fitting[0], (not is_named, place))
        candidates = fitting or candidates
    return _Claim(Outcome.AMBIGUOUS if candidates else Outcome.UNKNOWN)


def _names(row: ParsedRow, asked: AskedRow) -> bool:
    """Tell whether the row names the very person asked about."""
    name = normal(_full_name(row))
    return (row.snils != "" and row.snils == asked.snils) or (name != "" and name == normal(asked.full_name))


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
