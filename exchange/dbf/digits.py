"""Numbers and days of a whole column at once: only the usual forms, the rest is told apart for `cells`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exchange.dbf.typed import Mask, Numbers

Block = NDArray[np.uint8]
"""The cells of one column: a line for each row, a byte for each place."""

MOST_DIGITS = 18
_SPACE, _MINUS, _POINT, _ZERO = 0x20, 0x2D, 0x2E, 0x30
_LEAP_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


def parse_numbers(block: Block, decimals: int) -> tuple[Numbers, Mask, Mask]:
    """Return the numbers in units of the last decimal place, which cells hold one, and which are blank.

    The usual form is right-aligned: spaces, perhaps a minus, digits, and exactly `decimals` places after a point.
    A minus before zero is not usual: decimals keep it, whole numbers cannot.
    """
    width, rows = block.shape[1], block.shape[0]
    places = np.ascontiguousarray(block.T)
    is_space = places == _SPACE
    blank: Mask = np.logical_and.reduce(is_space, axis=0)
    whole = width - decimals - 1 if decimals else width
    if whole < 1 or decimals >= MOST_DIGITS:
        return np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.bool_), blank
    digits = places - np.uint8(_ZERO)
    is_digit = digits <= 9
    usual: Mask = is_digit[whole - 1].copy()
    if decimals:
        usual &= places[whole] == _POINT
        usual &= np.logical_and.reduce(is_digit[whole + 1 :], axis=0)
    first = max(0, whole - (MOST_DIGITS - decimals))
    minus = np.zeros(rows, dtype=np.bool_)
    for place in range(whole - 2, -1, -1):
        is_minus = (places[place] == _MINUS) & is_digit[place + 1]
        minus |= is_minus
        usual &= is_space[place] | is_minus | (is_digit[place] & is_digit[place + 1] & (place >= first))
    digits[~is_digit] = 0
    scaled = _weighed(digits[first:whole], digits[width - decimals :])
    np.negative(scaled, where=minus, out=scaled)
    usual &= ~(minus & (scaled == 0))
    scaled[~usual] = 0
    return scaled, usual, blank


def _weighed(*groups: Block) -> Numbers:
    total = np.zeros(groups[0].shape[1], dtype=np.int64)
    for place in (place for group in groups for place in group):
        total *= 10
        total += place
    return total


def parse_days(block: Block) -> tuple[NDArray[np.datetime64], Mask, Mask]:
    """Return the days, which cells hold one as YYYYMMDD, and which are blank. The rest is NaT."""
    places = np.ascontiguousarray(block.T)
    digits = places - np.uint8(_ZERO)
    usual: Mask = np.logical_and.reduce(digits <= 9, axis=0)
    blank: Mask = np.logical_and.reduce(places == _SPACE, axis=0)
    digits[:, ~usual] = 1
    years, months, days = _weighed(digits[:4]), _weighed(digits[4:6]), _weighed(digits[6:])
    usual &= (years >= 1) & (months >= 1) & (months <= 12)
    usual &= (days >= 1) & (days <= _LEAP_DAYS[np.where(months <= 12, months, 0)])
    is_leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    usual &= is_leap | ~((months == 2) & (days == 29))
    first = ((years - 1970) * 12 + months - 1).astype("datetime64[M]").astype("datetime64[D]")
    found = first + (days - 1).astype("timedelta64[D]")
    found[~usual] = np.datetime64("NaT")
    return found, usual, blank
