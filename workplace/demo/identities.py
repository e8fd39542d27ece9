"""Numbers of invented people: they pass every check and still cannot be mistaken for real.

- SNILS: the nine-digit number begins with 99 (990-000-000 to 999-999-999), a block far above
  the numbers given out; ten million of them, never repeated within a region.
- Passports: series beginning with 99, which names no territory. Birth certificates: series
  ending with ЯЯ, which names no region.
- Telephones: numbers beginning with +7 000, e-mail under the reserved domain `example`.
- Bank accounts: real balance accounts with a key that fits the bank, at banks that do not exist.
"""

from offices.accounts import with_account_key
from recipients.snils import control_number

SNILS_BLOCK, SNILS_COUNT, SNILS_STEP = 990_000_000, 10_000_000, 3_456_701
PERSONAL_BALANCE_ACCOUNTS = ("40817810", "42301810", "42306810")


def snils_of(index: int, *, seed: int) -> str:
    """Return the SNILS of the person with this number; different numbers never share one.

    Raises IndexError beyond ten million people.
    """
    if not 0 <= index < SNILS_COUNT:
        raise IndexError(index)
    place = (index * SNILS_STEP + seed * 7919) % SNILS_COUNT
    number = f"{SNILS_BLOCK + place:09d}"
    return number + control_number(number)


def passport_of(index: int) -> tuple[str, str]:
    """Return a passport's series and number."""
    return f"99{index // 1_000_000 % 100:02d}", f"{index % 1_000_000:06d}"


def birth_certificate_of(index: int) -> tuple[str, str]:
    """Return a birth certificate's series and number."""
    return "I-ЯЯ", f"{index % 1_000_000:06d}"


def phone_of(index: int) -> str:
    """Return a telephone number that nobody has."""
    return f"+7 000 {index // 10_000 % 1000:03d}-{index // 100 % 100:02d}-{index % 100:02d}"


def account_of(index: int, *, bik: str) -> str:
    """Return a citizen's account at the bank, with a fitting key.

    The number holds the index, so two people never share an account of one bank.
    """
    balance = PERSONAL_BALANCE_ACCOUNTS[0 if index % 10 < 7 else 1 + index % 2]
    return with_account_key(bik, f"{balance}0{8609:04d}{index % 10_000_000:07d}")
