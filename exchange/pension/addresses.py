"""Whether two addresses are one: the fund writes them otherwise than our cards do."""

import re

# Words that tell the kind of a place, not which one it is; and what one of the sides leaves out.
_KIND_WORDS = """
    г гор город пгт рп п пос поселок д дер деревня с село ст станция х ул улица пер переулок пр просп проспект пл
    площадь б бульвар ш шоссе туп тупик мкр дом корп корпус к кв квартира ком комната обл область р н район россия рф
"""
_KINDS = frozenset(_KIND_WORDS.split())
_WORD = re.compile(r"[0-9]+[а-яa-z]?|[а-яa-z]+")


def is_same_address(one: str, other: str) -> bool:
    """Tell whether all that the shorter address says the longer one says too, whatever the order and the kinds."""
    first, second = _words(one), _words(other)
    return first <= second or second <= first


def _words(address: str) -> frozenset[str]:
    text = address.lower().replace("ё", "е")
    joined = re.sub(r"([0-9])\s*-?\s*([а-я])(?![а-я])", r"\1\2", text)
    return frozenset(_WORD.findall(joined)) - _KINDS
