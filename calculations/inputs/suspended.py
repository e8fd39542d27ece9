"""Months in which a recipient's payment is suspended because of a debt."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.db import connection

SUSPENDED: Final = """
    SELECT 1 FROM calculations_suspension stopped
    JOIN calculations_parameter rule ON rule.code = 'arrears_rule' AND rule.confirmed_at IS NOT NULL
     AND btrim(rule.value) = stopped.rule
    WHERE stopped.status = 'confirmed' AND stopped.recipient_id = {recipient} AND stopped.starts_on <= {month}
      AND rule.valid_from <= {month} AND (rule.valid_to IS NULL OR rule.valid_to > {month})
"""
"""Rows where the payment of a recipient is suspended in a month; both are expressions of SQL.

A suspension holds only in months whose rule is still the one it was decided by. A resumed one holds in none.
"""
_TOLD: Final = """
    SELECT stopping.recipient_id, stopping.starts_on, stopping.number, ground.article
    FROM calculations_suspension stopping
    JOIN recipients_ground ground ON ground.id = stopping.ground_id
    WHERE stopping.recipient_id = ANY(%(recipients)s) AND stopping.status = 'confirmed'
      AND EXISTS ({suspended})
"""


def suspended_in(*, month: dt.date, recipient_ids: Collection[int]) -> dict[int, str]:
    """Return the recipients whose payment is suspended in a month, with the decision in Russian words; one query.

    Source: Housing Code, article 160, item 3; dossier 1.1 (`arrears_rule`).
    """
    statement = _TOLD.format(suspended=SUSPENDED.format(recipient="stopping.recipient_id", month="%(month)s::date"))
    with connection.cursor() as cursor:
        cursor.execute(statement, {"recipients": list(recipient_ids), "month": month})
        return {
            pk: f"Выплата приостановлена с {starts_on:%d.%m.%Y} из-за долга: решение № {number}, {article}."
            for pk, starts_on, number, article in cursor.fetchall()
        }
