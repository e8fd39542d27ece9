"""What corrections took away beyond a month's sum: carried over from run to run until it is taken back."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Final

from django.db import connection

_OWED: Final = """
    SELECT DISTINCT ON (accrual.recipient_id) accrual.recipient_id, sum(accrual.carried_out)
    FROM calculations_accrual accrual
    JOIN calculations_calculationrun run ON run.id = accrual.run_id AND run.status = 'approved'
    WHERE accrual.recipient_id = ANY(%(recipients)s) AND accrual.month < %(month)s
    GROUP BY accrual.recipient_id, accrual.month
    ORDER BY accrual.recipient_id, accrual.month DESC
"""


def carried_over(*, recipient_ids: Collection[int], month: dt.date) -> dict[int, Decimal]:
    """Return what is still to be taken back from recipients in `month`, in roubles; who owes nothing is left out.

    It is what the last approved month of each carried over: that month had taken in all that stood before it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWED, {"recipients": list(recipient_ids), "month": month})
        return {recipient_id: owed for recipient_id, owed in cursor.fetchall() if owed}
