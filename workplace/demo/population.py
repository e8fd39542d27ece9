"""The invented population as a stream of families: who lives together and whose right is counted.

The same seed gives the same families, and a longer stream begins with the shorter one (only
the last family may differ, where one right too many is left out).
"""

import datetime as dt
import random
from collections.abc import Iterator
from itertools import accumulate

from workplace.demo.dwellings import Builder
from workplace.demo.households import Household
from workplace.demo.people import People
from workplace.demo.places import DemoDistrict, districts
from workplace.demo.records import DemoFamily
from workplace.demo.rights import Registrar

KINDS = ("adult", "two_adults", "child", "child_and_grandparent")
KIND_WEIGHTS = (75, 9, 13, 3)
FIRST_MONTH = dt.date(2026, 10, 1)


def population(*, recipients: int = 2000, seed: int = 7, month: dt.date = FIRST_MONTH) -> Iterator[DemoFamily]:
    """Yield families until they hold exactly so many rights.

    `month` is the first month to be billed: rights begin by then, ages are counted on the
    first of January of its year. Families are independent draws, so the stream needs little
    memory: only which addresses are taken.
    """
    people = People(seed=seed, as_of=dt.date(month.year, 1, 1))
    builder, registrar = Builder(), Registrar(month=month)
    places = districts()
    weights = list(accumulate(place.inhabitants for place in places))
    made, number = 0, 0
    while made < recipients:
        number += 1
        dice = random.Random(f"{seed}/{number}")  # noqa: S311 - invented data, the same each time
        place = dice.choices(places, cum_weights=weights)[0]
        kind = dice.choices(KINDS, KIND_WEIGHTS)[0] if recipients - made > 1 else "adult"
        family = _family(dice, place, kind, number, builder=builder, people=people, registrar=registrar)
        made += len(family.entitlements)
        yield family


def _family(
    dice: random.Random,
    place: DemoDistrict,
    kind: str,
    number: int,
    *,
    builder: Builder,
    people: People,
    registrar: Registrar,
) -> DemoFamily:
    household = Household(dice, people, month=registrar.month)
    match kind:
        case "adult":
            household.settle_adult()
        case "two_adults":
            household.settle_two_adults()
        case "child":
            household.settle_family_with_child()
        case _:
            household.settle_family_with_child_and_grandparent()
    dwelling = builder.build(dice, place, number=number)
    elsewhere = None
    if household.may_be_a_place_of_stay and dice.random() < 0.06:
        elsewhere = builder.spare_address(dice, dice.choice(districts()))
    residents = household.residents(elsewhere=elsewhere)
    entitlements = tuple(
        registrar.register(dice, ground, place=place, dwelling=dwelling, residents=residents, people=people)
        for ground in household.grounds
    )
    return DemoFamily(number=number, dwelling=dwelling, residents=residents, entitlements=entitlements)
