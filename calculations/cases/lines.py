"""Rows of a table put together into accrual lines, and the faults that only a line shows."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from calculations.cases.table import CaseRow, CellFault
from calculations.rules.faults import Field, MoreDaysThanMonth, shape_faults
from calculations.rules.inputs import LineInputs
from calculations.rules.kinds import ZONE_TITLES, ServiceKind, Zone
from calculations.rules.line import line_faults
from calculations.rules.parameters import Parameters
from calculations.rules.regimes import Regime, rule_for
from calculations.rules.rule import denies_nobody

_CHOOSING_THE_RULE: Final = frozenset({"month", "regime", "service"})
_GIVING_THE_RIGHT: Final = frozenset({"group", "stock"})
_JOINING_ROWS: Final = frozenset(
    {
        "case",
        "month",
        "regime",
        "service",
        "holder",
        "group",
        "stock",
        "residents",
        "entitled",
        "days",
        "norm",
        "quantity",
    }
)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of one case; `rows` are the row numbers of each period's parts."""

    case: str
    kind: ServiceKind
    month: dt.date
    regime: Regime
    inputs: LineInputs
    rows: tuple[tuple[int, ...], ...]


def row_faults(row: CaseRow, parameters: Parameters) -> Iterator[CellFault]:
    """Yield what the rule of a row lacks in that row, cells already found unread left out.

    Whether a zone has use to share the norm by is seen on the line, not here.
    """
    rule = rule_for(row.regime, row.kind)
    unknown = _CHOOSING_THE_RULE if rule.denial is denies_nobody else _CHOOSING_THE_RULE | _GIVING_THE_RIGHT
    faults = shape_faults(row.inputs) if row.unread & unknown else line_faults(rule, row.inputs, parameters)
    for fault in faults:
        used_elsewhere = fault.field is Field.QUANTITY and row.period.parts[0].quantity is not None
        if fault.field not in row.unread and not used_elsewhere:
            yield CellFault(row.number, fault.field, str(fault))


def lines_of(rows: Iterable[CaseRow]) -> list[list[CaseRow]]:
    """Group rows by case and line, both in the order of their first rows."""
    lines: dict[str, dict[ServiceKind, list[CaseRow]]] = {}
    for row in rows:
        lines.setdefault(row.case, {}).setdefault(row.kind, []).append(row)
    return [line for case in lines.values() for line in case.values()]


def is_joinable(rows: Iterable[CaseRow], told: Collection[tuple[int, str]]) -> bool:
    """Tell whether the cells by which rows make a line are in order; `told` are the row and column of faults found."""
    return not any((row.number, column) in told for row in rows for column in _JOINING_ROWS)


def is_zoned(rows: Iterable[CaseRow]) -> bool:
    """Tell whether a row lost elsewhere may be a zone that this line lacks."""
    return any(row.period.parts[0].zone is not Zone.WHOLE for row in rows)


def over_whole_month(inputs: LineInputs) -> LineInputs:
    """Return a line as if the days with the right, in the same proportion, were the whole month.

    Without a single day every period weighs the same.
    """
    days = sum(period.days for period in inputs.periods)
    if not days:
        alone = [replace(period, days=1, days_in_month=len(inputs.periods)) for period in inputs.periods]
        return replace(inputs, periods=tuple(alone))
    return replace(inputs, periods=tuple(replace(period, days_in_month=days) for period in inputs.periods))


def agreement_faults(rows: list[CaseRow]) -> list[CellFault]:
    """Return rows of one line that disagree about what the line has only once."""
    first = rows[0]
    place = f"что в строке {first.number} этого же случая и услуги"
    return [
        CellFault(row.number, "month", f"не тот месяц, {place}")
        if row.month != first.month
        else CellFault(row.number, "regime", f"не тот порядок, {place}")
        for row in rows[1:]
        if (row.month, row.regime) != (first.month, first.regime)
    ]


def join(rows: list[CaseRow]) -> CaseLine:
    """Make one line of its rows: each row is a period, zones of the same days make one period."""
    periods = _periods(rows)
    first = rows[0]
    return CaseLine(
        case=first.case,
        kind=first.kind,
        month=first.month,
        regime=first.regime,
        inputs=LineInputs(
            kind=first.kind,
            periods=tuple(
                replace(parts[0].period, parts=tuple(row.period.parts[0] for row in parts)) for parts in periods
            ),
        ),
        rows=tuple(tuple(row.number for row in parts) for parts in periods),
    )


def line_faults_by_row(line: CaseLine, parameters: Parameters) -> list[CellFault]:
    """Return what makes the whole line impossible, at every row concerned."""
    return list(_line_faults_by_row(line, parameters))


def _line_faults_by_row(line: CaseLine, parameters: Parameters) -> Iterator[CellFault]:
    for fault in line_faults(rule_for(line.regime, line.kind), line.inputs, parameters):
        numbers = line.rows[fault.period]
        if isinstance(fault, MoreDaysThanMonth) and _zones_have_several_norms(line):
            yield CellFault(numbers[-1], "norm", "у зон одного периода норматив один, его повторяют в каждой строке")
            continue
        for number in numbers if fault.part is None else (numbers[fault.part],):
            yield CellFault(number, fault.field, str(fault))


def zone_faults(line: CaseLine) -> list[CellFault]:
    """Return periods that lack a zone which another period has: whole-month figures are repeated in each of them."""
    zoned = [
        (numbers[-1], {part.zone for part in period.parts})
        for numbers, period in zip(line.rows, line.inputs.periods, strict=True)
        if period.parts[0].zone is not Zone.WHOLE
    ]
    every = set().union(*(zones for _, zones in zoned))
    return [CellFault(number, "service", _lacks(every - zones)) for number, zones in zoned if zones != every]


def _lacks(zones: Collection[Zone]) -> str:
    names = ", ".join(f"«{ZONE_TITLES[zone]}»" for zone in Zone if zone in zones)
    return f"в периоде нет зоны {names}: зоны повторяют в каждом периоде с теми же жильцами, днями и нормативом"


def _zones_have_several_norms(line: CaseLine) -> bool:
    periods = line.inputs.periods
    zoned = any(part.zone is not Zone.WHOLE for period in periods for part in period.parts)
    return zoned and len({period.norm for period in periods}) > 1


def _periods(rows: list[CaseRow]) -> list[list[CaseRow]]:
    periods: list[list[CaseRow]] = []
    for row in rows:
        for period in periods:
            if _is_another_zone(row, period):
                period.append(row)
                break
        else:
            periods.append([row])
    return periods


def _is_another_zone(row: CaseRow, period: list[CaseRow]) -> bool:
    zones = {other.period.parts[0].zone for other in period}
    zone = row.period.parts[0].zone
    return zone not in zones and Zone.WHOLE not in {zone, *zones} and _household(row) == _household(period[0])


def _household(row: CaseRow) -> tuple[object, ...]:
    period = row.period
    return (period.facts, period.entitled, period.residents, period.days, period.norm)
