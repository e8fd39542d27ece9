"""A table of cases calculated: a line per service and a total per case, or every fault."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from calculations.cases.lines import (
    CaseLine,
    agreement_faults,
    is_joinable,
    is_zoned,
    join,
    line_faults_by_row,
    lines_of,
    over_whole_month,
    row_faults,
    zone_faults,
)
from calculations.cases.table import COLUMNS, CellFault, read_table
from calculations.rules.line import apply_rule
from calculations.rules.parameters import Parameters
from calculations.rules.reasons import reason_of
from calculations.rules.regimes import rule_for
from calculations.rules.result import LineResult

OUTPUT_COLUMNS: Final = ("case", "service", "base", "share", "cash_equivalent", "rule", "reason")
TOTAL: Final = "total"


class FaultyTable(ValueError):
    """A table with at least one fault gives no sums at all."""

    def __init__(self, faults: Iterable[CellFault]) -> None:
        self.faults = tuple(sorted(set(faults), key=_place))
        super().__init__(f"ошибок в таблице: {len(self.faults)}")


@dataclass(frozen=True, slots=True)
class Calculated:
    """The answer as CSV text, and the columns of the question that nobody read."""

    text: str
    unused_columns: tuple[str, ...]


def calculate_table(text: str, parameters: Parameters) -> Calculated:
    """Calculate every line of a CSV table of cases. Raises FaultyTable with every fault found."""
    table = read_table(text)
    faults = list(table.faults)
    for row in table.rows:
        faults += row_faults(row, parameters)
    told = {(fault.row, fault.column) for fault in faults}
    lost = table.has_lost_rows
    lines = []
    for rows in lines_of(table.rows):
        if not is_joinable(rows, told) or (lost and is_zoned(rows)):
            continue
        line = join(rows)
        found = agreement_faults(rows) or line_faults_by_row(line, parameters) or zone_faults(line)
        faults += [fault for fault in found if (fault.row, fault.column) not in told]
        lines.append(line)
    if faults:
        raise FaultyTable(faults)
    return Calculated(text=_written(lines, parameters), unused_columns=table.unused_columns)


def _written(lines: Iterable[CaseLine], parameters: Parameters) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(OUTPUT_COLUMNS)
    cases: dict[str, list[LineResult]] = {}
    for line in lines:
        cases.setdefault(line.case, []).append(_calculated(line, parameters))
    for case, results in cases.items():
        writer.writerows(_row(case, result) for result in results)
        writer.writerow(_total(case, results))
    return output.getvalue()


def _calculated(line: CaseLine, parameters: Parameters) -> LineResult:
    """Return the result of a line with the base of the full month.

    An accrual line shows its base counted by days; here the days stand in the reason.
    """
    rule = rule_for(line.regime, line.kind)
    result = apply_rule(rule, line.inputs, parameters)
    whole = over_whole_month(line.inputs)
    if whole == line.inputs:
        return result
    month = apply_rule(rule, whole, parameters)
    reason = reason_of(
        rule, line.inputs, parameters, billed=month.billed, base=month.base, equivalent=result.cash_equivalent
    )
    return replace(result, billed=month.billed, base=month.base, reason=reason)


def _row(case: str, result: LineResult) -> tuple[str, ...]:
    reason = "" if result.reason is None else f"{result.reason.code}: {result.reason.text}"
    return (
        case,
        result.kind,
        str(result.base),
        result.share,
        str(result.cash_equivalent),
        f"{result.rule}/{result.version}",
        reason,
    )


def _total(case: str, results: Iterable[LineResult]) -> tuple[str, ...]:
    base = sum((result.base for result in results), Decimal(0))
    equivalent = sum((result.cash_equivalent for result in results), Decimal(0))
    return (case, TOTAL, str(base), "", str(equivalent), "", "")


def _place(fault: CellFault) -> tuple[int, int]:
    return fault.row, COLUMNS.index(fault.column) if fault.column in COLUMNS else -1
