"""A sum given in equal monthly parts that add up to it, kopeck by kopeck."""

from decimal import Decimal

from calculations.rules.money import EXACT


def equal_parts(amount: Decimal, *, months: int) -> tuple[Decimal, ...]:
    """Divide an amount of whole kopecks into parts, one a month; odd kopecks go one each to the first parts.

    Source: Regulation 369 of 30.10.2007, item 2.4.3 ("равными частями"); dossier 1.2, item 7.
    Raises ValueError without months, or for an amount that is negative or finer than a kopeck.
    """
    kopecks = amount.scaleb(2, context=EXACT)
    if months < 1 or kopecks < 0 or kopecks != kopecks.to_integral_value():
        raise ValueError(f"{amount} in {months} parts")
    each, odd = divmod(int(kopecks), months)
    return tuple(Decimal(each + (number < odd)).scaleb(-2, context=EXACT) for number in range(months))
