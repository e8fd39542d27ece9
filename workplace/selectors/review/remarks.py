"""What the department's verifier found wrong in a run (3.13.1 б)."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from calculations.models import CalculationRun, ReviewDecision

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Remark:
    """A wrong accrual: whose, what is wrong, who said so and when."""

    recipient_id: int
    last_name: str
    first_name: str
    middle_name: str
    note: str
    reviewer: str
    at: dt.datetime


def remarks_of(run: CalculationRun, /) -> list[Remark]:
    """Return the run's wrong accruals in the order they were found, at most a hundred."""
    wrong = ReviewDecision.objects.filter(accrual__run=run, verdict=ReviewDecision.Verdict.WRONG)
    rows = wrong.select_related("accrual__recipient__person", "reviewed_by").order_by("reviewed_at", "pk")[:MOST]
    return [
        Remark(
            recipient_id=row.accrual.recipient_id,
            last_name=row.accrual.recipient.person.last_name,
            first_name=row.accrual.recipient.person.first_name,
            middle_name=row.accrual.recipient.person.middle_name,
            note=row.note,
            reviewer=str(row.reviewed_by),
            at=row.reviewed_at,
        )
        for row in rows
    ]
