"""Finding, for each returned row, the row we sent: by the layout's keys in their order."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exchange.checks.dwelling import normal
from exchange.layouts.exchanged import ParsedRow
from exchange.layouts.model import MatchKey


class Outcome(StrEnum):
    """How a returned row was matched; the values are those stored with it."""

    REQUEST_ID = "request_id"
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
    """A row of the request file: what a returned row may be found by. `key` names it for the caller."""

    key: int
    request_id: str
    account: str
    snils: str
    full_name: str
    birth_date: dt.date | None
    address_code: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A returned row and the request row it answers; no key where it answers none."""

    row: ParsedRow
    outcome: Outcome
    key: int | None = None


def match_rows(
    rows: Iterable[ParsedRow],
    asked: Sequence[AskedRow],
    *,
    matching: Sequence[MatchKey],
    is_long: bool,
) -> list[Matched]:
    """Match every row; a second row for the same request row is a duplicate, the first one stands.

    In a long file a row answers for one service, so a person's rows are told apart by it.
    """
    tables = {key: _index(asked, key, is_long=is_long) for key in matching}
    answered: set[int] = set()
    result = []
    for row in rows:
        outcome, key = _find(row, tables, matching, is_long=is_long)
        if key is not None and key in answered:
            outcome, key = Outcome.DUPLICATE, None
        if key is not None:
            answered.add(key)
        result.append(Matched(row, outcome, key))
    return result


def _index(asked: Sequence[AskedRow], key: MatchKey, *, is_long: bool) -> dict[tuple[str, str], list[int]]:
    table: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in asked:
        value = _value_of_asked(one, key)
        if value:
            for service in one.services if is_long else ("",):
                table[value, service].append(one.key)
    return table


def _find(
    row: ParsedRow,
    tables: Mapping[MatchKey, Mapping[tuple[str, str], list[int]]],
    matching: Sequence[MatchKey],
    *,
    is_long: bool,
) -> tuple[Outcome, int | None]:
    service = row.lines[0].service if is_long and row.lines else ""
    is_ambiguous = False
    for key in matching:
        value = _value_of_row(row, key)
        found = tables[key].get((value, service), []) if value else []
        if len(found) == 1:
            return _OUTCOMES[key], found[0]
        is_ambiguous = is_ambiguous or len(found) > 1
    return (Outcome.AMBIGUOUS if is_ambiguous else Outcome.UNKNOWN), None


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
    full_name = f"{row.last_name} {row.first_name} {row.middle_name}"
    match key:
        case MatchKey.REQUEST_ID:
            return row.request_id
        case MatchKey.ACCOUNT:
            return normal(row.account)
        case MatchKey.SNILS:
            return row.snils
        case MatchKey.NAME:
            return _named(full_name, row.birth_date)
        case MatchKey.ADDRESS_CODE:
            return f"{row.address_code}|{normal(full_name)}" if row.address_code else ""


def _named(full_name: str, birth_date: dt.date | None) -> str:
    name = normal(full_name)
    return f"{name}|{birth_date:%Y-%m-%d}" if name and birth_date else ""
