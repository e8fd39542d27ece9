"""One box for everything people are looked for by: name, birth, СНИЛС, address, account, case number.

A question may be read in several ways. They are tried in order, the surest first, and the first that finds anybody
among the rows answers; names nearly right come last. So «Иванов» never brings every Иванович along.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from housing import finding as housing
from offices.models import Office
from offices.searching import code_key, words_of_question
from providers import finding as providers
from recipients import finding as recipients

SNILS_LENGTH = 11
SHORTEST_PART = 3
"""Signs of a number below which its part is not looked for."""
DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
HINTS = re.compile(r"\b(снилс|дело|дела|л/с|лс|лиц\.?\s*сч[её]т|лицевой\s+сч[её]т|инв\.?)\b", re.IGNORECASE)
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Question:
    """A question parted into words, numbers and a day of birth."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    code: str
    born: dt.date | None = None

    @property
    def digits(self) -> str:
        """Return the digits of a question that has nothing else."""
        return self.code if self.code.isdigit() and self.born is None else ""


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of the recipients that answer a question, and whether they answer it only nearly."""

    keys: tuple[int, ...] = ()
    is_nearly: bool = False

    @property
    def condition(self) -> Q:
        return Q(pk__in=self.keys)


def question_of(text: str) -> Question:
    """Part a question: «Полевая 12 а» has the house «12а», «14.05.1958» is a day of birth."""
    told = HINTS.sub(" ", text)
    born, day = None, DAY.search(told)
    if day:
        born = _day(day)
        told = DAY.sub(" ", told) if born else told
    parts: list[str] = []
    for part in words_of_question(told):
        if len(part) == 1 and part.isalpha() and parts and parts[-1].isdigit():
            parts[-1] += part
        else:
            parts.append(part)
    words = tuple(part for part in parts if not any(sign.isdigit() for sign in part))
    numbers = tuple(part for part in parts if any(sign.isdigit() for sign in part))
    return Question(words, numbers, code_key("".join(told.split())), born)


def found(text: str, *, rows: "QuerySet[Any]", on: dt.date) -> Found:
    """Answer which of the recipients `rows` are meant; dwellings are those of the day `on`."""
    question = question_of(text)
    keys = _first(list(_ways(question, on)), rows)
    if keys or question.numbers or not question.words:
        return Found(tuple(keys))
    return Found(tuple(recipients.nearly_named(rows, question.words)), is_nearly=True)


def _ways(question: Question, on: dt.date) -> Iterator[Q]:
    words, numbers = question.words, question.numbers
    if question.digits:
        yield from _of_digits(question.digits, on)
        return
    if question.born:
        named = recipients.named_partly(words) if words else Q()
        yield recipients.born_on(question.born) & named
    if numbers:
        yield recipients.with_case(question.code)
        yield Q(pk__in=providers.with_account(question.code, on=on))
    elif words:
        yield recipients.named(words)
        yield recipients.named_partly(words)
    if words:
        yield from _of_words(words, numbers, on)
    if numbers and len(question.code) >= SHORTEST_PART:
        yield recipients.with_part_of_case(question.code)


def _of_digits(digits: str, on: dt.date) -> Iterator[Q]:
    if len(digits) == SNILS_LENGTH:
        yield recipients.with_snils(digits)
    yield recipients.with_case(digits)
    yield Q(pk__in=providers.with_account(digits, on=on))
    if len(digits) >= SHORTEST_PART:
        yield recipients.with_case_ending(digits)
        yield Q(pk__in=providers.with_part_of_account(digits, on=on))
        yield recipients.with_part_of_case(digits)
        yield recipients.with_part_of_snils(digits)


def _of_words(words: Sequence[str], numbers: Sequence[str], on: dt.date) -> Iterator[Q]:
    if len(numbers) == 1 and numbers[0].isdigit() and int(numbers[0]) in YEARS:
        yield recipients.named_partly(words) & recipients.born_in(int(numbers[0]))
    streets = [word for word in words if word not in housing.NOISE]
    if streets:
        yield Q(pk__in=housing.at_address(streets, numbers, on=on))
    for count in range(1, min(len(streets), 4)):
        there = housing.at_address(streets[count:], numbers, on=on)
        yield recipients.named_partly(streets[:count]) & Q(pk__in=there)


def _first(ways: Sequence[Q], rows: "QuerySet[Any]") -> list[int]:
    """Return the keys found by the first way that finds anybody; one query, which stops there.

    Whole arrays are asked for: where one row is enough PostgreSQL would read tables from the start in hope of it.
    """
    none = Value([], output_field=ArrayField(BigIntegerField()))
    arrays = [NullIf(ArraySubquery(rows.filter(way).order_by().values("pk")), none) for way in ways]
    if not arrays:
        return []
    return Office.objects.order_by("pk").values_list(Coalesce(*arrays, none), flat=True).first() or []


def _day(found: "re.Match[str]") -> dt.date | None:
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
