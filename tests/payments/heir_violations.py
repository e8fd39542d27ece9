"""Claims, decisions, parts, heirs' lines, cancellations and letters that the database refuses, by raw SQL."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.db import models

from payments.models import (
    CancelledAccrual,
    HeirClaim,
    HeirDecision,
    HeirPart,
    HeirRequisites,
    PaymentLine,
    ReturnNotice,
    ReturnNoticeLine,
)
from tests import factories
from tests.constraints import Violation, changed, copied, copy, stated, update
from tests.payments import rows

Change = Callable[[models.Model], None]
NOT_A_NUMBER = "NaN"
DELETE, EMPTY = "DELETE FROM {table}", "TRUNCATE {table} CASCADE"


def doing(model: str, name: str, make: Callable[[], models.Model], break_it: Change, fine: Change | None = None):
    return Violation(f"payments.{model}", name, make, break_it, fine)


def set_of(model: str, name: str, make: Callable[[], models.Model], **columns: object) -> Violation:
    return changed(f"payments.{model}", name, make, **columns)


def written_once(model: str, make: Callable[[], models.Model]) -> list[Violation]:
    label = f"payments.{model}"
    return [
        stated(label, "is_append_only", make, "UPDATE {table} SET office_id = office_id"),
        stated(label, "is_append_only", make, DELETE),
        stated(label, "is_never_emptied", make, EMPTY),
    ]


def kept(model: str, make: Callable[[], models.Model]) -> list[Violation]:
    label = f"payments.{model}"
    return [stated(label, "is_never_deleted", make, DELETE), stated(label, "is_never_emptied", make, EMPTY)]


def new_application(row: HeirClaim | HeirDecision) -> int:
    return factories.application(office=row.office, kind="heir").pk


def claimed(**columns: object) -> Change:
    """Copy a claim to an application of its own with other columns."""
    return lambda row: copy(row, {"application_id": new_application(row)} | columns)


def decided(**columns: object) -> Change:
    """Decide upon a claim about the same recipient again, with other columns."""

    def break_it(row: HeirDecision) -> None:
        claim = rows.claim(recipient=row.recipient)
        own = {"application_id": claim.pk, "claimant_id": claim.claimant_id, "number": "2"}
        copy(row, own | columns)

    return break_it


def decided_late(row: HeirDecision) -> None:
    late = rows.claim(recipient=row.recipient, claimed_on=dt.date(2027, 2, 19))
    copy(row, {"application_id": late.pk, "claimant_id": late.claimant_id, "number": "2"})


def decided_for_an_heir_in_the_term(row: HeirDecision) -> None:
    early = rows.claim(recipient=row.recipient, kind="heir")
    copy(row, {"application_id": early.pk, "claimant_id": early.claimant_id, "number": "2"})


def given(payable: int) -> Change:
    """Give another claimant a part of the same accrual."""

    def break_it(row: HeirPart) -> None:
        other = rows.decision(recipient=row.decision.recipient, number=f"{payable}", total=payable)
        copy(row, {"decision_id": other.pk, "payable": payable})

    return break_it


def returned_heirs_line() -> PaymentLine:
    return rows.heirs_line(status="returned")


def without_its_part(row: PaymentLine) -> None:
    copy(row, {"heir_part_id": None, "heir_requisites_id": None, "status": "returned"})


def by_unconfirmed_requisites(row: PaymentLine) -> None:
    waiting = rows.heir_requisites(claim=row.heir_requisites.claim)
    copy(row, {"status": "returned", "heir_requisites_id": waiting.pk})


def part_of_a_prepared_decision(row: PaymentLine) -> None:
    waiting = rows.decision(recipient=row.recipient, number="2", total=40)
    part = HeirPart.objects.create(decision=waiting, accrual=row.accrual, payable=40)
    own = {"heir_part_id": part.pk, "payable": 40, "payee_id": waiting.claimant_id}
    copy(row, own | {"heir_requisites_id": rows.confirmed_requisites(claim=waiting.application.heir_claim).pk})


def small_heirs_line() -> PaymentLine:
    return rows.heirs_line(part=rows.confirmed_part(payable=Decimal(40)))


def cancelled_too(**columns: object) -> Change:
    """Cancel another accrual with other columns."""

    def break_it(row: CancelledAccrual) -> None:
        accrual = rows.after_death()
        copy(row, {"accrual_id": accrual.pk, "recipient_id": accrual.recipient_id} | columns)

    return break_it


def written_again(**columns: object) -> Change:
    """Write the letter again under a line of the journal of its own, with other columns."""

    def break_it(row: ReturnNotice) -> None:
        copy(row, {"number": "2/2026", "entry_id": rows.letter_entry().pk} | columns)

    return break_it


def cancelled_in_the_month_of_death(row: models.Model) -> None:
    accrual = rows.late_accrual()
    accrual.recipient.person.death_date = dt.date(2026, 10, 1)
    accrual.recipient.person.save()
    copy(row, {"accrual_id": accrual.pk, "recipient_id": accrual.recipient_id})


def cancelled_while_it_is_paid(row: models.Model) -> None:
    paid = rows.line(accrual=rows.after_death())
    copy(row, {"accrual_id": paid.accrual_id, "recipient_id": paid.recipient_id})


def paid_though_cancelled(row: PaymentLine) -> None:
    gone = rows.cancelled()
    copy(row, {"accrual_id": gone.accrual_id, "recipient_id": gone.recipient_id})


def asked_back_from_the_living(row: ReturnNoticeLine) -> None:
    paid = rows.line(status="paid")
    copy(row, {"line_id": paid.pk, "notice_id": rows.notice(bank=paid.bank, number="2/2026").pk})


def asked_of_another_bank(row: ReturnNoticeLine) -> None:
    paid = rows.line(accrual=rows.after_death(), status="paid")
    copy(row, {"line_id": paid.pk, "notice_id": rows.notice(number="2/2026").pk})


def confirmed_by_its_author(row: HeirRequisites | HeirDecision, author: int, **columns: object) -> None:
    update(row, {"confirmed_at": factories.AT, "confirmed_by_id": author} | columns)


VIOLATIONS = [
    doing("HeirClaim", "a_claim_follows_a_death", rows.claim, claimed(claimed_on="2026-10-17"), claimed()),
    doing("HeirClaim", "a_claim_follows_a_death", rows.claim, claimed(term_ends_on="2027-02-17"), claimed()),
    doing("HeirClaim", "heir_claim_says_who_claims", rows.claim, claimed(kind="friend")),
    doing("HeirClaim", "heir_claim_says_who_claims", rows.claim, claimed(relation="")),
    copied("payments.HeirClaim", "unique application", rows.claim, fine=None, relation="муж"),
    *written_once("HeirClaim", rows.claim),
    set_of("HeirRequisites", "confirmed_requisites_stand", rows.heir_requisites, kind="post"),
    set_of("HeirRequisites", "confirmed_requisites_stand", rows.confirmed_requisites, confirmed_at="2026-12-24"),
    copied("payments.HeirRequisites", "heir_account_key_fits_the_bank", rows.heir_requisites, fine={}, account="4" * 20),
    copied("payments.HeirRequisites", "heir_requisites_fit_the_way", rows.heir_requisites, fine={}, kind="post"),
    set_of("HeirRequisites", "heir_requisites_are_confirmed_by_someone", rows.heir_requisites, confirmed_at=factories.AT),
    doing(
        "HeirRequisites", "heir_requisites_are_confirmed_by_another", rows.heir_requisites,
        lambda row: confirmed_by_its_author(row, row.entered_by_id),
    ),
    *kept("HeirRequisites", rows.heir_requisites),
    doing("HeirDecision", "a_decision_follows_a_claim_in_its_term", rows.decision, decided_late, decided()),
    doing("HeirDecision", "a_decision_follows_a_claim_in_its_term", rows.decision, decided_for_an_heir_in_the_term),
    doing("HeirDecision", "a_decision_follows_a_claim_in_its_term", rows.decision, decided(claimant_id=1)),
    set_of("HeirDecision", "a_decision_is_confirmed_as_it_was_prepared", rows.withdrawn_decision, number="7"),
    doing(
        "HeirDecision", "a_decision_is_confirmed_as_it_was_prepared", rows.decision,
        lambda row: confirmed_by_its_author(row, factories.staff().pk, status="confirmed"),
    ),
    copied("payments.HeirDecision", "claim_has_one_open_decision", rows.decision, fine=None, number="2"),
    set_of(
        "HeirDecision", "heir_decision_is_confirmed_by_someone", rows.decision, status="confirmed", total=0,
        confirmed_at=factories.AT,
    ),
    doing(
        "HeirDecision", "heir_decision_is_not_confirmed_by_its_author", rows.decision,
        lambda row: confirmed_by_its_author(row, row.prepared_by_id, status="confirmed", total=0),
    ),
    doing(
        "HeirDecision", "heir_decision_number_is_unique_in_its_office", rows.decision, decided(number="1"), decided()
    ),
    set_of("HeirDecision", "heir_decision_status_fits_its_facts", rows.decision, status="confirmed", total=0),
    set_of("HeirDecision", "heir_total_is_a_number", rows.decision, total=NOT_A_NUMBER),
    *kept("HeirDecision", rows.decision),
    doing("HeirPart", "accrual_is_in_a_decision_once", rows.part, lambda row: copy(row, {"payable": 1})),
    set_of("HeirPart", "heir_part_is_positive", rows.part, payable=0),
    set_of("HeirPart", "heirs_get_no_more_than_was_unpaid", rows.part, payable=101),
    doing("HeirPart", "heirs_get_no_more_than_was_unpaid", rows.part, given(41), given(39)),
    set_of("HeirPart", "parts_of_a_confirmed_decision_stand", rows.confirmed_part, payable=1),
    stated("payments.HeirPart", "parts_of_a_confirmed_decision_stand", rows.confirmed_part, DELETE),
    copied("payments.PaymentLine", "an_heirs_part_is_paid_once", small_heirs_line, fine={"status": "returned"}, payable=40),
    copied("payments.PaymentLine", "an_heirs_line_pays_its_part", rows.heirs_line, fine=None, payable=60),
    copied("payments.PaymentLine", "an_heirs_line_pays_its_part", returned_heirs_line, fine={}, payable=59),
    copied("payments.PaymentLine", "an_heirs_line_pays_its_part", returned_heirs_line, fine={}, payee_id=1),
    doing("PaymentLine", "an_heirs_line_pays_its_part", returned_heirs_line, by_unconfirmed_requisites),
    doing("PaymentLine", "an_heirs_line_pays_its_part", returned_heirs_line, part_of_a_prepared_decision),
    doing("PaymentLine", "heirs_are_not_paid_over", returned_heirs_line, without_its_part),
    copied("payments.PaymentLine", "a_line_is_a_recipients_or_an_heirs", rows.line, fine={"status": "returned"},
           status="returned", channel_id=None),
    doing("PaymentLine", "what_is_cancelled_is_not_paid", rows.line, paid_though_cancelled),
    doing(
        "CancelledAccrual", "accrual_is_cancelled_for_a_reason", rows.cancelled, cancelled_too(reason=""), cancelled_too()
    ),
    doing(
        "CancelledAccrual", "only_what_is_unpaid_after_death_is_cancelled", rows.cancelled,
        cancelled_in_the_month_of_death,
    ),
    doing("CancelledAccrual", "only_what_is_unpaid_after_death_is_cancelled", rows.cancelled, cancelled_while_it_is_paid),
    copied("payments.CancelledAccrual", "unique accrual", rows.cancelled, fine=None, reason="ошибка"),
    *written_once("CancelledAccrual", rows.cancelled),
    doing(
        "ReturnNotice", "return_notice_number_is_given_once", rows.notice, written_again(number="1/2026"), written_again()
    ),
    doing("ReturnNotice", "only_a_notice_to_a_bank_has_a_bank", rows.notice, written_again(channel="post")),
    doing("ReturnNotice", "return_notice_total_is_a_number", rows.notice, written_again(total=NOT_A_NUMBER)),
    doing("ReturnNotice", "a_return_notice_is_the_sum_of_its_lines", rows.notice, written_again(rows=1)),
    copied("payments.ReturnNotice", "unique entry", rows.notice, fine=None, number="2/2026"),
    set_of("ReturnNotice", "is_append_only", rows.notice, rows=1),
    stated("payments.ReturnNotice", "is_append_only", rows.notice, DELETE),
    stated("payments.ReturnNotice", "is_never_emptied", rows.notice, EMPTY),
    stated("payments.ReturnNoticeLine", "is_append_only", rows.asked_back, DELETE),
    stated("payments.ReturnNoticeLine", "is_append_only", rows.asked_back, "UPDATE {table} SET id = id"),
    stated("payments.ReturnNoticeLine", "is_never_emptied", rows.asked_back, EMPTY),
    doing("ReturnNoticeLine", "only_what_was_paid_after_death_is_asked_back", rows.asked_back, asked_back_from_the_living),
    doing("ReturnNoticeLine", "only_what_was_paid_after_death_is_asked_back", rows.asked_back, asked_of_another_bank),
    copied("payments.ReturnNoticeLine", "unique line", rows.asked_back, fine=None),
]  # fmt: skip
