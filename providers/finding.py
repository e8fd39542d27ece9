"""What a recipient is found by on this floor: a provider's account of the dwelling."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from housing.models import SupportedDwelling


def with_account(key: str, *, on: dt.date) -> "QuerySet[Any]":
    """Return the keys of the recipients whose dwelling on the day has an account with this key, open or closed."""
    return _holding(Q(dwelling__accounts__number_key=key), on)


def with_part_of_account(key: str, *, on: dt.date) -> "QuerySet[Any]":
    """Return the keys of the recipients whose dwelling on the day has an account with this key in it."""
    return _holding(Q(dwelling__accounts__number_key__contains=key), on)


def _holding(account: Q, on: dt.date) -> "QuerySet[Any]":
    return SupportedDwelling.objects.valid_on(on).filter(account).values("recipient")
