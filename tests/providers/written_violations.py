"""Every rule of letters, inquiries, abilities and transfers, broken by raw SQL."""

import datetime as dt

from tests import factories as make
from tests.constraints import Violation, changed, copied, stated
from tests.exchange import stored
from tests.factories import AT, LONG_AGO
from tests.providers import written

ABILITY, LETTER, INQUIRY = "providers.AbilityChange", "providers.ReminderLetter", "providers.ProviderInquiry"
TRANSFER, LINE = "providers.AccountTransfer", "providers.AccountTransferLine"
BEFORE = LONG_AGO - dt.timedelta(days=1)


def done_line():
    """A line of a transfer that was carried out."""
    row = written.transfer_line()
    row.new_account = make.account()
    row.save()
    return row


WRITTEN = [
    copied(ABILITY, "ability_change_has_a_reason", written.ability_change, fine={"reason": "нет связи"}, reason=""),
    changed(ABILITY, "is_append_only", written.ability_change, reason="иначе"),
    stated(ABILITY, "is_never_emptied", written.ability_change, "TRUNCATE {table} CASCADE"),
    Violation(
        LETTER,
        "letter_number_is_unique_in_its_office",
        written.letter,
        lambda row: written.letter(office=row.office, number=row.number),
        lambda row: written.letter(number=row.number),
    ),
    Violation(
        LETTER,
        "letter_month_is_a_first_day",
        written.letter,
        lambda row: written.letter(month=dt.date(2026, 10, 2)),
    ),
    Violation(
        LETTER,
        "unique document",
        written.letter,
        lambda row: type(row).objects.create(
            office=make.office(),
            provider=row.provider,
            month=row.month,
            number="1",
            made_at=AT,
            made_by=row.made_by,
            answer_due_on=row.answer_due_on,
            document=row.document,
        ),
        lambda row: stored.stored_file(),
    ),
    changed(LETTER, "is_append_only", written.letter, number="7"),
    stated(LETTER, "is_never_emptied", written.letter, "TRUNCATE {table} CASCADE"),
    changed(INQUIRY, "inquiry_says_how_and_what", written.inquiry, subject=""),
    changed(INQUIRY, "inquiry_waits_after_it_was_made", written.inquiry, answer_due_on=BEFORE),
    changed(INQUIRY, "inquiry_is_answered_as_a_whole", written.inquiry, answer="Пришлём."),
    copied(INQUIRY, "unique entry", written.inquiry, fine=None, subject="Ещё"),
    stated(INQUIRY, "is_never_deleted", written.inquiry, "DELETE FROM {table} WHERE id = {key}"),
    stated(INQUIRY, "is_never_emptied", written.inquiry, "TRUNCATE {table} CASCADE"),
    changed(TRANSFER, "transfer_goes_where_its_kind_says", written.transfer, kind="merger"),
    changed(TRANSFER, "transfer_begins_on_a_first_day", written.transfer, valid_from=dt.date(2026, 10, 2)),
    changed(TRANSFER, "former_numbers_are_known_for_some_time", written.transfer, known_until=LONG_AGO),
    changed(TRANSFER, "transfer_has_accounts_and_a_basis", written.transfer, basis=""),
    changed(TRANSFER, "transfer_status_fits_its_facts", written.transfer, status="done"),
    stated(
        TRANSFER,
        "transfer_is_not_confirmed_by_its_author",
        written.transfer,
        "UPDATE {table} SET status = 'done', decided_at = now(), decided_by_id = proposed_by_id WHERE id = {key}",
    ),
    copied(TRANSFER, "same_transfer_is_entered_once", written.transfer, fine={"digest": "0" * 64}, basis="другое"),
    stated(TRANSFER, "is_never_deleted", written.transfer, "DELETE FROM {table} WHERE id = {key}"),
    stated(TRANSFER, "is_never_emptied", written.transfer, "TRUNCATE {table} CASCADE"),
    copied(LINE, "account_is_in_a_transfer_once", written.transfer_line, fine=None, new_number="77"),
    Violation(
        LINE,
        "new_number_is_given_once_in_a_transfer",
        written.transfer_line,
        lambda row: written.transfer_line(transfer=row.transfer, new_number=row.new_number),
        lambda row: written.transfer_line(transfer=row.transfer),
    ),
    changed(LINE, "transfer_line_leads_from_one_account_to_another", written.transfer_line, new_number=""),
    Violation(
        LINE,
        "unique new_account",
        done_line,
        lambda row: written.transfer_line(new_account=row.new_account),
        lambda row: written.transfer_line(),
    ),
    stated(LINE, "is_never_deleted", written.transfer_line, "DELETE FROM {table} WHERE id = {key}"),
    stated(LINE, "is_never_emptied", written.transfer_line, "TRUNCATE {table} CASCADE"),
]
