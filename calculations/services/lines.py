"""Calculating a chunk of recipients and storing what came out, set by set (3.12.1 а)."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from django.db import connection

from calculations.inputs.billing import BilledService, NotCounted, Surroundings, billed_services
from calculations.inputs.facts import RecipientRows
from calculations.inputs.fuel import due_parts
from calculations.inputs.touched import Recalculation
from calculations.models import Accrual, CalculationRun, UnappliedRecalculation, Withheld
from calculations.rules.faults import LineFault
from calculations.rules.line import calculate_line
from calculations.rules.parameters import Parameters
from calculations.rules.stored import to_stored
from calculations.services.carrying import carried_over
from calculations.services.corrections import correct_past_months
from calculations.services.differences import PastGround
from calculations.services.faults import reason_of_fault
from calculations.services.fuel_lines import add_fuel
from calculations.services.unmonthed import add_unmonthed
from calculations.services.written import (
    ACCRUAL_COLUMNS,
    FUEL_LINE_COLUMNS,
    LINE_COLUMNS,
    UNAPPLIED_COLUMNS,
    WITHHELD_COLUMNS,
    Written,
)
from offices.copying import copy_rows
from offices.refusals import Refusal

_POINTS_NOWHERE: Final = """
    SELECT line.id FROM {leaf} line
    LEFT JOIN recipients_recipient recipient ON recipient.id = line.recipient_id
    LEFT JOIN providers_service service ON service.code = line.service_id
    LEFT JOIN providers_serviceaccount account ON account.id = line.account_id
    LEFT JOIN providers_tariff tariff ON tariff.id = line.tariff_id
    LEFT JOIN providers_consumptionnorm norm ON norm.id = line.norm_id
    WHERE line.run_id = %s AND line.accrual_id BETWEEN %s AND %s
      AND (recipient.id IS NULL OR service.code IS NULL OR (line.account_id IS NOT NULL AND account.id IS NULL)
           OR (line.tariff_id IS NOT NULL AND tariff.id IS NULL) OR (line.norm_id IS NOT NULL AND norm.id IS NULL))
    LIMIT 1
"""


class LinePointsNowhere(Refusal):
    """A line names a recipient, service, account, tariff or norm that is not there."""


def store_recipients(
    *,
    run: CalculationRun,
    recipients: Iterable[RecipientRows],
    around: Surroundings,
    parameters: Parameters,
    past: Sequence[PastGround] = (),
    told: Mapping[int, Sequence[Recalculation]] = MappingProxyType({}),
    ended: Collection[int] = (),
) -> int:
    """Calculate the recipients and store an accrual for every right, its lines, and what was withheld.

    A right without a line has an accrual of 0.00. A charge counts for every right or is withheld from all, so it is
    never both. `past` months calculated anew are added as corrections, recalculations that name no month (`told`) as
    lines of their own. Rights of `ended` stand no more and only bear corrections. Returns the number of rights. Raises LinePointsNowhere.
    """
    recipients = tuple(recipients)
    rights = [right for recipient in recipients for right in recipient.rights]
    ids = _accrual_ids(len(rights))
    written = Written(run, {right.id: pk for right, pk in zip(rights, ids, strict=True)})
    for recipient in recipients:
        for found in billed_services(recipient, around):
            _settle(found, written, run.month, parameters)
    correct_past_months(written=written, past=past, rights=rights, ended=ended)
    add_unmonthed(written=written, recipients=recipients, around=around, parameters=parameters, told=told)
    add_fuel(
        written=written,
        due=due_parts(recipient_ids=[recipient.id for recipient in recipients], month=run.month),
        rights={right.id for right in rights} - set(ended),
    )
    owed = carried_over(recipient_ids=[recipient.id for recipient in recipients], month=run.month)
    copy_rows(Accrual._meta.db_table, ACCRUAL_COLUMNS, written.accruals(recipients, owed))
    leaf = f"calculations_accrualline_{run.month:%Y_%m}"
    copy_rows(leaf, LINE_COLUMNS, written.lines)
    copy_rows(leaf, FUEL_LINE_COLUMNS, written.fuel_lines)
    copy_rows(Withheld._meta.db_table, WITHHELD_COLUMNS, written.withheld)
    copy_rows(UnappliedRecalculation._meta.db_table, UNAPPLIED_COLUMNS, written.unapplied)
    if rights:
        _require_existing(run, leaf, ids)
    return len(rights)


def _accrual_ids(count: int) -> list[int]:
    """Take ids one by one, ascending: a block would hold up the runs of other districts until this chunk commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('calculations_accrual', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _settle(found: BilledService | NotCounted, written: Written, month: dt.date, parameters: Parameters) -> None:
    if isinstance(found, NotCounted):
        written.withhold(found.bills, found.reason, found.text)
        return
    try:
        results = [(line, calculate_line(month, line.inputs, parameters)) for line in found.lines]
    except LineFault as fault:
        written.withhold(found.bills, *reason_of_fault(fault))
        return
    for line, result in results:
        written.add_line(found, line, result, to_stored(line.inputs, parameters))


def _require_existing(run: CalculationRun, leaf: str, accrual_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_POINTS_NOWHERE.format(leaf=leaf), [run.pk, accrual_ids[0], accrual_ids[-1]])
        if cursor.fetchone() is not None:
            raise LinePointsNowhere("Строка начисления ссылается на запись справочника, которой нет.")
