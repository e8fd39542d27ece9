"""Every rule of the tables about confirmations and requests of changes, broken by raw SQL; a minimal row of each."""

from exchange.models import Acknowledgement, ProviderRequestLayout, RequestedChanges
from tests import factories as make
from tests.constraints import changed, copied, stated
from tests.exchange import stored
from tests.factories import AT, LONG_AGO, MONTH

CONFIRMED, CHANGES, CHOICE = "exchange.Acknowledgement", "exchange.RequestedChanges", "exchange.ProviderRequestLayout"


def confirmed() -> Acknowledgement:
    file = stored.returned()
    return Acknowledgement.objects.create(
        file=file,
        office=file.office,
        month=file.month,
        document=stored.stored_file(),
        rows=2,
        matched=1,
        at=AT,
        by=make.staff(),
    )


def first_changes() -> RequestedChanges:
    request = stored.request()
    return RequestedChanges.objects.create(file=request, layout=request.layout, new=1, changed=0, ended=0)


def request_layout() -> ProviderRequestLayout:
    return ProviderRequestLayout.objects.create(
        provider=make.provider(), layout=make.layout(), valid_from=LONG_AGO, valid_to=MONTH
    )


def _another(columns: str) -> str:
    return f"INSERT INTO {{table}} ({columns}) SELECT {columns} FROM {{table}} WHERE id = {{key}}"


REQUESTS = [
    stated(
        CONFIRMED,
        "unique file",
        confirmed,
        _another("file_id, office_id, month, document_id, rows, matched, at, by_id"),
    ),
    stated(
        CONFIRMED,
        "no_more_rows_are_matched_than_received",
        confirmed,
        "INSERT INTO {table} (file_id, office_id, month, document_id, rows, matched, at, by_id)"
        " SELECT (SELECT f.request_id FROM exchange_exchangefile f WHERE f.id = {table}.file_id), office_id, month, document_id,"
        " 1, 2, at, by_id FROM {table} WHERE id = {key}",
    ),
    stated(
        CONFIRMED,
        "acknowledgement_month_is_a_first_day",
        confirmed,
        "INSERT INTO {table} (file_id, office_id, month, document_id, rows, matched, at, by_id)"
        " SELECT (SELECT f.request_id FROM exchange_exchangefile f WHERE f.id = {table}.file_id), office_id, month + 1, document_id,"
        " rows, matched, at, by_id FROM {table} WHERE id = {key}",
    ),
    changed(CONFIRMED, "is_append_only", confirmed, matched=0),
    stated(CONFIRMED, "is_never_emptied", confirmed, "TRUNCATE {table} CASCADE"),
    stated(CHANGES, "unique file", first_changes, _another("file_id, layout_id, since_id, new, changed, ended")),
    stated(
        CHANGES,
        "the_first_file_of_changes_has_only_new_persons",
        lambda: _with_another_request(first_changes()),
        "INSERT INTO {table} (file_id, layout_id, new, changed, ended)"
        " SELECT (SELECT max(id) FROM exchange_exchangefile), layout_id, new, 1, ended FROM {table} WHERE id = {key}",
    ),
    changed(CHANGES, "is_append_only", first_changes, new=5),
    stated(CHANGES, "is_never_emptied", first_changes, "TRUNCATE {table} CASCADE"),
    changed(CHOICE, "request_layout_period_is_not_empty", request_layout, valid_to=LONG_AGO),
    copied(
        CHOICE,
        "provider_has_one_request_layout_at_a_time",
        request_layout,
        fine={"valid_from": MONTH, "valid_to": None},
        valid_from=LONG_AGO,
    ),
]


def _with_another_request(made: RequestedChanges) -> RequestedChanges:
    stored.request()
    return made
