"""The table of a request in the layout of its answers: as it was sent, or made again where only changes were sent."""

from pathlib import Path

from exchange.layouts.requests import build_request
from exchange.models import ExchangeFile, RequestedChanges
from exchange.selectors.change_files import persons_asked_about
from exchange.services.layouts import layout_of
from offices import files


def request_table(request: ExchangeFile, /) -> bytes | Path:
    """Return a request's table, whose rows bear the numbers of its request rows.

    Raises StoredBytesDiffer, Unwritable.
    """
    if not RequestedChanges.objects.filter(file=request).exists():
        return files.whole(request.file)
    assert request.layout is not None, "a request file is written in a layout"
    return build_request(layout_of(request.layout), persons_asked_about(request), month=request.month).content
