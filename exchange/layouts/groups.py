"""Groups of columns that a file repeats as often as it has services: found in a table, or given to one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from exchange.layouts.model import Group, Layout, LayoutField
from exchange.layouts.readable import Readable

SLOT = "{n}"


def numbered(field: LayoutField, number: int) -> LayoutField:
    """Return the column of one group: the number stands where the name has its {n}."""
    return replace(field, name=field.name.replace(SLOT, str(number)), group=number)


def with_groups(layout: Layout, groups: Sequence[Group]) -> Layout:
    """Return the layout with these groups; only one whose number of groups the file tells has room for others."""
    own = tuple(field for field in layout.fields if field.group == 0)
    repeated = tuple(numbered(field, group.number) for group in groups for field in layout.repeated)
    return replace(layout, fields=own + repeated, groups=tuple(groups))


def fitted_to(layout: Layout, table: Readable) -> Layout:
    """Return the layout with as many groups as the table has; any other layout is returned as it is."""
    if not layout.repeated:
        return layout
    return with_groups(layout, [Group(number, "", "", "", "") for number in _numbers(layout, table)])


def _numbers(layout: Layout, table: Readable) -> list[int]:
    patterns = [_pattern(field.name) for field in layout.repeated]
    own = {field.name.upper() for field in layout.fields if field.group == 0}
    names = [field.name.upper() for field in table.fields if field.name.upper() not in own]
    found = {int(match[1]) for name in names for pattern in patterns if (match := pattern.fullmatch(name))}
    return sorted(found)


def _pattern(name: str) -> re.Pattern[str]:
    before, _, after = name.upper().partition(SLOT.upper())
    return re.compile(f"{re.escape(before)}([1-9][0-9]{{0,2}}){re.escape(after)}")
