"""Single rows of payments for tests of the database's own guards: written directly, without services."""

from decimal import Decimal
from typing import Any

from offices import files
from offices.models import StoredFile
from payments.models import (
    HeirDecision,
    HeirPart,
    PaymentDocument,
    PaymentLine,
    PaymentList,
    PaymentRegister,
    RegisterAnswer,
    RegisterEntry,
    ReturnedPayment,
    ReturnReason,
)
from tests import factories
from tests.calculations import made
from tests.rows.ground import number

AT, MONTH = factories.AT, factories.MONTH
PAYABLE = Decimal("100.00")


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


def decision(**given: Any) -> HeirDecision:
    """A decision prepared, without parts."""
    built = {"number": "1", "relation": "жена", "total": PAYABLE, "status": "prepared", "prepared_at": AT} | given
    built["office"] = built.get("office") or factories.office()
    built["recipient"] = built.get("recipient") or factories.recipient(office=built["office"])
    built["application"] = built.get("application") or factories.application(office=built["office"], kind="heir")
    return HeirDecision.objects.create(
        claimant=built["application"].applicant, prepared_by=factories.staff(office=built["office"]), **built
    )


def part(**given: Any) -> HeirPart:
    """A claimant's part of an accrual of 100 roubles that was never listed."""
    built = {"payable": Decimal("60.00")} | given
    built["accrual"] = built.get("accrual") or made.accrual(made.run(), accrued=PAYABLE)
    built["decision"] = built.get("decision") or decision(office=built["accrual"].office)
    return HeirPart.objects.create(**built)
