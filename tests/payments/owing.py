"""A recipient who was overpaid: found, agreed, paid back, as the services do it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculations.models import Accrual
from offices.models import Office, Role
from payments.models import Overpayment, PaymentLine, PaymentList, Repayment, WriteOff
from payments.services import overpayments, withdrawals, write_offs
from recipients.models import Recipient
from tests import factories
from tests.payments import paying

AT = dt.datetime(2026, 11, 24, 12, 0, tzinfo=factories.MOSCOW)
DAY = AT.date()


@dataclass(frozen=True, slots=True)
class Owing:
    """The office, the recipient and the accrual of October that was paid."""

    department: paying.Department
    office: Office
    recipient: Recipient
    accrual: Accrual


def paid_recipient(accrued: str) -> Owing:
    """A recipient who was paid for October."""
    department, office = paying.department(), factories.office()
    recipient = paying.payee(office)
    paying.approved(office, [(recipient, accrued)])
    paying.listed(department, office)
    pay(recipient)
    return Owing(department, office, recipient, paying.accrual_of(recipient))


def paid_more(owed: Owing, accrued: str) -> Accrual:
    """The next month's accrual, paid as well."""
    paying.approved(owed.office, [(owed.recipient, accrued)], month=paying.NEXT)
    paying.listed(owed.department, owed.office, month=paying.NEXT)
    pay(owed.recipient)
    return paying.accrual_of(owed.recipient, paying.NEXT)


def listed(owed: Owing, accrued: str, *, month: dt.date = paying.NEXT) -> PaymentList:
    """The list of a month in which the recipient is accrued the sum, handed over."""
    factories.open_month(month)
    paying.approved(owed.office, [(owed.recipient, accrued)], month=month)
    return paying.listed(owed.department, owed.office, month=month, at=AT)


def pay(recipient: Recipient) -> None:
    """Take the lines listed for a recipient all the way to «paid», without registers."""
    for status in ("registered", "sent", "paid"):
        PaymentLine.objects.filter(recipient=recipient).exclude(status__in=["returned", "paid"]).update(status=status)


def found(owed: Owing, roubles: str, **given: Any) -> Overpayment:
    """An overpayment of a part of October, found by a specialist of the office."""
    facts = {
        "office": owed.office,
        "recipient_id": owed.recipient.pk,
        "cause": "recipient",
        "description": "Не сообщил о выезде члена семьи.",
        "found_on": DAY,
        "parts": [(owed.accrual.pk, Decimal(roubles))],
        "by": given.pop("by", None) or factories.staff(Role.CALCULATION, office=owed.office),
        "at": AT,
    }
    return overpayments.record_overpayment(**facts | given)


def agreed(one: Overpayment, **given: Any) -> Overpayment:
    """A consent to 20 % of each payment."""
    facts = {
        "agreed_on": DAY,
        "document": "заявление от 24.11.2026",
        "percent": Decimal(20),
        "is_more_agreed": False,
        "by": factories.staff(office=one.office),
        "at": AT,
    }
    return overpayments.record_consent(overpayment_id=one.pk, **facts | given)


def withdrawn(one: Overpayment, **given: Any) -> Overpayment:
    """The consent taken back."""
    facts = {
        "withdrawn_on": DAY,
        "document": "заявление об отзыве от 24.11.2026",
        "by": factories.staff(office=one.office),
        "at": AT,
    }
    return withdrawals.withdraw_consent(overpayment_id=one.pk, **facts | given)


def repaid(one: Overpayment, roubles: str) -> Repayment:
    return overpayments.record_repayment(
        overpayment_id=one.pk,
        paid_on=DAY,
        roubles=Decimal(roubles),
        document="квитанция № 5",
        by=factories.staff(office=one.office),
        at=AT,
    )


def claimed(one: Overpayment) -> Overpayment:
    return overpayments.claim_in_court(
        overpayment_id=one.pk,
        claimed_on=DAY,
        document="иск в Ленинский районный суд",
        by=factories.staff(office=one.office),
        at=AT,
    )


def proposed(one: Overpayment) -> WriteOff:
    return write_offs.prepare_write_off(
        overpayment_id=one.pk,
        ground="ошибка отдела",
        document="докладная № 3",
        by=factories.staff(office=one.office),
        at=AT,
    )
