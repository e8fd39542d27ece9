from decimal import Decimal

from django import template

from offices.money import NBSP, format_amount
from workplace.wording import reason_in_words

register = template.Library()

register.filter("in_words", reason_in_words)


@register.filter
def roubles(value: Decimal) -> str:
    """Roubles; what a provider sent finer than a kopeck is shown as it was sent."""
    return f"{format_amount(value)}{NBSP}₽"


@register.filter
def count(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")
