"""Roubles on paper and screen: digits, words, and splits that add up.

Every sum here is whole kopecks. A finer value is an error of the caller, who rounds
once with `to_kopecks` where the rule says so; nothing is rounded in silence.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
KOPECK = Decimal("0.01")
ROUBLE_FORMS = ("рубль", "рубля", "рублей")
KOPECK_FORMS = ("копейка", "копейки", "копеек")


class NotKopecks(ValueError):
    """The sum is not a whole number of kopecks."""


class NothingToSplitBy(ValueError):
    """A sum is to be split into no parts, or by weights that do not add up above zero."""


def to_kopecks(value: Decimal) -> Decimal:
    """Round half up to the kopeck, away from zero for a negative value."""
    return value.quantize(KOPECK, rounding=ROUND_HALF_UP)


def format_number(value: Decimal | int, *, places: int) -> str:
    """Write a number the Russian way: «1 496,90», thousands parted by a no-break space.

    Raises ValueError when the number has more significant places than asked for.
    """
    number = Decimal(value)
    shown = number.quantize(Decimal(1).scaleb(-places))
    if shown != number:
        raise ValueError(f"{number} has more than {places} decimal places")
    digits = f"{abs(shown):,.{places}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if shown < 0 else digits


def format_quantity(value: Decimal) -> str:
    """Write a volume, area, norm or tariff without trailing zeros: «12,96», «0,0185», «54»."""
    digits = f"{value.normalize():f}"
    return format_number(value, places=len(digits.partition(".")[2]))


def format_amount(value: Decimal) -> str:
    """Write roubles to the kopeck, and what came finer than a kopeck as it came: «1 496,90», «26,68307»."""
    return format_number(value, places=2) if value == to_kopecks(value) else format_quantity(value)


def format_sum(value: Decimal) -> str:
    """Write roubles and kopecks without the sign of the currency: «1 496,90».

    Raises NotKopecks when the sum is finer than a kopeck.
    """
    return format_number(_whole_kopecks(value), places=2)


def format_roubles(value: Decimal) -> str:
    """Write roubles and kopecks with the sign of the currency: «1 496,90 ₽».

    Raises NotKopecks when the sum is finer than a kopeck.
    """
    return f"{format_sum(value)}{NBSP}₽"


def roubles_in_words(value: Decimal) -> str:
    """Write a sum as payment documents need it: roubles in words, kopecks in digits.

    «Одна тысяча четыреста девяносто шесть рублей 90 копеек».
    Raises NotKopecks for a sum finer than a kopeck, ValueError for a negative one.
    """
    if value < 0:
        raise ValueError(f"{value} cannot be written in words: it is negative")
    roubles, kopecks = divmod(int(_whole_kopecks(value) * 100), 100)
    words = str(num2words(roubles, lang="ru"))
    rouble, kopeck = choose_form(roubles, ROUBLE_FORMS), choose_form(kopecks, KOPECK_FORMS)
    return f"{words[0].upper()}{words[1:]} {rouble} {kopecks:02d} {kopeck}"


def choose_form(count: int, forms: tuple[str, str, str]) -> str:
    """Choose the noun's form after a number: 1 рубль, 2 рубля, 5 рублей."""
    tens, ones = abs(count) % 100, abs(count) % 10
    if ones == 1 and tens != 11:
        return forms[0]
    if ones in (2, 3, 4) and tens not in (12, 13, 14):
        return forms[1]
    return forms[2]


def count_with_noun(count: int, forms: tuple[str, str, str]) -> str:
    """Write a count with its noun: «1 200 получателей»."""
    return f"{format_number(count, places=0)}{NBSP}{choose_form(count, forms)}"


def split_evenly(total: Decimal, *, parts: int) -> list[Decimal]:
    """Split a sum into equal parts; the kopecks left over go one each to the first parts.

    Source: Regulation 369 of 30.10.2007, item 2.4.3 (equal parts by months).
    Raises NothingToSplitBy for fewer than one part, NotKopecks for a finer sum.
    """
    return split_by_weights(total, weights=[Decimal(1)] * parts)


def split_by_weights(total: Decimal, *, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split a sum in proportion to weights so that the parts add up to it exactly.

    Every part is rounded towards zero; the kopecks left over go one each to the first
    parts of non-zero weight. A negative sum is split as its mirror image.
    Raises NothingToSplitBy when weights are negative or all zero, NotKopecks for a finer sum.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise NothingToSplitBy(f"{total} by {weights}")
    sign = -1 if total < 0 else 1
    kopecks = int(abs(_whole_kopecks(total)) * 100)
    shares = [int(kopecks * weight // whole) for weight in weights]
    left = kopecks - sum(shares)
    for place, weight in enumerate(weights):
        if left and weight:
            shares[place] += 1
            left -= 1
    return [sign * share * KOPECK for share in shares]


def _whole_kopecks(value: Decimal) -> Decimal:
    if not value.is_finite() or value != to_kopecks(value):
        raise NotKopecks(value)
    return value
