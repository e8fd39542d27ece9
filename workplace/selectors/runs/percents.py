"""Differences in per cent as a person reads them."""

from decimal import ROUND_HALF_UP, Decimal

from offices.money import MINUS, NBSP, format_number


def signed_percent(difference: Decimal, *, of: Decimal, places: int = 1) -> str:
    """Write a difference in per cent of a sum: «+12,4 %», «−8 %», a dash of nothing."""
    if not of:
        return "—"
    value = (difference * 100 / of).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{format_number(abs(value), places=places)}{NBSP}%"
