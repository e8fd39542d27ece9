"""The keys people are found by are made by the database and cannot be written by anybody else."""

import pytest
from django.db import DatabaseError, connection, transaction

from housing.models import Settlement, Street
from offices.searching import code_key, latin, text_key
from providers.models import ServiceAccount
from recipients.models import Person, Recipient
from tests import factories as make

pytestmark = pytest.mark.django_db

KEYS = [
    pytest.param(Person, "name_key", id="a person's name"),
    pytest.param(Person, "latin_key", id="a person's name in Latin"),
    pytest.param(Recipient, "case_key", id="a case number"),
    pytest.param(Settlement, "name_key", id="a settlement"),
    pytest.param(Street, "name_key", id="a street"),
    pytest.param(ServiceAccount, "number_key", id="a provider's account"),
]
NAMES = ["Берёзкина", "СОЛОВЬЁВ-Седой", "  Ёлкин ", "О’Нил", "Ли", "Ярошенко-дер-Вельде"]
NUMBERS = ["Э-000123", "123/2026", "00 12-34.5", "№ 7", "Ёж—1", "0012345"]


def raw(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize(("model", "column"), KEYS)
def test_refuses_a_key_written_by_hand(model: type, column: str) -> None:
    with pytest.raises(DatabaseError, match="can only be updated to DEFAULT"), transaction.atomic():
        raw(f"UPDATE {model._meta.db_table} SET {column} = 'иначе'")


def test_follows_a_name_changed_by_raw_sql() -> None:
    person = make.person(last_name="Берёзкина", first_name="Анна", middle_name="Петровна")
    raw("UPDATE recipients_person SET last_name = 'Соловьёва-Седая' WHERE id = %s", person.pk)
    assert raw("SELECT name_key FROM recipients_person WHERE id = %s", person.pk) == [
        ("соловьева седая анна петровна",)
    ]


def test_keeps_the_key_out_of_the_history() -> None:
    columns = raw("SELECT column_name FROM information_schema.columns WHERE table_name = 'recipients_personevent'")
    assert ("last_name",) in columns
    assert {("name_key",), ("latin_key",)}.isdisjoint(columns)


@pytest.mark.parametrize("name", NAMES)
def test_makes_the_key_of_a_name_as_python_does(name: str) -> None:
    person = make.person(last_name=name, first_name="Ия", middle_name="")
    person.refresh_from_db()
    assert person.name_key == text_key(f"{name} Ия ")
    assert person.latin_key == latin(person.name_key)


@pytest.mark.parametrize("number", NUMBERS)
def test_makes_the_key_of_a_number_as_python_does(number: str) -> None:
    recipient = make.recipient(case_number=number)
    recipient.refresh_from_db()
    assert recipient.case_key == code_key(number)


def test_writes_every_letter_of_the_alphabet_by_another_latin_one() -> None:
    alphabet = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
    written = latin(alphabet)
    assert len(set(written)) == len(alphabet)
    assert written.isascii()
    assert written.isalnum()
    [(trigrams,)] = raw("SELECT show_trgm(%s)", latin("березкина"))
    assert len(trigrams) == len("березкина") + 1
