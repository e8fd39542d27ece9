"""Lines of services in rows that came back: the columns of one group read for many rows at once (3.9)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import repeat, starmap
from typing import Any

from exchange.dbf.reading import Piece
from exchange.layouts.column_reading import Attributes, Faults, LayoutColumn, or_default, told
from exchange.layouts.exchanged import ParsedLine, RowFault
from exchange.layouts.forms import MOST_BILLED
from exchange.layouts.model import FilledBy, Group, Kind, Layout
from exchange.layouts.names import plain_words

_ROUBLES_OF_DEBT = ("debt", "agreed_debt")
_BILLED, _ADJUSTMENT = "billed", "adjustment"
_BLANKS = frozenset({None, ""})
_DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(ParsedLine)}


@dataclass(frozen=True, slots=True)
class LinesOfGroup:
    """Lines of one group, by column: `places` of their rows among those read together, and `told` by attribute.

    What is not told has the default of `ParsedLine`.
    """

    group: Group
    places: Sequence[int]
    told: Mapping[str, Attributes]

    def column(self, attribute: str) -> Attributes:
        """Return the values of an attribute, line by line."""
        known = self.told.get(attribute)
        return [_DEFAULTS[attribute]] * len(self.places) if known is None else known

    def lines(self) -> Iterator[ParsedLine]:
        """Give the lines one by one."""
        columns: list[Any] = [self.told.get(name, repeat(default)) for name, default in _DEFAULTS.items()]
        return starmap(ParsedLine, zip(*columns, strict=False))


class _Services:
    """Our codes by what a line calls its service: the provider's code first, then its name."""

    def __init__(self, layout: Layout) -> None:
        self._by_code = layout.services
        self._by_name = {plain_words(name): service for name, service in layout.service_names.items()}

    def our_code(self, code: str, name: str) -> str | None:
        """Return our code; None of a service that the layout does not know."""
        if code in self._by_code:
            return self._by_code[code]
        if not self._by_code and not self._by_name:
            return code
        return self._by_name.get(plain_words(name))


class Slot:
    """The columns of one group. Of those that `answer` a filled one is an answer, zero or not."""

    def __init__(self, layout: Layout, group: Group, columns: Sequence[LayoutColumn]) -> None:
        self.columns = [column for column in columns if column.field.group == group.number]
        self.names = frozenset(column.field.name.upper() for column in self.columns)
        self._group = group
        is_wide = layout.kind in (Kind.WIDE, Kind.REPEATED)
        self._told = [one.index for one in self.columns if one.field.filled_by is FilledBy.PROVIDER]
        self._answering = [] if is_wide else [one.index for one in self._of(_BILLED)]
        self._debt_sign = layout.debt_sign
        self._sum_holds_both = layout.sum_includes_adjustment and bool(self._of(_ADJUSTMENT))
        self._services = _Services(layout)

    @property
    def billed_places(self) -> list[int]:
        """The places in the table of what is billed."""
        return [column.index for column in self._of(_BILLED)]

    def read(self, piece: Piece, faulty: Collection[int], faults: Faults) -> LinesOfGroup | None:
        """Return the lines of this group; None where no row says anything of it.

        `faulty` are the places of rows with a cell of the group that could not be read.
        """
        places = self._places(piece, faulty)
        if not places:
            return None
        facts = self._facts(piece, self.columns, places, faults)
        if self._sum_holds_both and _BILLED in facts and _ADJUSTMENT in facts:
            facts[_BILLED] = self._apart(facts[_BILLED], facts[_ADJUSTMENT], places, faults)
        if self._debt_sign < 0:
            for name in _ROUBLES_OF_DEBT:
                if name in facts:
                    facts[name] = [None if owed is None else -owed for owed in facts[name]]
        codes = ["" if code is None else str(code) for code in facts.pop("service", repeat("", len(places)))]
        called = facts.get("service_name", repeat("", len(places)))
        facts["service_name"] = [name or self._group.title or code for name, code in zip(called, codes, strict=True)]
        facts["service"] = self._our_codes(codes, facts["service_name"], places, faults)
        facts["position"] = [self._group.number] * len(places)
        return LinesOfGroup(self._group, places, facts)

    def billed(self, piece: Piece) -> Attributes:
        """Return what is billed for this service, row by row, as sent; what cannot be read is None."""
        rows = range(len(piece.numbers))
        billed: Attributes = self._facts(piece, self._of(_BILLED), rows, Faults()).get(_BILLED, ())
        return billed

    def _of(self, attribute: str) -> list[LayoutColumn]:
        return [column for column in self.columns if column.attribute == attribute]

    def _places(self, piece: Piece, faulty: Collection[int]) -> Sequence[int]:
        """Return which rows the provider says anything of this service in.

        Blanks, zeros and «no» alone say nothing where a row has many slots: programs fill unused ones with them.
        Elsewhere a sum of zero is an answer. A cell that could not be read does say something.
        """
        filled = [cells for cells in map(piece.columns.__getitem__, self._told) if any(cells)]
        if not (filled or self._answering or faulty):
            return ()
        says = list(map(any, zip(*filled, strict=True))) if filled else [False] * len(piece.numbers)
        for cells in map(piece.columns.__getitem__, self._answering):
            says = [said or cell is not None for said, cell in zip(says, cells, strict=True)]
        for place in faulty:
            says[place] = True
        return range(len(says)) if all(says) else [place for place, said in enumerate(says) if said]

    def _facts(
        self, piece: Piece, columns: Sequence[LayoutColumn], places: Sequence[int], faults: Faults
    ) -> dict[str, Any]:
        read = []
        for column in columns:
            cells = piece.columns[column.index]
            if not isinstance(places, range):
                cells = [cells[place] for place in places]
            if any(cells) or not _BLANKS.issuperset(cells):
                values = column.read(cells, places, faults)
                if column.field.type == "C":
                    values = [None if value == "" else value for value in values]
                read.append((column.attribute, values))
        return {name: or_default(values, _DEFAULTS[name]) for name, values in told(read).items()}

    def _apart(
        self, sums: Attributes, adjustments: Attributes, places: Sequence[int], faults: Faults
    ) -> Sequence[Decimal | None]:
        """Take the recalculations out of the sums that hold them; what no charge can hold is a fault of its row."""
        found: list[Decimal | None] = []
        for place, both, adjustment in zip(places, sums, adjustments, strict=True):
            billed = both - adjustment if isinstance(both, Decimal) and isinstance(adjustment, Decimal) else both
            if isinstance(billed, Decimal) and abs(billed) > MOST_BILLED:
                text = f"Без перерасчёта начислено {billed:f}: столько не бывает."
                faults[place].append(RowFault("", "out_of_bounds", text, str(both), self._group.number))
                billed = None
            found.append(billed if isinstance(billed, Decimal) else None)
        return found

    def _our_codes(
        self, codes: Sequence[str], names: Sequence[str], places: Sequence[int], faults: Faults
    ) -> Sequence[str]:
        if self._group.service:
            return [self._group.service] * len(places)
        ours = {called: self._services.our_code(*called) for called in set(zip(codes, names, strict=True))}
        for place, code, name in zip(places, codes, names, strict=True):
            if ours[code, name] is None:
                faults[place].append(_unknown(code, name, self._group))
        return [ours[called] or "" for called in zip(codes, names, strict=True)]


def _unknown(code: str, name: str, group: Group) -> RowFault:
    text = f"Код услуги «{code}» в формате файла не описан."
    if not code:
        text = f"Услуга «{name}» в формате файла не описана."
    return RowFault("", "unknown_service", text, code or name, group.number)


def paired(found: Sequence[LinesOfGroup]) -> list[LinesOfGroup]:
    """Return the lines with the services they mean beside the others of their rows.

    Where a row carries the service a group is paired with, the group means another service.
    """
    carried = {
        service: {
            place
            for lines in found
            for place, one in zip(lines.places, lines.column("service"), strict=True)
            if one == service
        }
        for service in {lines.group.paired_with for lines in found if lines.group.paired_with}
    }
    return [_beside(lines, carried[lines.group.paired_with]) if lines.group.paired_with else lines for lines in found]


def _beside(lines: LinesOfGroup, carrying: Collection[int]) -> LinesOfGroup:
    if not carrying:
        return lines
    services = [
        lines.group.paired_service if place in carrying else service
        for place, service in zip(lines.places, lines.column("service"), strict=True)
    ]
    return LinesOfGroup(lines.group, lines.places, {**lines.told, "service": services})
