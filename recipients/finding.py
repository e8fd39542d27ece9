"""What a person's card and case are found by: parts of the name, birth, СНИЛС, case number, names nearly right.

Everything here is a condition on `Recipient` over the stored keys, so PostgreSQL answers by their indexes.
"""

import datetime as dt
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Combinable

from offices.searching import latin

NAME = "person__name_key"
LATIN = "person__latin_key"
SHORTEST_NEARLY = 3
"""Letters of a word below which nothing is nearly it."""
LONG = 9
"""Letters from which a word may have two slips: each of its three pieces is long enough for the index."""
CANDIDATES = 300
"""Names alike enough to be compared letter by letter."""


def named(words: Sequence[str]) -> Q:
    """Keep whose name has every word at the beginning of one of its words, and the surname begins with one of them."""
    return reduce(or_, (Q(**{f"{NAME}__startswith": word}) for word in words)) & named_partly(words)


def named_partly(words: Sequence[str]) -> Q:
    """Keep whose name has every word at the beginning of one of its words, whichever."""
    begins = (Q(**{f"{NAME}__startswith": word}) | Q(**{f"{LATIN}__contains": f" {latin(word)}"}) for word in words)
    return reduce(and_, begins)


def born_on(day: dt.date) -> Q:
    """Keep who was born on the day."""
    return Q(person__birth_date=day)


def born_in(year: int) -> Q:
    """Keep who was born in the year."""
    return Q(person__birth_date__gte=dt.date(year, 1, 1), person__birth_date__lt=dt.date(year + 1, 1, 1))


def with_snils(digits: str) -> Q:
    """Keep whose СНИЛС it is, all eleven digits."""
    return Q(person__snils=digits)


def with_part_of_snils(digits: str) -> Q:
    """Keep whose СНИЛС has these digits in a row."""
    return Q(person__snils__contains=digits)


def with_case(key: str) -> Q:
    """Keep whose case number has this key (`offices.searching.code_key`)."""
    return Q(case_key=key)


def with_case_ending(digits: str) -> Q:
    """Keep whose case number ends with the digits: cases are called by their number without the letter before it."""
    return Q(case_key__endswith=digits)


def with_part_of_case(key: str) -> Q:
    """Keep whose case number has this key in it."""
    return Q(case_key__contains=key)


def nearly_named(rows: "QuerySet[Any]", words: Sequence[str]) -> list[int]:
    """Return the keys of the rows whose names are nearest to the words: one slip in a word, two in a long one.

    A slip is a letter too many, missing, mistaken, or two neighbours exchanged. A word is cut into one piece more than
    it may have slips: a piece without any is looked for by index,
    at its place in the word, the rest is compared letter by letter. Words of one
    or two letters are no help and are left out.
    """
    told = [word for word in words if len(word) >= SHORTEST_NEARLY]
    if not told:
        return []
    candidates = rows.filter(reduce(and_, (_with_a_piece_of(word) for word in told)))
    nearness: Combinable = Value(0.0)
    for word in told:
        nearness += TrigramWordSimilarity(latin(word), LATIN)
    nearest = candidates.annotate(nearness=nearness).order_by("-nearness", "pk").values_list("pk", NAME)[:CANDIDATES]
    slips = {pk: _slips(told, name.split()) for pk, name in nearest}
    fewest = min((count for count in slips.values() if count is not None), default=None)
    return [pk for pk, count in slips.items() if count is not None and count == fewest]


def _with_a_piece_of(word: str) -> Q:
    count = _allowed(word) + 1
    cuts = [len(word) * place // count for place in range(count + 1)]
    first, *middle, last = [latin(word[start:end]) for start, end in pairwise(cuts)]
    pieces = Q(**{f"{LATIN}__startswith": first}) | Q(**{f"{LATIN}__contains": f" {first}"})
    pieces |= Q(**{f"{LATIN}__endswith": last}) | Q(**{f"{LATIN}__contains": f"{last} "})
    return reduce(or_, (Q(**{f"{LATIN}__contains": piece}) for piece in middle), pieces)


def _allowed(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def _slips(words: Sequence[str], name: Sequence[str]) -> int | None:
    """Count the slips between the words and the words of a name nearest to them, None where there are too many."""
    counts = [min(edits(word, part) for part in name) for word in words]
    return sum(counts) if all(count <= _allowed(word) for count, word in zip(counts, words, strict=True)) else None


def edits(one: str, other: str) -> int:
    """Count the letters to add, drop, change or exchange with their neighbour to get from one word to the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
