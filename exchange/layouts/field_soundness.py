"""Whether one column agrees with itself and with its layout: type, width, form and role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields

from exchange.layouts.exchanged import ParsedLine, ParsedRow, RequestedPerson
from exchange.layouts.forms import form_types
from exchange.layouts.groups import SLOT
from exchange.layouts.model import Container, Kind, Layout, LayoutField
from exchange.layouts.roles import form_title, masked, role_title

_NO_ROLES = frozenset({"services", "row_no", "lines", "faults", "cells", "position"})
_TYPES: Mapping[str, Mapping[str, str]] = {
    **{
        subject: {field.name: str(field.type) for field in dataclass_fields(kind) if field.name not in _NO_ROLES}
        for subject, kind in (("person", RequestedPerson), ("row", ParsedRow), ("line", ParsedLine))
    },
    "file": {"month": "dt.date", "year": "int", "month_number": "int"},
}
_KINDS = {"str": "текст", "int": "целое число", "Decimal": "число", "dt.date": "дата", "bool": "да или нет"}
_READ_AS_FORM = {
    "integer": "int", "code": "str", "snils": "str", "decimal": "Decimal", "one_minus": "Decimal",
    "percent": "Decimal", "date": "dt.date", "month": "dt.date", "month_after": "dt.date",
}  # fmt: skip
_READ_AS_TYPE = {"C": "str", "N": "Decimal", "F": "Decimal", "D": "dt.date", "L": "bool"}
_WIDTHS = {"D": 8, "L": 1}


def about_field(layout: Layout, field: LayoutField) -> Iterator[str]:
    """Say what is wrong with one column of a layout, each time as the end of a sentence that its name begins."""
    if field.type not in tuple("CNFDL"):
        yield f"типа «{field.type}» не бывает, возможны C, N, F, D, L"
        return
    if layout.container is Container.DBF:
        yield from _about_width(field)
    if layout.container is Container.FIXED and field.type == "D" and field.length != len(layout.writing.date_mask):
        yield f"дата вида {masked(layout.writing.date_mask)} не помещается ровно в {field.length} знаков"
    types = form_types(field.form)
    if not types:
        yield f"вид значения «{form_title(field.form)}» неизвестен"
    elif field.type not in types:
        yield f"вид значения «{form_title(field.form)}» не бывает у поля типа {field.type}"
    if field.values and field.values not in layout.values:
        yield f"нет таблицы значений «{field.values}»"
    if field.part is not None and field.type != "C":
        yield "часть значения бывает только у текста"
    if field.default and field.type in "NF" and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", field.default):
        yield f"значение по умолчанию «{field.default}» — не число"
    if field.role and layout.kind is not Kind.FLAT:
        yield from _about_role(layout, field)


def _about_width(field: LayoutField) -> Iterator[str]:
    name = field.name.replace(SLOT, "1")
    if not (name.isascii() and name.isidentifier() and len(name) <= 10):
        yield "имя поля DBF — до 10 латинских букв и цифр, первая — буква"
    if field.length != _WIDTHS.get(field.type, field.length):
        yield f"ширина поля типа {field.type} — {_WIDTHS[field.type]}, а указано {field.length}"
    if field.type in "NF" and field.length > 255:
        yield f"число шириной {field.length} в DBF не поместится, наибольшая ширина — 255"
    if field.decimals and (field.type not in "NF" or field.decimals > field.length - 2):
        yield f"{field.decimals} знаков после точки не поместятся в {field.type} шириной {field.length}"


def _about_role(layout: Layout, field: LayoutField) -> Iterator[str]:
    if field.attribute not in _TYPES.get(field.subject, {}):
        yield f"смысл «{field.role}» неизвестен"
    elif field.type in form_types(field.form) and not _fits(layout, field):
        expected = _KINDS[_kind_of(field)]
        yield f"смысл «{role_title(field.role)}» — {expected}, а поле читается иначе: исправьте вид значения"
    is_of_group = field.group > 0 or field in layout.repeated
    if is_of_group and field.subject != "line":
        yield f"в группе услуги стоит поле со смыслом «{role_title(field.role)}», а там бывает только смысл услуги"
    if not is_of_group and field.subject == "line":
        yield f"смысл «{role_title(field.role)}» бывает только в группе услуги"


def _kind_of(field: LayoutField) -> str:
    """Return the type of what a role means, as its dataclass names it, without its None."""
    return _TYPES[field.subject][field.attribute].removesuffix(" | None")


def _fits(layout: Layout, field: LayoutField) -> bool:
    """Tell whether what is read of a cell is of the type that the role needs."""
    expected = _kind_of(field)
    if field.values:
        return {type(value).__name__ for value in layout.values.get(field.values, {}).values()} <= {expected}
    form = field.form.partition(":")[0]
    return (_READ_AS_FORM.get(form) or _READ_AS_TYPE[field.type]) == expected
