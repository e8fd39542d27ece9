"""Monthly parts of fuel and gas that a run accrues: due by its month, not accrued before, of a living right."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from calculations.inputs.suspended import SUSPENDED

_DUE: Final = """
    SELECT part.id, fuel.recipient_id, fuel.entitlement_id, fuel.service_id, fuel.rule, fuel.rule_version,
           part.number, fuel.months,
           part.month, part.amount, fuel.inputs
    FROM calculations_fuelpart part
    JOIN calculations_fuelassignment fuel ON fuel.id = part.assignment_id
    JOIN recipients_entitlement granted ON granted.id = fuel.entitlement_id
    JOIN recipients_person disabled ON disabled.id = granted.disabled_person_id
    JOIN recipients_recipient recipient ON recipient.id = fuel.recipient_id
    JOIN recipients_person paid ON paid.id = recipient.person_id
    WHERE fuel.recipient_id = ANY(%(recipients)s) AND part.month <= %(month)s
      AND (fuel.status = 'confirmed' OR (fuel.status = 'stopped' AND part.month < fuel.stopped_from))
      AND granted.valid_from <= part.month AND (granted.valid_to IS NULL OR granted.valid_to > part.month)
      AND (granted.certificate_valid_to IS NULL OR granted.certificate_valid_to > part.month)
      AND (granted.category <> 'child' OR disabled.birth_date + interval '18 years' > part.month)
      AND (disabled.death_date IS NULL OR disabled.death_date >= part.month)
      AND (paid.death_date IS NULL OR paid.death_date >= part.month)
      AND EXISTS (SELECT 1 FROM housing_supporteddwelling home WHERE home.recipient_id = fuel.recipient_id
                  AND home.dwelling_id = fuel.dwelling_id AND home.valid_from <= part.month
                  AND (home.valid_to IS NULL OR home.valid_to > part.month))
      AND NOT EXISTS (SELECT 1 FROM housing_supporteddwelling home WHERE home.recipient_id = fuel.recipient_id
                      AND home.dwelling_id <> fuel.dwelling_id AND home.valid_from <= part.month
                      AND (home.valid_to IS NULL OR home.valid_to > fuel.starts_on))
      AND NOT EXISTS ({suspended})
      AND NOT EXISTS (SELECT 1 FROM calculations_accrualline line
                      JOIN calculations_calculationrun run ON run.id = line.run_id AND run.status = 'approved'
                      WHERE line.fuel_part_id = part.id AND line.month < %(month)s)
    ORDER BY part.month, part.id
    FOR SHARE OF fuel
"""


@dataclass(frozen=True, slots=True)
class DuePart:
    """A part of an assignment that a run accrues now; `amount` is in roubles, `inputs` are the year's, by value."""

    id: int
    recipient_id: int
    right_id: int
    service: str
    rule: str
    rule_version: int
    number: int
    of: int
    month: dt.date
    amount: Decimal
    inputs: Mapping[str, Any]


def due_parts(*, recipient_ids: Collection[int], month: dt.date) -> list[DuePart]:
    """Return the parts of the recipients due in a month, those with earlier ones that no approved run accrued.

    A part is due where the right stands and the recipient lives in the dwelling on the first day of its month. The
    parts of who moved away are never due again; those of months in which the payment is suspended are due once it is
    resumed. The assignments stay shared until the transaction ends: who stops them waits and sees the lines. One query.

    Source: Regulation 369 of 30.10.2007, items 2.4.1 and 2.4.3.
    """
    statement = _DUE.format(suspended=SUSPENDED.format(recipient="fuel.recipient_id", month="part.month"))
    with connection.cursor() as cursor:
        cursor.execute(statement, {"recipients": list(recipient_ids), "month": month})
        return [DuePart(*(*row[:-1], json.loads(row[-1]))) for row in cursor.fetchall()]
