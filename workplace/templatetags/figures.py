from collections.abc import Sequence

from django import template

from offices.money import format_number
from workplace.wording import reason_in_words

register = template.Library()

register.filter("in_words", reason_in_words)


@register.filter
def number_of(numbers: Sequence[int], row: int) -> str:
    """Write the number that a row of a part has in the whole; the part's rows are numbered from 1."""
    return format_number(numbers[row - 1], places=0) if 1 <= row <= len(numbers) else "—"
