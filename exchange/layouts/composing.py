"""The definition of a layout out of what a person told, a sample of the file and the version it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from typing import Any

from exchange.layouts.definitions import BadLayout, layout_from, preset_definition
from exchange.layouts.drafting import draft_layout
from exchange.layouts.model import Container, Direction, Kind
from exchange.layouts.roles import FLAGS
from exchange.layouts.soundness import Flaw
from exchange.layouts.suggestions import Slotted, slots_of
from exchange.layouts.tables.opened import Sample
from exchange.layouts.told import PLAIN, ColumnTold, Told

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
NOT_TOLD = "—"
"""What stands for a text that nobody has told yet, so that the rest of a draft can be judged and shown."""
_KEPT_OF_BASE = ("partial", "dbase", "substitutions", "limits")


def compose(told: Told, /, *, sample: Sample | None, base: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the definition as far as it was told; one of a sample or of a version is there to begin with."""
    is_flat = base is not None and base["kind"] == Kind.FLAT
    definition = _of_sample(told, sample, is_flat=is_flat) if sample is not None else deepcopy(dict(base or {}))
    if base is not None:
        _keep_of_base(definition, base)
    else:
        definition["substitutions"] = preset_definition("long")["substitutions"]
    _apply_columns(told, definition, base)
    _apply_services(told, definition, base)
    definition |= {
        "code": told.code or NOT_TOLD,
        "name": told.name or NOT_TOLD,
        "source": told.source or NOT_TOLD,
        "name_mask": told.name_mask or NOT_TOLD,
        "direction": told.direction,
        "matching": list(told.matching),
        "debt_sign": told.debt_sign,
        "sum_includes_adjustment": told.sum_includes_adjustment,
        "tolerances": {
            name: text.strip().replace(",", ".") for name, text in told.tolerances.items() if _is_number(text)
        },
        "acknowledgement": {"reply": told.reply, "name_mask": told.reply_name, "text": told.reply_text},
    }
    if told.encoding:
        definition["encoding"] = told.encoding
    if definition.get("container", Container.DBF) != Container.DBF:
        writing = definition.setdefault("writing", {})
        given = {"delimiter": told.delimiter, "decimal_mark": told.decimal_mark, "date_mask": told.date_mask}
        writing |= {name: text for name, text in given.items() if text}
    return definition


def flaws_in(told: Told, definition: Mapping[str, Any], /) -> list[Flaw]:
    """Return everything that keeps a draft from being a layout, each with the part of the page it belongs to."""
    flaws = list(_about_told(told, definition))
    try:
        layout_from(definition)
    except BadLayout as bad:
        flaws += bad.flaws
    return flaws


def keys_of(names: Sequence[str], /, *, apart: Sequence[str]) -> list[Slotted]:
    """Return under which name each column is told: that of its group, with {n}, or its own."""
    return slots_of(names, apart=apart)


def _of_sample(told: Told, sample: Sample, *, is_flat: bool) -> dict[str, Any]:
    slots = keys_of([field.name for field in sample.table.fields], apart=told.apart)
    mapping = {slot.name: told.role_of(slot.template) for slot in slots}
    numbers = sorted({slot.number for slot in slots if slot.number and mapping[slot.name].startswith("line.")})
    services = {number: told.services.get(str(number)) or NOT_TOLD for number in numbers} if told.is_by_number else {}
    definition = draft_layout(
        sample,
        mapping,
        code=NOT_TOLD,
        name=NOT_TOLD,
        source=NOT_TOLD,
        name_mask=NOT_TOLD,
        services=services if numbers else {0: told.services.get("0") or NOT_TOLD},
        apart=told.apart,
    )
    if is_flat:
        definition["kind"] = Kind.FLAT.value
        definition["fields"] = [column for column in definition["fields"] if column["role"]]
        definition.pop("groups", None)
    return definition


def _keep_of_base(definition: dict[str, Any], base: Mapping[str, Any]) -> None:
    """Keep what the page does not ask about as the version before had it."""
    definition |= {name: deepcopy(base[name]) for name in _KEPT_OF_BASE if name in base}
    names = {column["name"] for part in ("fields", "group_fields") for column in definition.get(part, ())}
    definition["completed_by_us"] = [
        name for name in base.get("completed_by_us", ()) if name in names or re.sub(r"[0-9]+$", "{n}", name) in names
    ]


def _apply_columns(told: Told, definition: dict[str, Any], base: Mapping[str, Any] | None) -> None:
    former = {column["name"]: column for part in ("fields", "group_fields") for column in (base or {}).get(part, ())}
    values: dict[str, Any] = deepcopy(dict((base or {}).get("values", {})))
    for part in ("fields", "group_fields"):
        for place, column in enumerate(definition.get(part, ())):
            given = told.columns.get(column["name"], ColumnTold())
            made = _with_role(column, given.role, former.get(column["name"]))
            _apply_told(made, given, values)
            definition[part][place] = made
    used = {column.get("values", "") for part in ("fields", "group_fields") for column in definition.get(part, ())}
    definition["values"] = {name: table for name, table in values.items() if name in used}
    if definition["kind"] == Kind.LONG:
        for column in definition["fields"]:
            if column.get("role") == "line.service":
                column["filled_by"] = "both"


def _with_role(column: dict[str, Any], role: str, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a column that means what was told, as the version before had it where it meant the same."""
    if before is not None and before.get("role", "") == role:
        return _as_before(column, before)
    if column.get("role", "") == role:
        return column
    return {name: value for name, value in column.items() if name not in ("form", "values", "part")} | {"role": role}


def _as_before(column: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return a column of the version before, as wide as the sample has it."""
    shape = {name: column[name] for name in ("type", "length", "decimals") if name in column}
    kept = {name: value for name, value in before.items() if name not in ("type", "length", "decimals")}
    return kept | shape


def _apply_told(column: dict[str, Any], given: ColumnTold, values: dict[str, Any]) -> None:
    if given.form:
        column["form"] = "" if given.form == PLAIN else given.form
    if given.role in FLAGS and given.yes and given.no:
        column["values"] = _flag_table(given, values)
        column.pop("form", None)
    if not given.role or not given.is_required:
        column["required"] = False
    elif "required" in column:
        del column["required"]


def _flag_table(given: ColumnTold, values: dict[str, Any]) -> str:
    """Return the name of the table in which these two signs mean yes and no; one is made where none is there."""
    wanted = {given.yes: True, given.no: False}
    for name, table in values.items():
        if table == wanted:
            return name
    name = f"flag_{len(values) + 1}"
    values[name] = wanted
    return name


def _apply_services(told: Told, definition: dict[str, Any], base: Mapping[str, Any] | None) -> None:
    kind = definition["kind"]
    if kind in (Kind.WIDE, Kind.SINGLE):
        former = list((base or {}).get("groups", ()))
        first = 1 if kind == Kind.WIDE else 0
        for place, group in enumerate(definition["groups"]):
            service = told.services.get(str(place + first)) or NOT_TOLD
            is_same = place < len(former) and former[place].get("service") == service
            definition["groups"][place] = deepcopy(former[place]) if is_same else {"service": service}
            title = group.get("title", "")
            if title and not is_same:
                definition["groups"][place]["title"] = title
    if kind in (Kind.LONG, Kind.REPEATED):
        definition["services"] = {code: ours for code, ours in told.codes.items() if ours}
        definition["service_names"] = {name: ours for name, ours in told.names.items() if ours}
    else:
        definition.pop("service_names", None)
        definition.pop("services", None)


def _about_told(told: Told, definition: Mapping[str, Any]) -> Iterator[Flaw]:
    if not CODE.fullmatch(told.code):
        yield Flaw("code", "Код формата — латинские строчные буквы, цифры и «_», первая — буква, до 40 знаков.")
    if not told.name.strip():
        yield Flaw("name", "Назовите формат так, чтобы его узнали коллеги.")
    if not told.source.strip():
        yield Flaw("source", "Укажите, откуда формат известен: соглашение, письмо, приложение.")
    if told.direction != Direction.IN and not ("{MM}" in told.name_mask and "{YY" in told.name_mask):
        yield Flaw("name_mask", "В имени файла нужны год {ГГГГ} и месяц {ММ}: по ним файлы разных месяцев различают.")
    elif not told.name_mask.strip():
        yield Flaw("name_mask", "Укажите образец имени файла.")
    if not told.valid_from:
        yield Flaw("valid_from", "Укажите, с какого дня действует версия.")
    yield from _about_groups(told, definition)
    for name, text in told.tolerances.items():
        if text.strip() and not _is_number(text):
            yield Flaw(f"tolerance:{name}", f"Допуск «{text}» — не число от нуля.")


def _about_groups(told: Told, definition: Mapping[str, Any]) -> Iterator[Flaw]:
    if definition["kind"] == Kind.SINGLE and not told.services.get("0"):
        yield Flaw("slot:0", "Выберите услугу, за которую начислено в этом файле.")
    if definition["kind"] == Kind.WIDE:
        for number in range(1, len(definition["groups"]) + 1):
            if not told.services.get(str(number)):
                yield Flaw(f"slot:{number}", f"Группа {number}: выберите услугу.")


def _is_number(text: str) -> bool:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return False
    return number.is_finite() and number >= 0
