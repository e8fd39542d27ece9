"""The rows of one chunk of a run as they grow, in the order of their columns (3.12.1 а)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from calculations.inputs.billing import BilledService, RightLine
from calculations.inputs.facts import Bill, RecipientRows, Told
from calculations.inputs.fuel import DuePart
from calculations.models import CalculationRun, UnappliedRecalculation, Withheld
from calculations.rules.regimes import regime_of
from calculations.rules.result import LineResult
from calculations.services.differences import Difference

ACCRUAL_COLUMNS: Final = (
    "id", "run_id", "office_id", "month", "recipient_id", "entitlement_id", "billed", "accrued", "lines",
    "carried_in", "carried_out",
)  # fmt: skip
LINE_COLUMNS: Final = (
    "month", "office_id", "run_id", "accrual_id", "recipient_id", "service_id", "account_id", "charge_id", "charge_ids",
    "tariff_id", "norm_id", "billed", "base", "share", "accrued", "rule", "rule_version", "regime", "inputs", "reason",
    "corrects", "corrects_month",
)  # fmt: skip
FUEL_LINE_COLUMNS: Final = (
    "month", "office_id", "run_id", "accrual_id", "recipient_id", "service_id", "charge_ids", "fuel_part_id", "billed",
    "base", "share", "accrued", "rule", "rule_version", "regime", "inputs", "reason",
)  # fmt: skip
WITHHELD_COLUMNS: Final = ("run_id", "recipient_id", "charge_id", "month", "billed", "reason", "text")
UNAPPLIED_COLUMNS: Final = (
    "run_id", "recipient_id", "charge_id", "month", "counts_for", "roubles", "reason", "text",
)  # fmt: skip
ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The past month a line counts for, that month's own line if there is one, and the right that bears it now."""

    month: dt.date
    line_id: int | None
    bearer: int


@dataclass(slots=True)
class Written:
    """Rows of one chunk; the sums of each right as they grow."""

    run: CalculationRun
    accrual_ids: Mapping[int, int]
    lines: list[tuple[object, ...]] = field(default_factory=list)
    fuel_lines: list[tuple[object, ...]] = field(default_factory=list)
    withheld: list[tuple[object, ...]] = field(default_factory=list)
    unapplied: list[tuple[object, ...]] = field(default_factory=list)
    billed: dict[int, Decimal] = field(default_factory=dict)
    accrued: dict[int, Decimal] = field(default_factory=dict)
    count: dict[int, int] = field(default_factory=dict)

    def add_line(
        self, service: BilledService, line: RightLine, result: LineResult, inputs: Mapping[str, object]
    ) -> None:
        """Add a line of the month itself, made of all the bills of its service."""
        first = service.bills[0]
        billed = sum((bill.billed for bill in service.bills), Decimal(0))
        self.billed[line.right_id] = self.billed.get(line.right_id, Decimal(0)) + billed
        self._add(
            line.right_id,
            (first.recipient_id, service.service, first.account_id, first.id, [bill.id for bill in service.bills]),
            (line.tariff_id, line.norm_id, billed),
            result,
            inputs,
        )

    def add_correction(self, found: Difference, corrects: Corrected) -> None:
        """Add a line that counts for a past month: the difference, made of all the charges that stand for it."""
        self._add(
            corrects.bearer,
            (found.recipient_id, found.service, found.account_id, None, list(found.charge_ids)),
            (found.tariff_id, found.norm_id, found.billed),
            found.result,
            found.inputs,
            corrects,
        )

    def add_unmonthed(
        self,
        bills: Sequence[Bill],
        service: str,
        line: RightLine,
        result: LineResult,
        roubles: Decimal,
        inputs: Mapping[str, object],
    ) -> None:
        """Add a line of a recalculation that names no month; `roubles` are the provider's, signed."""
        first = bills[0]
        self._add(
            line.right_id,
            (first.recipient_id, service, first.account_id, None, [bill.id for bill in bills]),
            (None, None, roubles),
            result,
            inputs,
        )

    def leave_unapplied(
        self,
        recipient_id: int,
        told: Told,
        counts_for: dt.date | None,
        reason: UnappliedRecalculation.Reason,
        text: str,
    ) -> None:
        """Keep why a provider's recalculation changes nothing."""
        self.unapplied.append(
            (self.run.pk, recipient_id, told.charge_id, self.run.month, counts_for, told.roubles, reason.value, text)
        )

    def add_part(self, part: DuePart, result: LineResult, inputs: Mapping[str, object]) -> None:
        """Add a month's part of fuel or gas applied for: no provider billed it."""
        run, of = self.run, part.right_id
        self.fuel_lines.append(
            (
                run.month, run.office_id, run.pk, self.accrual_ids[of], part.recipient_id, part.service, [], part.id,
                result.billed, result.base, result.share, result.cash_equivalent, result.rule, result.version,
                regime_of(part.month).value, dict(inputs), result.reason.text if result.reason else "",
            )
        )  # fmt: skip
        self.accrued[of] = self.accrued.get(of, ZERO) + result.cash_equivalent
        self.count[of] = self.count.get(of, 0) + 1

    def withhold(self, bills: Iterable[Bill], reason: Withheld.Reason, text: str) -> None:
        """Leave bills out of the run with the reason."""
        for bill in bills:
            self.withheld.append(
                (self.run.pk, bill.recipient_id, bill.id, self.run.month, bill.billed, reason.value, text)
            )

    def accruals(
        self, recipients: Iterable[RecipientRows], owed: Mapping[int, Decimal]
    ) -> Iterator[tuple[object, ...]]:
        """Give a row for every right. `owed` is what earlier months carried over, in roubles by recipient.

        It is taken back from the recipient's rights in their order, as far as their sums reach; what is left, and
        what corrections take away beyond a right's sum, is carried over again.
        """
        run = self.run
        for recipient in recipients:
            left = owed.get(recipient.id, ZERO)
            taken = {}
            for right in recipient.rights:
                taken[right.id] = min(left, max(self.accrued.get(right.id, ZERO), ZERO))
                left -= taken[right.id]
            if left and recipient.rights:
                taken[recipient.rights[0].id] += left
            for right in recipient.rights:
                rest = self.accrued.get(right.id, ZERO) - taken[right.id]
                yield (
                    self.accrual_ids[right.id], run.pk, run.office_id, run.month, recipient.id, right.id,
                    self.billed.get(right.id, ZERO), max(rest, ZERO), self.count.get(right.id, 0),
                    taken[right.id], max(-rest, ZERO),
                )  # fmt: skip

    def _add(
        self,
        of: int,
        place: tuple[object, ...],
        prices: tuple[object, ...],
        result: LineResult,
        inputs: Mapping[str, object],
        corrects: Corrected | None = None,
    ) -> None:
        run = self.run
        counts_for = run.month if corrects is None else corrects.month
        self.lines.append(
            (
                run.month, run.office_id, run.pk, self.accrual_ids[of], *place, *prices, result.base,
                result.share, result.cash_equivalent, result.rule, result.version, regime_of(counts_for).value,
                dict(inputs), result.reason.text if result.reason else "",
                corrects and corrects.line_id, corrects and corrects.month,
            )
        )  # fmt: skip
        self.accrued[of] = self.accrued.get(of, ZERO) + result.cash_equivalent
        self.count[of] = self.count.get(of, 0) + 1
