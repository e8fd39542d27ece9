"""The person's card: name, birth, СНИЛС, document (regulation, item 3.3.2 а)."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from offices.calendar import day_of
from offices.models import Staff
from offices.refusals import Refusal
from recipients.models import Person
from recipients.services import own_case
from recipients.snils import snils_is_valid


class PersonIncomplete(Refusal):
    """The card lacks a name, has an impossible birth date or a СНИЛС that is none."""


class PersonKnown(Refusal):
    """Another card has this СНИЛС."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the card says of a person; `snils` is eleven digits or None."""

    last_name: str
    first_name: str
    middle_name: str
    sex: str
    birth_date: dt.date
    snils: str | None
    document_kind: str = ""
    document_series: str = ""
    document_number: str = ""
    document_issued_on: dt.date | None = None
    document_issuer: str = ""
    phone: str = ""


@transaction.atomic
def enter_person(*, facts: PersonFacts, by: Staff, at: dt.datetime) -> Person:
    """Write a new person's card.

    Raises PersonIncomplete, PersonKnown, OwnCase.
    """
    if not facts.last_name.strip() or not facts.first_name.strip():
        raise PersonIncomplete("Укажите фамилию и имя.")
    if facts.birth_date > day_of(at):
        raise PersonIncomplete(f"Дата рождения {facts.birth_date:%d.%m.%Y} ещё не наступила.")
    if facts.snils is not None and not snils_is_valid(facts.snils):
        raise PersonIncomplete("Контрольное число СНИЛС не сходится: проверьте цифры.")
    known = Person.objects.filter(snils=facts.snils).first() if facts.snils else None
    if known is not None:
        raise PersonKnown(f"Человек с таким СНИЛС уже есть: {known}. Откройте его карточку.")
    person = Person(**asdict(facts))
    own_case.require_stranger(by=by, persons=[person])
    person.save()
    return person
