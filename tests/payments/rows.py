"""Single rows of payments for tests of the database's own guards: written directly, without services."""

import datetime as dt
from decimal import Decimal
from typing import Any

from calculations.models import Accrual
from offices import files, journal
from offices.models import JournalEntry, StoredFile
from payments.models import (
    CancelledAccrual,
    HeirClaim,
    HeirDecision,
    HeirPart,
    HeirRequisites,
    PaymentDocument,
    PaymentLine,
    PaymentList,
    PaymentRegister,
    RegisterAnswer,
    RegisterEntry,
    ReturnedPayment,
    ReturnNotice,
    ReturnNoticeLine,
    ReturnReason,
)
from recipients.models import Recipient
from tests import factories
from tests.calculations import made
from tests.rows.ground import number

AT, MONTH = factories.AT, factories.MONTH
PAYABLE = Decimal("100.00")
DEATH, CLAIMED, TERM_END = dt.date(2026, 10, 18), dt.date(2026, 12, 1), dt.date(2027, 2, 18)


def file() -> StoredFile:
    return files.store(
        content=f"file {number()}".encode(), name="file.pdf", media_type=files.PDF, by=factories.staff(), at=AT
    )


def payment_list(**given: Any) -> PaymentList:
    """An empty list of an open month, built."""
    factories.open_month(MONTH)
    built = {
        "month": MONTH,
        "paid_month": MONTH,
        "kind": "regular",
        "status": "built",
        "rows": 0,
        "total": 0,
        "built_at": AT,
    } | given
    built["office"] = built.get("office") or factories.office()
    built["built_by"] = built.get("built_by") or factories.staff()
    return PaymentList.objects.create(**built)


def line(**given: Any) -> PaymentLine:
    """A line of 100 roubles of a list of its own, to a bank account; the accrual is in a draft."""
    built = {
        "payable": PAYABLE,
        "payee_name": "Иванова Анна",
        "address": "г. Смоленск",
        "postal_address": "г. Смоленск",
    }
    built |= given
    if "accrual" not in built:
        built["accrual"] = made.accrual(made.run(), accrued=PAYABLE)
    accrual = built["accrual"]
    built["list"] = built.get("list") or payment_list(office=accrual.office, rows=1, total=built["payable"])
    built["channel"] = built.get("channel") or factories.channel(recipient=accrual.recipient)
    channel = built["channel"]
    requisites = {"kind": channel.kind, "bank": channel.bank, "account": channel.account, "payee": channel.payee}
    return PaymentLine.objects.create(office=accrual.office, recipient=accrual.recipient, **requisites, **built)


def returned_line() -> PaymentLine:
    return line(status="returned")


def replacement() -> PaymentLine:
    """A line that repeats a returned one, in a supplementary list."""
    old = returned_line()
    late = payment_list(office=old.office, kind="supplementary", rows=1, total=old.payable)
    return line(accrual=old.accrual, list=late, replaces=old, channel=old.channel)


def register(**given: Any) -> PaymentRegister:
    """An empty register of a bank, formed."""
    factories.open_month(MONTH)
    built = {
        "channel": "bank",
        "month": MONTH,
        "paid_month": MONTH,
        "number": 1,
        "status": "formed",
        "rows": 0,
        "total": 0,
        "formed_at": AT,
    } | given
    if built["channel"] == "bank":
        built["bank"] = built.get("bank") or factories.bank()
    return PaymentRegister.objects.create(file=file(), formed_by=factories.staff(), **built)


def released_register() -> PaymentRegister:
    return register(status="released", released_at=AT, released_by=factories.staff())


def entry(**given: Any) -> RegisterEntry:
    """A line's row in a register of its own."""
    built = {"row_number": 1} | given
    built["line"] = built.get("line") or line()
    built["register"] = built.get("register") or register(rows=1, total=PAYABLE)
    return RegisterEntry.objects.create(**built)


def document() -> PaymentDocument:
    return PaymentDocument.objects.create(register=register(), kind="summary", file=file())


def answer() -> RegisterAnswer:
    stored = file()
    return RegisterAnswer.objects.create(
        register=released_register(),
        number=1,
        file=stored,
        sha256=stored.sha256,
        rows=2,
        paid=1,
        returned=1,
        recorded_at=AT,
        recorded_by=factories.staff(),
    )


def reason(**given: Any) -> ReturnReason:
    return ReturnReason.objects.create(**{"code": "B99", "channel": "bank", "title": "прочее"} | given)


def returned(**given: Any) -> ReturnedPayment:
    """A return of a line, not cleared up."""
    built = {"returned_on": MONTH, "recorded_at": AT} | given
    built["line"] = built.get("line") or returned_line()
    built["reason"] = built.get("reason") or reason()
    return ReturnedPayment.objects.create(office=built["line"].office, recorded_by=factories.staff(), **built)


def _deceased(**given: Any) -> Recipient:
    """A recipient who died, living until then."""
    return factories.recipient(person=factories.person(death_date=DEATH), **given)


def claim(**given: Any) -> HeirClaim:
    """A claim of the family in its term, about a recipient who died in October."""
    built = {"kind": "family", "relation": "жена", "claimed_on": CLAIMED, "term_ends_on": TERM_END, "entered_at": AT}
    built |= given
    built["recipient"] = built.get("recipient") or _deceased(office=given.get("office") or factories.office())
    built["office"] = built["recipient"].office
    built["application"] = built.get("application") or factories.application(
        office=built["office"], kind="heir", disabled_person=built["recipient"].person, applicant=factories.person()
    )
    built["entered_by"] = built.get("entered_by") or factories.staff(office=built["office"])
    return HeirClaim.objects.create(claimant=built["application"].applicant, **built)


def heir_requisites(**given: Any) -> HeirRequisites:
    """Requisites of a claimant with a bank, not confirmed."""
    built = {"kind": "bank", "entered_at": AT} | given
    built["claim"] = built.get("claim") or claim()
    if built["kind"] == "bank":
        built["bank"] = built.get("bank") or factories.bank()
        built["account"] = built.get("account") or factories.account_at(built["bank"])
    else:
        built["post_office"] = built.get("post_office") or factories.post_office()
    return HeirRequisites.objects.create(entered_by=factories.staff(office=built["claim"].office), **built)


def confirmed_requisites(**given: Any) -> HeirRequisites:
    row = heir_requisites(**given)
    row.confirmed_at, row.confirmed_by = AT, factories.staff(office=row.claim.office)
    row.save()
    return row


def decision(**given: Any) -> HeirDecision:
    """A decision prepared, without parts, upon a claim of its own."""
    built = {"number": "1", "total": PAYABLE, "status": "prepared", "prepared_at": AT} | given
    asked = built.pop("claim", None) or claim(recipient=built.pop("recipient", None), office=built.pop("office", None))
    return HeirDecision.objects.create(
        office=asked.office,
        recipient=asked.recipient,
        application=asked.application,
        claimant=asked.claimant,
        relation=asked.relation,
        prepared_by=factories.staff(office=asked.office),
        **built,
    )


def withdrawn_decision() -> HeirDecision:
    return decision(status="withdrawn", total=0)


def part(**given: Any) -> HeirPart:
    """A claimant's part of an accrual of 100 roubles that was never listed."""
    built = {"payable": Decimal("60.00")} | given
    built["accrual"] = built.get("accrual") or late_accrual()
    if "decision" not in built:
        recipient = built["accrual"].recipient
        recipient.person.death_date = DEATH
        recipient.person.save()
        built["decision"] = decision(recipient=recipient, total=built["payable"])
    return HeirPart.objects.create(**built)


def confirmed_part(**given: Any) -> HeirPart:
    """A part of a decision that was confirmed."""
    row = part(**given)
    decision = row.decision
    decision.status, decision.confirmed_at, decision.confirmed_by = "confirmed", AT, factories.staff()
    decision.save()
    return row


def heirs_line(**given: Any) -> PaymentLine:
    """A line that pays an heir's part by confirmed requisites."""
    row = given.pop("part", None) or confirmed_part()
    decision = row.decision
    requisites = confirmed_requisites(claim=decision.application.heir_claim)
    late = payment_list(office=decision.office, kind="supplementary", rows=1, total=row.payable)
    return PaymentLine.objects.create(
        **{
            "list": late,
            "office": decision.office,
            "accrual": row.accrual,
            "recipient": decision.recipient,
            "payee": decision.claimant,
            "heir_part": row,
            "heir_requisites": requisites,
            "kind": "bank",
            "bank": requisites.bank,
            "account": requisites.account,
            "payee_name": decision.claimant.full_name,
            "address": "г. Смоленск",
            "postal_address": "г. Смоленск",
            "payable": row.payable,
        }
        | given
    )


def late_accrual(**given: Any) -> Accrual:
    """An accrual of 100 roubles for October, never listed."""
    return made.accrual(made.run(), accrued=PAYABLE, **given)


def after_death() -> Accrual:
    """An accrual of 100 roubles for October of somebody who died in September."""
    accrual = late_accrual()
    accrual.recipient.person.death_date = dt.date(2026, 9, 30)
    accrual.recipient.person.save()
    return accrual


def cancelled() -> CancelledAccrual:
    accrual = after_death()
    return CancelledAccrual.objects.create(
        accrual=accrual,
        office=accrual.office,
        recipient=accrual.recipient,
        reason="получатель умер",
        cancelled_at=AT,
        cancelled_by=factories.staff(office=accrual.office),
    )


def notice(**given: Any) -> ReturnNotice:
    """A letter to a bank, without lines."""
    unit = factories.office()
    built = {"number": "1/2026", "channel": "bank", "rows": 0, "total": 0, "made_at": AT} | given
    if built["channel"] == "bank":
        built["bank"] = built.get("bank") or factories.bank()
    return ReturnNotice.objects.create(
        office=unit, made_by=factories.staff(), document=file(), entry=letter_entry(), **built
    )


def letter_entry() -> JournalEntry:
    """A line of a journal about a letter."""
    paper = journal.Paper("письмо", "3.15")
    return journal.record(
        office=factories.office(), event="направлено письмо", paper=paper, by=factories.staff(), at=AT
    )


def asked_back() -> ReturnNoticeLine:
    """A payment for October of somebody who died in September, asked back."""
    paid = line(accrual=after_death(), status="paid")
    return ReturnNoticeLine.objects.create(notice=notice(bank=paid.bank, rows=1, total=PAYABLE), line=paid)
