import datetime as dt
import random

import pytest

from recipients.names import Sex, sex_by_patronymic
from workplace.demo.identities import account_of, snils_of
from workplace.demo.vocabulary import fathers_name, first_name, gives_patronymic, patronymic, surname, surname_for


@pytest.mark.parametrize(
    ("mans", "womans"),
    [
        ("Иванов", "Иванова"),
        ("Барановский", "Барановская"),
        ("Толстой", "Толстая"),
        ("Шевченко", "Шевченко"),
        ("Черных", "Черных"),
        ("Кузьмич", "Кузьмич"),
        ("Соловей", "Соловей"),
        ("Иванов-Петров", "Иванова-Петрова"),
    ],
)
def test_forms_a_womans_surname(mans: str, womans: str) -> None:
    assert surname_for(mans, sex="f") == womans
    assert surname_for(mans, sex="m") == mans


def test_forms_patronymics_that_show_the_sex() -> None:
    dice = random.Random(1)
    for _ in range(500):
        father = fathers_name(dice, born_on=dt.date(dice.randrange(1935, 2025), 3, 1))
        assert gives_patronymic(father)
        assert sex_by_patronymic(patronymic(father, sex="m")) is Sex.MALE
        assert sex_by_patronymic(patronymic(father, sex="f")) is Sex.FEMALE


def test_names_the_young_otherwise_than_the_old() -> None:
    dice = random.Random(2)
    old = {first_name(dice, sex="f", born_on=dt.date(1940, 1, 1)) for _ in range(400)}
    young = {first_name(dice, sex="f", born_on=dt.date(2015, 1, 1)) for _ in range(400)}
    assert "Раиса" in old - young
    assert "Милана" in young - old


def test_knows_many_surnames() -> None:
    dice = random.Random(3)
    assert len({surname(dice) for _ in range(5000)}) > 250


def test_never_repeats_a_snils_or_an_account() -> None:
    assert len({snils_of(index, seed=7) for index in range(20_000)}) == 20_000
    assert len({account_of(index, bik="046614901") for index in range(20_000)}) == 20_000


def test_refuses_more_people_than_the_block_holds() -> None:
    with pytest.raises(IndexError):
        snils_of(10_000_000, seed=7)
