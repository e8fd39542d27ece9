"""Calculating a chunk of recipients and storing what came out, set by set (3.12.1 а)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db import connection

from calculations.inputs.billing import BilledService, NotCounted, RightLine, Surroundings, billed_services
from calculations.inputs.facts import Bill, RecipientRows
from calculations.models import Accrual, CalculationRun, Withheld
from calculations.rules import faults
from calculations.rules.line import calculate_line
from calculations.rules.parameters import Parameters
from calculations.rules.regimes import regime_of
from calculations.rules.result import LineResult
from calculations.rules.stored import to_stored
from offices.copying import copy_rows
from offices.refusals import Refusal

Reason = Withheld.Reason
_REASONS: Final[Mapping[type[faults.LineFault], Reason]] = {
    faults.MissingTariff: Reason.NO_TARIFF,
    faults.MissingNorm: Reason.NO_NORM,
    faults.MissingMinimumContribution: Reason.NO_NORM,
    faults.NoResidents: Reason.NO_RESIDENTS,
    faults.NobodyEntitled: Reason.NO_RESIDENTS,
    faults.MoreEntitledThanResidents: Reason.NO_RESIDENTS,
    faults.MissingArea: Reason.NO_AREA,
    faults.MissingQuantity: Reason.NO_QUANTITY,
    faults.WrongParts: Reason.WRONG_CHARGE,
    faults.WrongBilled: Reason.WRONG_CHARGE,
}
_ACCRUAL: Final = ("id", "run_id", "office_id", "month", "recipient_id", "entitlement_id", "billed", "accrued", "lines")
_LINE: Final = (
    "month", "office_id", "run_id", "accrual_id", "recipient_id", "service_id", "account_id", "charge_id", "charge_ids",
    "tariff_id", "norm_id", "billed", "base", "share", "accrued", "rule", "rule_version", "regime", "inputs", "reason",
)  # fmt: skip
_WITHHELD: Final = ("run_id", "recipient_id", "charge_id", "month", "billed", "reason", "text")
_POINTS_NOWHERE: Final = """
    SELECT line.id FROM {leaf} line
    LEFT JOIN recipients_recipient recipient ON recipient.id = line.recipient_id
    LEFT JOIN providers_service service ON service.code = line.service_id
    LEFT JOIN providers_serviceaccount account ON account.id = line.account_id
    LEFT JOIN providers_tariff tariff ON tariff.id = line.tariff_id
    LEFT JOIN providers_consumptionnorm norm ON norm.id = line.norm_id
    WHERE line.run_id = %s AND line.accrual_id BETWEEN %s AND %s
      AND (recipient.id IS NULL OR service.code IS NULL OR account.id IS NULL
           OR (line.tariff_id IS NOT NULL AND tariff.id IS NULL) OR (line.norm_id IS NOT NULL AND norm.id IS NULL))
    LIMIT 1
"""


class LinePointsNowhere(Refusal):
    """A line names a recipient, service, account, tariff or norm that is not there."""


@dataclass(slots=True)
class _Written:
    """Rows of one chunk in the order of their columns; the sums of each right as they grow."""

    run: CalculationRun
    accrual_ids: Mapping[int, int]
    lines: list[tuple[object, ...]] = field(default_factory=list)
    withheld: list[tuple[object, ...]] = field(default_factory=list)
    billed: dict[int, Decimal] = field(default_factory=dict)
    accrued: dict[int, Decimal] = field(default_factory=dict)
    count: dict[int, int] = field(default_factory=dict)

    def add_line(
        self, service: BilledService, line: RightLine, result: LineResult, inputs: Mapping[str, object]
    ) -> None:
        first = service.bills[0]
        billed = sum((bill.billed for bill in service.bills), Decimal(0))
        self.lines.append(
            (
                self.run.month, self.run.office_id, self.run.pk, self.accrual_ids[line.right_id], first.recipient_id,
                service.service, first.account_id, first.id, [bill.id for bill in service.bills],
                line.tariff_id, line.norm_id, billed, result.base, result.share, result.cash_equivalent,
                result.rule, result.version, regime_of(self.run.month).value, dict(inputs),
                result.reason.text if result.reason else "",
            )
        )  # fmt: skip
        self.billed[line.right_id] = self.billed.get(line.right_id, Decimal(0)) + billed
        self.accrued[line.right_id] = self.accrued.get(line.right_id, Decimal(0)) + result.cash_equivalent
        self.count[line.right_id] = self.count.get(line.right_id, 0) + 1

    def withhold(self, bills: Iterable[Bill], reason: Reason, text: str) -> None:
        for bill in bills:
            self.withheld.append(
                (self.run.pk, bill.recipient_id, bill.id, self.run.month, bill.billed, reason.value, text)
            )


def store_recipients(
    *, run: CalculationRun, recipients: Iterable[RecipientRows], around: Surroundings, parameters: Parameters
) -> int:
    """Calculate the recipients and store an accrual for every right, its lines, and what was withheld.

    A right without a line has an accrual of 0.00. A charge counts for every right or is withheld from all, so it is
    never both. Returns the number of rights. Raises LinePointsNowhere.
    """
    recipients = tuple(recipients)
    rights = [right for recipient in recipients for right in recipient.rights]
    ids = _accrual_ids(len(rights))
    written = _Written(run, {right.id: pk for right, pk in zip(rights, ids, strict=True)})
    for recipient in recipients:
        for found in billed_services(recipient, around):
            _settle(found, written, run.month, parameters)
    copy_rows(Accrual._meta.db_table, _ACCRUAL, _accruals(written, recipients))
    leaf = f"calculations_accrualline_{run.month:%Y_%m}"
    copy_rows(leaf, _LINE, written.lines)
    copy_rows(Withheld._meta.db_table, _WITHHELD, written.withheld)
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


def _settle(found: BilledService | NotCounted, written: _Written, month: dt.date, parameters: Parameters) -> None:
    if isinstance(found, NotCounted):
        written.withhold(found.bills, found.reason, found.text)
        return
    try:
        results = [(line, calculate_line(month, line.inputs, parameters)) for line in found.lines]
    except faults.LineFault as fault:
        written.withhold(found.bills, _reason(fault), f"{fault.sentence[:1].upper()}{fault.sentence[1:]}.")
        return
    for line, result in results:
        written.add_line(found, line, result, to_stored(line.inputs, parameters))


def _reason(fault: faults.LineFault) -> Reason:
    """Code a fault of the data; a fault of ours, as a period outside its month, is raised again."""
    if type(fault) not in _REASONS:
        raise fault
    return _REASONS[type(fault)]


def _accruals(written: _Written, recipients: Iterable[RecipientRows]) -> Iterator[tuple[object, ...]]:
    run, zero = written.run, Decimal("0.00")
    for recipient in recipients:
        for right in recipient.rights:
            yield (
                written.accrual_ids[right.id], run.pk, run.office_id, run.month, recipient.id, right.id,
                written.billed.get(right.id, zero), written.accrued.get(right.id, zero),
                written.count.get(right.id, 0),
            )  # fmt: skip


def _require_existing(run: CalculationRun, leaf: str, accrual_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_POINTS_NOWHERE.format(leaf=leaf), [run.pk, accrual_ids[0], accrual_ids[-1]])
        if cursor.fetchone() is not None:
            raise LinePointsNowhere("Строка начисления ссылается на запись справочника, которой нет.")
