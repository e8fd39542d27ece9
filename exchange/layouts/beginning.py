"""What a draft of a layout begins with: suggestions for a sample, or what a version that is there says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from exchange.layouts.drafting import MATCHING
from exchange.layouts.groups import SLOT
from exchange.layouts.model import Container, Kind
from exchange.layouts.names import ENDINGS, plain_words
from exchange.layouts.roles import FLAGS
from exchange.layouts.suggestions import ROWS_LOOKED_AT, Suggestion, known_services, slots_of, suggest_mapping
from exchange.layouts.tables.opened import Sample
from exchange.layouts.told import PLAIN, ColumnTold, Told
from exchange.layouts.values import as_key

_PAIRS = (("1", "0"), ("Д", "Н"), ("да", "нет"), ("Y", "N"))
"""Signs that mean yes and no in the files of providers, the usual ones first."""
_FEWEST_GROUPS = 4
"""Columns that repeat fewer times and do not look like lines of services are taken for single columns."""
MOST_CALLED = 200
"""Names or codes of services that are offered to be matched with ours."""


@dataclass(frozen=True, slots=True)
class Called:
    """What a sample calls services: by the number of their group, by name and by code, in the order of the file."""

    by_number: Mapping[int, tuple[str, ...]]
    names: tuple[str, ...]
    codes: tuple[str, ...]


def begin_with_sample(sample: Sample, told: Told, /, *, ours: Collection[str]) -> Told:
    """Add to what was told what the sample suggests; nothing that was told is replaced.

    A code of the sample that is one of `ours` is taken for it.
    """
    suggested = suggest_mapping(sample.table)
    apart = tuple(
        sorted({*told.apart, *(_told_apart(suggested, told) if told.columns else _single_columns(suggested))})
    )
    keys = slots_of([one.column.name for one in suggested], apart=apart)
    columns: dict[str, ColumnTold] = {}
    rows = [row.values for row in islice(sample.table.rows(), ROWS_LOOKED_AT)]
    for place, (key, one) in enumerate(zip(keys, suggested, strict=True)):
        if key.template not in columns:
            found = _suggested(one, {as_key(row[place]) for row in rows if row[place] not in (None, "")})
            columns[key.template] = told.columns.get(key.template, found)
    begun = replace(told, columns=columns, apart=apart)
    called = called_in(sample, begun)
    roles = {column.role for column in columns.values()}
    return replace(
        begun,
        name_mask=told.name_mask or f"{{district}}_{{provider}}_{{YYYY}}{{MM}}.{ENDINGS[sample.container]}",
        matching=told.matching or tuple(key for key, needed in MATCHING.items() if needed <= roles),
        is_by_number=all(len(names) <= 1 for names in called.by_number.values()),
        services={str(number): _known(names) for number, names in called.by_number.items()} | dict(told.services),
        names={name: _known((name,)) for name in called.names} | dict(told.names),
        codes={code: code if code in ours else "" for code in called.codes} | dict(told.codes),
    )


def begin_with_version(definition: Mapping[str, Any], /) -> Told:
    """Return what a version says, as if a person had told it."""
    flags = {
        name: {meaning: sign for sign, meaning in reversed(table.items())}
        for name, table in definition.get("values", {}).items()
        if set(table.values()) == {True, False}
    }
    columns = {
        column["name"]: _column(column, flags)
        for part in ("fields", "group_fields")
        for column in definition.get(part, ())
    }
    kind, writing, reply = definition["kind"], definition.get("writing", {}), definition.get("acknowledgement", {})
    first = 0 if kind == Kind.SINGLE else 1
    groups = enumerate(definition.get("groups", ()), start=first)
    return Told(
        code=definition["code"],
        name=definition["name"],
        source=definition["source"],
        name_mask=definition["name_mask"],
        direction=definition["direction"],
        container=definition["container"] if definition.get("container") == Container.FIXED else "",
        widths=_widths(definition),
        encoding=definition["encoding"],
        header_row=writing.get("header_row", 1),
        delimiter=writing.get("delimiter", ""),
        decimal_mark=writing.get("decimal_mark", ""),
        date_mask=writing.get("date_mask", ""),
        columns=columns,
        is_by_number=kind != Kind.REPEATED,
        services={str(number): group["service"] for number, group in groups},
        names=dict(definition.get("service_names", {})),
        codes=dict(definition.get("services", {})),
        matching=tuple(definition.get("matching", ())),
        debt_sign=definition.get("debt_sign", 1),
        sum_includes_adjustment=definition.get("sum_includes_adjustment", False),
        tolerances=dict(definition.get("tolerances", {})),
        reply=reply.get("reply", "none"),
        reply_name=reply.get("name_mask", ""),
        reply_text=reply.get("text", ""),
    )


def called_in(sample: Sample, told: Told, /) -> Called:
    """Return what the sample calls services in the columns that were told to call them."""
    keys = slots_of([field.name for field in sample.table.fields], apart=told.apart)
    told_of = [(key.number, told.role_of(key.template)) for key in keys]
    numbers: dict[int, dict[str, None]] = {
        number: {} for number, role in sorted(told_of) if number and role.startswith("line.")
    }
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in islice(sample.table.rows(), ROWS_LOOKED_AT * 10):
        for (number, role), cell in zip(told_of, row.values, strict=True):
            if role in ("line.service", "line.service_name") and cell not in (None, ""):
                found[role][str(cell)] = None
                if role == "line.service_name" and number in numbers:
                    numbers[number][str(cell)] = None
    return Called(
        {number: tuple(names) for number, names in numbers.items()},
        tuple(found["line.service_name"])[:MOST_CALLED],
        tuple(found["line.service"])[:MOST_CALLED],
    )


def _suggested(one: Suggestion, signs: set[str]) -> ColumnTold:
    """Return the likeliest meaning of a column; a flag with the pair of signs that stands in it."""
    role = one.best.role if one.best else ""
    if role not in FLAGS or one.column.type == "L":
        return ColumnTold(role, is_required=bool(role))
    pair = next((pair for pair in _PAIRS if signs <= set(pair)), ("", ""))
    return ColumnTold(role, yes=pair[0], no=pair[1])


def _widths(definition: Mapping[str, Any]) -> str:
    """Return the columns of a text of fixed width as a person tells them."""
    if definition.get("container") != Container.FIXED:
        return ""
    return "\n".join(f"{column['name']} {column['length']}" for column in definition["fields"])


def _column(column: Mapping[str, Any], flags: Mapping[str, Mapping[bool, str]]) -> ColumnTold:
    signs = flags.get(column.get("values", ""), {})
    role = column.get("role", "")
    return ColumnTold(
        role=role,
        form=column.get("form", "") or (PLAIN if role else ""),
        yes=signs.get(True, ""),
        no=signs.get(False, ""),
        is_required=column.get("required", True),
    )


def _told_apart(suggested: Sequence[Suggestion], told: Told) -> Iterator[str]:
    """Give the templates of columns that were told one by one."""
    for key in slots_of([one.column.name for one in suggested]):
        if key.number and key.name in told.columns:
            yield key.template


def _single_columns(suggested: Sequence[Suggestion]) -> Iterator[str]:
    """Give the templates of columns that repeat a few times and are not likely to be lines of services."""
    keys = slots_of([one.column.name for one in suggested])
    repeated: dict[str, list[Suggestion]] = defaultdict(list)
    for key, one in zip(keys, suggested, strict=True):
        if SLOT in key.template and key.number:
            repeated[key.template].append(one)
    for template, members in repeated.items():
        is_line = any(one.best and one.best.role.startswith("line.") for one in members)
        if len(members) < _FEWEST_GROUPS and not is_line:
            yield template


def _known(names: Sequence[str]) -> str:
    """Return our code where one name is known alone; an empty text otherwise."""
    known = known_services()
    found = {known.get(plain_words(name), "") for name in names}
    return found.pop() if len(found) == 1 else ""
