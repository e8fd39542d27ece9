"""Protocols of discrepancies: how far each is, which wait for an answer, what one waits with (3.10.4)."""

import datetime as dt
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Abs

from exchange.models import Discrepancy, DiscrepancyProtocol
from providers.models import Reminder

ITEM = "3.10"
OPEN = Q(closed_at__isnull=True)
UNSENT = Q(sent_at__isnull=True)
WAITING = OPEN & Q(sent_at__isnull=False, answered_at__isnull=True)
STATES = {
    "unsent": "не отправлен",
    "late": "нет ответа в срок",
    "waiting": "ждём ответа",
    "answered": "ответ получен",
    "closed": "закрыт",
}
"""The states of a protocol in the order of urgency, in words."""


def overdue(on: dt.date, /) -> Q:
    """Say which protocols are not answered though their day is over on a day."""
    return WAITING & Q(answer_due_on__lt=on)


def with_states(protocols: QuerySet[DiscrepancyProtocol], /, *, on: dt.date) -> "QuerySet[Any]":
    """Give protocols with their state on a day, rows counted and weighed (roubles of the equivalent, without signs)."""
    return protocols.select_related("file__provider", "office__district", "document", "made_by").annotate(
        state=Case(
            When(closed_at__isnull=False, then=Value("closed")),
            When(answered_at__isnull=False, then=Value("answered")),
            When(UNSENT, then=Value("unsent")),
            When(overdue(on), then=Value("late")),
            default=Value("waiting"),
        ),
        urgency=Case(
            *(When(state=state, then=Value(place)) for place, state in enumerate(STATES)), default=Value(len(STATES))
        ),
        rows=Count("discrepancies"),
        roubles=Sum(Abs(F("discrepancies__difference"))),
        accepted=Count("discrepancies", filter=Q(discrepancies__decision=Discrepancy.Decision.ACCEPT)),
    )


def reminders_of(protocol: DiscrepancyProtocol, /) -> QuerySet[Reminder]:
    """Return the reminders of protocols that the provider was sent since this one was, the newest first."""
    if protocol.sent_at is None:
        return Reminder.objects.none()
    sent = Reminder.objects.filter(
        office=protocol.office_id, provider=protocol.file.provider_id, item=ITEM, at__gte=protocol.sent_at
    )
    return sent.filter(text__contains=f"№ {protocol.number} ").select_related("by").order_by("-at")
