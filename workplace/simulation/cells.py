"""Single cells of a written table, spoiled or overwritten byte by byte, as no program of ours would write them."""

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.layouts.model import Kind, Layout, LayoutField

HEADER_LENGTH_AT = 8
SMUDGE = b"?"


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in a column of a row instead of what was written; `row` is physical."""

    row: int
    field: LayoutField
    value: bytes


def smudged(field: LayoutField) -> bytes:
    """Return a cell that nobody can read."""
    return SMUDGE * field.length


def padded(field: LayoutField, text: str, encoding: str) -> bytes:
    """Return a text as the cell holds it: cut to its width, filled with blanks."""
    return text[: field.length].encode(encoding).ljust(field.length)


def field_of(layout: Layout, role: str, service: str = "") -> LayoutField | None:
    """Return the first column of a role, in the columns of a service where its layout has them apart."""
    by_service = {group.number for group in layout.groups if group.service == service}
    apart = service and layout.kind is Kind.WIDE
    return next(
        (one for one in layout.fields if one.role == role and (not apart or one.group in by_service)),
        None,
    )


def edited(content: bytes, layout: Layout, edits: Iterable[Edit]) -> bytes:
    """Return a table with some cells of it overwritten."""
    table = bytearray(content)
    header = int.from_bytes(content[HEADER_LENGTH_AT : HEADER_LENGTH_AT + 2], "little")
    starts: dict[str, int] = {}
    offset = 1
    for column in layout.fields:
        starts[column.name] = offset
        offset += column.length
    for edit in edits:
        start = header + (edit.row - 1) * layout.record_length + starts[edit.field.name]
        table[start : start + edit.field.length] = edit.value
    return bytes(table)
