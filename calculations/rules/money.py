"""Exact sums of roubles: added as fractions, divided once, rounded once."""

from decimal import (
    ROUND_HALF_UP,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from typing import Final

Exact = Decimal | Fraction

EXACT: Final = Context(
    prec=200,
    rounding=ROUND_HALF_UP,
    traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Clamped],
)
"""Decimal arithmetic that raises instead of rounding; the rules run inside it."""


def to_kopecks(amount: Exact) -> Decimal:
    """Round an exact amount of roubles half up to the kopeck (a negative one symmetrically).

    The quotient is never rounded before: 0.00499999... of any length stays below half a kopeck.
    """
    return _quotient_to_kopecks(*amount.as_integer_ratio())


class ExactSum:
    """A sum of fractions over a common denominator; it is divided once, when it is rounded."""

    __slots__ = ("_denominator", "_numerator")

    def __init__(self) -> None:
        self._numerator = 0
        self._denominator = 1

    def add(self, amount: Exact, *, times: int, over: int) -> None:
        """Add amount x times / over."""
        numerator, denominator = amount.as_integer_ratio()
        numerator *= times
        denominator *= over
        if denominator == self._denominator:
            self._numerator += numerator
        else:
            self._numerator = self._numerator * denominator + numerator * self._denominator
            self._denominator *= denominator

    def multiply(self, factor: Exact) -> None:
        numerator, denominator = factor.as_integer_ratio()
        self._numerator *= numerator
        self._denominator *= denominator

    def exactly(self) -> Fraction:
        return Fraction(self._numerator, self._denominator)

    def to_kopecks(self) -> Decimal:
        return _quotient_to_kopecks(self._numerator, self._denominator)


def _quotient_to_kopecks(numerator: int, denominator: int) -> Decimal:
    kopecks = (200 * abs(numerator) + denominator) // (2 * denominator)
    return Decimal(-kopecks if numerator < 0 else kopecks).scaleb(-2, context=EXACT)
