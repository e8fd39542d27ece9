"""Which right bears the difference of a past month: one that stands in the open month, or the last that there was."""

import datetime as dt
from collections.abc import Collection

from django.db.models import F, Q

from offices.months import next_month
from recipients.models import Entitlement

_ALIVE = ("disabled_person__death_date", "recipient__person__death_date")


def bearing_in(month: dt.date, recipient_ids: Collection[int]) -> set[int]:
    """Return the recipients who have a right on some day of the month and did not die before it, nor its ground."""
    rights = Entitlement.objects.filter(recipient_id__in=recipient_ids).touching(month, next_month(month))
    for death in _ALIVE:
        rights = rights.filter(Q(**{f"{death}__isnull": True}) | Q(**{f"{death}__gte": month}))
    return set(rights.values_list("recipient_id", flat=True))


def last_rights(recipient_ids: Collection[int], /) -> dict[int, int]:
    """Return the right that ended last by recipient; who never had one is left out."""
    rights = Entitlement.objects.filter(recipient_id__in=recipient_ids)
    rows = rights.order_by("recipient_id", F("valid_to").asc(nulls_last=True), "valid_from", "pk")
    return dict(rows.values_list("recipient_id", "pk"))
