"""Filling a request file as a provider does; the demo's simulated providers answer with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from exchange.dbf.putting import Writable
from exchange.dbf.writing import Unwritable
from exchange.layouts.exchanged import ParsedLine, RequestedPerson, ReturnedAnswer, ReturnedRow
from exchange.layouts.forms import Attribute, ToCell, to_cell
from exchange.layouts.groups import with_groups
from exchange.layouts.model import FilledBy, Group, Kind, Layout, LayoutField
from exchange.layouts.readable import Readable
from exchange.layouts.requests import RequestWriter, file_fact, write_cells
from exchange.layouts.values import BadForm

FROM_PROVIDER = frozenset({FilledBy.PROVIDER, FilledBy.BOTH})


class NoPlace(ValueError):
    """The layout has no place for a line: an unknown service, or a second line of one service in a row."""


def fill_return(layout: Layout, request: Readable, rows: Sequence[ReturnedRow], *, month: dt.date) -> bytes:
    """Return the request table with the provider's columns filled, its rows being `rows` in their order.

    A row number that is left out is dropped, one that stands twice is duplicated, a row with a person is one
    that was not asked about. Without an answer the provider's columns stay blank. The recalculation goes into
    the sum where the layout says so. Where the file tells how many groups a row has, there is one for each service
    of the answers, in the order of their codes.

    Raises NoPlace, or Unwritable when a value does not fit.
    """
    layout = _with_room(layout, rows)
    asked = {row.number: list(row.values) for row in request.rows()}
    places = [_place_in(request, field) for field in layout.fields]
    filler = _Filler(layout, month=month)
    cells = []
    for number, row in enumerate(rows, start=1):
        try:
            if row.person is not None:
                written: list[Writable] = filler.row_about(row.person)
            else:
                values = asked[_number(row)]
                written = [None if at is None else values[at] for at in places]
            if row.answer is not None:
                filler.fill(written, row.answer)
        except BadForm as fault:
            raise Unwritable(number, "", fault.code, fault.text) from fault
        cells.append(written)
    return write_cells(layout, cells)


def _with_room(layout: Layout, rows: Sequence[ReturnedRow]) -> Layout:
    if not layout.repeated:
        return layout
    services = sorted({line.service for row in rows if row.answer is not None for line in row.answer.lines})
    return with_groups(layout, [Group(number, code, "", "", "") for number, code in enumerate(services, start=1)])


def _place_in(request: Readable, field: LayoutField) -> int | None:
    names = [column.name.upper() for column in request.fields]
    return names.index(field.name.upper()) if field.name.upper() in names else None


def _number(row: ReturnedRow) -> int:
    if row.row_no is None:
        raise NoPlace("У строки нет ни номера в запросе, ни человека.")
    return row.row_no


class _Filler:
    """Puts answers into rows of cells; the columns of a layout are prepared once."""

    def __init__(self, layout: Layout, *, month: dt.date) -> None:
        self.layout = layout
        self._month = month
        self._writer = RequestWriter(layout, month=month)
        self._columns: list[tuple[int, LayoutField, ToCell]] = [
            (index, field, to_cell(field, layout.values.get(field.values)))
            for index, field in enumerate(layout.fields)
            if field.filled_by in FROM_PROVIDER and field.role
        ]
        self._codes: Mapping[str, str] = {ours: theirs for theirs, ours in layout.services.items()}
        self._names: Mapping[str, str] = {ours: name for name, ours in [*layout.service_names.items()][::-1]}

    def row_about(self, person: RequestedPerson) -> list[Writable]:
        rows = list(self._writer.rows_of(person))
        if len(rows) != 1:
            raise NoPlace("О постороннем человеке пишется ровно одна строка: укажите одну услугу.")
        return rows[0][0]

    def fill(self, cells: list[Writable], answer: ReturnedAnswer) -> None:
        by_group = self._placed(answer.lines)
        for index, field, write in self._columns:
            match field.subject:
                case "row":
                    value = self._of_row(field, answer)
                case "file":
                    value = file_fact(field, self._month)
                case "line" if field.group in by_group:
                    value = self._of_line(field, by_group[field.group])
                case "person" if field.attribute == "account" and answer.account:
                    value = answer.account
                case _:
                    continue
            cells[index] = write(value)

    def _placed(self, lines: Sequence[ParsedLine]) -> dict[int, ParsedLine]:
        placed: dict[int, ParsedLine] = {}
        for line in lines:
            group = next((one for one in self.layout.groups if self._takes(one, line.service)), None)
            if group is None:
                raise NoPlace(f"В формате «{self.layout.name}» нет места для услуги {line.service}.")
            if group.number in placed:
                raise NoPlace(f"Услуга {line.service} стоит в строке дважды.")
            placed[group.number] = line
        return placed

    def _takes(self, group: Group, service: str) -> bool:
        if self.layout.kind is Kind.LONG:
            return True
        is_named = self.layout.kind is not Kind.REPEATED or self.layout.carries(service)
        return is_named and service in (group.service, group.paired_service) and service != ""

    def _of_row(self, field: LayoutField, answer: ReturnedAnswer) -> Attribute:
        facts: dict[str, Attribute] = {
            "residents": answer.residents,
            "living": answer.living,
            "total_area": answer.total_area,
            "heated_area": answer.total_area,
            "matched": answer.matched,
            "account_changed": bool(answer.account),
            "no_consumption": bool(answer.lines) and all(line.quantity == 0 for line in answer.lines),
        }
        return facts.get(field.attribute)

    def _of_line(self, field: LayoutField, line: ParsedLine) -> Attribute:
        value: Attribute = getattr(line, field.attribute)
        if field.attribute == "service":
            return self._codes.get(line.service, None if self._names else line.service)
        if field.attribute == "billed" and self.layout.sum_includes_adjustment and line.billed is not None:
            return line.billed + (line.adjustment or 0)
        if field.attribute in ("debt", "agreed_debt") and isinstance(value, Decimal):
            return value * self.layout.debt_sign
        if field.attribute == "service_name" and not value:
            return self.layout.groups[field.group - 1].title or self._names.get(line.service, "")
        return value
