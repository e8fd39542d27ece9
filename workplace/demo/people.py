"""Invented people, one by one: names that fit the year of birth, documents, SNILS."""

import datetime as dt
import random

from workplace.demo.identities import birth_certificate_of, passport_of, phone_of, snils_of
from workplace.demo.records import DemoPerson
from workplace.demo.vocabulary import (
    Sex,
    fathers_name,
    first_name,
    patronymic,
    surname,
    surname_for,
    unusual_names,
)

PASSPORT_AGES = (45, 20, 14)
UNUSUAL, WITHOUT_PATRONYMIC = 0.008, 0.004


class People:
    """Makes people with running keys, so that numbers and documents never repeat."""

    def __init__(self, *, seed: int, as_of: dt.date) -> None:
        self.seed, self.as_of = seed, as_of
        self.made = 0

    def make(
        self, dice: random.Random, *, sex: Sex, age: int, family_name: str, father: str | None = None
    ) -> DemoPerson:
        """Make the next person, `age` full years old; `family_name` is the man's form of the surname."""
        key = self.made
        self.made += 1
        born_on = _birthday(dice, as_of=self.as_of, age=age)
        last, first, middle = self._name(dice, sex=sex, born_on=born_on, family_name=family_name, father=father)
        kind, series, number, issued_on, issuer = self._document(key, born_on)
        return DemoPerson(
            key=key,
            last_name=last,
            first_name=first,
            middle_name=middle,
            sex=sex,
            birth_date=born_on,
            snils=snils_of(key, seed=self.seed),
            document_kind=kind,
            document_series=series,
            document_number=number,
            document_issued_on=issued_on,
            document_issuer=issuer,
            phone=phone_of(key) if age >= 14 else "",
        )

    def _name(
        self, dice: random.Random, *, sex: Sex, born_on: dt.date, family_name: str, father: str | None
    ) -> tuple[str, str, str]:
        if father is None and dice.random() < UNUSUAL:
            drawn = dice.choice([name for name in unusual_names() if name.sex == sex])
            return drawn.last_name, drawn.first_name, drawn.middle_name
        first = first_name(dice, sex=sex, born_on=born_on)
        middle = patronymic(father or fathers_name(dice, born_on=born_on), sex=sex)
        if dice.random() < WITHOUT_PATRONYMIC:
            middle = ""
        return surname_for(family_name, sex=sex), first, middle

    def _document(self, key: int, born_on: dt.date) -> tuple[str, str, str, dt.date, str]:
        for age in PASSPORT_AGES:
            turned = born_on.replace(year=born_on.year + age, day=min(born_on.day, 28))
            if turned < self.as_of:
                issued_on = min(turned + dt.timedelta(days=20 + key % 50), self.as_of)
                return ("паспорт", *passport_of(key), issued_on, "УМВД России по Смоленской области")
        issued_on = min(born_on + dt.timedelta(days=5 + key % 20), self.as_of)
        return ("свидетельство о рождении", *birth_certificate_of(key), issued_on, "Отдел ЗАГС")


def draw_family_name(dice: random.Random) -> str:
    """Draw a surname in the man's form; one in sixty is double."""
    drawn = surname(dice)
    if dice.random() < 1 / 60 and drawn.endswith(("ов", "ев", "ин")):
        return f"{surname(dice)}-{drawn}"
    return drawn


def _birthday(dice: random.Random, *, as_of: dt.date, age: int) -> dt.date:
    """Draw the birthday of somebody `age` full years old on the day."""
    latest = dt.date(as_of.year - age, as_of.month, 1)
    return latest - dt.timedelta(days=dice.randrange(0, 360))
