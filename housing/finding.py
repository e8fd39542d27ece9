"""What a recipient is found by on this floor: a part of the address of the dwelling the equivalent is counted for."""

import datetime as dt
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from housing.models import Street, SupportedDwelling
from offices.searching import CodeKey, code_key

NOISE = frozenset({
    "ул", "улица", "пер", "переулок", "пр", "просп", "проспект", "пл", "площадь", "наб", "набережная", "ш", "шоссе",
    "г", "город", "пос", "поселок", "пгт", "рп", "с", "село", "дер", "деревня", "обл", "область", "р", "район",
    "д", "дом", "к", "корп", "корпус", "кв", "квартира", "ком", "комната",
})  # fmt: skip
"""Words that stand in an address and say nothing of which."""


def at_address(words: Sequence[str], numbers: Sequence[str], *, on: dt.date) -> "QuerySet[Any]":
    """Return the keys of the recipients whose dwelling on the day is on a street so named, in such a house and flat.

    Every word begins a word of the street's or of the settlement's name. The first number is the house, with or
    without its building; the next are the building, the flat, the room, as far as they are told.
    """
    streets = Street.objects.filter(reduce(and_, (_named(word) for word in words)))
    there = SupportedDwelling.objects.valid_on(on).filter(dwelling__address__street__in=streets.values("pk"))
    for number, columns in zip(numbers, _PLACES, strict=False):
        key = code_key(number)
        there = there.annotate(**_KEYS).filter(reduce(or_, (Q(**{column: key}) for column in columns)))
    return there.values("recipient")


def _named(word: str) -> Q:
    street = Q(name_key__startswith=word) | Q(name_key__contains=f" {word}")
    return street | Q(settlement__name_key__startswith=word) | Q(settlement__name_key__contains=f" {word}")


_ADDRESS = "dwelling__address__"
_KEYS = {
    "house_key": CodeKey(f"{_ADDRESS}house"),
    "building_key": CodeKey(f"{_ADDRESS}building"),
    "flat_key": CodeKey(f"{_ADDRESS}flat"),
    "room_key": CodeKey(f"{_ADDRESS}room"),
}
_PLACES = (("house_key",), ("building_key", "flat_key"), ("flat_key", "room_key"), ("room_key",))
"""What the first, second, third and fourth number of an address may be."""
