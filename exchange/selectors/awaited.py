"""Which requests of a month are answered, and which files are still waited for, by when (3.9)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery

from exchange.models import ExchangeFile, RequestRow
from offices.calendar import day_of
from offices.models import Office, ScheduledStep
from providers.documents.reminder import AwaitedFile

ITEM = "3.9"
Kind, Status = ExchangeFile.Kind, ExchangeFile.Status


def answered(requests: Any) -> Any:
    """Annotate requests: when each was answered (`taken_at`), whether a file of it was refused, and its term.

    `came_later` tells that the answer was loaded after the month was closed.
    """
    returns = ExchangeFile.objects.filter(kind=Kind.RETURN, request=OuterRef("pk"))
    accepted = returns.exclude(status__in=ExchangeFile.NOT_STANDING).order_by("at", "pk")
    due = ScheduledStep.objects.filter(office=OuterRef("office"), month=OuterRef("month"), item=ITEM)
    return requests.annotate(
        taken_at=Subquery(accepted.values("at")[:1]),
        came_later=Exists(ExchangeFile.objects.filter(kind=Kind.LATE, request=OuterRef("pk"), status=Status.LOADED)),
        was_refused=Exists(returns.filter(status=Status.REFUSED)),
        due_on=Subquery(due.values("due_on")[:1]),
    )


def awaited_files(
    *, offices: Collection[Office], month: dt.date, providers: Collection[int] | None = None
) -> dict[int, list[AwaitedFile]]:
    """Return the month's sent requests no accepted file answers, by provider, the districts by name; two queries."""
    requests = ExchangeFile.objects.filter(kind=Kind.REQUEST, month=month, office__in=[office.pk for office in offices])
    requests = requests.exclude(status=Status.PREPARED)
    if providers is not None:
        requests = requests.filter(provider__in=providers)
    waiting = answered(requests).filter(taken_at__isnull=True).select_related("office__district")
    rows = list(waiting.order_by("office__district__name", "pk"))
    asked = RequestRow.objects.filter(file__in=[row.pk for row in rows]).order_by().values_list("file_id")
    people = dict(asked.annotate(n=Count("recipient", distinct=True)))
    found: dict[int, list[AwaitedFile]] = defaultdict(list)
    for row in rows:
        found[row.provider_id].append(
            AwaitedFile(row.office, row.name, day_of(row.at), people.get(row.pk, 0), row.due_on, row.was_refused)
        )
    return dict(found)
