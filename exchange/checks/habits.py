"""What a file shows as a whole, so that a habit of the provider's program is not told at every row of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculations.rules.kinds import ServiceKind
from exchange.checks.expectations import Expected
from exchange.layouts.exchanged import ParsedRow

HEATED = frozenset({11, 12, 1, 2, 3})
"""Months heated from the first day to the last: a season begins and ends by a decree, from April to October."""
LEAST_ROWS = 3
"""From so many rows on a file shows whether its provider bills heating all the year round."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What the rows of a file say together.

    `tells_meters`: some line says that a meter counts it, so the column is filled. `heats_evenly`: most of those
    asked about are billed for heating, as they were the month before.
    """

    tells_meters: bool = True
    heats_evenly: bool = False


USUAL = Habits()


def habits_of(rows: Iterable[tuple[ParsedRow, Expected]], /) -> Habits:
    """Look through the rows of a file that answer ours, each with what was expected of it."""
    tells_meters, asked, billed, before = False, 0, 0, 0
    for row, expected in rows:
        tells_meters = tells_meters or any(line.metered for line in row.lines)
        for code, was_billed in _heating(expected).items():
            asked += 1
            billed += any(line.service == code and (line.billed or 0) > 0 for line in row.lines)
            before += was_billed
    return Habits(tells_meters, asked >= LEAST_ROWS and 2 * billed > asked and 2 * before > asked)


def is_out_of_season(kind: str, expected: Expected, habits: Habits) -> bool:
    """Say whether no bill, or nought, may be the season's: heating is not billed, or not for the whole month."""
    return kind == ServiceKind.HEATING and expected.month.month not in HEATED and not habits.heats_evenly


def follows_the_season(kind: str, expected: Expected, habits: Habits) -> bool:
    """Say whether a sum may differ from last month's by the season: heating, unless both months were heated in full."""
    last = expected.month.month - 1 or 12
    return (
        kind == ServiceKind.HEATING
        and not (last in HEATED and expected.month.month in HEATED)
        and not habits.heats_evenly
    )


def _heating(expected: Expected) -> Mapping[str, bool]:
    """Return the services of an account that are heating, and whether they were billed last month."""
    return {
        code: (service.billed_before or Decimal(0)) > 0
        for code, service in expected.services.items()
        if service.kind == ServiceKind.HEATING
    }
