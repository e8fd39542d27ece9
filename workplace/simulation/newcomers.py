"""Families that turn to an office in a month: people, numbers and addresses that nobody in the region has."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from workplace.demo.dwellings import BLOCKS_PER_STREET, FLATS_PER_BLOCK, HOUSES_PER_STREET, Builder
from workplace.demo.households import Household
from workplace.demo.people import People
from workplace.demo.places import district, districts
from workplace.demo.records import DemoDwelling, DemoEntitlement, DemoFamily
from workplace.demo.rights import Registrar
from workplace.simulation.manners import dice

FIRST_PERSON, PERSONS_OF_A_FAMILY = 5_000_000, 16
FIRST_DWELLING = 9_000_000
HOUSES_BUILT_BEFORE = 5  # times round the streets of a settlement: nobody of the region lives so far
FIRST_YEAR = 2020
MOST_TURNS, PERSONS_OF_A_TURN, DWELLINGS_OF_A_TURN, PLACES_OF_A_TURN = 6, 200_000, 10_000, 80
CHILD, REFUSED = 0.2, 0.1


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A family that applies in a month, and whether its papers lack the certificate."""

    family: DemoFamily
    is_refused: bool
    received_on: dt.date

    @property
    def right(self) -> DemoEntitlement:
        return self.family.entitlements[0]

    @property
    def dwelling(self) -> DemoDwelling:
        return self.family.dwelling


def newcomer(district_code: str, *, month: dt.date, seed: int, turn: int = 0) -> Newcomer:
    """Invent the family that applies to a district's office in a month, always the same one.

    `turn`, from 0 to 5, tells apart families that apply in the same month.
    """
    assert 0 <= turn < MOST_TURNS, "the addresses kept free for newcomers are counted by turns"
    throw = dice(seed, month, district_code, "newcomer", *([turn] if turn else []))
    place = district(district_code)
    months = (month.year - FIRST_YEAR) * 12 + month.month
    number = months * len(districts()) + districts().index(place)
    people = People(seed=seed, as_of=dt.date(month.year, 1, 1))
    people.made = FIRST_PERSON + number * PERSONS_OF_A_FAMILY + turn * PERSONS_OF_A_TURN
    household = Household(throw, people, month=month)
    if throw.random() < CHILD:
        household.settle_family_with_child()
    else:
        household.settle_adult()
    house = FIRST_DWELLING + number + turn * DWELLINGS_OF_A_TURN
    dwelling = _builder(district_code, months + turn * PLACES_OF_A_TURN).build(throw, place, number=house)
    residents = household.residents(elsewhere=None)
    registrar = Registrar(month=month)
    right = registrar.register(
        throw, household.grounds[0], place=place, dwelling=dwelling, residents=residents, people=people
    )
    return Newcomer(
        family=DemoFamily(number=house, dwelling=dwelling, residents=residents, entitlements=(right,)),
        is_refused=throw.random() < REFUSED,
        received_on=month + dt.timedelta(days=throw.randrange(3, 8)),
    )


def _builder(district_code: str, place: int) -> Builder:
    """Give a builder whose next house in each settlement is this newcomer's own."""
    builder = Builder()
    taken: Counter[tuple[str, str, str]] = Counter()
    for settlement in district(district_code).settlements:
        for kind, per_street in (("house", HOUSES_PER_STREET), ("flat", BLOCKS_PER_STREET * FLATS_PER_BLOCK)):
            round_trip = len(settlement.streets) * per_street
            taken[district_code, settlement.code, kind] = HOUSES_BUILT_BEFORE * round_trip + place
    builder.taken = taken
    return builder
