"""Reading filled files: rows with their keys, lines per service, and what in them is not as promised (3.9)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from exchange.dbf.cells import Value
from exchange.dbf.inspection import Json, as_json
from exchange.dbf.reading import Row
from exchange.layouts.exchanged import ParsedLine, ParsedRow, RowFault
from exchange.layouts.forms import Attribute, FromCell, from_cell
from exchange.layouts.groups import fitted_to
from exchange.layouts.model import FilledBy, Group, Kind, Layout, LayoutField
from exchange.layouts.names import plain_words
from exchange.layouts.readable import Readable
from exchange.layouts.recognition import check_structure
from exchange.layouts.values import BadForm, is_blank

MOST_RESIDENTS = 999
_NOT_ECHOED = frozenset({"rooms", "total_area", "heated_area", "residents", "right_from", "right_to", "services"})
_MONTH_FACTS = frozenset({"month", "year", "month_number"})
_ROUBLES_OF_DEBT = ("debt", "agreed_debt")


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    field: LayoutField
    attribute: str
    read: FromCell


@dataclass(frozen=True, slots=True)
class _Slot:
    """The columns of one group: `told` are the provider's, of `answering` a filled one is an answer, zero or not."""

    group: Group
    columns: tuple[_Column, ...]
    places: tuple[int, ...]
    told: tuple[int, ...]
    answering: tuple[int, ...]
    names: frozenset[str]

    def cells_of(self, values: Sequence[Value]) -> Iterable[Value]:
        return map(values.__getitem__, self.places)


class _Services:
    """Our codes by what a line calls its service: the provider's code first, then its name."""

    def __init__(self, layout: Layout) -> None:
        self._by_code = layout.services
        self._by_name = {plain_words(name): service for name, service in layout.service_names.items()}

    def our_code(self, group: Group, code: str, name: str, faults: list[RowFault]) -> str:
        """Return our code; an unknown service is an empty one and a fault."""
        if code in self._by_code:
            return self._by_code[code]
        if plain_words(name) in self._by_name:
            return self._by_name[plain_words(name)]
        if not self._by_code and not self._by_name:
            return code
        text = f"Код услуги «{code}» в формате файла не описан."
        if not code:
            text = f"Услуга «{name}» в формате файла не описана."
        faults.append(RowFault("", "unknown_service", text, code or name, group.number))
        return ""


def parse_return(layout: Layout, table: Readable) -> Iterator[ParsedRow]:
    """Give the live rows of a returned table in their physical order.

    A blank cell is None or an empty text. A cell that is not what the layout promises is None too, and a fault
    of its row; so is a line of an unknown service.

    Raises Refused, at once, when the table does not follow the layout.
    """
    layout = fitted_to(layout, table)
    check_structure(layout, table)
    return _parse(layout, table)


def received_cells(table: Readable, row: ParsedRow) -> dict[str, Json]:
    """Return the filled cells of a row as they were received, for keeping beside what was understood."""
    return {
        field.name: as_json(cell)
        for field, cell in zip(table.fields, row.cells, strict=True)
        if cell is not None and cell != ""
    }


def _parse(layout: Layout, table: Readable) -> Iterator[ParsedRow]:
    columns = _columns(layout, table)
    of_row = [column for column in columns if column.field.group == 0]
    slots = [_slot(layout, group, columns) for group in layout.groups]
    services = _Services(layout)
    groups = {group.number: group for group in layout.groups}
    positions = {field.name.upper(): field.group for field in layout.fields}
    for row in table.rows():
        faults = [
            RowFault(fault.field, fault.code, fault.text, fault.raw, positions.get(fault.field.upper(), 0))
            for fault in row.faults
        ]
        facts = _facts(of_row, row, faults)
        month = _month(facts, faults)
        lines = [_line(layout, slot, row, services, faults) for slot in slots if _says_something(slot, row)]
        _take_residents(facts, lines, faults)
        _hold_residents(facts, faults)
        yield ParsedRow(
            row_no=row.number,
            month=month,
            **{name: value for name, value in facts.items() if name not in _MONTH_FACTS},
            lines=tuple(_paired(groups, lines)),
            faults=tuple(faults),
            cells=row.values,
        )


def _slot(layout: Layout, group: Group, columns: list[_Column]) -> _Slot:
    members = tuple(column for column in columns if column.field.group == group.number)
    told = tuple(one.index for one in members if one.field.filled_by is FilledBy.PROVIDER)
    billed = tuple(one.index for one in members if one.field.role == "line.billed")
    names = frozenset(one.field.name.upper() for one in members)
    is_slot = layout.kind in (Kind.WIDE, Kind.REPEATED)
    return _Slot(group, members, tuple(one.index for one in members), told, () if is_slot else billed, names)


def _columns(layout: Layout, table: Readable) -> list[_Column]:
    places = {field.name.upper(): index for index, field in enumerate(table.fields)}
    found = []
    for field in layout.fields:
        index = places.get(field.name.upper())
        echoed = field.subject != "person" or field.attribute not in _NOT_ECHOED
        if field.role and index is not None and echoed:
            found.append(_Column(index, field, field.attribute, from_cell(field, layout.values.get(field.values))))
    return found


def _read(column: _Column, cell: Value, faults: list[RowFault]) -> Attribute:
    try:
        return column.read(cell)
    except BadForm as fault:
        field = column.field
        faults.append(RowFault(field.name, fault.code, fault.text, str(as_json(cell)), field.group))
        return None


def _facts(columns: list[_Column], row: Row, faults: list[RowFault]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    parts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for column in columns:
        value = _read(column, row.values[column.index], faults)
        field = column.field
        if field.part is not None:
            start, end = field.part
            parts[column.attribute].append((start, str(value or "").ljust(end - start)))
        elif value is not None:
            facts[column.attribute] = value
    for attribute, pieces in parts.items():
        whole = "".join(text for _, text in sorted(pieces))
        facts[attribute] = whole if whole.strip() else ""
    return facts


def _month(facts: Mapping[str, Any], faults: list[RowFault]) -> dt.date | None:
    if "month" in facts:
        month: dt.date = facts["month"]
        return month
    if "year" not in facts or "month_number" not in facts:
        return None
    try:
        return dt.date(facts["year"], facts["month_number"], 1)
    except (ValueError, OverflowError):
        text = f"Месяца {facts['month_number']} года {facts['year']} не бывает."
        faults.append(RowFault("", "bad_month", text, f"{facts['year']}-{facts['month_number']}"))
        return None


def _says_something(slot: _Slot, row: Row) -> bool:
    """Tell whether the provider said anything of this service.

    Blanks, zeros and «no» alone say nothing where a row has many slots: programs fill unused ones with them. Elsewhere a sum of zero is an
    answer. A cell that could not be read does say something.
    """
    values = row.values
    if any(map(values.__getitem__, slot.told)):
        return True
    if any(values[index] is not None for index in slot.answering):
        return True
    return bool(row.faults) and any(fault.field.upper() in slot.names for fault in row.faults)


def _line(layout: Layout, slot: _Slot, row: Row, services: _Services, faults: list[RowFault]) -> ParsedLine:
    facts: dict[str, Any] = {}
    for column, cell in zip(slot.columns, slot.cells_of(row.values), strict=True):
        if cell or not is_blank(cell):
            value = _read(column, cell, faults)
            if value or not is_blank(value):
                facts[column.attribute] = value
    if layout.debt_sign < 0:
        facts.update({name: -facts[name] for name in _ROUBLES_OF_DEBT if name in facts})
    code = str(facts.pop("service", ""))
    facts.setdefault("service_name", slot.group.title or code)
    service = slot.group.service or services.our_code(slot.group, code, str(facts["service_name"]), faults)
    return ParsedLine(service=service, position=slot.group.number, **facts)


def _take_residents(facts: dict[str, Any], lines: list[ParsedLine], faults: list[RowFault]) -> None:
    """Take the number of registered people from the lines where the row has no column for it."""
    told = {line.residents for line in lines if line.residents is not None}
    if "residents" in facts or not told:
        return
    if len(told) == 1:
        facts["residents"] = told.pop()
        return
    shown = ", ".join(str(number) for number in sorted(told))
    faults.append(
        RowFault("", "residents_differ", f"По услугам строки разное число зарегистрированных: {shown}.", shown)
    )


def _hold_residents(facts: dict[str, Any], faults: list[RowFault]) -> None:
    """Make a number of registered people that no dwelling has a fault of its row."""
    number = facts.get("residents")
    if number is not None and not 0 <= number <= MOST_RESIDENTS:
        del facts["residents"]
        faults.append(RowFault("", "bad_number", f"Зарегистрированных {number}: столько не бывает.", str(number)))


def _paired(groups: Mapping[int, Group], lines: list[ParsedLine]) -> Iterator[ParsedLine]:
    carried = {line.service for line in lines}
    for line in lines:
        group = groups[line.position]
        is_paired = group.paired_with and group.paired_with in carried
        yield replace(line, service=group.paired_service) if is_paired else line
