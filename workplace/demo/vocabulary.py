"""Russian names by birth year and sex, for invented people."""

import datetime as dt
import random
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

from workplace.demo.reading import read

Sex = Literal["m", "f"]
OLDER_UNTIL, MIDDLE_UNTIL = 1965, 1995
UNCHANGED_ENDINGS = ("о", "ук", "юк", "ич", "ых", "их", "ей")


@dataclass(frozen=True, slots=True)
class Choice:
    """Values with their running weights, ready for a weighted draw."""

    values: tuple[str, ...]
    weights: tuple[int, ...]

    def draw(self, dice: random.Random) -> str:
        """Draw one value."""
        return dice.choices(self.values, cum_weights=self.weights)[0]


@dataclass(frozen=True, slots=True)
class UnusualName:
    """A name that programs meet seldom and must survive."""

    last_name: str
    first_name: str
    middle_name: str
    sex: Sex


def first_name(dice: random.Random, *, sex: Sex, born_on: dt.date) -> str:
    """Draw a first name as frequent as it was in the year of birth."""
    return _first_names()[sex, _generation(born_on)].draw(dice)


def fathers_name(dice: random.Random, *, born_on: dt.date) -> str:
    """Draw the first name of the father of somebody born on this day."""
    return _first_names()["m", _generation(born_on.replace(year=born_on.year - 27, day=1))].draw(dice)


def gives_patronymic(father: str) -> bool:
    """Tell whether the patronymic from this first name is in the list."""
    return father in _patronymics()


def patronymic(father: str, *, sex: Sex) -> str:
    """Make the patronymic from the father's first name."""
    son, daughter = _patronymics()[father]
    return son if sex == "m" else daughter


def surname(dice: random.Random) -> str:
    """Draw a man's surname; frequent ones come first in the list."""
    return _surnames().draw(dice)


def surname_for(mans: str, *, sex: Sex) -> str:
    """Give the surname, or both halves of a double one, the form that fits the sex."""
    if "-" in mans:
        return "-".join(surname_for(half, sex=sex) for half in mans.split("-"))
    if sex == "m" or mans.endswith(UNCHANGED_ENDINGS):
        return mans
    if mans.endswith(("ий", "ой")):
        return f"{mans[:-2]}ая"
    return f"{mans}а"


@cache
def unusual_names() -> tuple[UnusualName, ...]:
    """Return the listed unusual names."""
    return tuple(UnusualName(*row) for row in read("names")["unusual"])


def _generation(born_on: dt.date) -> int:
    return 0 if born_on.year < OLDER_UNTIL else 1 if born_on.year < MIDDLE_UNTIL else 2


@cache
def _first_names() -> dict[tuple[Sex, int], Choice]:
    names = read("names")
    rows: dict[Sex, list[list[str | int]]] = {"m": names["male"], "f": names["female"]}
    return {
        (sex, generation): Choice(
            values=tuple(str(row[0]) for row in listed),
            weights=tuple(accumulate(int(row[generation - 3]) for row in listed)),
        )
        for sex, listed in rows.items()
        for generation in range(3)
    }


@cache
def _patronymics() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in read("names")["male"]}


@cache
def _surnames() -> Choice:
    listed = read("names")["surnames"]
    return Choice(tuple(listed), tuple(accumulate(max(2, 30 - place // 4) for place in range(len(listed)))))
