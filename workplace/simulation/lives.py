"""What happens to people in a month: who dies, whose household somebody leaves."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workplace.simulation.manners import Manners, dice

FIRST_DAY, LAST_DAY = 3, 16


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to the person with a СНИЛС, and when; `is_death` or else somebody moved out."""

    snils: str
    day: dt.date
    is_death: bool


def events(snils: Iterable[str], *, month: dt.date, seed: int, manners: Manners) -> Iterator[Event]:
    """Give what happens to the people with these numbers in a month, the same whenever it is asked."""
    for one in snils:
        throw = dice(seed, month, "life", one)
        chance = throw.random()
        day = month.replace(day=throw.randrange(FIRST_DAY, LAST_DAY))
        if chance < manners.deaths:
            yield Event(one, day, is_death=True)
        elif chance < manners.deaths + manners.moves:
            yield Event(one, day, is_death=False)
