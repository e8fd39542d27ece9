import datetime as dt
from itertools import product

import pytest

from workplace.demo.places import districts
from workplace.demo.population import population
from workplace.simulation.lives import events
from workplace.simulation.manners import GOOD, Manners
from workplace.simulation.newcomers import newcomer

MONTHS = (dt.date(2026, 8, 1), dt.date(2026, 9, 1), dt.date(2027, 1, 1))
NUMBERS = [f"{number:011d}" for number in range(4000)]


def test_invents_the_same_newcomer_again() -> None:
    assert newcomer("66205", month=MONTHS[0], seed=7) == newcomer("66205", month=MONTHS[0], seed=7)
    assert newcomer("66205", month=MONTHS[0], seed=7) != newcomer("66205", month=MONTHS[1], seed=7)


def test_invents_newcomers_whom_nobody_in_the_region_can_be_mistaken_for() -> None:
    settled = list(population(recipients=1500, seed=7, month=MONTHS[0]))
    new = [newcomer(place.code, month=month, seed=7).family for place, month in product(districts(), MONTHS)]
    numbers = [each.person.snils for family in (*settled, *new) for each in family.residents]
    addresses = [family.dwelling.address for family in (*settled, *new)]
    accounts = [(one.provider_code, one.number) for family in (*settled, *new) for one in family.dwelling.accounts]
    assert len(new) == 81
    for unique in (numbers, addresses, accounts):
        assert len(set(unique)) == len(unique)


def test_invents_families_that_apply_in_one_month_apart_from_each_other() -> None:
    turns = [newcomer(place.code, month=MONTHS[0], seed=7, turn=turn) for place in districts() for turn in range(6)]
    others = [newcomer(place.code, month=month, seed=7) for place in districts() for month in MONTHS[1:]]
    families = [each.family for each in (*turns, *others)]
    numbers = [each.person.snils for family in families for each in family.residents]
    addresses = [family.dwelling.address for family in families]
    accounts = [(one.provider_code, one.number) for family in families for one in family.dwelling.accounts]
    for unique in (numbers, addresses, accounts):
        assert len(set(unique)) == len(unique)
    assert newcomer("66205", month=MONTHS[0], seed=7, turn=0) == newcomer("66205", month=MONTHS[0], seed=7)
    with pytest.raises(AssertionError, match="counted by turns"):
        newcomer("66205", month=MONTHS[0], seed=7, turn=6)


def test_refuses_about_one_newcomer_in_ten() -> None:
    months = [dt.date(2026, month, 1) for month in range(1, 13)]
    refused = [newcomer(place.code, month=month, seed=7).is_refused for place, month in product(districts(), months)]
    assert 15 < sum(refused) < 55


def test_lets_the_same_things_happen_whoever_is_asked_about() -> None:
    manners = Manners(deaths=0.05, moves=0.05)
    everybody = list(events(NUMBERS, month=MONTHS[0], seed=7, manners=manners))
    some = list(events(NUMBERS[1000:], month=MONTHS[0], seed=7, manners=manners))
    assert [event for event in everybody if event.snils >= NUMBERS[1000]] == some
    deaths = [event for event in everybody if event.is_death]
    assert 130 < len(deaths) < 280
    assert 130 < len(everybody) - len(deaths) < 280
    assert {event.day.replace(day=1) for event in everybody} == {MONTHS[0]}
    assert list(events(NUMBERS, month=MONTHS[0], seed=7, manners=GOOD)) == []
