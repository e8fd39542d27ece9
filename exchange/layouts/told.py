"""What a person has said of a layout that is being put together: kept as it was typed, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

PLAIN = "-"
"""A form that says: the value stands in the cell as it is."""


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """What a column means. An empty `form` is found out from the cells; `yes` and `no` are the signs of a flag."""

    role: str = ""
    form: str = ""
    yes: str = ""
    no: str = ""
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """All that was told; what is empty was not.

    `columns` are by name, those of service groups by their name with {n}; groups whose names stand in `apart` are
    single columns. `services` are our codes by the number of a group, 0 where a file bills one service; `names` and
    `codes` are our codes by what the provider calls a service. `container` tells a text of fixed width, whose
    `widths` are lines «name width», from one with delimiters. `valid_from` is a day as the browser sends it, `tolerances` are numbers as they were typed.
    """

    code: str = ""
    name: str = ""
    source: str = ""
    name_mask: str = ""
    valid_from: str = ""
    provider: str = ""
    direction: str = "request_and_return"
    container: str = ""
    encoding: str = ""
    header_row: int = 1
    delimiter: str = ""
    decimal_mark: str = ""
    date_mask: str = ""
    widths: str = ""
    columns: Mapping[str, ColumnTold] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    is_by_number: bool = True
    services: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    matching: tuple[str, ...] = ()
    debt_sign: int = 1
    sum_includes_adjustment: bool = False
    tolerances: Mapping[str, str] = field(default_factory=dict)
    reply: str = "none"
    reply_name: str = ""
    reply_text: str = ""

    def role_of(self, key: str) -> str:
        """Return the role told of a column; an empty one where nothing was."""
        told = self.columns.get(key)
        return told.role if told else ""


def as_kept(told: Told, /) -> dict[str, Any]:
    """Return what was told as it is kept in the database."""
    return asdict(told)


def as_told(kept: Mapping[str, Any], /) -> Told:
    """Return what was told from what is kept; a part that is not there was not told."""
    known = {one.name for one in fields(Told)}
    given = {name: value for name, value in kept.items() if name in known}
    for name in ("apart", "matching"):
        given[name] = tuple(given.get(name, ()))
    given["columns"] = {name: ColumnTold(**column) for name, column in given.get("columns", {}).items()}
    return Told(**given)
