"""The access log of the cards: who looked at whom (reliability, G9)."""

import datetime as dt
import logging
from typing import Final

from django.db import DatabaseError, connection

from offices.models import Staff
from recipients.models import CardView, Recipient

log = logging.getLogger(__name__)
_WRITE: Final = (
    f"INSERT INTO {CardView._meta.db_table} (recipient_id, staff_id, minute, tab, address)"  # noqa: S608  our own name
    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)


def record_card_view(*, recipient: Recipient, by: Staff, tab: str, address: str | None, at: dt.datetime) -> bool:
    """Write down that `by` opened a tab of the card at `at`; further pages within that minute add nothing.

    One statement outside any transaction of ours. A log that cannot be written is told to the log of the program
    and does not take the card away from the specialist. Returns whether the log holds the view.
    """
    minute = at.replace(second=0, microsecond=0)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [recipient.pk, by.pk, minute, tab, address or None])
    except DatabaseError:
        log.exception("the access log could not be written")
        return False
    return True
