"""What happened to a row, as its database triggers wrote it down."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.timezone import get_current_timezone

from offices.models import Staff

NOTHING = "—"
Names = Mapping[type[models.Model], Mapping[Any, models.Model]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column before and after, in words."""

    name: str
    before: str
    after: str


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
    if not is_tracked(type(row)):
        return []
    model = type(row).pgh_event_models["insert"]  # type: ignore[attr-defined]
    events = list(model.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("pgh_id"))
    columns = [field for field in model._meta.fields if not field.name.startswith("pgh_") and field.name != "id"]
    names, people = _names(events, columns), _people(events)
    told = [
        RowChange(
            event.pgh_created_at,
            former is None,
            people.get(_who(event), ""),
            tuple(_field_changes(former, event, columns, names)),
        )
        for former, event in zip([None, *events], events, strict=False)
    ]
    return told[::-1]


def _field_changes(former: Any, event: Any, columns: Sequence[Any], names: Names) -> list[FieldChange]:
    changed = []
    for field in columns:
        before = getattr(former, field.attname) if former else None
        after = getattr(event, field.attname)
        if before != after and (former or after not in (None, "")):
            title = str(field.verbose_name)
            changed.append(FieldChange(title, _words(field, before, names), _words(field, after, names)))
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


def _names(events: Sequence[Any], columns: Sequence[Any]) -> Names:
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for field in columns:
        if isinstance(field, models.ForeignKey):
            wanted[field.remote_field.model] |= {getattr(event, field.attname) for event in events} - {None}
    return defaultdict(dict, {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items() if keys})


def _who(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _people(events: Sequence[Any]) -> dict[int | None, str]:
    known = Staff.objects.in_bulk({_who(event) for event in events} - {None})
    return {pk: str(person) for pk, person in known.items()}
