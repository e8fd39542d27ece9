"""Every rule of the tables of region-wide files, broken by raw SQL."""

import datetime as dt

from tests.constraints import changed, copied, stated
from tests.exchange import region_stored, stored
from tests.factories import AT, MONTH

SCOPE, WHOLE = "exchange.ProviderFileScope", "exchange.RegionFile"
PART, STRAY = "exchange.RegionPart", "exchange.RegionStray"
FILE = "exchange.ExchangeFile"
OTHER_BYTES = "c" * 64
NOT_CONFIRMED = {"confirmed_at": None, "confirmed_by_id": None}
REFUSED = {"status": "refused", "refusal_code": "truncated", "refusal_text": "Файл обрезан.", "rows": 0}


def ended_scope():
    return region_stored.scope(valid_to=dt.date(2026, 12, 1))


REGION_FILES = [
    # the setting
    changed(SCOPE, "file_scope_period_is_not_empty", region_stored.scope, valid_to=MONTH),
    changed(SCOPE, "file_scope_begins_with_a_month", region_stored.scope, valid_from=dt.date(2026, 10, 2)),
    copied(
        SCOPE,
        "provider_has_one_file_scope_at_a_time",
        ended_scope,
        fine={"valid_from": dt.date(2026, 12, 1), "valid_to": None},
        valid_from=dt.date(2026, 11, 1),
    ),
    copied(
        SCOPE,
        "one_file_scope_waits_for_a_provider",
        region_stored.scope,
        fine=NOT_CONFIRMED,
        **NOT_CONFIRMED,
    ),
    changed(SCOPE, "file_scope_is_confirmed_by_someone", region_stored.waiting_scope, confirmed_at=AT),
    stated(
        SCOPE,
        "file_scope_is_not_confirmed_by_its_author",
        region_stored.scope,
        "UPDATE {table} SET confirmed_by_id = entered_by_id WHERE id = {key}",
    ),
    changed(SCOPE, "file_scope_has_a_basis", region_stored.scope, basis=""),
    # whole files
    changed(WHOLE, "region_file_month_is_a_first_day", region_stored.region_request, month=dt.date(2026, 10, 2)),
    copied(
        WHOLE,
        "region_request_number_is_given_once",
        region_stored.region_request,
        fine={"number": 2},
        sha256=OTHER_BYTES,
    ),
    copied(
        WHOLE,
        "one_region_answer_stands_for_a_request",
        region_stored.region_answer,
        fine={"status": "superseded", "sha256": OTHER_BYTES},
        sha256="d" * 64,
    ),
    copied(
        WHOLE,
        "same_region_bytes_are_taken_once",
        region_stored.region_answer,
        fine={"status": "superseded", "sha256": OTHER_BYTES},
        status="superseded",
    ),
    copied(
        WHOLE,
        "a_region_file_is_replaced_once",
        region_stored.replacing_answer,
        fine={"status": "superseded", "sha256": OTHER_BYTES, "replaces_id": None},
        status="superseded",
        sha256="d" * 64,
    ),
    changed(WHOLE, "region_file_fits_its_kind", region_stored.region_request, status="received"),
    changed(WHOLE, "region_file_fits_its_kind", region_stored.region_request, provider_id=None),
    changed(WHOLE, "region_file_fits_its_kind", region_stored.region_answer, request_id=None),
    changed(WHOLE, "region_file_fits_its_kind", region_stored.region_answer, billed=None),
    changed(WHOLE, "region_file_fits_its_kind", region_stored.region_answer, **REFUSED | {"rows": 1}),
    changed(WHOLE, "a_refused_region_file_has_its_reason", region_stored.region_answer, refusal_code="truncated"),
    changed(WHOLE, "region_acknowledgement_has_its_moment", region_stored.region_request, acknowledged_by="Иванова"),
    changed(WHOLE, "region_acknowledgement_has_its_moment", region_stored.acknowledged_request, acknowledged_by=""),
    changed(WHOLE, "a_region_file_agrees_with_its_letter", region_stored.region_answer, control_rows=2),
    changed(WHOLE, "a_region_file_agrees_with_its_letter", region_stored.region_answer, control_roubles="10.01"),
    changed(WHOLE, "stray_rows_are_rows_of_the_file", region_stored.region_answer, stray_rows=2),
    copied(WHOLE, "month_is_open", region_stored.region_request, fine=None, month=dt.date(2026, 11, 1)),
    # parts and rows without a district
    copied(PART, "unique file", region_stored.part, fine=None),
    copied(PART, "part_is_of_its_whole", region_stored.part, fine=None, row_numbers=[1, 2]),
    changed(PART, "is_append_only", region_stored.part, row_numbers=[2]),
    stated(PART, "is_never_emptied", region_stored.part, "TRUNCATE {table} CASCADE"),
    copied(STRAY, "a_row_is_stray_once", region_stored.stray, fine={"row_number": 2}, billed="11.00"),
    changed(STRAY, "is_append_only", region_stored.stray, billed="11.00"),
    stated(STRAY, "is_never_emptied", region_stored.stray, "TRUNCATE {table} CASCADE"),
    # a district's request that waits for the whole
    changed(FILE, "exchange_file_status_fits_its_kind", stored.returned, status="prepared"),
    changed(FILE, "acknowledgement_has_its_moment", stored.request, status="prepared", acknowledged_by="Иванова"),
]
