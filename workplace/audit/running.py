"""Run the audit of a month in one snapshot that cannot write."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from workplace.audit import corrections, debts, fuel, handovers, payments, questions, recomputed


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken fact: what, where, what was expected and what stands there."""

    what: str
    where: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one question: how many rows it looked at and what it found."""

    code: str
    title: str
    looked_at: int
    found: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.found


def audit(month: dt.date) -> list[Check]:
    """Re-prove the month's invariants from the database, without the services' code."""
    asked = [
        *questions.ACCRUALS, *corrections.CORRECTIONS, *fuel.FUEL, *debts.DEBTS, *questions.FILES, *payments.PAYMENTS,
        *payments.HOUSE, *handovers.HANDOVERS,
    ]  # fmt: skip
    with _snapshot():
        answers = [_ask(question, month) for question in asked]
        answers += [
            _recompute("A08", "Строка пересчитывается по сохранённым данным в ту же сумму", recomputed.lines, month),
            _recompute("F06", "Файлы на диске совпадают со своей контрольной суммой", recomputed.files, month),
        ]
    return sorted(answers, key=lambda check: check.code)


def _ask(question: questions.Question, month: dt.date) -> Check:
    with connection.cursor() as cursor:
        cursor.execute(question.looked_at, {"month": month})
        looked_at = cursor.fetchone()[0]
        cursor.execute(question.broken, {"month": month})
        found = tuple(Finding(question.title, *map(str, row)) for row in cursor.fetchall())
    return Check(question.code, question.title, looked_at, found)


def _recompute(
    code: str,
    title: str,
    compute: Callable[[dt.date], Iterator[tuple[str, str, str] | None]],
    month: dt.date,
) -> Check:
    looked_at, found = 0, []
    for answer in compute(month):
        looked_at += 1
        if answer is not None:
            found.append(Finding(title, *answer))
    return Check(code, title, looked_at, tuple(found))


@contextmanager
def _snapshot() -> Iterator[None]:
    """Open one reading transaction; inside a caller's transaction its own snapshot is used."""
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def as_json(month: dt.date, checks: list[Check]) -> dict[str, Any]:
    """Shape the audit for `--json`."""
    return {
        "month": f"{month:%Y-%m}",
        "ok": all(check.ok for check in checks),
        "checks": [
            {
                "code": check.code,
                "title": check.title,
                "ok": check.ok,
                "looked_at": check.looked_at,
                "found": [
                    {"what": f.what, "where": f.where, "expected": f.expected, "got": f.got} for f in check.found
                ],
            }
            for check in checks
        ],
    }
