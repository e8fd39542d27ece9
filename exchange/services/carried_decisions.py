"""A corrected file opens only what changed: decisions about rows that came back the same are carried over (3.10.4)."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from exchange.models import Discrepancy
from exchange.services import file_lines

Decision = Discrepancy.Decision
Key = tuple[object, ...]
_CARRY = """
UPDATE exchange_discrepancy fresh
SET decision = old.decision, decided_at = old.decided_at, decided_by_id = old.decided_by_id,
    carried_from_id = COALESCE(old.carried_from_id, old.id)
FROM unnest(%s::bigint[], %s::bigint[]) AS pair(fresh, old) JOIN exchange_discrepancy old ON old.id = pair.old
WHERE fresh.id = pair.fresh
"""
_REMEMBER = """
INSERT INTO exchange_discrepancydecision (discrepancy_id, decision, at, by_id)
SELECT id, decision, decided_at, decided_by_id FROM exchange_discrepancy WHERE id = ANY(%s::bigint[]) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Carried:
    """How many decisions were kept, and how many discrepancies of the corrected file are open."""

    kept: int
    opened: int


@transaction.atomic
def carry_decisions(*, old_file_id: int, new_file_id: int, at: dt.datetime) -> Carried:
    """Give the open discrepancies of a checked file the decisions taken about the same ones of the file it replaces.

    The same is: a row with every cell as before, answering the same row of ours, with one code, line, expected and
    found value. The decision keeps who took it and when; what a protocol told stays told. `at` is the moment the
    balance of 3.10 is struck anew where acceptances free lines.
    """
    file = file_lines.lock_file(new_file_id)
    decided = _by_key(_of(old_file_id).exclude(decision=Decision.OPEN))
    fresh = list(_of(new_file_id).filter(decision=Decision.OPEN))
    pairs = [(one, decided[key].pop(0)) for one in fresh if decided.get(key := _key(one))]
    _write(pairs)
    freed = {one.row_id for one, old in pairs if one.row_id and one.is_blocking and old.decision == Decision.ACCEPT}
    if freed:
        file_lines.resettle_lines(freed)
        file_lines.strike_anew(file, at=at)
    return Carried(kept=len(pairs), opened=len(fresh) - len(pairs))


def _of(file_id: int) -> "QuerySet[Discrepancy]":
    return Discrepancy.objects.filter(file=file_id).select_related("row", "line").order_by("pk")


def _by_key(discrepancies: Iterable[Discrepancy]) -> dict[Key, list[Discrepancy]]:
    found: dict[Key, list[Discrepancy]] = defaultdict(list)
    for one in discrepancies:
        found[_key(one)].append(one)
    return found


def _key(one: Discrepancy) -> Key:
    content = json.dumps(one.row.content, sort_keys=True, ensure_ascii=False) if one.row else ""
    position = one.line.position if one.line else None
    return content, one.request_row_id, one.code, position, one.expected, one.found


def _write(pairs: Sequence[tuple[Discrepancy, Discrepancy]]) -> None:
    fresh = [one.pk for one, _ in pairs]
    with connection.cursor() as cursor:
        cursor.execute(_CARRY, [fresh, [old.pk for _, old in pairs]])
        cursor.execute(_REMEMBER, [fresh])
