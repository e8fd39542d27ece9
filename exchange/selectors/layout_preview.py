"""The first rows of a sample as a layout would load them, with what is wrong beside each value."""

from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from pathlib import Path

from exchange.layouts.drafting import preview_rows
from exchange.layouts.exchanged import ParsedLine, ParsedRecord, ParsedRow, RowFault
from exchange.layouts.forms import Attribute
from exchange.layouts.model import Kind, Layout
from exchange.layouts.roles import LINE, role_title
from exchange.selectors.file_content import shown_cell

ROWS_SHOWN = 20
_AMOUNTS = ("billed", "tariff", "quantity", "norm", "adjustment", "debt", "paid", "benefit", "residents")
_READ = frozenset(field.name for field in dataclass_fields(ParsedRow))
_OF_US = frozenset({"total_area", "heated_area", "residents"})
"""What the person's columns say of the dwelling is our own and not read back."""


@dataclass(frozen=True, slots=True)
class CellShown:
    """A value as it would load, and what is wrong with its cell."""

    text: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineShown:
    """A service of a row as it would load: its name, its figures in words, what is wrong with its cells."""

    service: str
    facts: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as it would load; `faults` are those that no cell shown bears."""

    number: int
    cells: tuple[CellShown, ...]
    lines: tuple[LineShown, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of the sample by the draft; `refusal` where the file would not be taken at all."""

    heads: tuple[str, ...] = ()
    rows: tuple[RowShown, ...] = ()
    has_lines: bool = False
    refusal: str = ""

    @property
    def faulty(self) -> int:
        """Count the rows with a fault."""
        return sum(
            bool(row.faults or any(cell.faults for cell in row.cells) or any(line.faults for line in row.lines))
            for row in self.rows
        )


def preview_of(layout: Layout, origin: bytes | Path, /, *, services: dict[str, str]) -> Preview:
    """Read the first rows by the layout; `services` are our names by code.

    Raises Refused when the file would not be taken.
    """
    rows = preview_rows(layout, origin, limit=ROWS_SHOWN)
    columns: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for field in layout.fields:
        name = _attribute(layout, field.role, field.group)
        if name:
            columns.setdefault(name, []).append(field.name.upper())
            titles.setdefault(name, role_title(field.role))
    shown = tuple(_row(row, columns, services) for row in rows)
    return Preview(tuple(titles.values()), shown, any(row.lines for row in shown))


def _attribute(layout: Layout, role: str, group: int) -> str:
    """Return what a column of the row is read into; an empty text where it is not read at all."""
    if not role or group:
        return ""
    if layout.kind is Kind.FLAT:
        return role
    subject, _, attribute = role.partition(".")
    is_ours = subject == "person" and attribute in _OF_US
    return attribute if attribute in _READ and not is_ours else ""


def _row(row: ParsedRow | ParsedRecord, columns: dict[str, list[str]], services: dict[str, str]) -> RowShown:
    by_field: dict[str, list[RowFault]] = {}
    for fault in row.faults:
        by_field.setdefault(fault.field.upper(), []).append(fault)
    cells = []
    for attribute, names in columns.items():
        value = row.values.get(attribute) if isinstance(row, ParsedRecord) else getattr(row, attribute)
        faults = [fault for name in names for fault in by_field.pop(name, [])]
        cells.append(CellShown(_shown(value), tuple(_sentence(fault) for fault in faults)))
    left = [fault for faults in by_field.values() for fault in faults]
    lines = row.lines if isinstance(row, ParsedRow) else ()
    of_lines = {line.position for line in lines}
    return RowShown(
        row.row_no,
        tuple(cells),
        tuple(_line(line, [fault for fault in left if fault.position == line.position], services) for line in lines),
        tuple(_sentence(fault) for fault in left if fault.position not in of_lines),
    )


def _line(line: ParsedLine, faults: list[RowFault], services: dict[str, str]) -> LineShown:
    facts = [
        f"{LINE[f'line.{name}']} {_shown(getattr(line, name))}" for name in _AMOUNTS if getattr(line, name) is not None
    ]
    name = services.get(line.service) or line.service_name or "услуга не выбрана"
    return LineShown(name, ", ".join(facts), tuple(_sentence(fault) for fault in faults))


def _sentence(fault: RowFault) -> str:
    return f"{fault.field}: {fault.text}" if fault.field else fault.text


def _shown(value: Attribute) -> str:
    return shown_cell(Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value)
