"""Bank requisites: BIK, the key of a twenty-digit account, INN.

The SQL twin of the key check is `offices.sql_functions.ACCOUNT_KEY_IS_VALID`.
Source: Bank of Russia's order of computing the control key (08.09.1997 No 515); for INN,
the Tax Service's order of 29.06.2012 No ММВ-7-6/435@.
"""

import re

BIK = re.compile(r"[0-9]{9}")
ACCOUNT = re.compile(r"[0-9]{5}[0-9ABCEHKMPTX][0-9]{14}")
LETTERS = str.maketrans("ABCEHKMPTX", "0123456789")
KEY_WEIGHTS = (7, 1, 3)
KEY_PLACE = 8
CENTRAL_BANK_BRANCHES = ("000", "001", "002")
CENTRAL_BANK_ACCOUNTS = ("301", "40102")
PERSONAL_ACCOUNTS = ("40817", "40820", "423", "426")
INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


class NotRequisites(ValueError):
    """The BIK or the account has a wrong shape."""


def bik_is_valid(bik: str) -> bool:
    """Tell whether the text has the shape of a bank's BIK: nine digits, kind 0, 1 or 2 first."""
    return bool(BIK.fullmatch(bik)) and bik[0] in "012" and int(bik) > 0


def account_key_is_valid(bik: str, account: str) -> bool:
    """Tell whether the account's ninth digit is the key that fits the bank.

    The sixth place of a clearing account may be a Latin letter. Anything of a wrong shape
    is not valid.
    """
    if not BIK.fullmatch(bik) or not ACCOUNT.fullmatch(account):
        return False
    return _key_sum(bik, account) == 0


def with_account_key(bik: str, account: str) -> str:
    """Return the account with its ninth digit replaced by the key that fits the bank.

    Raises NotRequisites when the BIK or the account has a wrong shape.
    """
    if not BIK.fullmatch(bik) or not ACCOUNT.fullmatch(account):
        raise NotRequisites(f"БИК {bik}, счёт {account}")
    keyless = f"{account[:KEY_PLACE]}0{account[KEY_PLACE + 1 :]}"
    key = _key_sum(bik, keyless) * 3 % 10
    return f"{account[:KEY_PLACE]}{key}{account[KEY_PLACE + 1 :]}"


def is_personal_account(account: str) -> bool:
    """Tell whether the balance account is one that a bank opens to a citizen."""
    return bool(ACCOUNT.fullmatch(account)) and account.startswith(PERSONAL_ACCOUNTS)


def inn_is_valid(inn: str) -> bool:
    """Tell whether ten digits of an organization or twelve of a person are an INN."""
    if not re.fullmatch(r"[0-9]{10}|[0-9]{12}", inn) or int(inn) == 0:
        return False
    checked = (10,) if len(inn) == 10 else (11, 12)
    return all(_inn_digit(inn[: length - 1]) == int(inn[length - 1]) for length in checked)


def with_inn_control(digits: str) -> str:
    """Append the control digits to the first nine (organization) or ten (person) of an INN.

    Raises NotRequisites for any other length.
    """
    if not re.fullmatch(r"[0-9]{9}|[0-9]{10}", digits):
        raise NotRequisites(f"ИНН {digits}")
    for _ in range(len(digits) - 8):
        digits = f"{digits}{_inn_digit(digits)}"
    return digits


def _key_sum(bik: str, account: str) -> int:
    """Return the last digit of the weighted sum; zero means that the key fits."""
    central = account.startswith(CENTRAL_BANK_ACCOUNTS) or bik.endswith(CENTRAL_BANK_BRANCHES)
    digits = (f"0{bik[4:6]}" if central else bik[6:]) + account.translate(LETTERS)
    return sum(int(digit) * KEY_WEIGHTS[place % 3] for place, digit in enumerate(digits)) % 10


def _inn_digit(digits: str) -> int:
    weights = INN_WEIGHTS[-len(digits) :]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 11 % 10
