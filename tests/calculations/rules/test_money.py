from decimal import Decimal, Inexact, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculations.rules.money import EXACT, ExactSum, to_kopecks


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (Decimal("0.005"), "0.01"),
        (Decimal("0.015"), "0.02"),
        (Decimal("0.025"), "0.03"),
        (Decimal("0.0049999999999999999999999999999999999999"), "0.00"),
        (Decimal("-0.005"), "-0.01"),
        (Decimal("-0.0049"), "0.00"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(10**40 + 1, 2 * 10**42), "0.01"),
        (Fraction(10**40 - 1, 2 * 10**42), "0.00"),
        (Decimal("123456789012.345"), "123456789012.35"),
        (Decimal("12345678901234567890123456789.015"), "12345678901234567890123456789.02"),
    ],
    ids=str,
)
def test_rounds_half_up_to_the_kopeck(amount: Decimal | Fraction, rounded: str) -> None:
    assert str(to_kopecks(amount)) == rounded


@given(kopecks=st.integers(-(10**12), 10**12))
def test_leaves_whole_kopecks_alone(kopecks: int) -> None:
    amount = Decimal(kopecks).scaleb(-2)
    assert to_kopecks(amount) == amount


@given(terms=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 31), st.integers(1, 40)), max_size=6))
def test_adds_fractions_exactly(terms: list[tuple[int, int, int]]) -> None:
    total = ExactSum()
    for kopecks, times, over in terms:
        total.add(Decimal(kopecks).scaleb(-2), times=times, over=over)
    expected = sum((Fraction(kopecks * times, 100 * over) for kopecks, times, over in terms), Fraction(0))
    assert total.exactly() == expected
    assert total.to_kopecks() == to_kopecks(expected)


def test_raises_where_decimal_would_round_in_silence() -> None:
    with localcontext(EXACT), pytest.raises(Inexact):
        Decimal(1) / Decimal(3)
