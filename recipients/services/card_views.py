"""The access log of the cards: who looked at whom (reliability, G9)."""

import datetime as dt
import logging

from django.db import DatabaseError, transaction

from offices.models import Staff
from recipients.models import CardView, Recipient

log = logging.getLogger(__name__)


def record_card_view(*, recipient: Recipient, by: Staff, tab: str, address: str | None, at: dt.datetime) -> bool:
    """Write down that `by` opened a tab of the card at `at`; further pages within that minute add nothing.

    A log that cannot be written is told to the log of the program and does not take the card away from the specialist.
    Returns whether the log holds the view.
    """
    view = CardView(
        recipient=recipient, staff=by, minute=at.replace(second=0, microsecond=0), tab=tab, address=address or None
    )
    try:
        with transaction.atomic():
            CardView.objects.bulk_create([view], ignore_conflicts=True)
    except DatabaseError:
        log.exception("the access log could not be written")
        return False
    return True
