"""A small region to pay in: units, parameters, recipients with accepted requisites, approved runs, registers.

Each step of the month is played by another person, as the four eyes demand; `department()` comes first.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from calculations.models import Accrual, CalculationRun
from offices.models import Bank, Office, Role, Staff
from payments.documents.files import AnswerRow, row_id, write_answer
from payments.models import PaymentLine, PaymentList, PaymentRegister, RegisterAnswer, ReturnedPayment
from payments.services import lists, reasons, registers, returns
from recipients.models import CardHandover, HandedCard, PaymentChannel, Recipient
from tests import factories
from tests.calculations import made, town
from tests.rows.ground import number

MONTH = factories.MONTH
NEXT = dt.date(2026, 11, 1)
LISTED_AT = dt.datetime(2026, 11, 5, 10, 0, tzinfo=factories.MOSCOW)
FORMED_AT = dt.datetime(2026, 11, 9, 10, 0, tzinfo=factories.MOSCOW)
RELEASED_AT = dt.datetime(2026, 11, 10, 10, 0, tzinfo=factories.MOSCOW)
ANSWERED_AT = dt.datetime(2026, 11, 20, 10, 0, tzinfo=factories.MOSCOW)
CLARIFIED_AT = dt.datetime(2026, 11, 24, 10, 0, tzinfo=factories.MOSCOW)
ANSWER_DAY = dt.date(2026, 11, 16)


@dataclass(frozen=True, slots=True)
class Department:
    """The units of the department and one person for each step."""

    payments: Office
    subsidies: Office
    accounting: Office
    legal: Office
    verifier: Staff
    former: Staff
    head: Staff
    recorder: Staff


def department() -> Department:
    """The units, the staff, the parameters and the reasons of returns; months 10 to 12 are open."""
    unit = {kind: factories.unit(kind) for kind in ("payments", "subsidies", "accounting", "legal")}
    for month in (MONTH, NEXT, dt.date(2026, 12, 1)):
        factories.open_month(month)
    for code, value in town.PARAMETERS.items():
        town.parameter(code, value)
    reasons.enter_return_reasons()
    return Department(
        **unit,
        verifier=factories.staff(Role.VERIFIER, office=unit["subsidies"]),
        former=factories.staff(Role.PAYMENTS, office=unit["payments"], position="Главный специалист"),
        head=factories.staff(Role.DEPARTMENT_HEAD, office=None),
        recorder=factories.staff(Role.PAYMENTS, office=unit["payments"]),
    )


def handed_over(*channels: PaymentChannel, accepted: bool = True) -> CardHandover:
    """The channels passed on to the payments unit, and accepted unless told otherwise."""
    office = channels[0].recipient.office
    handover = CardHandover.objects.create(
        office=office,
        month=MONTH,
        number=number(),
        handed_at=factories.AT,
        handed_by=factories.staff(office=office),
        accepted_at=factories.AT if accepted else None,
        accepted_by=factories.staff(office=office) if accepted else None,
    )
    HandedCard.objects.bulk_create(HandedCard(handover=handover, channel=channel) for channel in channels)
    return handover


def payee(office: Office, *, channel: dict[str, Any] | None = None, **person: Any) -> Recipient:
    """A recipient with confirmed requisites that the payments unit accepted."""
    recipient = factories.recipient(office=office, person=factories.person(**person))
    handed_over(factories.channel(recipient=recipient, **(channel or {})))
    return recipient


def approved(office: Office, sums: Sequence[tuple[Recipient, str]], *, month: dt.date = MONTH) -> CalculationRun:
    """An approved run that accrued each recipient the sum."""
    run = made.run(office=office, month=month)
    for recipient, accrued in sums:
        right = recipient.entitlements.first() or factories.entitlement(recipient=recipient)
        made.accrual(run, recipient=recipient, entitlement=right, accrued=Decimal(accrued))
    return made.forward(run)


def listed(of: Department, office: Office, *, month: dt.date = MONTH, at: dt.datetime = LISTED_AT) -> PaymentList:
    """The district's list, built and handed over."""
    built = lists.build_payment_list(office=office, month=month, by=of.verifier, at=at)
    return lists.hand_over_list(list_id=built.pk, by=of.verifier, at=at)


@dataclass(frozen=True, slots=True)
class Paid:
    """A register that was formed and released, with its lines in the order of its rows."""

    register: PaymentRegister
    lines: list[PaymentLine] = field(default_factory=list)


def formed(
    of: Department, *, bank: Bank | None = None, month: dt.date = MONTH, at: dt.datetime = FORMED_AT
) -> PaymentRegister:
    """The bank's register, or the post's without a bank."""
    if bank is None:
        return registers.build_post_register(month=month, by=of.former, at=at)
    return registers.build_bank_register(bik=bank.pk, month=month, by=of.former, at=at)


def released(of: Department, *, at: dt.datetime = RELEASED_AT, **register: Any) -> Paid:
    """A register formed and released."""
    made_register = formed(of, **register)
    release = registers.release_register(register_id=made_register.pk, by=of.head, at=at)
    rows = PaymentLine.objects.filter(entry__register=made_register).order_by("entry__row_number")
    return Paid(release.register, list(rows))


def answer_rows(lines: Sequence[PaymentLine], returned: dict[int, str] | None = None) -> list[AnswerRow]:
    """An answer to the lines: those in `returned` came back with the reason, the rest are paid."""
    back = returned or {}
    return [
        AnswerRow(
            row_no=place,
            row_id=row_id(line.pk),
            is_paid=line.pk not in back,
            reason_code=back.get(line.pk, ""),
            day=ANSWER_DAY,
            amount=line.payable,
        )
        for place, line in enumerate(lines, start=1)
    ]


def answered(of: Department, paid: Paid, rows: Sequence[AnswerRow], *, at: dt.datetime = ANSWERED_AT) -> RegisterAnswer:
    """The answer with the rows, recorded."""
    content = write_answer(rows, from_bank=paid.register.bank_id is not None)
    return returns.record_answer(register_id=paid.register.pk, content=content, name="ANS.dbf", by=of.recorder, at=at)


def returned_line(of: Department, office: Office, reason: str = "B99", accrued: str = "100.00") -> ReturnedPayment:
    """A line of October that a bank sent back."""
    recipient = payee(office)
    approved(office, [(recipient, accrued)])
    listed(of, office)
    paid = released(of, bank=recipient.channels.get().bank)
    answered(of, paid, answer_rows(paid.lines, {paid.lines[0].pk: reason}))
    return ReturnedPayment.objects.get(line=paid.lines[0])


def accrual_of(recipient: Recipient, month: dt.date = MONTH) -> Accrual:
    return Accrual.objects.get(recipient=recipient, month=month)
