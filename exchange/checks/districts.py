"""To which district each row of a file for the whole region belongs (3.9).

A row that answers a request row belongs where that was asked. Another one belongs where the only persons are that
share a key with it, or where its account is open; one that fits several districts, or none, belongs to none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exchange.checks.dwelling import normal
from exchange.checks.matching import AskedRow, Matched
from exchange.layouts.exchanged import ParsedRow

MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with the request file of its district; without one `candidates` are request rows that fit, by key."""

    matched: Matched
    request: int | None
    candidates: tuple[int, ...] = ()


def place_rows(
    matched: Sequence[Matched], *, asked: Mapping[int, Sequence[AskedRow]], open_at: Mapping[str, int]
) -> list[Placed]:
    """Say of every row which district's it is; `asked` are the rows sent, by request file.

    `open_at` tells by account number (as `normal` writes it) the request file of the district it is open in.
    """
    home = {one.key: request for request, rows in asked.items() for one in rows}
    shared: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for request, rows in asked.items():
        for one in rows:
            for trait in _traits_of_asked(one):
                shared[trait].setdefault(one.key, request)
    return [_placed(one, home, shared, open_at) for one in matched]


def _placed(
    matched: Matched,
    home: Mapping[int, int],
    shared: Mapping[tuple[str, str], Mapping[int, int]],
    open_at: Mapping[str, int],
) -> Placed:
    if matched.key is not None:
        return Placed(matched, home[matched.key])
    candidates: dict[int, None] = {}
    for trait in _traits_of_row(matched.row):
        found = shared.get(trait, {})
        requests = set(found.values())
        if len(requests) == 1:
            return Placed(matched, requests.pop())
        candidates |= dict.fromkeys(found)
    if not candidates:
        return Placed(matched, open_at.get(normal(matched.row.account)))
    return Placed(matched, None, tuple(candidates)[:MOST_CANDIDATES])


def _traits_of_asked(one: AskedRow) -> Iterator[tuple[str, str]]:
    yield "id", one.request_id
    for account in (one.account, *one.also):
        yield "account", normal(account)
    if one.snils:
        yield "snils", one.snils
    yield "name", f"{normal(one.full_name)}|{one.birth_date or ''}"


def _traits_of_row(row: ParsedRow) -> Iterator[tuple[str, str]]:
    """Give what a row may be known by, the surest first."""
    if row.request_id:
        yield "id", row.request_id
    if row.account:
        yield "account", normal(row.account)
    if row.snils:
        yield "snils", row.snils
    name = normal(f"{row.last_name} {row.first_name} {row.middle_name}")
    if name:
        yield "name", f"{name}|{row.birth_date or ''}"
