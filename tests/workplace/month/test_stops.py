"""The plan of the month in progress: which district goes how far."""

import datetime as dt
from collections import Counter

from workplace.demo.places import districts
from workplace.services.playing.stops import Stop, stops_of

MONTH = dt.date(2026, 10, 1)
CODES = [place.code for place in districts() if place.code != "66401"]


def test_shows_every_stop_and_most_districts_past_the_check() -> None:
    stops = Counter(stops_of(CODES, month=MONTH, seed=7).values())
    assert set(stops) == set(Stop)
    assert sum(stops.values()) == 26
    assert stops[Stop.RETURNED] == 1
    assert stops[Stop.RECEIVING] == 5
    assert sum(count for stop, count in stops.items() if stop >= Stop.LOADED) > 17


def test_plans_the_same_for_the_same_seed_whatever_the_order() -> None:
    plan = stops_of(CODES, month=MONTH, seed=7)
    assert stops_of(CODES[::-1], month=MONTH, seed=7) == plan
    assert stops_of(CODES, month=MONTH, seed=8) != plan
    assert stops_of(CODES, month=dt.date(2026, 9, 1), seed=7) != plan


def test_shows_different_things_in_a_region_of_a_few_districts_too() -> None:
    stops = set(stops_of(CODES[:4], month=MONTH, seed=7).values())
    assert stops == {Stop.RECEIVING, Stop.SUBMITTED, Stop.APPROVED, Stop.RETURNED}
