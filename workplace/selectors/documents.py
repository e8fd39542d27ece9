"""The documents of a month that a member of staff may open: counted by kind, listed a page at a time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Value

from offices.lists.keyset import Order, Place, slice_of
from offices.models import Staff, StoredFile
from workplace.selectors.document_kinds import Description, Kind, facts_of_files

ROWS = 50


@dataclass(frozen=True, slots=True)
class MonthDocument:
    """A document of a list: the id of its fact, its words, and the file behind it."""

    pk: int
    described: Description
    file: StoredFile


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of one kind and the fact after which the next one begins; None after the last."""

    documents: tuple[MonthDocument, ...]
    following: int | None


@dataclass(frozen=True, slots=True)
class CountedKind:
    """A kind of documents and how many there are."""

    code: str
    item: str
    title: str
    count: int


def counted(kinds: Sequence[Kind], /, *, text: str = "") -> list[CountedKind]:
    """Count the documents of every kind, those whose file's name has the text in it; one query in all."""
    if not kinds:
        return []
    first, *others = [_count(kind, text) for kind in kinds]
    counts = dict(first.union(*others, all=True))
    return [CountedKind(kind.code, kind.item, kind.title, counts.get(kind.code, 0)) for kind in kinds]


def documents_of(kind: Kind, /, *, text: str = "", after: str = "", most: int = ROWS) -> DocumentPage:
    """Return a page of a kind's documents after the fact named; three queries, two for the first page."""
    whole = kind.rows.select_related(*kind.joined, f"{kind.file}__stored_by")
    found = slice_of(kind.named(text), Order(kind.order), place=Place(after=after), size=most, known=whole)
    shown = tuple(MonthDocument(row.pk, kind.describe(row), kind.file_of(row)) for row in found.rows)
    return DocumentPage(shown, shown[-1].pk if found.has_next else None)


def may_open(file: StoredFile, *, staff: Staff, on: dt.date) -> bool:
    """Say whether one of the facts `staff` may see stands on this file; one query for the facts."""
    first, *others = [
        rows.filter(**{column: file}).order_by().values("pk") for rows, column in facts_of_files(staff, on)
    ]
    return first.union(*others, all=True).exists()


def words_of(file: StoredFile, kind: Kind, /) -> Description | None:
    """Say what a file is by the fact of the kind that stands on it; None where none does."""
    row = kind.rows.filter(**{kind.file: file}).select_related(*kind.joined).first()
    return None if row is None else kind.describe(row)


def _count(kind: Kind, text: str) -> Any:
    named = kind.named(text).order_by()
    return named.values_list(Value(kind.code, CharField())).annotate(count=Count("pk"))
