"""Past months that approved orders of recalculation calculate anew."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from calculations.models import RecalculationMonth


def ordered_months(*, office_id: int, month: dt.date, recipient_ids: Collection[int]) -> dict[dt.date, frozenset[int]]:
    """Return the months before `month` that approved orders calculate anew, with the recipients; one query.

    Of a recipient who died before `month` nothing can be accrued in it: the months go on waiting.
    """
    found: dict[dt.date, set[int]] = defaultdict(set)
    rows = RecalculationMonth.objects.waiting().filter(
        order__office_id=office_id, month__lt=month, recipient_id__in=recipient_ids
    )
    rows = rows.exclude(recipient__person__death_date__lt=month)
    for past, recipient_id in rows.values_list("month", "recipient_id"):
        found[past].add(recipient_id)
    return {past: frozenset(ids) for past, ids in found.items()}
