"""How far each district has come in the month in progress: the plan of the scene."""

import datetime as dt
from collections.abc import Sequence
from enum import IntEnum

from workplace.simulation.manners import dice


class Stop(IntEnum):
    """The last thing a district has done by the day of the demo."""

    RECEIVING = 1
    CHECKING = 2
    LOADED = 3
    CALCULATED = 4
    SUBMITTED = 5
    REVIEWED_IN_PART = 6
    RETURNED = 7
    APPROVED = 8
    LISTED = 9
    HANDED_OVER = 10


# In this order: a region of a few districts shows different things too.
ROAD = (
    Stop.RECEIVING, Stop.SUBMITTED, Stop.APPROVED, Stop.RETURNED, Stop.CHECKING, Stop.LOADED, Stop.HANDED_OVER,
    Stop.REVIEWED_IN_PART, Stop.CALCULATED, Stop.RECEIVING, Stop.LISTED, Stop.SUBMITTED, Stop.RECEIVING,
    Stop.APPROVED, Stop.LOADED, Stop.SUBMITTED, Stop.RECEIVING, Stop.CALCULATED, Stop.APPROVED, Stop.CHECKING,
    Stop.SUBMITTED, Stop.REVIEWED_IN_PART, Stop.LOADED, Stop.RECEIVING, Stop.CALCULATED, Stop.SUBMITTED,
)  # fmt: skip


def stops_of(office_codes: Sequence[str], /, *, month: dt.date, seed: int) -> dict[str, Stop]:
    """Tell how far each office comes in a month, always the same for the seed."""
    shuffled = sorted(office_codes)
    dice(seed, month, "stops").shuffle(shuffled)
    return {code: ROAD[place % len(ROAD)] for place, code in enumerate(shuffled)}
