"""Every rule of the tables about lists of people, broken by raw SQL."""

from tests.constraints import changed, copied, stated
from tests.exchange import pension_stored, stored
from tests.factories import AT, LONG_AGO

FILE, RECORD, PROPOSAL = "exchange.ExchangeFile", "exchange.PensionRecord", "exchange.PensionDifference"
SOURCE, DECISION = "exchange.DifferenceSource", "exchange.PensionDecision"
PAPER, NOTICE = "exchange.PaperDelivery", "exchange.FundNotice"

PEOPLE_LISTS = [
    # files
    stated(
        FILE,
        "replaces_what_is_superseded",
        pension_stored.replacing,
        "UPDATE {table} SET month = '2026-09-01' WHERE id = {key}",
    ),
    changed(FILE, "exchange_file_status_fits_its_kind", stored.pension, status="verified", verified_at=AT),
    # rows
    copied(
        RECORD,
        "pension_row_is_staged_once",
        stored.pension_record,
        fine={"row_number": 2},
        person_id=None,
        match="unknown",
    ),
    changed(RECORD, "is_append_only", stored.pension_record, content="{}"),
    stated(RECORD, "is_never_emptied", stored.pension_record, "TRUNCATE {table} CASCADE"),
    copied(
        RECORD,
        "a_matched_pension_row_has_its_person",
        stored.pension_record,
        fine={"row_number": 2},
        row_number=3,
        person_id=None,
    ),
    copied(
        RECORD,
        "a_matched_pension_row_has_its_person",
        stored.pension_record,
        fine={"row_number": 2},
        row_number=3,
        match="faulty",
    ),
    # proposals
    copied(
        PROPOSAL, "pension_difference_is_listed_once", stored.pension_difference, fine={"kind": "name"}, decision="open"
    ),
    stated(
        PROPOSAL,
        "a_death_is_proposed_once",
        pension_stored.death_and_another_list,
        "INSERT INTO {table} (file_id, office_id, recipient_id, person_id, full_name, kind, ours, theirs, decision, reason)"
        " SELECT (SELECT max(id) FROM exchange_exchangefile), office_id, recipient_id, person_id, full_name, kind, '', '',"
        " 'open', '' FROM {table} WHERE id = {key}",
    ),
    changed(PROPOSAL, "pension_difference_names_its_person", stored.pension_difference, person_id=None),
    changed(PROPOSAL, "pension_difference_names_its_person", stored.pension_difference, kind="new"),
    changed(PROPOSAL, "pension_difference_is_decided_as_a_whole", stored.pension_difference, decision="accepted"),
    changed(PROPOSAL, "pension_difference_is_decided_as_a_whole", stored.pension_difference, decision="later"),
    changed(PROPOSAL, "a_declined_proposal_has_its_reason", pension_stored.put_off, decision="rejected"),
    changed(PROPOSAL, "is_decided_once", pension_stored.accepted, theirs="иначе"),
    stated(PROPOSAL, "is_never_deleted", stored.pension_difference, "DELETE FROM {table} WHERE id = {key}"),
    stated(PROPOSAL, "is_never_emptied", stored.pension_difference, "TRUNCATE {table} CASCADE"),
    # what they stand on and how they were decided
    copied(SOURCE, "a_row_is_a_source_once", pension_stored.source, fine=None, says="иначе"),
    changed(SOURCE, "is_append_only", pension_stored.source, says="иначе"),
    stated(SOURCE, "is_never_emptied", pension_stored.source, "TRUNCATE {table} CASCADE"),
    copied(
        DECISION,
        "a_decision_says_what_and_why",
        pension_stored.decision,
        fine={"decision": "accepted"},
        decision="open",
    ),
    copied(
        DECISION,
        "a_decision_says_what_and_why",
        pension_stored.decision,
        fine={"decision": "accepted"},
        decision="rejected",
    ),
    changed(DECISION, "is_append_only", pension_stored.decision, reason="иначе"),
    stated(DECISION, "is_never_emptied", pension_stored.decision, "TRUNCATE {table} CASCADE"),
    # papers
    copied(PAPER, "unique file", pension_stored.delivery, fine=None, handed_by="другой"),
    copied(PAPER, "paper_delivery_has_both_visas", pension_stored.delivery, fine=None, handed_by=""),
    copied(PAPER, "paper_delivery_has_both_visas", pension_stored.delivery, fine=None, received_on=LONG_AGO),
    changed(PAPER, "is_append_only", pension_stored.delivery, handed_by="другой"),
    stated(PAPER, "is_never_emptied", pension_stored.delivery, "TRUNCATE {table} CASCADE"),
    copied(NOTICE, "unique file", pension_stored.notice, fine=None, number="2/2026"),
    copied(NOTICE, "a_notice_tells_a_fault", pension_stored.notice, fine=None, faults=0),
    stated(
        NOTICE,
        "fund_notice_number_is_unique_in_its_office",
        pension_stored.notice_and_another_list,
        "INSERT INTO {table} (file_id, office_id, month, number, faults, made_at, made_by_id, document_id)"
        " SELECT (SELECT max(id) FROM exchange_exchangefile), office_id, month, number, faults, made_at, made_by_id,"
        " document_id FROM {table} WHERE id = {key}",
    ),
    changed(NOTICE, "is_append_only", pension_stored.notice, faults=2),
    stated(NOTICE, "is_never_emptied", pension_stored.notice, "TRUNCATE {table} CASCADE"),
]
