"""SNILS, the number of a person's individual insurance account.

Stored as eleven digits; shown as «112-233-445 95». The SQL twin that guards the column
is `offices.sql_functions.SNILS_IS_VALID`.
Source: rules of the Pension Fund for the control number; numbers up to 001-001-998
were given out before the control number existed.
"""

import re

LAST_WITHOUT_CONTROL = 1_001_998
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
DIGITS = re.compile(r"[0-9]{11}")


class NotASnils(ValueError):
    """The text is not a SNILS: the message says in Russian what is wrong with it."""


def control_number(first_nine: str) -> str:
    """Compute the two control digits of a nine-digit number."""
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(first_nine))
    return f"{total % 101 % 100:02d}"


def snils_is_valid(snils: str) -> bool:
    """Tell whether eleven digits, without separators, are a SNILS.

    Number zero is refused though its control number fits.
    """
    if not DIGITS.fullmatch(snils) or int(snils[:9]) == 0:
        return False
    if int(snils[:9]) <= LAST_WITHOUT_CONTROL:
        return True
    return control_number(snils[:9]) == snils[9:]


def parse_snils(text: str) -> str:
    """Read a SNILS typed with any spaces and dashes and return its eleven digits.

    Raises NotASnils when it is not eleven digits, is zero or its control number is wrong.
    """
    digits = SEPARATORS.sub("", text)
    if not DIGITS.fullmatch(digits):
        raise NotASnils("СНИЛС состоит из 11 цифр, например 112-233-445 95.")
    if int(digits[:9]) == 0:
        raise NotASnils("СНИЛС из одних нулей не бывает.")
    if not snils_is_valid(digits):
        raise NotASnils("Контрольное число СНИЛС не сходится: проверьте цифры.")
    return digits


def format_snils(snils: str) -> str:
    """Show eleven stored digits as «112-233-445 95».

    Raises NotASnils when there are not eleven digits.
    """
    if not DIGITS.fullmatch(snils):
        raise NotASnils("СНИЛС состоит из 11 цифр, например 112-233-445 95.")
    return f"{snils[:3]}-{snils[3:6]}-{snils[6:9]} {snils[9:]}"
