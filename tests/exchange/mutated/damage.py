"""Twenty thousand ways to spoil a returned file; the number of a case and the file say which one, and no clock does."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeAlias

from tests.exchange.mutated.grids import Grid, Rows

STEP = 64
DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Damage:
    """A spoiled file. `touched` are the indexes of the rows that were changed, None where it may be any of them."""

    kind: str
    content: bytes
    touched: frozenset[int] | None


Spoil: TypeAlias = Callable[[Grid, random.Random], Damage]


def damaged(grid: Grid, case: int) -> Damage:
    """Return one case: first a cut at every 64th byte, then all the other ways in turn."""
    cuts = len(grid.content) // STEP
    if case < cuts:
        return Damage("cut", grid.content[: STEP * (case + 1)], None)
    ways = [way for name, way in WAYS.items() if grid.is_table or name not in (OF_PLACES if grid.starts else OF_BYTES)]
    return ways[(case - cuts) % len(ways)](grid, random.Random(case))


def _header_bit(grid: Grid, dice: random.Random) -> Damage:
    return _flipped("header bit", grid, dice, range(min(32, grid.starts[0])), 1)


def _columns_bits(grid: Grid, dice: random.Random) -> Damage:
    return _flipped("columns bits", grid, dice, range(32 * grid.is_table, grid.starts[0]), dice.choice((1, 1, 2, 3)))


def _row_bit(grid: Grid, dice: random.Random) -> Damage:
    return _flipped("row bit", grid, dice, range(grid.starts[0], grid.starts[-1]), 1)


def _row_bits(grid: Grid, dice: random.Random) -> Damage:
    return _flipped("row bits", grid, dice, range(grid.starts[0], grid.starts[-1]), dice.randint(2, 5))


def _any_bits(grid: Grid, dice: random.Random) -> Damage:
    return _flipped("any bits", grid, dice, range(len(grid.content)), dice.randint(1, 6))


def _row_byte(grid: Grid, dice: random.Random) -> Damage:
    place = dice.randrange(grid.starts[0], grid.starts[-1])
    spoiled = bytearray(grid.content)
    spoiled[place] = dice.choice((*b"0123456789 .-*\0\x1a", dice.randrange(256)))
    return Damage("row byte", bytes(spoiled), _owners(grid, [place]))


def _border(grid: Grid, dice: random.Random) -> Damage:
    """Move the border between two neighbouring columns by a byte; the length of the record stays."""
    spoiled = bytearray(grid.content)
    first = 32 + 32 * dice.randrange(len(grid.roles) - 2) + 16
    step = dice.choice((-1, 1))
    spoiled[first] = (spoiled[first] + step) % 256
    spoiled[first + 32] = (spoiled[first + 32] - step) % 256
    return Damage("border", bytes(spoiled), None)


def _mark(grid: Grid, dice: random.Random) -> Damage:
    """Change the mark of deletion of a row, the end of the column list or the end of the file."""
    row = dice.randrange(len(grid.rows))
    place = dice.choice((grid.starts[row], grid.starts[row], grid.starts[0] - 1, len(grid.content) - 1))
    spoiled = bytearray(grid.content)
    spoiled[place] = dice.choice((0x2A, 0x00, 0x20, 0x0D, 0x1A, dice.randrange(256)))
    return Damage("mark", bytes(spoiled), _owners(grid, [place]))


def _inserted(grid: Grid, dice: random.Random) -> Damage:
    """Shift everything behind a place by a byte, forward or back; the length of the file may be made up for."""
    place = dice.randrange(len(grid.content))
    kept = dice.random() < 0.5
    if dice.random() < 0.5:
        added = grid.content[:place] + bytes((dice.choice(b"0 \0"),)) + grid.content[place:]
        return Damage("shift", added[: len(grid.content)] if kept else added, None)
    cut = grid.content[:place] + grid.content[place + 1 :]
    return Damage("shift", cut + b"\x1a" if kept else cut, None)


def _shifted_row(grid: Grid, dice: random.Random) -> Damage:
    """Shift the bytes of one row by one, what falls out at one end coming in at the other, or a blank."""
    row = dice.randrange(len(grid.rows))
    start, end = grid.starts[row], grid.starts[row + 1]
    body = grid.content[start:end]
    moved = dice.choice((body[-1:] + body[:-1], body[1:] + body[:1], b" " + body[:-1], body[1:] + b" "))
    return Damage("shifted row", grid.content[:start] + moved + grid.content[end:], frozenset({row}))


def _rows_exchanged(grid: Grid, dice: random.Random) -> Damage:
    """Let two rows change places, which changes nothing that counts."""
    one, other = dice.sample(range(len(grid.rows)), 2)
    rows = _copy(grid)
    rows[one], rows[other] = rows[other], rows[one]
    return Damage("rows exchanged", grid.joined(rows, True), frozenset())


def _row_doubled(grid: Grid, dice: random.Random) -> Damage:
    """Write a row twice, in the place of another one or besides."""
    rows = _copy(grid)
    one, other = dice.sample(range(len(rows)), 2)
    if dice.random() < 0.5:
        rows[other] = list(rows[one])
        return Damage("row doubled", grid.joined(rows, True), frozenset({one, other}))
    rows.insert(other, list(rows[one]))
    return Damage("row doubled", grid.joined(rows, dice.random() < 0.7), None)


def _row_removed(grid: Grid, dice: random.Random) -> Damage:
    rows = _copy(grid)
    del rows[dice.randrange(len(rows))]
    return Damage("row removed", grid.joined(rows, dice.random() < 0.7), None)


def _fields_exchanged(grid: Grid, dice: random.Random) -> Damage:
    """Let two cells of a row change places, each fitted into the other's width."""
    rows = _copy(grid)
    row = dice.randrange(len(rows))
    told = [place for place, cell in enumerate(rows[row]) if place and _digits(cell)]
    one, other = dice.sample(told, 2)
    cells = rows[row]
    cells[one], cells[other] = _fitted(cells[other], cells[one]), _fitted(cells[one], cells[other])
    return Damage("fields exchanged", grid.joined(rows, True), frozenset({row}))


def _keys_exchanged(grid: Grid, dice: random.Random) -> Damage:
    """Exchange between two rows what tells whose they are, but not all of it."""
    keys = ["person.account", "person.request_id", "person.snils", "person.birth_date", "person.last_name"]
    given = [role for role in keys if grid.columns(role)]
    chosen = dice.sample(given, dice.randint(1, len(given) - 1))
    return _exchanged("keys exchanged", grid, dice, [place for role in chosen for place in grid.columns(role)])


def _sums_exchanged(grid: Grid, dice: random.Random) -> Damage:
    """Exchange two rows' sums alone: the letter's totals stay as they were."""
    return _exchanged("sums exchanged", grid, dice, grid.columns("line.billed"))


def _lines_exchanged(grid: Grid, dice: random.Random) -> Damage:
    """Exchange all that two rows say of their services."""
    told = [place for place, (role, _) in enumerate(grid.roles) if role.startswith("line.")]
    return _exchanged("lines exchanged", grid, dice, told)


def _balanced(grid: Grid, dice: random.Random) -> Damage:
    """Take from one sum what is added to another: the letter's totals stay as they were."""
    rows = _copy(grid)
    one, other = dice.sample(range(len(rows)), 2)
    place = dice.choice([column for column in grid.columns("line.billed") if _digits(rows[one][column])])
    moved = Decimal(dice.choice(("0.50", "1", "10", "37.12")))
    for row, change in ((one, moved), (other, -moved)):
        rows[row][place] = _sum(rows[row][place], change)
    return Damage("balanced", grid.joined(rows, True), frozenset({one, other}))


def _digits_transposed(grid: Grid, dice: random.Random) -> Damage:
    rows = _copy(grid)
    row = dice.randrange(len(rows))
    cells = rows[row]
    place = dice.choice([at for at, cell in enumerate(cells) if at and _turnable(cell)])
    at = dice.choice(_turnable(cells[place]))
    text = _text_of(cells[place])
    cells[place] = _like(cells[place], text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    return Damage("digits transposed", grid.joined(rows, True), frozenset({row}))


WAYS: Mapping[str, Spoil] = MappingProxyType(
    {
        "header bit": _header_bit, "columns bits": _columns_bits, "row bit": _row_bit, "row bits": _row_bits,
        "any bits": _any_bits, "row byte": _row_byte, "border": _border, "mark": _mark, "shift": _inserted,
        "shifted row": _shifted_row, "rows exchanged": _rows_exchanged, "row doubled": _row_doubled,
        "row removed": _row_removed, "fields exchanged": _fields_exchanged, "keys exchanged": _keys_exchanged,
        "sums exchanged": _sums_exchanged, "lines exchanged": _lines_exchanged, "balanced": _balanced,
        "digits transposed": _digits_transposed,
    }
)  # fmt: skip
OF_PLACES = frozenset({"header bit", "border", "mark"})
"""Ways that only a table has, where each byte has its place."""
OF_BYTES = OF_PLACES | {"columns bits", "row bit", "row bits", "row byte", "shifted row"}
"""Ways that need to know which bytes are a row's."""


def _flipped(kind: str, grid: Grid, dice: random.Random, among: range, bits: int) -> Damage:
    spoiled = bytearray(grid.content)
    places = [dice.choice(among) for _ in range(bits)]
    for place in places:
        spoiled[place] ^= 1 << dice.randrange(8)
    return Damage(kind, bytes(spoiled), _owners(grid, places))


def _owners(grid: Grid, places: list[int]) -> frozenset[int] | None:
    owners = [grid.row_at(place) for place in places]
    known = frozenset(owner for owner in owners if owner is not None)
    return known if known and None not in owners else None


def _exchanged(kind: str, grid: Grid, dice: random.Random, places: list[int]) -> Damage:
    rows = _copy(grid)
    one, other = dice.sample(range(len(rows)), 2)
    for place in places:
        rows[one][place], rows[other][place] = rows[other][place], rows[one][place]
    return Damage(kind, grid.joined(rows, True), frozenset({one, other}))


def _copy(grid: Grid) -> Rows:
    return [list(row) for row in grid.rows]


def _text_of(cell: Any) -> str:
    return cell.decode("latin-1") if isinstance(cell, bytes) else "" if cell is None else str(cell)


def _like(cell: Any, text: str) -> Any:
    if isinstance(cell, bytes):
        return text.encode("latin-1")
    return Decimal(text) if isinstance(cell, Decimal) else text if isinstance(cell, str) else cell


def _digits(cell: Any) -> bool:
    return not DIGITS.isdisjoint(_text_of(cell)) and isinstance(cell, bytes | str | Decimal)


def _turnable(cell: Any) -> list[int]:
    text = _text_of(cell) if isinstance(cell, bytes | str | Decimal) else ""
    pairs = pairwise(text)
    return [at for at, (one, next_) in enumerate(pairs) if one != next_ and one in DIGITS and next_ in DIGITS]


def _sum(cell: Any, change: Decimal) -> Any:
    text = _text_of(cell)
    was = Decimal(text.strip().replace(",", "."))
    now = str(was + change)
    return _like(cell, (now if "." in text or not isinstance(cell, bytes) else now.replace(".", ",")).rjust(len(text)))


def _fitted(cell: Any, place: Any) -> Any:
    if not isinstance(cell, bytes) or not isinstance(place, bytes):
        return place if type(cell) is not type(place) else cell
    return cell.strip()[: len(place)].rjust(len(place)) if len(cell) != len(place) else cell
