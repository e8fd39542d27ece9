"""Requests that tell only what changed: which provider gets them, and what it was told last (3.8, layout L6)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from exchange.asking import requested_person
from exchange.layouts.exchanged import RequestedPerson
from exchange.models import ExchangeFile, FileLayout, ProviderRequestLayout, RequestedChanges, RequestRow
from exchange.register_content import from_json
from offices.models import Office
from offices.months import next_month

ROWS_AT_ONCE = 2000


def request_layouts(providers: Iterable[int], /, *, month: dt.date) -> dict[int, FileLayout]:
    """Return by provider the layout of its requests where that is another than of its answers; the last of the month."""
    chosen = ProviderRequestLayout.objects.touching(month, next_month(month)).filter(
        provider__in=list(providers), layout__confirmed_at__isnull=False
    )
    return {row.provider_id: row.layout for row in chosen.select_related("layout").order_by("valid_from", "pk")}


def told_before(*, provider_id: int, office: Office, month: dt.date) -> ExchangeFile | None:
    """Return the last request of changes that an office sent a provider before a month; None before the first."""
    told = RequestedChanges.objects.filter(file__provider=provider_id, file__office=office, file__month__lt=month)
    last = told.select_related("file").order_by("-file__month", "-pk").first()
    return last.file if last is not None else None


def persons_asked_about(request: ExchangeFile, /) -> Iterator[RequestedPerson]:
    """Give everybody a request asked about, in the order of its rows, as the register told of them then.

    A person whose services stand in rows of their own is given once, with all of them.
    """
    rows = RequestRow.objects.filter(file=request).order_by("row_number")
    facts = rows.values_list("register_row_id", "account_id", "services", "register_row__content")
    asked: dict[tuple[int, int], tuple[list[str], dict[str, Any]]] = {}
    for register_row_id, account_id, services, content in facts.iterator(chunk_size=ROWS_AT_ONCE):
        asked.setdefault((register_row_id, account_id), ([], content))[0].extend(services)
    for (register_row_id, account_id), (services, content) in asked.items():
        person = from_json(content)
        number = next(one.number for one in person.accounts if one.account_id == account_id)
        yield requested_person(
            register_row_id, person, number=number, services=tuple(services), address_code=person.address_code
        )


def changes_told(request: ExchangeFile | None, /) -> str:
    """Say what a request of changes told and about whom it asks all the same; empty for any other request."""
    told = RequestedChanges.objects.filter(file=request).select_related("since").first() if request else None
    if told is None or request is None:
        return ""
    since = f"после запроса за {told.since.month:%m.%Y}" if told.since is not None else "первый, в нём все"
    return (
        f"Запрос — файл изменений ({since}): новых {told.new}, изменилось {told.changed}, выбыло {told.ended}. "
        f"Ответ ожидается по всем: строк запроса {request.rows}."
    )
