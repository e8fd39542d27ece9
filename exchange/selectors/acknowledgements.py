"""Confirmations of receipt: which file one is about, and what it says (3.8, 3.9.2)."""

import datetime as dt

from exchange.layouts.acknowledgements import is_named_after
from exchange.layouts.definitions import BadLayout, layout_from
from exchange.models import Acknowledgement, ExchangeFile, RequestedChanges
from offices.models import Office


def request_confirmed_by(name: str, /, *, office: Office, month: dt.date) -> ExchangeFile | None:
    """Return the request of an office's month whose confirmation bears this name by its layout; None for any other."""
    requests = ExchangeFile.objects.filter(kind=ExchangeFile.Kind.REQUEST, office=office, month=month)
    for request in requests.select_related("layout", "provider", "office").order_by("pk"):
        assert request.layout is not None, "a request file is written in a layout"
        try:
            layout = layout_from(request.layout.definition)
        except BadLayout:
            continue
        if is_named_after(layout, request.name, name):
            return request
    return None


def told_of(taken: Acknowledgement, /) -> str:
    """Say what a provider's confirmation of a request tells, and whether it is all that was sent."""
    said = f"Поставщик подтвердил запрос «{taken.file}»: строк получено {taken.rows}, сопоставлено {taken.matched}."
    sent = rows_sent(taken.file)
    return said if taken.rows == sent else f"{said} Строк отправлено {sent}: выясните, почему числа разные."


def rows_sent(request: ExchangeFile, /) -> int:
    """Count the rows that stand in a request's file: those of a file of changes are fewer than the persons asked about."""
    changes = RequestedChanges.objects.filter(file=request).first()
    return request.rows if changes is None else changes.new + changes.changed + changes.ended
