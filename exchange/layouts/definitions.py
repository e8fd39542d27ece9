"""Reading a layout from its definition: a preset of ours in TOML, or the same structure kept in the database."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeAlias

from exchange.dbf.writing import Version
from exchange.layouts.exchanged import ParsedLine, ParsedRow, RequestedPerson
from exchange.layouts.forms import is_known_form
from exchange.layouts.groups import numbered
from exchange.layouts.model import Direction, FilledBy, Group, Kind, Layout, LayoutField, MatchKey, Tolerances

Definition: TypeAlias = Mapping[str, Any]

PRESETS = (
    "l1_tula",
    "l3_capital_repair",
    "l2_gubkin",
    "long",
    "pension",
    "register",
    "accrual_file",
    "bank_list",
    "post_list",
    "bank_answer",
    "post_answer",
)
_ATTRIBUTES = {
    "person": frozenset(field.name for field in dataclass_fields(RequestedPerson)) - {"services"},
    "row": frozenset(field.name for field in dataclass_fields(ParsedRow)) - {"row_no", "lines", "faults", "cells"},
    "line": frozenset(field.name for field in dataclass_fields(ParsedLine)) - {"position"},
    "file": frozenset({"month", "year", "month_number"}),
}


class BadLayout(ValueError):
    """The definition is not a layout: the message says in Russian where it is wrong."""


def preset_definition(code: str) -> dict[str, Any]:
    """Return the definition of one of our presets, as it is stored in the directory of layouts."""
    text = files("exchange.layouts").joinpath("presets", f"{code}.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=len(PRESETS))
def preset(code: str) -> Layout:
    """Return one of our presets."""
    return layout_from(preset_definition(code))


def layout_from(definition: Definition) -> Layout:
    """Build the layout that a definition describes.

    Raises BadLayout when something in it is missing, unknown or contradicts itself.
    """
    try:
        layout = _layout(definition)
    except KeyError as error:
        raise BadLayout(f"В описании формата нет «{error.args[0]}».") from error
    except (TypeError, ArithmeticError) as error:
        raise BadLayout(f"Описание формата составлено неверно: {error}.") from error
    except ValueError as error:
        raise BadLayout(f"В описании формата недопустимое значение: {error}.") from error
    _check(layout)
    return layout


def _layout(definition: Definition) -> Layout:
    kind = Kind(definition["kind"])
    groups = tuple(_groups(definition, kind))
    tolerances = definition.get("tolerances", {})
    return Layout(
        code=definition["code"],
        version=definition["version"],
        name=definition["name"],
        source=definition["source"],
        partial=definition["partial"],
        completed_by_us=tuple(definition.get("completed_by_us", ())),
        direction=Direction(definition["direction"]),
        kind=kind,
        encoding=definition["encoding"],
        dbase=Version[definition.get("dbase", "dbase3").upper()],
        name_mask=definition["name_mask"],
        fields=tuple(_fields(definition, groups)),
        groups=groups,
        repeated=tuple(_repeated(definition, kind)),
        values=MappingProxyType({name: MappingProxyType(dict(one)) for name, one in _table(definition, "values")}),
        services=MappingProxyType(dict(_table(definition, "services"))),
        service_names=MappingProxyType(dict(_table(definition, "service_names"))),
        substitutions=MappingProxyType(dict(_table(definition, "substitutions"))),
        matching=tuple(MatchKey(key) for key in definition.get("matching", ())),
        debt_sign=definition.get("debt_sign", 1),
        sum_includes_adjustment=definition.get("sum_includes_adjustment", False),
        tolerances=Tolerances(
            roubles=Decimal(tolerances.get("roubles", "0.02")), area=Decimal(tolerances.get("area", "0.00"))
        ),
    )


def _table(definition: Definition, name: str) -> list[tuple[str, Any]]:
    return list(definition.get(name, {}).items())


def _groups(definition: Definition, kind: Kind) -> Iterator[Group]:
    if kind is Kind.FLAT:
        return
    if kind is Kind.REPEATED:
        yield from (Group(number, "", "", "", "") for number in range(1, definition.get("group_count", 0) + 1))
        return
    for number, one in enumerate(definition.get("groups", ({},)), start=1):
        yield Group(
            number=number,
            service=one.get("service", ""),
            title=one.get("title", ""),
            paired_with=one.get("paired_with", ""),
            paired_service=one.get("paired_service", ""),
        )


def _fields(definition: Definition, groups: tuple[Group, ...]) -> Iterator[LayoutField]:
    for one in definition["fields"]:
        yield _field(one, group=1 if one.get("role", "").startswith("line.") else 0)
    for group in groups:
        for one in definition.get("group_fields", ()):
            yield numbered(_field(one, group=0), group.number)


def _repeated(definition: Definition, kind: Kind) -> Iterator[LayoutField]:
    if kind is Kind.REPEATED and not definition.get("group_count", 0):
        yield from (_field(one, group=0) for one in definition["group_fields"])


def _field(one: Definition, *, group: int) -> LayoutField:
    part = one.get("part")
    return LayoutField(
        name=one["name"],
        type=one["type"],
        length=one["length"],
        decimals=one.get("decimals", 0),
        filled_by=FilledBy(one["filled_by"]),
        role=one.get("role", ""),
        form=one.get("form", ""),
        values=one.get("values", ""),
        part=(part[0], part[1]) if part is not None else None,
        required=one.get("required", True),
        blank=one.get("blank", True),
        default=one.get("default", ""),
        group=group,
    )


def _check(layout: Layout) -> None:
    names = [field.name.upper() for field in layout.fields]
    if len(set(names)) != len(names):
        raise BadLayout("Имена полей в формате повторяются.")
    if layout.debt_sign not in (1, -1):
        raise BadLayout("Знак долга — 1 или -1.")
    for field in (*layout.fields, *layout.repeated):
        _check_field(layout, field)


def _check_field(layout: Layout, field: LayoutField) -> None:
    if not is_known_form(field.form):
        raise BadLayout(f"Поле {field.name}: форма «{field.form}» неизвестна.")
    if field.values and field.values not in layout.values:
        raise BadLayout(f"Поле {field.name}: нет таблицы значений «{field.values}».")
    if not field.role or layout.kind is Kind.FLAT:
        return
    if field.attribute not in _ATTRIBUTES.get(field.subject, frozenset()):
        raise BadLayout(f"Поле {field.name}: смысл «{field.role}» неизвестен.")
