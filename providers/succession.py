"""Putting a new dated row among the rows of its kind: the former one ends where the new one begins, until refused."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from offices.refusals import Refusal


class NotAcceptable(Refusal):
    """The row breaks a rule of its table; the sentence is the table's own."""


class AlreadyEntered(Refusal):
    """A row of the same kind begins on the same day."""


def make_room(rows: models.QuerySet[Any], *, valid_from: dt.date) -> dt.date | None:
    """End the row in force on `valid_from` there, and return the day on which the next one begins.

    None means that nothing follows. The rows are locked until the transaction ends.
    Raises AlreadyEntered when one of them begins on that very day.
    """
    locked = list(rows.select_for_update(of=("self",)).order_by("valid_from", "pk"))
    for row in locked:
        if row.valid_from == valid_from:
            raise AlreadyEntered(f"Строка «{row}» с {valid_from:%d.%m.%Y} уже введена.")
        if row.is_valid_on(valid_from):
            row.valid_to = valid_from
            row.save(update_fields=["valid_to"])
    later = [row.valid_from for row in locked if row.valid_from > valid_from]
    return min(later, default=None)


def give_back(rows: models.QuerySet[Any], *, starts: dt.date, ends: dt.date | None) -> None:
    """Let the row that ended on `starts` hold until `ends` again: what was to follow it has been refused."""
    for row in rows.select_for_update(of=("self",)).filter(valid_to=starts):
        row.valid_to = ends
        row.save(update_fields=["valid_to"])


def write(row: models.Model) -> None:
    """Store a new row after its table's rules were asked.

    Raises NotAcceptable with the rule's own sentence.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        raise NotAcceptable(" ".join(error.messages)) from error
    row.save(force_insert=True)
