"""Russian names on paper: full, with initials, and declined.

Declension follows the petrovich rules. What the rules cannot know stays in the
nominative: foreign letters, initials, patronymics with «оглы» or «кызы», names of
several words, and every name whose sex is neither told nor seen in the patronymic.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

NBSP = "\N{NO-BREAK SPACE}"
DECLINABLE = re.compile(r"[А-ЯЁа-яё]{2,}(-[А-ЯЁа-яё]{2,})*")


class Sex(StrEnum):
    """A person's sex, by the codes stored with persons and met in files."""

    MALE = "m"
    FEMALE = "f"


class GrammaticalCase(StrEnum):
    """The cases that official documents need."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts; the patronymic is empty where there is none."""

    last_name: str
    first_name: str
    middle_name: str = ""


def full_name(name: PersonName) -> str:
    """Write «Иванов Иван Иванович»."""
    return " ".join(part for part in (name.last_name, name.first_name, name.middle_name) if part)


def surname_and_initials(name: PersonName) -> str:
    """Write «Иванов И. И.», which never breaks over two lines."""
    return NBSP.join([name.last_name, *_initials(name)])


def initials_and_surname(name: PersonName) -> str:
    """Write «И. И. Иванов», as beside a signature; it never breaks over two lines."""
    return NBSP.join([*_initials(name), name.last_name])


def sex_by_patronymic(middle_name: str) -> Sex | None:
    """Tell a person's sex by the ending of the patronymic, None where it does not show."""
    ending = middle_name.lower()
    if ending.endswith(("вич", "ич", "оглы", "улы")):
        return Sex.MALE
    if ending.endswith(("вна", "ична", "инична", "кызы", "гызы")):
        return Sex.FEMALE
    return None


def decline(name: PersonName, case: GrammaticalCase, *, sex: Sex | None = None) -> PersonName:
    """Put a name into a case; a part that cannot be declined stays as it is.

    A told sex goes before the one seen in the patronymic. A name written in capitals
    stays in capitals.
    """
    known = sex or sex_by_patronymic(name.middle_name)
    if known is None:
        return name
    return replace(
        name,
        last_name=_decline_part(NamePart.LASTNAME, name.last_name, case, known),
        first_name=_decline_part(NamePart.FIRSTNAME, name.first_name, case, known),
        middle_name=_decline_part(NamePart.MIDDLENAME, name.middle_name, case, known),
    )


def _decline_part(part: NamePart, word: str, case: GrammaticalCase, sex: Sex) -> str:
    if not DECLINABLE.fullmatch(word):
        return word
    gender, petrovich_case = Gender[sex.name], Case[case.name]
    if word.isupper():
        return str(_declension().make(part, gender, petrovich_case, word.lower())).upper()
    return str(_declension().make(part, gender, petrovich_case, word))


def _initials(name: PersonName) -> list[str]:
    """Take initials; both halves of «Анна-Мария» count."""
    parts = [part for part in (name.first_name, name.middle_name) if part]
    return ["-".join(f"{half[0]}." for half in part.split("-") if half) for part in parts]


@cache
def _declension() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()
