"""Minimal valid rows of files, registers and what was found in them, for tests of the tables themselves."""

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from exchange.models import (
    Discrepancy,
    DiscrepancyDecision,
    DiscrepancyProtocol,
    ExchangeFile,
    PensionDifference,
    PensionRecord,
    RecipientRegister,
    RegisterRow,
    RememberedMatch,
    RequestRow,
    ReturnedLine,
    ReturnedRow,
)
from offices.models import StoredFile
from tests import factories as make
from tests.factories import AT, MONTH
from tests.rows.ground import number

LATE_MONTH = dt.date(2026, 9, 1)
A_DAY = dt.timedelta(days=1)


def stored_file() -> StoredFile:
    name = f"FILE{number()}.dbf"
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return StoredFile.objects.create(
        sha256=sha256, name=name, size=1, media_type="application/x-dbf", stored_at=AT, stored_by=make.staff()
    )


def exchange_file(kind: str, status: str, **given: Any) -> ExchangeFile:
    """A file of an open month; pension files have no provider."""
    make.open_month()
    stored = stored_file()
    made = {"month": MONTH, "name": stored.name, "sha256": stored.sha256, "at": AT, "rows": 1} | given
    made["office"] = made.get("office") or make.office()
    made["by"] = made.get("by") or make.staff()
    if kind != ExchangeFile.Kind.PENSION and "provider" not in made:
        made["provider"] = make.provider()
    return ExchangeFile.objects.create(kind=kind, status=status, file=stored, **made)


def pension(**given: Any) -> ExchangeFile:
    return exchange_file("pension", "received", **given)


def request(**given: Any) -> ExchangeFile:
    return exchange_file("request", "sent", **{"layout": make.layout()} | given)


def returned(**given: Any) -> ExchangeFile:
    """A received file; it answers a request of its own."""
    asked = given.pop("request", None) or request()
    own = {"request": asked, "office": asked.office, "provider": asked.provider, "layout": asked.layout}
    return exchange_file("return", "received", **own | given)


def verified() -> ExchangeFile:
    return returned_as("verified", verified_at=AT, verified_by=make.staff())


def loaded() -> ExchangeFile:
    return returned_as("loaded", verified_at=AT, verified_by=make.staff(), loaded_at=AT, loaded_by=make.staff())


def returned_as(status: str, **facts: Any) -> ExchangeFile:
    file = returned()
    for name, value in {"status": status, **facts}.items():
        setattr(file, name, value)
    file.save()
    return file


def register(**given: Any) -> RecipientRegister:
    make.open_month()
    made = {"month": MONTH, "status": "frozen", "rows": 1, "built_at": AT, "number": 1} | given
    made["office"] = made.get("office") or make.office()
    made["built_by"] = made.get("built_by") or make.staff()
    return RecipientRegister.objects.create(**made)


def answered(status: str = "accepted", **given: Any) -> RecipientRegister:
    facts = {"handed_at": AT, "handed_by": make.staff(), "file": stored_file(), "answered_at": AT}
    return register(status=status, answered_by=make.staff(), **facts | given)


def register_row() -> RegisterRow:
    of = register()
    right = make.entitlement(recipient=make.recipient(office=of.office))
    return RegisterRow.objects.create(
        register=of, row_number=1, recipient=right.recipient, entitlement=right, dwelling=make.dwelling(), content={}
    )


def request_row(file: ExchangeFile | None = None) -> RequestRow:
    row = register_row()
    return RequestRow.objects.create(
        file=file or request(),
        row_number=1,
        register_row=row,
        recipient=row.recipient,
        account=make.account(dwelling=row.dwelling),
        services=["10"],
    )


def returned_row(**given: Any) -> ReturnedRow:
    asked = request_row()
    made = {"row_number": 1, "match": "account", "request_row": asked, "content": {}} | given
    return ReturnedRow.objects.create(file=returned(request=asked.file), **made)


def returned_line(**given: Any) -> ReturnedLine:
    made = {"position": 1, "billed": Decimal("10.00"), "status": "clean"} | given
    return ReturnedLine.objects.create(row=returned_row(), service=make.service(), **made)


def loaded_line() -> ReturnedLine:
    make.open_month()
    charge = make.charge()
    return returned_line(status="loaded", charge=charge, charge_month=charge.month)


def superseded() -> ExchangeFile:
    """An answer that a corrected one replaced; the corrected one."""
    former = returned_as("superseded")
    return returned(request=former.request, replaces=former)


def late(**given: Any) -> ExchangeFile:
    """An answer to a request of September that came in October."""
    made = {"late_month": LATE_MONTH} | given
    asked = request()
    return exchange_file("late", "received", request=asked, office=asked.office, provider=asked.provider, **made)


def remembered(**given: Any) -> RememberedMatch:
    row = returned_row()
    made = {"sent_account": "77", "sent_name": "иванов иван", "valid_from": MONTH, "reason": "письмо"} | given
    return RememberedMatch.objects.create(
        office=row.file.office,
        provider=row.file.provider,
        recipient=row.request_row.recipient,
        account=row.request_row.account,
        row=row,
        entered_at=AT,
        entered_by=make.staff(),
        **made,
    )


def protocol() -> DiscrepancyProtocol:
    file = returned()
    return DiscrepancyProtocol.objects.create(
        file=file,
        office=file.office,
        month=MONTH,
        number="1/2026",
        made_at=AT,
        made_by=make.staff(),
        answer_due_on=AT.date(),
        document=stored_file(),
    )


def discrepancy() -> Discrepancy:
    row = returned_row()
    return Discrepancy.objects.create(file=row.file, row=row, code="E20", is_blocking=False, text="площадь")


def told() -> Discrepancy:
    """A discrepancy that a protocol tells its provider."""
    made = discrepancy()
    Discrepancy.objects.filter(pk=made.pk).update(
        decision="hold", decided_at=AT, decided_by=make.staff(), protocol=protocol()
    )
    return made


def sent() -> DiscrepancyProtocol:
    """A protocol that went to its provider a day after it was made."""
    made = protocol()
    facts = {"sent_at": AT + A_DAY, "sent_by": make.staff(), "sent_way": "email", "sent_to": "abonent@example.ru"}
    DiscrepancyProtocol.objects.filter(pk=made.pk).update(**facts)
    return made


def answered_protocol() -> DiscrepancyProtocol:
    made = sent()
    DiscrepancyProtocol.objects.filter(pk=made.pk).update(answered_at=AT + 2 * A_DAY, answered_by=make.staff())
    return made


def told_in_a_sent_protocol() -> DiscrepancyProtocol:
    """A sent protocol with one row that has no outcome yet."""
    made = sent()
    row = discrepancy()
    facts = {"decision": "hold", "decided_at": AT, "decided_by": make.staff(), "protocol": made}
    Discrepancy.objects.filter(pk=row.pk).update(**facts)
    return made


def carried() -> Discrepancy:
    """A discrepancy of a corrected file with the decision of the former one."""
    former, made = told(), discrepancy()
    facts = {"decision": "hold", "decided_at": AT, "decided_by": make.staff(), "carried_from": former}
    Discrepancy.objects.filter(pk=made.pk).update(**facts)
    return made


def decision_taken() -> DiscrepancyDecision:
    return DiscrepancyDecision.objects.create(discrepancy=discrepancy(), decision="hold", at=AT, by=make.staff())


def pension_record() -> PensionRecord:
    return PensionRecord.objects.create(file=pension(), row_number=1, content={}, match="snils", person=make.person())


def pension_difference(file: ExchangeFile | None = None) -> PensionDifference:
    who = make.recipient()
    return PensionDifference.objects.create(
        file=file or pension(),
        office=who.office,
        recipient=who,
        person=who.person,
        full_name=str(who.person),
        kind="died",
    )
