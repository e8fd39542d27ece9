"""How one dated row follows another: the new one's first day is the former's end."""

import datetime as dt
from typing import Any

from django.db import transaction

from offices.dated import DatedQuerySet, DatedRow
from offices.refusals import Refusal


class StartsBeforeFormer(Refusal):
    """The new row would begin no later than one that stands."""


@transaction.atomic
def end_former(*, rows: DatedQuerySet, starts_on: dt.date, what: str) -> Any:
    """End the row in force on `starts_on` at that day and return it, None where there is none.

    `rows` are the rows of one key: a person's addresses of a kind, a dwelling's facts.
    Raises StartsBeforeFormer when a row begins on that day or later: what is past is not rewritten here.
    """
    locked: list[DatedRow] = list(rows.select_for_update(of=("self",)).order_by("valid_from", "pk"))
    if locked and locked[-1].valid_from >= starts_on:
        raise StartsBeforeFormer(
            f"{what}: уже есть запись с {locked[-1].valid_from:%d.%m.%Y}. "
            f"Новая должна начинаться позже этого дня, а не с {starts_on:%d.%m.%Y}."
        )
    if not locked or not locked[-1].is_valid_on(starts_on):
        return None
    former = locked[-1]
    former.valid_to = starts_on
    former.save(update_fields=["valid_to"])
    return former
