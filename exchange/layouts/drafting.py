"""A layout drafted from a sample file and what a person said its columns mean; its rows as they would load."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from exchange.dbf.cells import Value
from exchange.dbf.header import Field
from exchange.layouts.exchanged import ParsedRecord, ParsedRow
from exchange.layouts.flat import parse_records
from exchange.layouts.model import Container, Kind, Layout
from exchange.layouts.names import plain_words
from exchange.layouts.recognition import open_table
from exchange.layouts.returns import parse_return
from exchange.layouts.roles import FLAGS
from exchange.layouts.suggestions import ROWS_LOOKED_AT, Slotted, known_services, slots_of
from exchange.layouts.tables.opened import Sample
from exchange.layouts.values import BadForm, read_day

_WHOLE = frozenset(
    {"row.residents", "row.living", "line.residents", "line.debt_months", "person.rooms", "person.residents"}
    | {"file.year", "file.month_number"}
)
_COUNTED = frozenset({"total_area", "heated_area", "residents", "living", "rooms", "debt_months"})
_LINE_TEXTS = frozenset({"service", "service_name", "provider_name", "account", "debt_status"})
_MASKS = ("DD.MM.YYYY", "YYYY-MM-DD", "YYYYMMDD", "DD/MM/YYYY")
MATCHING = {
    "request_id": {"person.request_id"},
    "account": {"person.account"},
    "snils": {"person.snils"},
    "name_and_birth_date": {"person.last_name", "person.first_name"},
}
_TEXT_LENGTH, _NUMBER_LENGTH, _NUMBER_DECIMALS = 200, 20, 6


def draft_layout(
    sample: Sample,
    mapping: Mapping[str, str],
    *,
    code: str,
    name: str,
    source: str,
    name_mask: str,
    services: Mapping[int, str],
    apart: Collection[str] = (),
) -> dict[str, Any]:
    """Return the definition of a layout for files like the sample; a person completes what it cannot know.

    `mapping` gives a role to columns by their names, an empty one or none to the others. `services` tells our code
    of every slot, or of slot 0 where a file bills one service. Columns whose templates are in `apart` are no slots.
    Whether the definition is a layout, `layout_from` says.
    """
    fields = sample.table.fields
    slots = slots_of([field.name for field in fields], apart=apart)
    cells = _cells(sample)
    masks = [_mask(column) for column in cells]
    usual = next((mask for mask in masks if mask), _MASKS[0])
    columns = [
        _column(field, mapping.get(field.name, ""), sample.container, mask, column, usual)
        for field, mask, column in zip(fields, masks, cells, strict=True)
    ]
    grouped = [slot for slot in slots if mapping.get(slot.name, "").startswith("line.") and slot.number]
    kind = _kind(set(mapping.values()), is_grouped=bool(grouped), is_told=bool(services))
    of_groups = {slot.name for slot in grouped}
    own = [column for column in columns if column["name"] not in of_groups]
    definition: dict[str, Any] = {
        "code": code,
        "version": 1,
        "name": name,
        "source": source,
        "partial": False,
        "direction": "request_and_return",
        "kind": kind.value,
        "container": sample.container.value,
        "encoding": "utf-8" if sample.container is Container.XLSX else sample.table.encoding,
        "name_mask": name_mask,
        "matching": [key for key, roles in MATCHING.items() if roles <= set(mapping.values())],
        "fields": own,
    }
    if grouped:
        definition["group_fields"] = list(_group_fields(columns, slots, of_groups))
    names = _service_names(fields, cells, mapping)
    if kind is not Kind.WIDE and names:
        definition["service_names"] = names
    if kind is Kind.WIDE:
        numbers = sorted({slot.number for slot in grouped})
        definition["groups"] = [{"service": services.get(number, "")} for number in numbers]
    if kind is Kind.SINGLE:
        definition["groups"] = [{"service": services.get(0, "")}]
    if sample.container is not Container.DBF:
        definition["writing"] = {
            "delimiter": sample.writing.delimiter,
            "header_row": sample.writing.header_row,
            "decimal_mark": _mark(columns, cells),
            "date_mask": usual,
        }
    return definition


def preview_rows(
    layout: Layout, origin: bytes | Path, *, limit: int = 20
) -> tuple[ParsedRow, ...] | tuple[ParsedRecord, ...]:
    """Return the first rows of a file as they would load, each with its faults.

    Raises Refused when the file would not be taken.
    """
    table = open_table(layout, origin)
    if layout.kind is Kind.FLAT:
        return tuple(islice(parse_records(layout, table), limit))
    return tuple(islice(parse_return(layout, table), limit))


def _cells(sample: Sample) -> list[list[Value]]:
    rows = [row.values for row in islice(sample.table.rows(), ROWS_LOOKED_AT)]
    return [
        [row[place] for row in rows if row[place] is not None and row[place] != ""]
        for place in range(len(sample.table.fields))
    ]


def _service_names(
    fields: Sequence[Field], cells: Sequence[Sequence[Value]], mapping: Mapping[str, str]
) -> dict[str, str]:
    """Return the names of services that stand in the sample and that a preset knows, with our codes."""
    known = known_services()
    told = {
        str(cell)
        for field, found in zip(fields, cells, strict=True)
        for cell in found
        if mapping.get(field.name) == "line.service_name"
    }
    return {name: known[plain_words(name)] for name in sorted(told) if plain_words(name) in known}


def _kind(roles: set[str], *, is_grouped: bool, is_told: bool) -> Kind:
    if is_grouped:
        return Kind.WIDE if is_told else Kind.REPEATED
    return Kind.LONG if "line.service" in roles else Kind.SINGLE


def _column(
    field: Field, role: str, container: Container, mask: str, cells: Sequence[Value], usual: str
) -> dict[str, Any]:
    kind, length, decimals = field.type, field.length, field.decimals
    if container is not Container.DBF:
        kind, length, decimals = _typed(role, mask if mask == usual else "")
        if mask and mask != usual:
            kind, length = "C", len(mask)
    if container is Container.FIXED:
        length, decimals = field.length, min(decimals, max(field.length - 2, 0))
        kind = "C" if kind == "D" and length != len(usual) else kind
    column: dict[str, Any] = {"name": field.name, "type": kind, "length": length}
    if decimals:
        column["decimals"] = decimals
    column["filled_by"] = "sz" if role.startswith("person.") else "provider"
    column["role"] = role
    form = _form(role, kind, mask, cells)
    if form:
        column["form"] = form
    if not role:
        column["required"] = False
    return column


def _typed(role: str, mask: str) -> tuple[str, int, int]:
    """Return the type, length and decimals of a column whose file does not tell them."""
    subject, _, attribute = role.partition(".")
    if role in FLAGS:
        return "C", _TEXT_LENGTH, 0
    if role == "person.birth_date" or (role and mask):
        return "D", 8, 0
    if attribute in _COUNTED or (subject == "line" and attribute not in _LINE_TEXTS):
        return "N", _NUMBER_LENGTH, _NUMBER_DECIMALS
    return "C", _TEXT_LENGTH, 0


def _form(role: str, kind: str, mask: str, cells: Sequence[Value]) -> str:
    if role == "person.snils" and kind == "C":
        return "snils"
    if role in _WHOLE:
        return "integer"
    if role in ("line.service", "person.request_id") and kind in "NF":
        return "code"
    if role == "file.month" and kind == "D":
        return "month"
    if kind == "C" and mask and role:
        return f"{'month' if role == 'file.month' else 'date'}:{mask}"
    is_amount = role.startswith("line.") and role.partition(".")[2] not in _LINE_TEXTS
    if kind == "C" and is_amount:
        return "decimal:," if any("," in str(cell) for cell in cells) else "decimal:."
    return ""


def _group_fields(
    columns: Sequence[dict[str, Any]], slots: Sequence[Slotted], of_groups: set[str]
) -> Iterator[dict[str, Any]]:
    told: set[str] = set()
    for column, slot in zip(columns, slots, strict=True):
        if slot.name in of_groups and slot.template not in told:
            told.add(slot.template)
            yield {**column, "name": slot.template}


def _mask(cells: Sequence[Value]) -> str:
    """Return how the texts of a column write days; an empty text when they are none."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return next((mask for mask in _MASKS if texts and all(_is_day(text, mask) for text in texts)), "")


def _is_day(text: str, mask: str) -> bool:
    try:
        return 1900 <= read_day(text, mask).year <= 2100
    except BadForm:
        return False


def _mark(columns: Sequence[Mapping[str, Any]], cells: Sequence[Sequence[Value]]) -> str:
    numbers = [cell for column, found in zip(columns, cells, strict=True) if column["type"] == "N" for cell in found]
    texts = [str(cell) for cell in numbers if not isinstance(cell, Decimal)]
    return "," if any("," in text for text in texts) else "."
