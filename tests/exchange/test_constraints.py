"""Every rule of the exchange's tables, broken by raw SQL."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from exchange.models import FileLayout, ProviderLayout
from offices.columns import FIRST_MONTH
from offices.services import months
from tests import factories as make
from tests.constraints import ask_deferred, changed, copied, execute, stated, unnamed, update
from tests.exchange import stored
from tests.exchange.layout_violations import LAYOUTS
from tests.exchange.pension_violations import PEOPLE_LISTS
from tests.exchange.region_violations import REGION_FILES
from tests.exchange.request_violations import REQUESTS
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)
OTHER_BYTES = "a" * 64
ANOTHER_MONTH = {"month": NOVEMBER, "sha256": "b" * 64}


def in_two_months(factory):
    """The good row of October, with November open for its copy."""

    def made():
        make.open_month(NOVEMBER)
        return factory()

    return made


def handed_over():
    register = stored.register()
    register.status, register.handed_at, register.handed_by = "handed_over", AT, make.staff()
    register.file = stored.stored_file()
    register.save()
    return register


def lettered():
    file = stored.loaded()
    file.billed = file.control_roubles = Decimal("10.00")
    file.save()
    return file


def ended_match():
    return stored.remembered(valid_to=NOVEMBER)


def ended_choice() -> ProviderLayout:
    return make.provider_layout(valid_to=MONTH)


def waiting_layout() -> FileLayout:
    return make.layout(confirmed_at=None)


def ended_layout() -> FileLayout:
    return make.layout(valid_to=MONTH)


FILE, REGISTER = "exchange.ExchangeFile", "exchange.RecipientRegister"
PROTOCOL, DECISION = "exchange.DiscrepancyProtocol", "exchange.DiscrepancyDecision"
A_SECOND = dt.timedelta(seconds=1)
NOT_DECIDED = {"decision": "open", "decided_at": None, "decided_by_id": None}
MATCH = "exchange.RememberedMatch"
VIOLATIONS = [
    # layouts
    *LAYOUTS,
    copied(
        "exchange.FileLayout",
        "layout_version_is_unique",
        ended_layout,
        fine={"version": 2, "valid_from": MONTH, "valid_to": None},
        valid_from=dt.date(2026, 12, 1),
        valid_to=None,
    ),
    changed("exchange.FileLayout", "layout_period_is_not_empty", make.layout, valid_to=FIRST_MONTH),
    copied(
        "exchange.FileLayout",
        "confirmed_layout_versions_do_not_overlap",
        ended_layout,
        fine={"version": 2, "confirmed_at": None, "confirmed_by_id": None},
        version=3,
        valid_from=dt.date(2026, 9, 30),
    ),
    changed("exchange.FileLayout", "layout_is_confirmed_by_someone", waiting_layout, confirmed_at=AT),
    stated(
        "exchange.FileLayout",
        "layout_is_not_confirmed_by_its_author",
        make.layout,
        "UPDATE {table} SET confirmed_by_id = entered_by_id WHERE id = {key}",
    ),
    changed("exchange.ProviderLayout", "provider_layout_period_is_not_empty", make.provider_layout, valid_to=LONG_AGO),
    copied(
        "exchange.ProviderLayout",
        "provider_has_one_layout_at_a_time",
        ended_choice,
        fine={"valid_from": MONTH, "valid_to": None},
        valid_from=dt.date(2026, 9, 30),
    ),
    # files
    copied(FILE, "same_bytes_are_taken_once", in_two_months(stored.pension), fine=ANOTHER_MONTH, name="другое"),
    copied(
        FILE,
        "one_request_per_provider_office_and_month",
        in_two_months(stored.request),
        fine=ANOTHER_MONTH,
        sha256=OTHER_BYTES,
    ),
    copied(
        FILE,
        "one_accepted_return_per_request",
        stored.returned,
        fine={"status": "refused", "refusal_code": "truncated", "refusal_text": "Файл обрезан."},
        sha256=OTHER_BYTES,
    ),
    copied(FILE, "one_pension_file_a_month", in_two_months(stored.pension), fine=ANOTHER_MONTH, sha256=OTHER_BYTES),
    changed(FILE, "exchange_file_month_is_a_first_day", stored.pension, month=dt.date(2026, 10, 2)),
    changed(FILE, "only_an_accepted_return_bills", stored.pension, billed="1.00"),
    changed(FILE, "a_refused_file_has_its_reason", stored.pension, status="refused"),
    changed(FILE, "only_an_accepted_return_bills", stored.pension, billed="1.00"),
    changed(FILE, "a_refused_file_has_its_reason", stored.pension, refusal_code="truncated"),
    changed(FILE, "exchange_file_status_fits_its_kind", stored.pension, status="sent"),
    changed(FILE, "exchange_file_status_fits_its_kind", stored.returned, status="sent"),
    changed(FILE, "exchange_file_knows_its_provider", stored.request, provider_id=None),
    changed(FILE, "exchange_file_knows_its_provider", stored.returned, request_id=None),
    changed(FILE, "acknowledgement_has_its_moment", stored.request, status="acknowledged"),
    changed(FILE, "acknowledgement_has_its_moment", stored.request, acknowledged_at=AT),
    changed(FILE, "file_is_verified_by_someone", stored.verified, verified_by_id=None),
    changed(FILE, "file_is_loaded_by_someone", stored.loaded, loaded_by_id=None),
    changed(FILE, "exchange_file_status_fits_its_facts", stored.returned, status="loaded"),
    changed(FILE, "exchange_file_status_fits_its_facts", stored.loaded, status="verified"),
    stated(
        FILE,
        "file_is_not_verified_by_its_receiver",
        stored.verified,
        "UPDATE {table} SET verified_by_id = by_id WHERE id = {key}",
    ),
    stated(
        FILE,
        "file_is_not_loaded_by_its_verifier",
        stored.loaded,
        "UPDATE {table} SET loaded_by_id = verified_by_id WHERE id = {key}",
    ),
    copied(FILE, "month_is_open", stored.pension, fine=None, month=NOVEMBER),
    changed(FILE, "a_loaded_file_agrees_with_its_letter", stored.loaded, control_rows=2),
    changed(FILE, "a_loaded_file_agrees_with_its_letter", lettered, control_roubles="10.01"),
    changed(FILE, "letter_is_entered_by_someone", stored.returned, control_at=AT),
    stated(
        FILE,
        "a_file_is_replaced_once",
        stored.superseded,
        "UPDATE {table} SET replaces_id = (SELECT replaces_id FROM {table} WHERE id = {key}), status = 'superseded'"
        " WHERE id = (SELECT replaces_id FROM {table} WHERE id = {key})",
    ),
    changed(
        FILE,
        "only_an_accepted_return_replaces",
        stored.superseded,
        status="refused",
        refusal_code="truncated",
        refusal_text="Файл обрезан.",
    ),
    changed(FILE, "only_an_accepted_return_is_typed", stored.request, origin="typed"),
    changed(FILE, "a_late_answer_knows_its_month", stored.late, late_month=MONTH),
    changed(FILE, "a_late_answer_knows_its_month", stored.late, late_month=None),
    changed(FILE, "a_late_answer_knows_its_month", stored.returned, late_month=stored.LATE_MONTH),
    changed(FILE, "exchange_file_status_fits_its_kind", stored.late, status="sent"),
    copied(
        FILE,
        "one_late_answer_per_request_and_month",
        stored.late,
        fine={"sha256": "b" * 64, "status": "superseded"},
        sha256="c" * 64,
    ),
    changed(FILE, "late_month_is_a_first_day", stored.late, late_month=dt.date(2026, 9, 2)),
    stated(
        FILE,
        "replaces_what_is_superseded",
        stored.loaded,
        "UPDATE {table} SET replaces_id = id WHERE id = {key}",
    ),
    stated(
        FILE,
        "replaces_what_is_superseded",
        stored.superseded,
        "UPDATE {table} SET request_id = (SELECT max(id) FROM {table} WHERE kind = 'request' AND id <> request_id),"
        " replaces_id = replaces_id WHERE id = {key}",
    ),
    # registers
    copied(
        REGISTER,
        "district_has_one_register_a_month",
        in_two_months(stored.register),
        fine={"month": NOVEMBER},
        number=2,
    ),
    copied(
        REGISTER,
        "register_number_is_given_once",
        lambda: stored.answered("rejected", rejection_reason="нет улицы"),
        fine={"number": 2},
        rows=2,
    ),
    changed(REGISTER, "recipient_register_month_is_a_first_day", stored.register, month=dt.date(2026, 10, 2)),
    changed(REGISTER, "recipient_register_status_fits_its_facts", stored.register, status="handed_over"),
    changed(REGISTER, "recipient_register_status_fits_its_facts", handed_over, file_id=None),
    changed(REGISTER, "recipient_register_status_fits_its_facts", stored.answered, status="rejected"),
    stated(
        REGISTER,
        "register_is_not_accepted_by_its_sender",
        stored.answered,
        "UPDATE {table} SET answered_by_id = handed_by_id WHERE id = {key}",
    ),
    copied(REGISTER, "month_is_open", stored.register, fine=None, month=NOVEMBER),
    copied("exchange.RegisterRow", "register_row_number_is_unique", stored.register_row, fine=None, content="{}"),
    copied("exchange.RegisterRow", "a_right_is_in_its_register_once", stored.register_row, fine=None, row_number=2),
    changed("exchange.RegisterRow", "register_rows_are_frozen", stored.register_row, row_number=2),
    stated("exchange.RegisterRow", "is_never_emptied", stored.register_row, "TRUNCATE {table} CASCADE"),
    # rows of requests and returns
    copied(
        "exchange.RequestRow", "request_row_number_is_unique", stored.request_row, fine={"row_number": 2}, services="[]"
    ),
    changed("exchange.RequestRow", "is_append_only", stored.request_row, services="[]"),
    stated("exchange.RequestRow", "is_append_only", stored.request_row, "DELETE FROM {table} WHERE id = {key}"),
    stated("exchange.RequestRow", "is_never_emptied", stored.request_row, "TRUNCATE {table} CASCADE"),
    copied(
        "exchange.ReturnedRow",
        "returned_row_is_staged_once",
        stored.returned_row,
        fine={"row_number": 2, "request_row_id": None, "match": "unknown"},
        request_row_id=None,
        match="unknown",
    ),
    copied(
        "exchange.ReturnedRow",
        "request_row_is_answered_once_in_a_file",
        stored.returned_row,
        fine={"row_number": 2, "request_row_id": None, "match": "duplicate"},
        row_number=3,
    ),
    changed("exchange.ReturnedRow", "a_matched_row_has_its_request", stored.returned_row, request_row_id=None),
    changed("exchange.ReturnedRow", "a_matched_row_has_its_request", stored.returned_row, match="unknown"),
    copied(
        "exchange.ReturnedLine", "returned_line_is_staged_once", stored.returned_line, fine={"position": 2}, billed=1
    ),
    changed("exchange.ReturnedLine", "only_a_loaded_line_has_a_charge", stored.returned_line, status="loaded"),
    changed("exchange.ReturnedLine", "only_a_loaded_line_has_a_charge", stored.loaded_line, status="held"),
    copied("exchange.ReturnedLine", "a_charge_comes_from_one_line", stored.loaded_line, fine=None, position=2),
    # remembered matches
    changed(MATCH, "remembered_match_period_is_not_empty", stored.remembered, valid_to=MONTH),
    copied(
        MATCH,
        "what_a_provider_sends_means_one_recipient",
        ended_match,
        fine={"valid_from": NOVEMBER, "valid_to": None},
        reason="другое",
    ),
    changed(MATCH, "remembered_match_names_something", stored.remembered, sent_account="", sent_name=""),
    changed(MATCH, "remembered_match_has_a_reason", stored.remembered, reason=""),
    changed(MATCH, "remembered_match_is_ended_by_someone", stored.remembered, ended_at=AT),
    stated(MATCH, "is_never_deleted", stored.remembered, "DELETE FROM {table} WHERE id = {key}"),
    stated(MATCH, "is_never_emptied", stored.remembered, "TRUNCATE {table} CASCADE"),
    # discrepancies
    copied(
        "exchange.DiscrepancyProtocol",
        "protocol_number_is_unique_in_its_office",
        stored.protocol,
        fine={"number": "2/2026"},
        answer_due_on=NOVEMBER,
    ),
    changed(PROTOCOL, "protocol_is_sent_as_a_whole", stored.sent, sent_by_id=None),
    changed(PROTOCOL, "protocol_is_sent_as_a_whole", stored.sent, sent_way=""),
    changed(PROTOCOL, "protocol_is_sent_as_a_whole", stored.sent, sent_to=""),
    changed(PROTOCOL, "protocol_is_sent_as_a_whole", stored.protocol, sent_to="abonent@example.ru"),
    changed(PROTOCOL, "protocol_is_sent_after_it_is_made", stored.sent, sent_at=AT - A_SECOND),
    changed(PROTOCOL, "protocol_answer_is_entered_by_someone", stored.answered_protocol, answered_by_id=None),
    changed(PROTOCOL, "only_a_sent_protocol_is_answered", stored.answered_protocol, answered_at=AT),
    stated(
        PROTOCOL,
        "only_a_sent_protocol_is_answered",
        stored.protocol,
        "UPDATE {table} SET answered_at = made_at, answered_by_id = made_by_id WHERE id = {key}",
    ),
    stated(
        PROTOCOL,
        "a_corrected_file_is_an_answer",
        stored.answered_protocol,
        "UPDATE {table} SET answer_file_id = file_id WHERE id = {key}",
    ),
    changed(PROTOCOL, "protocol_is_closed_by_someone", stored.sent, closed_at=NOVEMBER),
    stated(
        PROTOCOL,
        "only_a_sent_protocol_is_closed",
        stored.protocol,
        "UPDATE {table} SET closed_at = made_at, closed_by_id = made_by_id WHERE id = {key}",
    ),
    stated(
        PROTOCOL,
        "only_a_sent_protocol_is_closed",
        stored.answered_protocol,
        "UPDATE {table} SET closed_at = sent_at, closed_by_id = made_by_id WHERE id = {key}",
    ),
    stated(
        PROTOCOL,
        "is_closed_with_outcomes",
        stored.told_in_a_sent_protocol,
        "UPDATE {table} SET closed_at = sent_at, closed_by_id = made_by_id WHERE id = {key}",
    ),
    changed("exchange.Discrepancy", "discrepancy_has_a_code", stored.discrepancy, code="E2"),
    changed("exchange.Discrepancy", "discrepancy_is_about_a_row", stored.discrepancy, row_id=None),
    changed("exchange.Discrepancy", "discrepancy_is_decided_as_a_whole", stored.discrepancy, decision="accept"),
    changed("exchange.Discrepancy", "discrepancy_is_decided_as_a_whole", stored.discrepancy, decided_at=AT),
    changed("exchange.Discrepancy", "discrepancy_is_decided_as_a_whole", stored.discrepancy, decision="later"),
    changed("exchange.Discrepancy", "what_a_protocol_tells_is_decided", stored.told, decision="later"),
    changed("exchange.Discrepancy", "what_is_carried_is_a_decision", stored.carried, **NOT_DECIDED),
    stated(
        "exchange.Discrepancy",
        "what_is_carried_is_a_decision",
        stored.told,
        "UPDATE {table} SET carried_from_id = id WHERE id = {key}",
    ),
    changed("exchange.Discrepancy", "a_reply_is_about_a_told_row", stored.discrepancy, reply="agreed"),
    changed("exchange.Discrepancy", "a_reply_is_about_a_told_row", stored.told, reply="explained"),
    changed("exchange.Discrepancy", "a_reply_is_about_a_told_row", stored.told, reply_text="счёт закрыт"),
    changed("exchange.Discrepancy", "outcome_fits_the_decision", stored.told, outcome="accepted"),
    changed("exchange.Discrepancy", "outcome_fits_the_decision", stored.carried, outcome="not_charged"),
    changed(DECISION, "is_append_only", stored.decision_taken, decision="accept"),
    stated(DECISION, "is_append_only", stored.decision_taken, "DELETE FROM {table} WHERE id = {key}"),
    stated(DECISION, "is_never_emptied", stored.decision_taken, "TRUNCATE {table} CASCADE"),
    stated("exchange.Discrepancy", "is_never_deleted", stored.discrepancy, "DELETE FROM {table} WHERE id = {key}"),
    *PEOPLE_LISTS,
    *REQUESTS,
    *REGION_FILES,
]


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_refuses(violation) -> None:
    violation.check()


def test_misses_no_rule_of_the_tables() -> None:
    assert unnamed("exchange", violations=VIOLATIONS) == set()


def test_refuses_a_line_loaded_as_a_charge_that_is_not_there() -> None:
    line = stored.loaded_line()
    ask_deferred()
    execute("SET CONSTRAINTS ALL IMMEDIATE", [])
    with pytest.raises(IntegrityError, match="line_was_loaded_as_a_stored_charge"), transaction.atomic():
        update(line, {"charge_id": 0})


@pytest.mark.parametrize("factory", [stored.register, stored.pension], ids=["register", "file"])
def test_freezes_what_belongs_to_a_closed_month(factory) -> None:
    row = factory()
    months.close_month(month=MONTH, checklist=[], by=make.staff(), at=AT)
    for broken in (
        changed(row._meta.label, "month_is_open", lambda: row, rows=9),
        stated(row._meta.label, "month_is_open", lambda: row, "DELETE FROM {table} WHERE id = {key}"),
    ):
        broken.check()
