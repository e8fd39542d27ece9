"""What the audit proves by computing again: sums of lines and hashes of files."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from calculations.rules.faults import LineFault
from calculations.rules.stored import UnreadableStoredLine, replay

# A broken fact as (where, expected, got); None for one that holds.
Answer = tuple[str, str, str] | None


def lines(month: dt.date) -> Iterator[Answer]:
    """Replay every stored accrual line with the rule it names."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT id, recipient_id, rule, rule_version, inputs, base, accrued"
            " FROM calculations_accrualline WHERE month = %s ORDER BY id",
            [month],
        )
        for line_id, recipient_id, rule, version, inputs, base, accrued in cursor:
            stored = f"{accrued} с {base}"
            computed = _computed(rule, version, inputs)
            where = f"строка {line_id}, получатель {recipient_id}"
            yield None if computed == stored else (where, computed, stored)


def _computed(rule: str, version: int, inputs: str) -> str:
    try:
        result = replay(rule, version, json.loads(inputs))
    except (LineFault, UnreadableStoredLine) as fault:
        return f"не пересчитывается: {fault}"
    return f"{result.cash_equivalent} с {result.base}"


def files(month: dt.date) -> Iterator[Answer]:
    """Hash every stored file again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT sha256, min(name), min(size) FROM offices_storedfile GROUP BY sha256")
        rows = cursor.fetchall()
    for sha256, name, size in rows:
        place = settings.FILES_ROOT / sha256[:2] / sha256
        content = place.read_bytes() if place.exists() else None
        got = "файла нет" if content is None else f"{hashlib.sha256(content).hexdigest()}, {len(content)} байт"
        yield None if got == f"{sha256}, {size} байт" else (f"файл «{name}»", f"{sha256}, {size} байт", got)
