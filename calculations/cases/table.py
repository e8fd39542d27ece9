"""A table of cases as typed rows, and everything in it that cannot be read."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from calculations.cases.cells import (
    UnreadableCell,
    one_of,
    read_amount,
    read_count,
    read_flag,
    read_month,
    read_name,
)
from calculations.rules.inputs import BilledPart, Facts, LineInputs, Period
from calculations.rules.kinds import APPLIED_FOR, Group, Holder, ServiceKind, Stock, Zone, line_kind, zone_of
from calculations.rules.regimes import Regime, regime_of
from calculations.rules.terms import days_of

Value = TypeVar("Value")

REQUIRED_COLUMNS: Final = (
    "case", "month", "holder", "group", "residents", "entitled", "stock", "area",
    "service", "metered", "quantity", "tariff", "norm", "billed", "days",
)  # fmt: skip
COLUMNS: Final = (*REQUIRED_COLUMNS, "regime")

_ANY_MONTH: Final = dt.date(2016, 1, 1)


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell; the heading is row 1. `column` is empty for the whole row."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row: a service, or one zone of electricity, of a case in one period.

    Where a cell of an `unread` column should be stands a harmless value.
    """

    number: int
    case: str
    month: dt.date
    regime: Regime
    service: ServiceKind
    period: Period
    unread: frozenset[str]

    @property
    def kind(self) -> ServiceKind:
        return line_kind(self.service)

    @property
    def inputs(self) -> LineInputs:
        return LineInputs(kind=self.kind, periods=(self.period,))


@dataclass(frozen=True, slots=True)
class CaseTable:
    """All rows with as many cells as the heading, what could not be read, columns nobody reads."""

    rows: tuple[CaseRow, ...]
    faults: tuple[CellFault, ...]
    unused_columns: tuple[str, ...]

    @property
    def has_lost_rows(self) -> bool:
        """Tell whether a row cannot be put to its case and service, so that some line lacks it."""
        placed = {row.number for row in self.rows if not row.unread & {"case", "service"}}
        return any(fault.row not in placed for fault in self.faults)


def read_table(text: str) -> CaseTable:
    """Read a CSV table of cases to its end, whatever is wrong in it."""
    records = _records(text)
    heading = next(records, (1, []))[1]
    faults = list(_heading_faults(heading))
    rows = []
    for number, cells in records if not faults else ():
        if len(cells) != len(heading):
            missing = heading[len(cells)] if len(cells) < len(heading) else ""
            faults.append(CellFault(number, missing, f"ячеек {len(cells)}, а столбцов {len(heading)}"))
            continue
        reader = _RowReader(dict(zip(heading, cells, strict=True)), number)
        rows.append(reader.row())
        faults += reader.faults
    if not rows and not faults:
        faults.append(CellFault(1, "", "под заголовком нет ни одной строки"))
    return CaseTable(
        rows=tuple(rows), faults=tuple(faults), unused_columns=tuple(name for name in heading if name not in COLUMNS)
    )


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for cells in reader:
        if cells:
            yield reader.line_num, [cell.strip() for cell in cells]


def _heading_faults(heading: list[str]) -> Iterator[CellFault]:
    for name in REQUIRED_COLUMNS:
        if name not in heading:
            yield CellFault(1, name, "такого столбца нет")
    for name in COLUMNS:
        if heading.count(name) > 1:
            yield CellFault(1, name, "столбец назван дважды")


class _RowReader:
    """Reads the cells of one row, keeping what could not be read."""

    def __init__(self, cells: Mapping[str, str], number: int) -> None:
        self._cells = cells
        self._number = number
        self.faults: list[CellFault] = []

    def row(self) -> CaseRow:
        month = self._read("month", read_month, _ANY_MONTH)
        service = self._read("service", one_of(ServiceKind, but=APPLIED_FOR), ServiceKind.WASTE)
        return CaseRow(
            case=self._read("case", read_name, ""),
            number=self._number,
            month=month,
            regime=self._read_given("regime", one_of(Regime)) or regime_of(month),
            service=service,
            period=self._period(zone_of(service), days_of(month)),
            unread=frozenset(fault.column for fault in self.faults),
        )

    def _period(self, zone: Zone, days_in_month: int) -> Period:
        days = self._read_given("days", read_count)
        return Period(
            parts=(self._part(zone),),
            facts=Facts(
                holder=self._read("holder", one_of(Holder), Holder.ADULT),
                group=self._read("group", one_of(Group), Group.FIRST),
                stock=self._read("stock", one_of(Stock), Stock.STATE),
            ),
            entitled=self._read("entitled", read_count, 1),
            residents=self._read("residents", read_count, 0),
            days=days_in_month if days is None else days,
            days_in_month=days_in_month,
            norm=self._read_given("norm", read_amount),
            area=self._read_given("area", read_amount),
        )

    def _part(self, zone: Zone) -> BilledPart:
        return BilledPart(
            billed=self._read("billed", read_amount, Decimal(0)),
            quantity=self._read_given("quantity", read_amount),
            tariff=self._read_given("tariff", read_amount),
            metered=self._read("metered", read_flag, False),
            zone=zone,
        )

    def _read(self, column: str, read: Callable[[str], Value], harmless: Value) -> Value:
        try:
            return read(self._cells[column])
        except UnreadableCell as fault:
            self.faults.append(CellFault(self._number, column, str(fault)))
            return harmless

    def _read_given(self, column: str, read: Callable[[str], Value]) -> Value | None:
        return self._read(column, read, None) if self._cells.get(column) else None
