import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculations.rules.inheritance import DOCUMENTS, Claimant, is_in_time, last_day_to_claim, shared_among
from offices.calendar import ProductionCalendar

DAY = dt.date
PLAIN = ProductionCalendar()
roubles = st.integers(0, 10**7).map(lambda kopecks: Decimal(kopecks).scaleb(-2))


@pytest.mark.parametrize(
    ("died_on", "last"),
    [
        pytest.param(DAY(2021, 10, 18), DAY(2022, 2, 18), id="EX-12: 18 October, a Friday"),
        pytest.param(DAY(2026, 10, 18), DAY(2027, 2, 18), id="18 October 2026"),
        pytest.param(DAY(2026, 10, 20), DAY(2027, 2, 22), id="Saturday moves to Monday"),
        pytest.param(DAY(2026, 10, 21), DAY(2027, 2, 22), id="Sunday moves to Monday"),
        pytest.param(DAY(2026, 10, 31), DAY(2027, 3, 1), id="no 31st of February, and the 28th is a Sunday"),
        pytest.param(DAY(2023, 10, 30), DAY(2024, 2, 29), id="a leap year"),
        pytest.param(DAY(2026, 8, 31), DAY(2026, 12, 31), id="a month that has the day"),
        pytest.param(DAY(2026, 9, 15), DAY(2027, 1, 15), id="over the new year"),
    ],
)
def test_claims_are_heard_four_months(died_on: dt.date, last: dt.date) -> None:
    assert last_day_to_claim(died_on, calendar_of_work=PLAIN) == last


def test_a_holiday_moves_the_last_day() -> None:
    holidays = ProductionCalendar({DAY(2027, 2, 22): False, DAY(2027, 2, 23): False})
    assert last_day_to_claim(DAY(2026, 10, 20), calendar_of_work=holidays) == DAY(2027, 2, 24)


@pytest.mark.parametrize(
    ("claimant", "claimed_on", "in_time"),
    [
        (Claimant.FAMILY, DAY(2027, 2, 18), True),
        (Claimant.FAMILY, DAY(2027, 2, 19), False),
        (Claimant.DEPENDANT, DAY(2026, 10, 18), True),
        (Claimant.DEPENDANT, DAY(2026, 10, 17), False),
        (Claimant.HEIR, DAY(2027, 2, 18), False),
        (Claimant.HEIR, DAY(2027, 2, 19), True),
    ],
)
def test_family_claims_within_the_term_and_heirs_after_it(
    claimant: Claimant, claimed_on: dt.date, in_time: bool
) -> None:
    found = is_in_time(claimant, died_on=DAY(2026, 10, 18), claimed_on=claimed_on, calendar_of_work=PLAIN)
    assert found is in_time


def test_every_claimant_has_documents_and_the_death_certificate_among_them() -> None:
    assert set(DOCUMENTS) == set(Claimant)
    assert all("death" in papers for papers in DOCUMENTS.values())


def test_odd_kopecks_go_round_the_claimants() -> None:
    shares = shared_among([Decimal("804.25"), Decimal("0.01"), Decimal("10.00")], claimants=2)
    assert shares == (
        (Decimal("402.13"), Decimal("0.00"), Decimal("5.00")),
        (Decimal("402.12"), Decimal("0.01"), Decimal("5.00")),
    )


@given(unpaid=st.lists(roubles, max_size=12), claimants=st.integers(1, 5))
def test_every_sum_is_given_away_whole_and_evenly(unpaid: list[Decimal], claimants: int) -> None:
    shares = shared_among(unpaid, claimants=claimants)
    assert [sum(parts) for parts in zip(*shares, strict=True)] == unpaid
    totals = [sum(parts, Decimal(0)) for parts in shares]
    assert max(totals) - min(totals) <= Decimal("0.01")
