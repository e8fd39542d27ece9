"""A right's days in a month and the household of each stretch of it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculations.inputs.facts import WITHOUT_END, Claim, DwellingRows, DwellingState, Home, Presence, Right
from calculations.inputs.household import HouseholdSpan, Terms, days_of_right, household_spans
from calculations.inputs.parameters import DeathRule
from calculations.rules.terms import ChangeRule, days_covered
from providers.in_force import Traits

APRIL = dt.date(2026, 4, 1)
LONG_AGO = dt.date(2020, 1, 1)
DAILY, MONTHLY = ChangeRule.DAILY, ChangeRule.FIRST_OF_NEXT_MONTH
STATE = DwellingState(LONG_AGO, WITHOUT_END, "private", Decimal(54), Traits("private", "flat", "gas", 2))


def april(day: int) -> dt.date:
    return dt.date(2026, 4, day)


def right(**given_: object) -> Right:
    made = {
        "id": 1, "recipient_id": 1, "person_id": 1, "holder": "adult", "category": "2",
        "starts": LONG_AGO, "ends": WITHOUT_END, "died_on": None, "covered": (Presence(1, LONG_AGO, WITHOUT_END),),
    }  # fmt: skip
    return Right(**made | given_)


def dwelling(*residents: Presence, pk: int = 7, states: tuple[DwellingState, ...] = (STATE,)) -> DwellingRows:
    return DwellingRows(pk, 1, 1, states, (Presence(1, LONG_AGO, WITHOUT_END), *residents))


def terms(change_rule: ChangeRule = DAILY, death: DeathRule = DeathRule.FULL) -> Terms:
    return Terms(APRIL, change_rule, death)


def spans_of(of: Right, *dwellings: DwellingRows, homes: tuple[Home, ...] = (), by: Terms) -> tuple[HouseholdSpan, ...]:
    homes = homes or (Home(dwellings[0].id, LONG_AGO, WITHOUT_END),)
    return household_spans(of, homes, {one.id: one for one in dwellings}, by)


def counted(spans: tuple[HouseholdSpan, ...]) -> list[tuple[int, int, int]]:
    return [(span.days, len(span.entitled), len(span.residents)) for span in spans]


def test_splits_the_month_where_the_household_changed() -> None:
    home = dwelling(Presence(2, april(16), WITHOUT_END), Presence(3, LONG_AGO, april(26)))
    assert counted(spans_of(right(), home, by=terms())) == [(15, 1, 2), (10, 1, 3), (5, 1, 2)]


def test_keeps_the_household_of_the_first_day_when_changes_wait() -> None:
    home = dwelling(Presence(2, april(16), WITHOUT_END), Presence(3, LONG_AGO, april(2)))
    assert counted(spans_of(right(), home, by=terms(MONTHLY))) == [(30, 1, 2)]


def test_joins_days_in_which_nothing_that_counts_changed() -> None:
    covered = (Presence(1, LONG_AGO, april(10)), Presence(1, april(10), WITHOUT_END))
    assert counted(spans_of(right(covered=covered), dwelling(), by=terms())) == [(30, 1, 1)]


def test_counts_only_covered_people_who_are_registered_there() -> None:
    covered = (Presence(1, LONG_AGO, WITHOUT_END), Presence(9, LONG_AGO, WITHOUT_END))
    assert counted(spans_of(right(covered=covered), dwelling(), by=terms())) == [(30, 1, 1)]


def test_follows_the_recipient_to_another_dwelling() -> None:
    homes = (Home(7, LONG_AGO, april(11)), Home(8, april(21), WITHOUT_END))
    found = spans_of(right(), dwelling(pk=7), dwelling(pk=8), homes=homes, by=terms())
    assert [(span.days, span.dwelling_id) for span in found] == [(10, 7), (10, None), (10, 8)]


def test_leaves_out_the_facts_of_a_dwelling_that_are_not_there() -> None:
    late = DwellingState(april(6), WITHOUT_END, "private", Decimal(54), STATE.traits)
    found = spans_of(right(), dwelling(states=(late,)), by=terms())
    assert [(span.days, span.state) for span in found] == [(5, None), (25, late)]


def claim(right_id: int, person_id: int, since: dt.date = LONG_AGO, starts: dt.date = LONG_AGO) -> Claim:
    return Claim(right_id, since, Presence(person_id, starts, WITHOUT_END))


LIVING_HERE = tuple(Presence(person_id, LONG_AGO, WITHOUT_END) for person_id in (2, 3))
OTHERS_FIRST, OTHERS_LATER = dt.date(2019, 1, 1), dt.date(2021, 1, 1)


@pytest.mark.parametrize(
    ("claims", "families"),
    [
        ((), [None]),
        ((claim(1, 1),), [None]),
        ((claim(1, 1), claim(5, 2, OTHERS_LATER)), [2]),
        ((claim(1, 1), claim(5, 2, OTHERS_FIRST)), [1]),
        ((claim(1, 1), claim(5, 2), claim(5, 3)), [1]),
        ((claim(1, 1), claim(5, 9, OTHERS_FIRST)), [None]),
        ((claim(1, 1), claim(5, 2, OTHERS_LATER, april(11))), [None, 2]),
    ],
    ids=[
        "nobody is known to be covered", "the only right", "the third belongs to the first right",
        "the other right was first", "everybody is covered", "the other covers nobody here", "from the 11th on",
    ],
)  # fmt: skip
def test_counts_each_resident_in_one_family(claims: tuple[Claim, ...], families: list[int | None]) -> None:
    home = replace(dwelling(*LIVING_HERE), claims=claims)
    assert [span.family for span in spans_of(right(), home, by=terms())] == families


@given(
    covered=st.lists(st.integers(0, 4), min_size=1, max_size=8),
    starts=st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
def test_shares_every_resident_out_among_the_families_of_a_dwelling(covered: list[int], starts: list[int]) -> None:
    """`covered` names the right (1 to 4) of each resident, zero for none; `starts` when each right began."""
    people = tuple(Presence(person_id, LONG_AGO, WITHOUT_END) for person_id in range(1, len(covered) + 1))
    since = [LONG_AGO + dt.timedelta(days=start) for start in starts]
    claims = tuple(claim(of, person_id, since[of]) for person_id, of in enumerate(covered, start=1) if of)
    home = DwellingRows(7, 1, 1, (STATE,), people, claims)
    families = []
    for of in sorted(set(covered) - {0}):
        own = tuple(one.presence for one in claims if one.right_id == of)
        (span,) = spans_of(right(id=of, starts=since[of], covered=own), home, by=terms())
        families.append(len(people) if span.family is None else span.family)
        assert len(own) <= families[-1]
    assert not families or sum(families) == len(people)


@pytest.mark.parametrize(
    ("change_rule", "death", "died_on", "ends", "expected"),
    [
        (DAILY, DeathRule.DAYS, april(18), april(19), 18),
        (DAILY, DeathRule.FULL, april(18), april(19), 30),
        (MONTHLY, DeathRule.DAYS, april(18), april(19), 18),
        (MONTHLY, DeathRule.FULL, april(18), WITHOUT_END, 30),
        (DAILY, DeathRule.FULL, dt.date(2026, 3, 31), WITHOUT_END, 0),
        (DAILY, DeathRule.DAYS, dt.date(2026, 3, 31), WITHOUT_END, 0),
        (MONTHLY, DeathRule.DAYS, dt.date(2026, 3, 31), dt.date(2026, 5, 1), 0),
        (DAILY, DeathRule.FULL, april(18), april(10), 9),
        (MONTHLY, DeathRule.DAYS, dt.date(2026, 5, 18), WITHOUT_END, 30),
    ],
    ids=[
        "the days up to the death", "the whole month of death", "days of death though changes wait",
        "a death not yet ended", "a death before the month", "a death before the month by days",
        "a death before the month though the right was not ended", "a right that had ended before the death",
        "a death after the month",
    ],
)  # fmt: skip
def test_pays_the_month_of_death(
    change_rule: ChangeRule, death: DeathRule, died_on: dt.date, ends: dt.date, expected: int
) -> None:
    begins, after = days_of_right(right(died_on=died_on, ends=ends), terms(change_rule, death))
    assert (after - begins).days == expected


days = st.dates(dt.date(2026, 2, 15), dt.date(2026, 6, 15))


@given(starts=days, length=st.none() | st.integers(1, 60), change_rule=st.sampled_from(list(ChangeRule)))
def test_agrees_with_the_rule_about_the_days_of_a_right(
    starts: dt.date, length: int | None, change_rule: ChangeRule
) -> None:
    valid_to = None if length is None else starts + dt.timedelta(days=length)
    begins, after = days_of_right(right(starts=starts, ends=valid_to or WITHOUT_END), terms(change_rule))
    expected = days_covered(APRIL, valid_from=starts, valid_to=valid_to, change_rule=change_rule)
    assert (after - begins).days == expected


@given(st.lists(st.tuples(days, st.integers(1, 60)), max_size=6), days, st.integers(1, 90))
def test_counts_every_day_of_the_right_once(residents: list[tuple[dt.date, int]], starts: dt.date, length: int) -> None:
    home = dwelling(
        *(Presence(n, day, day + dt.timedelta(days=stay)) for n, (day, stay) in enumerate(residents, start=2))
    )
    of = right(starts=starts, ends=starts + dt.timedelta(days=length))
    begins, after = days_of_right(of, terms())
    found = spans_of(of, home, by=terms())
    assert sum(span.days for span in found) == (after - begins).days
    assert all((one.residents, one.entitled) != (other.residents, other.entitled) for one, other in pairwise(found))
