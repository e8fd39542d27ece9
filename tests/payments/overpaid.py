"""Single rows of overpayments for tests of the database's own guards: written directly, without services."""

from decimal import Decimal
from typing import Any

from calculations.models import Accrual
from offices.models import Office
from payments.models import Overpayment, OverpaymentPart, Repayment, Withholding, WriteOff
from tests import factories
from tests.calculations import made
from tests.payments import rows
from tests.rows.ground import number

AT, MONTH = factories.AT, factories.MONTH
TOTAL, TWENTY = Decimal("100.00"), Decimal(20)


def overpayment(**given: Any) -> Overpayment:
    """An overpayment of 100 roubles of one month, nobody has agreed to anything; `accrual` is the month's."""
    accrual = given.pop("accrual", None) or made.accrual(made.run(), accrued=TOTAL)
    built = {
        "office": accrual.office,
        "recipient": accrual.recipient,
        "number": str(number()),
        "cause": "recipient",
        "description": "не сообщил о выезде члена семьи",
        "found_on": MONTH,
        "total": TOTAL,
        "rest": given.get("total", TOTAL),
        "status": "open",
        "recorded_at": AT,
        "recorded_by": factories.staff(),
        "notice": rows.file(),
    } | given
    made_row = Overpayment.objects.create(**built)
    OverpaymentPart.objects.create(overpayment=made_row, accrual=accrual, roubles=made_row.total)
    return made_row


def consent(percent: Decimal = TWENTY, **given: Any) -> dict[str, Any]:
    """The columns of a recorded consent."""
    return {
        "consent_on": MONTH,
        "consent_document": "заявление",
        "percent": percent,
        "most_percent": TWENTY,
        "consent_recorded_at": AT,
        "consent_recorded_by_id": factories.staff().pk,
    } | given


def agreed(**given: Any) -> Overpayment:
    """An overpayment whose recipient agreed to 20 % of each payment."""
    return overpayment(**{"status": "agreed"} | consent() | given)


def withdrawn() -> Overpayment:
    """An overpayment whose recipient took the consent back."""
    return agreed(status="withdrawn", **withdrawal())


def withdrawal(**given: Any) -> dict[str, Any]:
    """The columns of a recorded withdrawal of the consent."""
    return {
        "withdrawn_on": MONTH,
        "withdrawal_document": "заявление",
        "withdrawal_recorded_at": AT,
        "withdrawal_recorded_by_id": factories.staff().pk,
    } | given


def part() -> OverpaymentPart:
    return overpayment().parts.get()


def withholding(
    of: Overpayment | None = None, *, is_listed: bool = True, lessens: bool = True, **given: Any
) -> Withholding:
    """20 roubles withheld of an accrual of 100 of another month, and the line that pays the other 80.

    Without `is_listed` no line pays the rest; without `lessens` the overpayment keeps its rest.
    """
    owed = of or agreed()
    accrual = given.pop("accrual", None) or next_accrual(owed)
    percent = given.get("percent") or owed.percent
    withheld = given.pop("withheld", min(accrual.accrued * percent / 100, owed.rest))
    payable = accrual.accrued - withheld
    built = {"due": accrual.accrued, "percent": percent, "balance": owed.rest - withheld} | given
    listed = built.pop("list", None) or rows.payment_list(
        office=accrual.office, month=accrual.month, paid_month=accrual.month, rows=int(is_listed),
        total=payable if is_listed else 0,
    )  # fmt: skip
    taken = Withholding.objects.create(overpayment=owed, list=listed, accrual=accrual, withheld=withheld, **built)
    if lessens:
        owed.rest, owed.status = taken.balance, "withheld" if taken.balance else "settled"
        owed.save()
    if is_listed:
        rows.line(accrual=accrual, list=listed, payable=payable, channel=owed.recipient.channels.first())
    return taken


def next_accrual(of: Overpayment, accrued: Decimal = TOTAL) -> Any:
    """An accrual of the recipient, in a draft of a month that no other has."""
    n = number()
    month = factories.MONTH.replace(year=2027 + n // 12 % 60, month=n % 12 + 1)
    run = made.run(office=of.office, month=month)
    return made.accrual(run, recipient=of.recipient, entitlement=of.recipient.entitlements.get(), accrued=accrued)


def repayment(*, lessens: bool = True, **given: Any) -> Repayment:
    """Ten roubles paid back."""
    owed = given.pop("of", None) or overpayment()
    built = {"paid_on": MONTH, "roubles": Decimal(10), "document": "квитанция", "recorded_at": AT} | given
    row = Repayment.objects.create(overpayment=owed, recorded_by=factories.staff(), **built)
    if lessens:
        owed.rest -= row.roubles
        owed.save()
    return row


def write_off(**given: Any) -> WriteOff:
    """A write-off prepared, nobody has confirmed it."""
    owed = given.pop("of", None) or overpayment()
    built = {"ground": "ошибка отдела", "document": "докладная", "prepared_at": AT} | given
    return WriteOff.objects.create(overpayment=owed, prepared_by=factories.staff(), **built)


def confirmed() -> WriteOff:
    """A write-off confirmed by another."""
    row = write_off()
    owed = row.overpayment
    row.roubles, row.confirmed_at, row.confirmed_by = owed.rest, AT, factories.staff()
    row.save()
    owed.rest, owed.status = Decimal(0), "written_off"
    owed.save()
    return row


def proposed_in(office: Office) -> Overpayment:
    """A rouble overpaid to a recipient of the office, with a write-off that nobody has confirmed."""
    accrual = Accrual.objects.filter(office=office, accrued__gt=1).order_by("pk")[0]
    one = overpayment(accrual=accrual, total=Decimal(1))
    write_off(of=one)
    return one
