"""The database itself refuses impossible people, rights, ways of payment and decisions."""

import datetime as dt

import pytest

from offices.accounts import with_account_key
from recipients.models import (
    ApplicationDocument,
    CardHandover,
    CardView,
    CaseDocument,
    Change,
    ChangeBatch,
    EntitledPerson,
    Entitlement,
    Ground,
    HandedCard,
    Recipient,
    Termination,
)
from tests import factories
from tests.constraints import Violation, ask_deferred, changed, copied, stated, unnamed
from tests.factories import AT, LONG_AGO, MONTH

pytestmark = pytest.mark.django_db

BEFORE = dt.date(2019, 1, 1)
LATER = dt.date(2025, 1, 1)
NEVER = {"valid_from": BEFORE, "valid_to": LONG_AGO}
ACCOUNT = with_account_key("044525225", "40817810000000000001")


def application_document() -> ApplicationDocument:
    return factories.application().documents.create(kind="identity")


def case_document() -> CaseDocument:
    return CaseDocument.objects.create(recipient=factories.recipient(), number=1, title="заявление", filed_on=MONTH)


def card_view() -> CardView:
    return CardView.objects.create(
        recipient=factories.recipient(), staff=factories.staff(), minute=AT, tab="Начисления"
    )


def handover() -> CardHandover:
    by = factories.staff()
    return CardHandover.objects.create(office=by.office, month=MONTH, number=1, handed_at=AT, handed_by=by)


def handed_card() -> HandedCard:
    return HandedCard.objects.create(handover=handover(), channel=factories.channel())


def batch() -> ChangeBatch:
    by = factories.staff()
    return ChangeBatch.objects.create(office=by.office, month=MONTH, sent_at=AT, sent_by=by)


def change() -> Change:
    recipient = factories.recipient()
    return Change.objects.create(
        recipient=recipient,
        office=recipient.office,
        kind="move",
        happened_on=MONTH,
        source="администрация",
        document="справка",
        reported_at=AT,
        reported_by=recipient.created_by,
    )


def termination() -> Termination:
    right = factories.entitlement()
    return Termination.objects.create(
        entitlement=right,
        office=right.recipient.office,
        number="1/2026",
        ground=factories.ground("termination"),
        document="свидетельство",
        happened_on=MONTH,
        ends_on=MONTH,
        prepared_at=AT,
        prepared_by=right.granted_by,
    )


def other_termination() -> Termination:
    """A decision in the same office as one that has number 1/2026."""
    first, second = termination(), factories.entitlement()
    second_decision = Termination(
        entitlement=second,
        office=first.office,
        number="2/2026",
        ground=first.ground,
        document="свидетельство",
        happened_on=MONTH,
        ends_on=MONTH,
        prepared_at=AT,
        prepared_by=first.prepared_by,
    )
    second_decision.save()
    return second_decision


def covered() -> EntitledPerson:
    return factories.entitlement().persons.get()


def covered_later() -> EntitledPerson:
    row = covered()
    row.valid_from = LATER
    row.save(update_fields=["valid_from"])
    return row


def covered_beside_another() -> EntitledPerson:
    factories.person()
    return covered()


def right_of_a_year() -> Entitlement:
    factories.person()
    return factories.ended(factories.entitlement(), LATER)


def covered_for_a_year() -> EntitledPerson:
    return right_of_a_year().persons.get()


def closed_case() -> Recipient:
    return factories.recipient(closed_on=LATER)


def ground() -> Ground:
    return factories.ground()


def at_the_post() -> object:
    return factories.channel(kind="post")


VIOLATIONS: list[Violation] = [
    *(
        changed("recipients.Application", "application_is_decided_as_a_whole", factories.application, **columns)
        for columns in ({"status": "refused"}, {"status": "granted"}, {"decided_at": AT}, {"status": "put_off"})
    ),
    copied(
        "recipients.Application",
        "application_number_is_unique_in_its_office",
        factories.application,
        fine={"number": "2а"},
        category="1",
    ),
    changed(
        "recipients.ApplicationDocument",
        "only_documents_of_the_regulation_are_taken",
        application_document,
        kind="diploma",
    ),
    copied(
        "recipients.ApplicationDocument",
        "document_kind_is_listed_once",
        application_document,
        fine={"kind": "receipts"},
        sheets=2,
    ),
    changed("recipients.CardHandover", "card_handover_is_accepted_by_someone", handover, accepted_at=AT),
    stated(
        "recipients.CardHandover",
        "card_handover_is_not_accepted_by_its_sender",
        handover,
        "UPDATE {table} SET accepted_at = now(), accepted_by_id = handed_by_id WHERE id = {key}",
    ),
    copied("recipients.CardHandover", "card_handover_is_numbered_once", handover, fine={"number": 2}, handed_at=AT),
    changed("recipients.CardHandover", "card_handover_month_is_a_first_day", handover, month=dt.date(2026, 10, 2)),
    copied("recipients.CardView", "card_view_is_kept_once_a_minute", card_view, fine={"minute": LATER}, tab="История"),
    copied(
        "recipients.CardView",
        "card_view_is_kept_to_the_minute",
        card_view,
        fine={"minute": AT + dt.timedelta(minutes=1)},
        minute=AT + dt.timedelta(seconds=1),
    ),
    copied("recipients.CardView", "card_view_names_its_tab", card_view, fine={"minute": LATER}, minute=BEFORE, tab=""),
    stated("recipients.CardView", "is_append_only", card_view, "UPDATE {table} SET tab = 'Человек'"),
    stated("recipients.CardView", "is_append_only", card_view, "DELETE FROM {table}"),
    stated("recipients.CardView", "is_never_emptied", card_view, "TRUNCATE {table} CASCADE"),
    copied("recipients.CaseDocument", "inventory_number_is_unique_in_its_case", case_document, fine={"number": 2}),
    copied("recipients.Change", "change_is_reported_once", change, fine={"kind": "death"}, source="другой"),
    changed("recipients.ChangeBatch", "change_batch_month_is_a_first_day", batch, month=dt.date(2026, 10, 2)),
    changed("recipients.ChangeBatch", "changes_are_accepted_by_someone", batch, accepted_at=AT),
    stated(
        "recipients.ChangeBatch",
        "changes_are_not_accepted_by_their_sender",
        batch,
        "UPDATE {table} SET accepted_at = now(), accepted_by_id = sent_by_id WHERE id = {key}",
    ),
    copied("recipients.ChangeBatch", "changes_of_a_month_are_sent_once", batch, fine={"month": LATER}, sent_at=AT),
    changed("recipients.EntitledPerson", "entitled_period_is_not_empty", covered, valid_to=LONG_AGO),
    copied(
        "recipients.EntitledPerson",
        "nobody_is_entitled_twice_at_once",
        covered_later,
        fine={"valid_from": LONG_AGO, "valid_to": LATER},
        valid_from=MONTH,
    ),
    *(
        changed("recipients.EntitledPerson", "cover_fits_its_right", covered_for_a_year, **columns)
        for columns in ({"valid_from": BEFORE}, {"valid_to": MONTH}, {"valid_to": None})
    ),
    stated(
        "recipients.EntitledPerson",
        "cover_fits_its_right",
        covered_beside_another,
        "UPDATE {table} SET person_id = (SELECT min(id) FROM recipients_person) WHERE id = {key}",
    ),
    *(
        changed("recipients.Entitlement", "right_holds_its_cover", right_of_a_year, **columns)
        for columns in ({"valid_from": dt.date(2021, 1, 1)}, {"valid_to": dt.date(2024, 12, 1)})
    ),
    stated(
        "recipients.Entitlement",
        "right_holds_its_cover",
        right_of_a_year,
        "UPDATE {table} SET disabled_person_id = (SELECT min(id) FROM recipients_person) WHERE id = {key}",
    ),
    copied(
        "recipients.Entitlement",
        "disabled_person_grounds_one_right_at_a_time",
        factories.entitlement,
        fine=NEVER,
        valid_from=LATER,
    ),
    changed("recipients.Entitlement", "entitlement_period_is_not_empty", factories.entitlement, valid_to=LONG_AGO),
    *(
        changed("recipients.Entitlement", "holder_fits_the_category", factories.entitlement, **columns)
        for columns in ({"holder": "family"}, {"category": "child"}, {"category": "4"})
    ),
    changed(
        "recipients.Entitlement", "right_begins_with_a_month", factories.entitlement, valid_from=dt.date(2020, 1, 2)
    ),
    changed("recipients.Ground", "ground_period_is_not_empty", ground, valid_to=LONG_AGO),
    copied("recipients.Ground", "ground_periods_do_not_overlap", ground, fine=NEVER, valid_from=LATER),
    changed("recipients.Ground", "ground_says_what_it_grounds", ground, kind="whim"),
    changed("recipients.Ground", "ground_says_what_it_grounds", ground, ends="never"),
    copied("recipients.HandedCard", "unique channel", handed_card, fine=None),
    stated(
        "recipients.LegalRepresentative",
        "nobody_represents_oneself",
        factories.representative,
        "UPDATE {table} SET representative_id = represented_id WHERE id = {key}",
    ),
    changed(
        "recipients.LegalRepresentative",
        "representative_period_is_not_empty",
        factories.representative,
        valid_to=BEFORE,
    ),
    copied(
        "recipients.LegalRepresentative",
        "representative_periods_do_not_overlap",
        factories.representative,
        fine=NEVER,
        valid_from=LATER,
    ),
    changed("recipients.PaymentChannel", "account_key_fits_the_bank", factories.channel, account=ACCOUNT[:-1] + "2"),
    changed("recipients.PaymentChannel", "channel_is_confirmed_by_someone", factories.channel, confirmed_at=None),
    stated(
        "recipients.PaymentChannel",
        "channel_is_not_confirmed_by_its_author",
        factories.channel,
        "UPDATE {table} SET confirmed_by_id = entered_by_id WHERE id = {key}",
    ),
    changed("recipients.PaymentChannel", "channel_period_is_not_empty", factories.channel, valid_to=LONG_AGO),
    copied(
        "recipients.PaymentChannel",
        "recipient_has_one_channel_at_a_time",
        factories.channel,
        fine=NEVER,
        valid_from=LATER,
    ),
    *(
        changed("recipients.PaymentChannel", "requisites_fit_the_channel", at_the_post, **columns)
        for columns in ({"account": ACCOUNT}, {"other": "в кассе"}, {"post_office_id": None}, {"kind": "other"})
    ),
    *(
        changed("recipients.PaymentChannel", "requisites_fit_the_channel", factories.channel, **columns)
        for columns in ({"bank_id": None}, {"kind": "post"}, {"kind": "cash"})
    ),
    changed("recipients.Person", "death_is_not_before_birth", factories.person, death_date=dt.date(1951, 3, 13)),
    *(
        changed("recipients.Person", "person_has_a_readable_name", factories.person, **columns)
        for columns in ({"last_name": ""}, {"first_name": ""}, {"first_name": "Лю\nбовь"}, {"middle_name": "\x1f"})
    ),
    *(
        changed("recipients.Person", "person_snils_is_valid", factories.person, snils=snils)
        for snils in ("11223344596", "1122334459", "00000000000")
    ),
    copied("recipients.Person", "snils_belongs_to_one_person", factories.person, fine={"snils": None}, sex="m"),
    changed("recipients.Recipient", "case_closes_after_it_opens", factories.recipient, closed_on=BEFORE),
    copied(
        "recipients.Recipient",
        "case_number_is_unique_in_its_office",
        closed_case,
        fine={"case_number": "7а"},
        shelf="другая",
    ),
    copied(
        "recipients.Recipient",
        "person_has_one_open_case",
        factories.recipient,
        fine={"case_number": "7а", "closed_on": LATER},
        case_number="7б",
    ),
    copied("recipients.Termination", "right_is_terminated_once", termination, fine=None, number="2/2026"),
    changed("recipients.Termination", "termination_is_confirmed_as_a_whole", termination, status="confirmed"),
    changed("recipients.Termination", "termination_is_confirmed_as_a_whole", termination, confirmed_at=AT),
    stated(
        "recipients.Termination",
        "termination_is_not_confirmed_by_its_author",
        termination,
        "UPDATE {table} SET status = 'confirmed', confirmed_at = now(), confirmed_by_id = prepared_by_id"
        " WHERE id = {key}",
    ),
    stated(
        "recipients.Termination",
        "termination_number_is_unique_in_its_office",
        other_termination,
        "UPDATE {table} SET number = '1/2026' WHERE id = {key}",
    ),
]


def test_lets_a_right_end_before_its_cover_within_one_transaction() -> None:
    right = factories.entitlement()
    right.valid_to = LATER
    right.save(update_fields=["valid_to"])
    right.persons.update(valid_to=LATER)
    ask_deferred()
    assert right.persons.get().valid_to == LATER


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_refuses(violation: Violation) -> None:
    violation.check()


def test_names_every_constraint_of_the_app() -> None:
    assert unnamed("recipients", violations=VIOLATIONS) == set()
