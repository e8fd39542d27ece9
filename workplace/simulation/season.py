"""The heating season of the outside world: from the fifth of October to the twenty-fifth of April."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from exchange.layouts.exchanged import ParsedLine
from offices.money import to_kopecks
from offices.months import days_in
from workplace.simulation.billing import BY_HEATED_AREA, QUANTITY
from workplace.simulation.manners import Manners, dice

BEGINS, ENDS = (10, 5), (4, 25)
WITHOUT_HEAT = frozenset({5, 6, 7, 8, 9})


def is_seasonal(provider_code: str, *, seed: int, manners: Manners) -> bool:
    """Say whether a provider bills heating in the season only; the same every month."""
    return dice(seed, dt.date.min, provider_code, "season").random() < manners.seasonal_heating


def heated_days(month: dt.date) -> int:
    """Count the days of a month that dwellings are heated."""
    if month.month in WITHOUT_HEAT:
        return 0
    if month.month == ENDS[0]:
        return ENDS[1]
    return days_in(month) - (BEGINS[1] - 1 if month.month == BEGINS[0] else 0)


def in_season(line: ParsedLine, *, month: dt.date) -> ParsedLine:
    """Bill heating for the days that were heated; what is no heating stays as it is."""
    days = heated_days(month)
    if line.service not in BY_HEATED_AREA or days == days_in(month) or line.quantity is None or line.tariff is None:
        return line
    quantity = (line.quantity * Decimal(days) / days_in(month)).quantize(QUANTITY)
    return replace(line, quantity=quantity, billed=to_kopecks(line.tariff * quantity))
