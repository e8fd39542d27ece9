from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculations.rules.withholding import (
    HIGHEST_BY_DEFAULT,
    WITHHELD,
    OverpaymentCause,
    Owed,
    plan,
    withhold,
    withhold_in_turn,
)

roubles = st.integers(0, 10**7).map(lambda kopecks: Decimal(kopecks).scaleb(-2))
percents = st.integers(1, 100).map(Decimal)


def test_withholds_example_ten_in_eight_months() -> None:
    months = list(plan([Decimal("1450.00")] * 12, balance=Decimal("2130.40"), percent=HIGHEST_BY_DEFAULT))
    assert [month.withheld for month in months] == [Decimal("290.00")] * 7 + [Decimal("100.40")]
    assert [month.paid for month in months] == [Decimal("1160.00")] * 7 + [Decimal("1349.60")]
    assert months[-1].balance == 0


@pytest.mark.parametrize(
    ("due", "withheld"),
    [("0.04", "0.00"), ("0.05", "0.01"), ("0.09", "0.01"), ("1450.04", "290.00"), ("1450.05", "290.01"), ("0", "0")],
)
def test_never_takes_a_part_of_a_kopeck_more_than_the_percentage(due: str, withheld: str) -> None:
    assert withhold(Decimal(due), balance=Decimal(1000), percent=Decimal(20)).withheld == Decimal(withheld)


def test_takes_no_more_than_is_owed() -> None:
    month = withhold(Decimal("1450.00"), balance=Decimal("0.01"), percent=Decimal(20))
    assert (month.withheld, month.paid, month.balance) == (Decimal("0.01"), Decimal("1449.99"), Decimal(0))


@given(dues=st.lists(roubles, max_size=40), balance=roubles, percent=percents)
def test_takes_line_by_line_what_is_owed_and_no_more(dues: list[Decimal], balance: Decimal, percent: Decimal) -> None:
    months = list(plan(dues, balance=balance, percent=percent))
    taken = sum((month.withheld for month in months), Decimal(0))
    assert taken + (months[-1].balance if months else balance) == balance
    for month in months:
        assert month.paid + month.withheld == month.due
        assert 0 <= month.withheld <= month.due * percent / 100


@pytest.mark.parametrize(
    ("due", "balance", "percent"), [("1", "1", "0"), ("1", "1", "101"), ("-1", "1", "20"), ("1", "-1", "20")]
)
def test_refuses_a_plan_without_sense(due: str, balance: str, percent: str) -> None:
    with pytest.raises(ValueError, match="%"):
        withhold(Decimal(due), balance=Decimal(balance), percent=Decimal(percent))


def owed(balance: str, percent: int, most: int = 20) -> Owed:
    return Owed(Decimal(balance), Decimal(percent), Decimal(most))


@pytest.mark.parametrize(
    ("overpayments", "withheld"),
    [
        ([owed("500.00", 20), owed("500.00", 20)], ["290.00", "0.00"]),
        ([owed("90.01", 20), owed("500.00", 20)], ["90.01", "199.99"]),
        ([owed("500.00", 5), owed("500.00", 10), owed("500.00", 20)], ["72.50", "145.00", "72.50"]),
        ([owed("500.00", 20), owed("500.00", 50, most=50)], ["290.00", "435.00"]),
        ([owed("5000.00", 50, most=50), owed("500.00", 20)], ["725.00", "0.00"]),
        ([owed("900.00", 50, most=50), owed("500.00", 20), owed("10.00", 20)], ["725.00", "0.00", "0.00"]),
        ([], []),
    ],
)
def test_withholds_overpayments_in_turn_within_one_limit(overpayments: list[Owed], withheld: list[str]) -> None:
    taken = withhold_in_turn(Decimal("1450.00"), overpayments)
    assert taken == tuple(Decimal(roubles) for roubles in withheld)


@given(due=roubles, balances=st.lists(roubles, max_size=4), percents=st.lists(percents, min_size=4, max_size=4))
def test_takes_no_more_together_than_the_highest_percentage(
    due: Decimal, balances: list[Decimal], percents: list[Decimal]
) -> None:
    overpayments = [Owed(*one, max(one[1], Decimal(20))) for one in zip(balances, percents, strict=False)]
    taken = withhold_in_turn(due, overpayments)
    highest = max((one.most for one in overpayments), default=Decimal(0))
    assert sum(taken, Decimal(0)) * 100 <= due * highest
    for one, roubles_taken in zip(overpayments, taken, strict=True):
        assert 0 <= roubles_taken <= one.balance
        assert roubles_taken * 100 <= due * one.percent


def test_withholds_no_error_of_the_authority_but_of_counting() -> None:
    assert OverpaymentCause.AUTHORITY not in WITHHELD
    assert OverpaymentCause.COUNTING in WITHHELD
