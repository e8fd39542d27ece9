"""Invented dwellings: addresses that never repeat, what the houses are like, who bills them."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from workplace.demo.places import DemoDistrict, DemoSettlement
from workplace.demo.providers import DISTRICTS_WITH_CENTERS, DemoProvider, providers_in
from workplace.demo.records import DemoAddress, DemoConnectedService, DemoDwelling, DemoServiceAccount

CITY, NUCLEAR_TOWN = "66401", "66410"
BLOCKS_PER_STREET, FLATS_PER_BLOCK, HOUSES_PER_STREET = 30, 60, 90
STEP = 7919  # a prime: positions are taken far apart and never twice
FACTS_SINCE = dt.date(2012, 1, 1)
KIND_WEIGHTS = {"town": (84, 4, 12), "settlement": (68, 2, 30), "village": (24, 0, 76)}
ROOM_WEIGHTS = (28, 42, 25, 5)
SMALLEST_AREA = (31, 42, 56, 72)  # of a flat with one to four rooms, in square meters
AREA_SPREAD = (8, 13, 13, 19)


class Builder:
    """Builds dwellings one after another and remembers which addresses are taken."""

    def __init__(self) -> None:
        self.taken: Counter[tuple[str, str, str]] = Counter()

    def build(self, dice: random.Random, place: DemoDistrict, *, number: int) -> DemoDwelling:
        """Build the region's next dwelling in the district; `number` makes its accounts unique."""
        settlement = _settlement(dice, place)
        surroundings = "village" if settlement.is_rural else "town" if settlement.kind == "г." else "settlement"
        kind = dice.choices(("flat", "room", "house"), KIND_WEIGHTS[surroundings])[0]
        rooms = 1 if kind == "room" else dice.choices((1, 2, 3, 4), ROOM_WEIGHTS)[0]
        total_area, living_area = _areas(dice, kind, rooms)
        address = self._address(place, settlement, kind)
        stove = _stove(dice, place, surroundings, kind)
        has_central_heating = kind != "house" and (not settlement.is_rural or dice.random() < 0.6)
        amenities = _amenities(dice, kind, stove, has_central_heating and not settlement.is_rural)
        stock = dice.choices(("private", "municipal", "state"), _stock_weights(kind))[0]
        zones = dice.choices((1, 2, 3), (80, 16, 4))[0]
        dwelling = DemoDwelling(
            number=number,
            address=address,
            stock=stock,
            kind=kind,
            total_area=total_area,
            living_area=living_area,
            rooms=rooms,
            stove=stove,
            has_central_heating=has_central_heating,
            amenities=amenities,
            electricity_zones=zones,
            tariff_variant="electric" if stove == "electric" or settlement.is_rural else "gas",
            accounts=(),
            valid_from=FACTS_SINCE,
        )
        return replace(dwelling, accounts=tuple(_accounts(dice, place, dwelling)))

    def spare_address(self, dice: random.Random, place: DemoDistrict) -> DemoAddress:
        """Take an address in the district for somebody who lives elsewhere."""
        return self._address(place, place.center, dice.choice(("flat", "house")))

    def _address(self, place: DemoDistrict, settlement: DemoSettlement, kind: str) -> DemoAddress:
        """Take the next free address: blocks have odd numbers, private houses even ones."""
        key = (place.code, settlement.code, "house" if kind == "house" else "flat")
        position = self.taken[key]
        self.taken[key] += 1
        streets = len(settlement.streets)
        per_street = HOUSES_PER_STREET if kind == "house" else BLOCKS_PER_STREET * FLATS_PER_BLOCK
        again, position = divmod(position, streets * per_street)
        start = int(place.code) * STEP + int(settlement.code)  # towns do not all begin with house 1
        place_on_street, street = divmod((start + position * STEP) % (streets * per_street), streets)
        house, flat = divmod(place_on_street, 1 if kind == "house" else FLATS_PER_BLOCK)
        letter = "абвгде"[again - 1] if again else ""
        return DemoAddress(
            district_code=place.code,
            settlement_code=settlement.code,
            street_code=settlement.streets[street].code,
            house=f"{2 * house + 2}{letter}" if kind == "house" else f"{2 * house + 1}",
            building="" if kind == "house" or not again else str(again + 1),
            flat="" if kind == "house" else str(flat + 1),
            room="1" if kind == "room" else "",
            postal_index=settlement.postal_index,
        )


def _settlement(dice: random.Random, place: DemoDistrict) -> DemoSettlement:
    return dice.choices(place.settlements, [each.share for each in place.settlements])[0]


def _areas(dice: random.Random, kind: str, rooms: int) -> tuple[Decimal, Decimal]:
    """Draw the total and the living area, to a tenth of a square meter."""
    if kind == "room":
        tenths = dice.randrange(120, 220)
        return Decimal(tenths) / 10, Decimal(tenths) / 10
    tenths = dice.randrange(SMALLEST_AREA[rooms - 1] * 10, (SMALLEST_AREA[rooms - 1] + AREA_SPREAD[rooms - 1]) * 10)
    return Decimal(tenths) / 10, Decimal(tenths * dice.randrange(56, 68) // 100) / 10


def _stock_weights(kind: str) -> tuple[int, int, int]:
    return {"flat": (66, 31, 3), "room": (20, 72, 8), "house": (86, 14, 0)}[kind]


def _stove(dice: random.Random, place: DemoDistrict, surroundings: str, kind: str) -> str:
    if place.code == NUCLEAR_TOWN:
        return "electric"
    if kind == "house":
        return dice.choices(("gas", "electric", "solid"), (40, 15, 45) if surroundings == "village" else (75, 5, 20))[0]
    return dice.choices(("gas", "electric"), (72, 28))[0]


def _amenities(dice: random.Random, kind: str, stove: str, can_be_full: bool) -> str:
    if can_be_full and (stove == "electric" or dice.random() < 0.7):
        return "full"
    if kind == "house" and dice.random() < 0.5:
        return "street_pump"
    return "gas_heater" if stove == "gas" and dice.random() < 0.6 else "multipoint_heater"


def _accounts(dice: random.Random, place: DemoDistrict, dwelling: DemoDwelling) -> Iterator[DemoServiceAccount]:
    """Yield one account per provider; what a settlement center bills stands on its account."""
    billed: dict[str, list[DemoConnectedService]] = {}
    for provider, code, is_metered in _billed(dice, place, dwelling):
        meter = f"{dwelling.number:07d}-{code}" if is_metered else ""
        billed.setdefault(provider.code, []).append(DemoConnectedService(code, is_metered, meter))
    for provider_code, services in billed.items():
        yield DemoServiceAccount(provider_code, f"{int(place.code[3:]):02d}{dwelling.number:07d}", tuple(services))


def _billed(
    dice: random.Random, place: DemoDistrict, dwelling: DemoDwelling
) -> Iterator[tuple[DemoProvider, str, bool]]:
    """Yield each billed service with its provider and whether a meter counts it."""
    at_work = providers_in(place.code)
    electricity = {1: ("15",), 2: ("16", "17"), 3: ("16", "17", "18")}[dwelling.electricity_zones]
    electricity_metered = dwelling.electricity_zones > 1 or dice.random() < 0.92
    water_metered, gas_metered = dice.random() < 0.68, dice.random() < 0.55
    for code in electricity:
        yield at_work["electricity"][0], code, electricity_metered
    if dwelling.stove == "gas":
        yield at_work["gas"][0], "19", gas_metered
    yield at_work["waste"][0], "23", False
    is_block = dwelling.kind != "house"
    block = int(dwelling.address.house) + int(dwelling.address.street_code) if is_block else 0
    if is_block and dwelling.stock == "private" and dwelling.kind == "flat":
        yield at_work["capital_repair"][0], "03", False
    through_center = is_block and place.code in DISTRICTS_WITH_CENTERS and block % 4 < 2
    water = at_work["settlement_center"][0] if through_center else at_work["water"][0]
    yield water, "10", water_metered
    if dwelling.amenities != "street_pump":
        yield water, "14", water_metered
    yield from _heat(at_work["heat"], dwelling, block, water_metered)
    if is_block:
        manager = water if through_center else at_work["managing"][block % len(at_work["managing"])]
        yield from _managed(manager, dwelling)


def _heat(
    providers: tuple[DemoProvider, ...], dwelling: DemoDwelling, block: int, water_metered: bool
) -> Iterator[tuple[DemoProvider, str, bool]]:
    """In the city one company heats two blocks of three; hot water comes from the last one."""
    if dwelling.has_central_heating:
        yield providers[0] if block % 3 else providers[-1], "21", False
    if dwelling.amenities == "full":
        yield providers[-1], "11", water_metered


def _managed(manager: DemoProvider, dwelling: DemoDwelling) -> Iterator[tuple[DemoProvider, str, bool]]:
    yield manager, "02", False
    if dwelling.stock != "private":
        yield manager, "01", False
    for code in ("30", "31", "32", "33") if dwelling.amenities == "full" else ("30", "32", "33"):
        yield manager, code, False
