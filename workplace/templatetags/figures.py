from decimal import Decimal

from django import template

from offices.money import NBSP, format_quantity, format_roubles, to_kopecks
from workplace.wording import reason_in_words

register = template.Library()

register.filter("in_words", reason_in_words)


@register.filter
def roubles(value: Decimal) -> str:
    """Roubles; what a provider sent finer than a kopeck is shown as it was sent."""
    return format_roubles(value) if value == to_kopecks(value) else f"{format_quantity(value)}{NBSP}₽"


@register.filter
def count(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")
