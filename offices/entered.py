"""What people type, read as they mean it: days and sums in any reasonable form."""

import datetime as dt
import re
from decimal import Decimal

from offices.money import KOPECK

MINUSES = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-"})
SPACES = re.compile(r"[\s\u00a0\u202f']+")
PARTED = re.compile(r"(\d{1,2})[.,/\- ](\d{1,2})[.,/\- ](\d{4}|\d{2})(?: ?г\.?)?")
UNPARTED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
SUM = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
WHOLE_CENTURY = 100
MOST_DIGITS = 12


class NotADay(ValueError):
    """The text is not a day: the message says in Russian how to write one."""


class NotASum(ValueError):
    """The text is not a sum: the message says in Russian how to write one."""


def read_day(text: str, *, today: dt.date) -> dt.date:
    """Read a day typed as «14.05.1958», «14.5.58», «14/05/1958», «14051958», «140558» or «1958-05-14».

    A year of two digits is the last one that does not lie more than ten years after `today`: «58» is 1958, «27» in
    2026 is 2027.
    Raises NotADay.
    """
    typed = " ".join(text.translate(MINUSES).split())
    found = ISO.fullmatch(typed)
    parts = found.groups()[::-1] if found else ()
    if not parts:
        found = PARTED.fullmatch(typed) or UNPARTED.fullmatch(typed)
        parts = found.groups() if found else ()
    if not parts:
        raise NotADay("Введите день цифрами, например 14.05.1958.")
    number, month, year = (int(part) for part in parts)
    try:
        return dt.date(year if len(parts[2]) == 4 else _whole_year(year, today), month, number)
    except ValueError as reason:
        raise NotADay(f"Дня {text.strip()} не бывает. Введите день цифрами, например 14.05.1958.") from reason


def read_sum(text: str) -> Decimal:
    """Read roubles typed as «1496,9», «1 496.90», «1496» or «−12,00 ₽», exactly to the kopeck.

    Raises NotASum, also for what is finer than a kopeck: nothing is rounded in silence.
    """
    typed = SPACES.sub("", text.translate(MINUSES)).removesuffix("₽").removesuffix("руб.").removesuffix("р.")
    if not SUM.fullmatch(typed) or len(typed) > MOST_DIGITS + 4:
        raise NotASum("Введите сумму в рублях, например 1496,90.")
    return Decimal(typed.replace(",", ".")).quantize(KOPECK)


def _whole_year(short: int, today: dt.date) -> int:
    year = today.year // WHOLE_CENTURY * WHOLE_CENTURY + short
    return year - WHOLE_CENTURY if year > today.year + 10 else year
