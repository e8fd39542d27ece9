"""Files of changes (L6): who is new, whose support ended and whose data changed since the last file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from exchange.layouts.exchanged import RequestedPerson
from exchange.layouts.flat import build_records
from exchange.layouts.forms import Attribute
from exchange.layouts.model import Layout

_NOT_COMPARED = frozenset({"request_id", "services"})


class ChangeKind(StrEnum):
    """What happened to a person since the last file."""

    NEW = "new"
    ENDED = "ended"
    CHANGED = "changed"


class AskedTwice(ValueError):
    """One account of one person stands twice among those compared: which of them changed cannot be told."""


@dataclass(frozen=True, slots=True)
class Change:
    """A person to tell of; `attributes` names what differs, in the order of a person's facts."""

    kind: ChangeKind
    person: RequestedPerson
    attributes: tuple[str, ...] = ()


def changes(before: Iterable[RequestedPerson], now: Iterable[RequestedPerson], /) -> Iterator[Change]:
    """Compare what was told last with what is true now: new and changed in their order, then the ended ones.

    A person is known by СНИЛС or, without one, by name and birth date, together with the account. Which request a
    person stood in and which services were asked about is no change.

    Raises AskedTwice.
    """
    told, true = _by_key(before), _by_key(now)
    for key, person in true.items():
        if key not in told:
            yield Change(ChangeKind.NEW, person)
        elif differing := _differing(told[key], person):
            yield Change(ChangeKind.CHANGED, person, differing)
    yield from (Change(ChangeKind.ENDED, person) for key, person in told.items() if key not in true)


def build_changes(layout: Layout, found: Iterable[Change]) -> bytes:
    """Build the file of changes by a flat layout; what a person's facts do not hold stays blank.

    Raises Unwritable.
    """
    roles = {field.role for field in layout.fields}
    return build_records(layout, [_record(change, roles) for change in found])


def _record(change: Change, roles: set[str]) -> Mapping[str, Attribute]:
    facts = {field.name: getattr(change.person, field.name) for field in fields(change.person)}
    return {name: value for name, value in {**facts, "change": change.kind.value}.items() if name in roles}


def _by_key(persons: Iterable[RequestedPerson]) -> dict[tuple[object, ...], RequestedPerson]:
    found: dict[tuple[object, ...], RequestedPerson] = {}
    for person in persons:
        named = (person.last_name, person.first_name, person.middle_name, person.birth_date)
        key = ((person.snils,) if person.snils else named, person.account)
        if key in found:
            raise AskedTwice(f"Лицевой счёт {person.account} у {person.last_name} {person.first_name} указан дважды.")
        found[key] = person
    return found


def _differing(told: RequestedPerson, true: RequestedPerson) -> tuple[str, ...]:
    names = [field.name for field in fields(told) if field.name not in _NOT_COMPARED]
    return tuple(name for name in names if getattr(told, name) != getattr(true, name))
