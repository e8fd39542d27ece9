"""Who lives together: disabled adults with their relatives, families with a disabled child."""

import datetime as dt
import random
from dataclasses import dataclass

from workplace.demo.people import People, draw_family_name
from workplace.demo.records import DemoAddress, DemoCovered, DemoPerson, DemoResident
from workplace.demo.vocabulary import Sex, gives_patronymic

AGE_BANDS = ((18, 31), (31, 46), (46, 61), (61, 76), (76, 93))
AGE_WEIGHTS = (8, 14, 24, 32, 22)
SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5, 6), (34, 34, 17, 9, 4, 2)
GROUPS, GROUP_WEIGHTS = ("1", "2", "3"), (14, 50, 36)
REGISTERED_SINCE = dt.date(2012, 1, 1)
YOUNG, MOST_RESIDENTS = 31, 6


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose disability grounds a right, who is paid, who is covered and by what relation."""

    disabled: DemoPerson
    recipient: DemoPerson
    category: str
    covered: tuple[DemoCovered, ...]
    guardian: DemoPerson | None = None


class Household:
    """People of one dwelling, settled by one of the `settle_` methods."""

    def __init__(self, dice: random.Random, people: People, *, month: dt.date) -> None:
        self.dice, self.people, self.month = dice, people, month
        self.name = draw_family_name(dice)
        self.members: list[DemoPerson] = []
        self.grounds: list[Ground] = []
        self.may_be_a_place_of_stay = True
        self.newcomer: DemoPerson | None = None
        self.most = MOST_RESIDENTS

    def settle_adult(self) -> None:
        """Settle a disabled adult, alone or with relatives."""
        disabled = self._adult()
        self._add_relatives(disabled, size=self.dice.choices(SIZES, SIZE_WEIGHTS)[0])
        self._ground_adult(disabled)
        if len(self.members) > 1 and self.dice.random() < 0.008:
            self.newcomer = self.members[-1]

    def settle_two_adults(self) -> None:
        """Settle two disabled adults of one household: spouses, or a parent and a grown child."""
        first = self._adult()
        age = self._age(first)
        if age >= YOUNG and self.dice.random() < 0.7:
            second = self._person("f" if first.sex == "m" else "m", max(18, age + self.dice.randrange(-6, 7)))
        else:
            second = self._person(self._sex(), max(40, age + self.dice.randrange(20, 35)) if age < 50 else age - 24)
        self.members.append(second)
        self._add_relatives(first, size=self.dice.choices((2, 3, 4), (70, 20, 10))[0])
        self._ground_adult(first)
        self._ground_adult(second)
        self.may_be_a_place_of_stay = False

    def settle_family_with_child(self) -> None:
        """Settle a disabled child with parents or a guardian, brothers and sisters."""
        if self.dice.random() < 0.06:
            self._settle_guardian()
            return
        mother_age = self.dice.randrange(24, 46)
        mother = self._member("f", mother_age)
        covered = [(mother, "мать")]
        father = None
        if self.dice.random() < 0.66:
            father = self._member("m", mother_age + self.dice.randrange(-2, 8))
            covered.append((father, "отец"))
        of = father.first_name if father and gives_patronymic(father.first_name) else None
        siblings = min(self.dice.choices((0, 1, 2, 3), (38, 40, 17, 5))[0], self.most - len(self.members) - 1)
        ages = list(range(1, min(17, mother_age - 18), 2))
        child, *others = [self._child(age, of) for age in self.dice.sample(ages, min(len(ages), siblings + 1))]
        covered += [(each, "брат" if each.sex == "m" else "сестра") for each in others]
        recipient = father if father and self.dice.random() < 0.15 else mother
        self._ground_family(child, recipient, covered)
        if len(self.members) < self.most and self.dice.random() < 0.06:
            self._member(self._sex(), self.dice.randrange(20, 60))  # a lodger, not of the family

    def settle_family_with_child_and_grandparent(self) -> None:
        """Settle such a family with a grandparent who has a right of their own."""
        self.most = MOST_RESIDENTS - 1
        self.settle_family_with_child()
        grandparent = self._member(self._sex(), self.dice.randrange(58, 80))
        self._ground_adult(grandparent)
        self.may_be_a_place_of_stay = False

    def residents(self, *, elsewhere: DemoAddress | None) -> tuple[DemoResident, ...]:
        """Register everybody; with `elsewhere`, those covered are here at a place of stay."""
        staying = {each.person_key for ground in self.grounds for each in ground.covered} if elsewhere else set()
        return tuple(
            DemoResident(
                person=person,
                basis="temporary" if person.key in staying else "permanent",
                valid_from=self._registered_on(person),
                permanent_address=elsewhere if person.key in staying else None,
            )
            for person in self.members
        )

    def _registered_on(self, person: DemoPerson) -> dt.date:
        """Draw a day of registration; a newcomer registers within the first month billed."""
        if person is self.newcomer:
            return self.month + dt.timedelta(days=self.dice.randrange(3, 26))
        earliest = max(person.birth_date + dt.timedelta(days=20), REGISTERED_SINCE)
        days = (self.people.as_of.replace(year=self.people.as_of.year - 2) - earliest).days
        return earliest + dt.timedelta(days=self.dice.randrange(days)) if days > 0 else earliest

    def _adult(self) -> DemoPerson:
        youngest, oldest = self.dice.choices(AGE_BANDS, AGE_WEIGHTS)[0]
        return self._member(self._sex(), self.dice.randrange(youngest, oldest))

    def _add_relatives(self, person: DemoPerson, *, size: int) -> None:
        """Add people until the household has its size: parents of the young, spouse and children of others."""
        if self._age(person) < YOUNG:
            parents: list[Sex] = ["f", "m"]
            while parents and len(self.members) < size:
                self._member(parents.pop(0), self._age(person) + self.dice.randrange(20, 34))
            self._add_offspring(self.members[-1], size=size, apart_from=self._age(person))
            return
        if len(self.members) < size and self.dice.random() < 0.75:
            self._member("f" if person.sex == "m" else "m", max(20, self._age(person) + self.dice.randrange(-6, 7)))
        self._add_offspring(person, size=size, apart_from=-2)

    def _add_offspring(self, parent: DemoPerson, *, size: int, apart_from: int) -> None:
        """Fill the household with children of the parent, born at least two years apart."""
        age = self._age(parent)
        ages = [each for each in range(max(1, age - 40), age - 18, 2) if abs(each - apart_from) > 1]
        father = self._father()
        for child_age in self.dice.sample(ages, min(len(ages), max(0, size - len(self.members)))):
            self._child(child_age, father)

    def _father(self) -> str | None:
        """Return the first name of the first man, where a patronymic can be made from it."""
        men = [each.first_name for each in self.members if each.sex == "m" and self._age(each) >= YOUNG]
        return men[0] if men and gives_patronymic(men[0]) else None

    def _ground_adult(self, disabled: DemoPerson) -> None:
        category = self.dice.choices(GROUPS, GROUP_WEIGHTS)[0]
        guardian = None
        if category == "1" and self.dice.random() < 0.12:
            relatives = [each for each in self.members if each is not disabled and self._age(each) >= 18]
            guardian = relatives[0] if relatives else self._person(self._sex(), self.dice.randrange(35, 65))
        covered = (DemoCovered(disabled.key, "инвалид"),)
        self.grounds.append(Ground(disabled, disabled, category, covered, guardian))

    def _ground_family(self, child: DemoPerson, recipient: DemoPerson, covered: list[tuple[DemoPerson, str]]) -> None:
        everybody = [(child, "ребёнок-инвалид"), *covered]
        self.grounds.append(
            Ground(
                disabled=child,
                recipient=recipient,
                category="child",
                covered=tuple(DemoCovered(person.key, relation) for person, relation in everybody),
                guardian=recipient,
            )
        )

    def _settle_guardian(self) -> None:
        guardian = self._member("f", self.dice.randrange(45, 68))
        self._ground_family(self._child(self.dice.randrange(1, 17), None), guardian, [(guardian, "опекун")])

    def _child(self, age: int, father: str | None) -> DemoPerson:
        child = self.people.make(self.dice, sex=self._sex(), age=age, family_name=self.name, father=father)
        self.members.append(child)
        return child

    def _member(self, sex: Sex, age: int) -> DemoPerson:
        person = self._person(sex, age)
        self.members.append(person)
        return person

    def _person(self, sex: Sex, age: int) -> DemoPerson:
        return self.people.make(self.dice, sex=sex, age=age, family_name=self.name)

    def _sex(self) -> Sex:
        return "f" if self.dice.random() < 0.54 else "m"

    def _age(self, person: DemoPerson) -> int:
        return self.people.as_of.year - person.birth_date.year - 1
