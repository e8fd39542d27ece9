"""The checks in the database and in Python are the same checks."""

import random

import pytest
from django.db import connection

from offices.accounts import account_key_is_valid, with_account_key
from offices.sql_functions import FUNCTIONS
from recipients.snils import control_number, snils_is_valid

pytestmark = pytest.mark.django_db

SNILS_VECTORS = [
    "58659591780", "11111111111", "11223344595", "11223344596", "08765430300", "02211468091",
    "10959882712", "00000000000", "00000000055", "00100199800", "00100199900", "00100199906",
    "", "1122334459", "112233445950", "112-233-445", "1122334459\n", "١١٢٢٣٣٤٤٥٩٥",
]  # fmt: skip
ACCOUNT_VECTORS = [
    ("044525225", "30101810400000000225"), ("044525593", "40702810801400016513"),
    ("044525225", "40817810700000000001"), ("046614632", "42306810659000000001"),
    ("016614901", "40102810445370000055"), ("044525225", "40817810800000000001"),
    ("044525225", "4081781070000000000"), ("04452522", "40817810700000000001"),
    ("044525225", "40817A10700000000001"), ("044525225", "A0817810700000000001"),
    ("046614001", "40817810700000000001"), ("044525225", "40817810700000000001\n"), ("", ""),
]  # fmt: skip


@pytest.fixture(autouse=True)
def functions() -> None:
    with connection.cursor() as cursor:
        for function in FUNCTIONS:
            cursor.execute(function.create)


def ask(query: str, values: list[str]) -> list[bool]:
    with connection.cursor() as cursor:
        cursor.execute(query, [values])
        return [row[0] for row in cursor.fetchall()]


def test_judges_a_snils_as_python_does() -> None:
    dice = random.Random(11)
    numbers = [f"{dice.randrange(10**9):09d}" for _ in range(3000)]
    numbers += [f"{dice.randrange(1_001_000, 1_003_000):09d}" for _ in range(500)]
    good = [number + control_number(number) for number in numbers]
    values = SNILS_VECTORS + good + [f"{dice.randrange(10**11):011d}" for _ in range(3000)]
    query = "SELECT snils_is_valid(v) FROM unnest(%s::text[]) WITH ORDINALITY AS t(v, n) ORDER BY n"
    expected = [snils_is_valid(value) for value in values]
    assert ask(query, values) == expected
    assert expected.count(True) > 3000
    assert expected.count(False) > 2500


def test_judges_an_account_key_as_python_does() -> None:
    dice = random.Random(12)
    pairs = list(ACCOUNT_VECTORS)
    for start in ["40817810", "42306810", "30101810", "40102810", "408178A0", "40817A10"] * 400:
        bik = dice.choice(["0466", "0445", "0166"]) + f"{dice.randrange(10**5):05d}"
        if dice.random() < 0.2:
            bik = f"{bik[:6]}{dice.choice(['000', '001', '002'])}"
        account = f"{start}{dice.randrange(10**12):012d}"
        pairs.append((bik, account))
        if start != "408178A0":
            pairs.append((bik, with_account_key(bik, account)))
    query = (
        "SELECT account_key_is_valid(split_part(v, '|', 1), split_part(v, '|', 2))"
        " FROM unnest(%s::text[]) WITH ORDINALITY AS t(v, n) ORDER BY n"
    )
    expected = [account_key_is_valid(bik, account) for bik, account in pairs]
    assert ask(query, [f"{bik}|{account}" for bik, account in pairs]) == expected
    assert expected.count(True) > 2000
    assert expected.count(False) > 1500


def test_lets_an_empty_column_pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT snils_is_valid(NULL), account_key_is_valid(NULL, '1'), ru_key(NULL)")
        assert cursor.fetchone() == (None, None, None)


def test_orders_names_as_a_russian_reader_expects() -> None:
    names = ["Яковлев", "Ёлкин", "Авдеев", "Елагин", "авдеева", "Ельцов", "ЕЛИН", "Жуков", "Йодко"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT v FROM unnest(%s::text[]) AS v ORDER BY ru_key(v), lower(v), v", [names])
        ordered = [row[0] for row in cursor.fetchall()]
    assert ordered == ["Авдеев", "авдеева", "Елагин", "ЕЛИН", "Ёлкин", "Ельцов", "Жуков", "Йодко", "Яковлев"]


def test_can_guard_a_column_and_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE guarded (snils text CHECK (snils_is_valid(snils)), bik text, account text,"
            " CHECK (account_key_is_valid(bik, account)))"
        )
        cursor.execute("CREATE INDEX ON guarded (ru_key(snils))")
        cursor.execute("INSERT INTO guarded VALUES ('11223344595', '044525225', '40817810700000000001')")
        cursor.execute("SELECT count(*) FROM guarded")
        assert cursor.fetchone() == (1,)
