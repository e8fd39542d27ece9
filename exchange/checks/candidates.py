"""Whom an unmatched row may mean: the persons asked about that share something with it, with what fits and what not."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from exchange.checks.dwelling import normal

MOST_CANDIDATES = 5
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a file or a request names them; `snils` is eleven digits or empty, what is not told is empty."""

    account: str
    full_name: str
    birth_date: dt.date | None
    snils: str
    address: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request row that a returned row may answer: in words, what is the same and what is not."""

    key: int
    fits: tuple[str, ...]
    differs: tuple[str, ...]


def candidates_for(sent: Person, asked: Iterable[tuple[int, Person]], /) -> list[Candidate]:
    """Return the request rows that fit something of the sent row, what fits most first, at most `MOST_CANDIDATES`.

    An address alone makes nobody a candidate: a house has many flats and a flat several people.
    """
    found = []
    for key, one in asked:
        weight, fits, differs = _compared(sent, one)
        if weight:
            found.append((-weight, len(differs), key, Candidate(key, tuple(fits), tuple(differs))))
    return [one for *_, one in sorted(found, key=lambda each: each[:3])[:MOST_CANDIDATES]]


def _compared(sent: Person, one: Person) -> tuple[int, list[str], list[str]]:
    """Weigh what two tellings of a person share; a part that either does not tell counts for nothing."""
    weight = 0
    fits: list[str] = []
    differs: list[str] = []
    for word, value, is_same, is_like in (
        ("СНИЛС", 8, _both(sent.snils, one.snils), False),
        ("счёт", 6, _both(_bare(sent.account), _bare(one.account)), False),
        ("ФИО", 4, _both(normal(sent.full_name), normal(one.full_name)), _alike(sent.full_name, one.full_name)),
        ("дата рождения", 2, _both(sent.birth_date, one.birth_date), False),
    ):
        if is_same is None:
            continue
        if is_same:
            weight += value
            fits.append(word)
        elif is_like:
            weight += 1
            fits.append(f"{word} похоже")
        else:
            differs.append(word)
    if weight and (same_address := _both(normal(sent.address), normal(one.address))) is not None:
        weight += same_address
        (fits if same_address else differs).append("адрес")
    return weight, fits, differs


def _both(sent: object, ours: object) -> bool | None:
    """Tell whether two values are the same; None where one of them is not told."""
    return sent == ours if sent and ours else None


def _bare(account: str) -> str:
    """Return the digits of an account without leading zeros, all of it where there are none."""
    digits = "".join(sign for sign in account if sign in _DIGITS).lstrip("0")
    return digits or normal(account)


def _alike(sent: str, ours: str) -> bool:
    """Tell whether the surnames are the same, or all given names are."""
    theirs, known = normal(sent).split(), normal(ours).split()
    if not theirs or not known:
        return False
    return theirs[0] == known[0] or (len(theirs) > 1 and theirs[1:] == known[1:])
