"""What happened to a row, as its database triggers wrote it down."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.timezone import get_current_timezone

from offices.models import Staff

NOTHING = "—"
Names = Mapping[type[models.Model], Mapping[Any, models.Model]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column before and after, in words; `column` is its name in the model."""

    name: str
    before: str
    after: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One change of a row: when, by whom ("" where nobody was signed in), and what."""

    at: dt.datetime
    is_first: bool
    by: str
    fields: tuple[FieldChange, ...]


def is_tracked(model: type[models.Model]) -> bool:
    """Say whether the database keeps the history of this table."""
    return hasattr(model, "pgh_event_models")


def changes_of(row: models.Model) -> list[RowChange]:
    """Tell what happened to the row, the latest first; nothing for a table without history."""
    return changes_of_rows([row]).get((type(row), row.pk), [])[::-1]


def changes_of_rows(rows: Iterable[models.Model]) -> dict[tuple[type[models.Model], Any], list[RowChange]]:
    """Tell what happened to each row, the oldest first, by table and key; rows without history are left out.

    One query for each table of the rows and one for each table they refer to, however many rows there are.
    """
    keys: dict[type[models.Model], list[Any]] = defaultdict(list)
    for row in rows:
        if is_tracked(type(row)):
            keys[type(row)].append(row.pk)
    events = {model: _events(model, pks) for model, pks in keys.items()}
    names = _names(events)
    people = _people([event for found in events.values() for event in found])
    told: dict[tuple[type[models.Model], Any], list[RowChange]] = defaultdict(list)
    for model, found in events.items():
        columns = _columns(model)
        former: dict[Any, Any] = {}
        for event in found:
            before = former.get(event.pgh_obj_id)
            fields = tuple(_field_changes(before, event, columns, names))
            change = RowChange(event.pgh_created_at, before is None, people.get(_who(event), ""), fields)
            told[model, event.pgh_obj_id].append(change)
            former[event.pgh_obj_id] = event
    return dict(told)


def _events(model: type[models.Model], keys: Sequence[Any]) -> list[Any]:
    events = model.pgh_event_models["insert"].objects  # type: ignore[attr-defined]
    return list(events.filter(pgh_obj_id__in=keys).select_related("pgh_context").order_by("pgh_id"))


def _columns(model: type[models.Model]) -> list[Any]:
    fields = model.pgh_event_models["insert"]._meta.fields  # type: ignore[attr-defined]
    return [field for field in fields if not field.name.startswith("pgh_") and field.name != "id"]


def _field_changes(former: Any, event: Any, columns: Sequence[Any], names: Names) -> list[FieldChange]:
    changed = []
    for field in columns:
        before = getattr(former, field.attname) if former else None
        after = getattr(event, field.attname)
        if before != after and (former or after not in (None, "")):
            title = str(field.verbose_name)
            changed.append(FieldChange(title, _words(field, before, names), _words(field, after, names), field.name))
    return changed


def _words(field: Any, value: Any, names: Names) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return str(names[field.remote_field.model].get(value, f"№ {value}"))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(get_current_timezone()):%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(field, models.DecimalField) else str(value)


def _names(events: Mapping[type[models.Model], Sequence[Any]]) -> Names:
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for model, found in events.items():
        for field in _columns(model):
            if isinstance(field, models.ForeignKey):
                wanted[field.remote_field.model] |= {getattr(event, field.attname) for event in found} - {None}
    bulks = {
        model: model._default_manager.select_related().in_bulk(keys)  # what their names are made of comes along
        for model, keys in wanted.items()
        if keys
    }
    return defaultdict(dict, bulks)


def _who(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _people(events: Sequence[Any]) -> dict[int | None, str]:
    known = Staff.objects.in_bulk({_who(event) for event in events} - {None})
    return {pk: str(person) for pk, person in known.items()}
