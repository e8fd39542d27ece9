"""What the database refuses of overpayments, their months, withholdings, receipts and write-offs."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models

from payments.models import Overpayment, OverpaymentPart, PaymentList, Repayment, Withholding, WriteOff
from tests import factories
from tests.calculations import made
from tests.constraints import Violation, changed, copied, copy, stated, update
from tests.payments import overpaid, rows

Make = Callable[[], models.Model]
Change = Callable[[models.Model], None]
NOT_A_NUMBER = "NaN"


def doing(model: str, name: str, make: Make, break_it: Change, fine: Change | None = None) -> Violation:
    """A violation whose statements need rows of their own."""
    return Violation(f"payments.{model}", name, make, break_it, fine)


def set_of(model: str, name: str, make: Make, **columns: object) -> Violation:
    return changed(f"payments.{model}", name, make, **columns)


def kept(model: str, make: Make) -> list[Violation]:
    label = f"payments.{model}"
    return [
        stated(label, "is_never_deleted", make, "DELETE FROM {table}"),
        stated(label, "is_never_emptied", make, "TRUNCATE {table} CASCADE"),
    ]


def written_once(model: str, make: Make) -> list[Violation]:
    label = f"payments.{model}"
    return [
        stated(label, "is_append_only", make, "UPDATE {table} SET id = id"),
        stated(label, "is_append_only", make, "DELETE FROM {table}"),
        stated(label, "is_never_emptied", make, "TRUNCATE {table} CASCADE"),
    ]


def settled() -> Overpayment:
    """An overpayment that one withholding paid off."""
    return overpaid.withholding(overpaid.agreed(total=Decimal(20))).overpayment


def more_of_the_month(row: models.Model) -> None:
    assert isinstance(row, OverpaymentPart)
    overpaid.overpayment(accrual=row.accrual, total=Decimal("0.01"))


def month_of_another(row: models.Model) -> None:
    assert isinstance(row, OverpaymentPart)
    OverpaymentPart.objects.create(overpayment=row.overpayment, accrual=made.accrual(made.run()), roubles=1)


def another_month(row: models.Model) -> None:
    assert isinstance(row, OverpaymentPart)
    accrual = overpaid.next_accrual(row.overpayment)
    OverpaymentPart.objects.create(overpayment=row.overpayment, accrual=accrual, roubles=1)


def withhold_again(row: models.Model, **given: Any) -> None:
    """Withhold of an accrual of another month for the same overpayment, twenty roubles of a hundred."""
    assert isinstance(row, Withholding)
    overpaid.withholding(Overpayment.objects.get(pk=row.overpayment_id), **given)


def again(**given: Any) -> Change:
    return lambda row: withhold_again(row, **given)


def without_consent(row: models.Model) -> None:
    overpaid.withholding(overpaid.overpayment(), percent=Decimal(20), withheld=Decimal(1))


def of_a_stranger(row: models.Model) -> None:
    withhold_again(row, accrual=made.accrual(made.run(), accrued=overpaid.TOTAL))


def of_a_listed_accrual(row: models.Model) -> None:
    assert isinstance(row, Withholding)
    accrual = overpaid.next_accrual(row.overpayment)
    rows.line(accrual=accrual, channel=row.overpayment.recipient.channels.get())
    withhold_again(row, accrual=accrual)


def beside_another(row: models.Model) -> None:
    """Withhold a kopeck for a second overpayment beside the first one's twenty per cent."""
    assert isinstance(row, Withholding)
    first = Overpayment.objects.get(pk=row.overpayment_id)
    second = overpaid.agreed(accrual=overpaid.next_accrual(first))
    taken = overpaid.withholding(first, is_listed=False)
    overpaid.withholding(second, accrual=taken.accrual, list=taken.list, withheld=Decimal("0.01"), is_listed=False)


def the_same_again(row: models.Model) -> None:
    """Withhold of one accrual twice for the same overpayment."""
    assert isinstance(row, Withholding)
    owed = Overpayment.objects.get(pk=row.overpayment_id)
    taken = overpaid.withholding(owed, withheld=Decimal(10), is_listed=False)
    overpaid.withholding(owed, accrual=taken.accrual, list=taken.list, withheld=Decimal(10), is_listed=False)


def more_than_is_left(row: models.Model) -> None:
    owed = overpaid.agreed(total=Decimal("19.99"))
    overpaid.withholding(owed, withheld=Decimal(20), lessens=False)


def into_a_list_handed_over(row: models.Model) -> None:
    assert isinstance(row, Withholding)
    PaymentList.objects.filter(pk=row.list_id).update(
        status="handed_over", handed_at=factories.AT, handed_by=factories.staff()
    )
    withhold_again(row, list=row.list)


def repay_unnoticed(row: models.Model) -> None:
    assert isinstance(row, Repayment)
    overpaid.repayment(of=row.overpayment, lessens=False)


def confirm_unnoticed(row: models.Model) -> None:
    update(row, {"confirmed_at": factories.AT, "confirmed_by_id": factories.staff().pk, "roubles": 100})


def pay_a_kopeck_less(row: models.Model) -> None:
    accrual = made.accrual(made.run(), accrued=overpaid.TOTAL)
    rows.line(accrual=accrual, payable=Decimal("99.99"))


def confirm_oneself(row: models.Model) -> None:
    assert isinstance(row, WriteOff)
    update(row, {"confirmed_at": factories.AT, "confirmed_by_id": row.prepared_by_id, "roubles": 100})


def copy_of(name: str, make: Make, **columns: object) -> Violation:
    """A copy of an overpayment that no constraint lets in; a good one needs months of its own."""
    return copied("payments.Overpayment", name, make, fine=None, **columns)


_STATUS = "overpayment_status_fits_its_facts"
_FOUND = "what_was_found_and_agreed_is_kept"
_WITHDRAWN = "withdrawal_of_consent_is_recorded_as_a_whole"
_PERCENT = "percent_is_what_is_allowed_or_agreed"

FOUND = [
    copy_of("overpayment_number_is_unique_in_its_office", overpaid.overpayment),
    copy_of("overpayment_total_is_positive", overpaid.overpayment, total=0, rest=0, status="settled"),
    copy_of("overpayment_total_is_positive", overpaid.overpayment, total=NOT_A_NUMBER),
    set_of("Overpayment", "overpayment_rest_is_within_its_total", overpaid.overpayment, rest=101),
    set_of("Overpayment", "overpayment_rest_is_within_its_total", overpaid.overpayment, rest=-1),
    set_of("Overpayment", "consent_is_recorded_as_a_whole", overpaid.overpayment, consent_on=factories.MONTH),
    set_of("Overpayment", "consent_is_recorded_as_a_whole", overpaid.overpayment, is_more_agreed=True),
    copy_of(_PERCENT, overpaid.agreed, percent=Decimal("20.01")),
    copy_of(_PERCENT, overpaid.agreed, percent=0),
    copy_of(_PERCENT, overpaid.agreed, percent=101, is_more_agreed=True),
    copy_of("authority_error_is_not_withheld", overpaid.agreed, cause="authority"),
    set_of("Overpayment", "claim_is_recorded_as_a_whole", overpaid.overpayment, claimed_on=factories.MONTH),
    set_of("Overpayment", _STATUS, overpaid.overpayment, status="agreed"),
    set_of("Overpayment", _STATUS, overpaid.overpayment, status="claimed"),
    set_of("Overpayment", _STATUS, overpaid.overpayment, status="settled"),
    set_of("Overpayment", _STATUS, overpaid.agreed, status="open"),
    set_of("Overpayment", _STATUS, overpaid.agreed, status="withdrawn"),
    set_of("Overpayment", _STATUS, overpaid.withdrawn, status="agreed"),
    set_of("Overpayment", _WITHDRAWN, overpaid.agreed, withdrawal_document="заявление"),
    copy_of(_WITHDRAWN, overpaid.withdrawn, withdrawn_on=factories.LONG_AGO),
    copy_of(_WITHDRAWN, overpaid.withdrawn, withdrawal_document=""),
    set_of("Overpayment", _FOUND, overpaid.withdrawn, withdrawal_document="иное"),
    set_of("Overpayment", _FOUND, overpaid.withdrawn, percent=10),
    set_of("Overpayment", "the_rest_is_what_is_left", overpaid.overpayment, rest=99),
    set_of("Overpayment", _FOUND, overpaid.overpayment, total=99),
    set_of("Overpayment", _FOUND, overpaid.overpayment, cause="counting"),
    set_of("Overpayment", _FOUND, overpaid.agreed, percent=10),
    set_of("Overpayment", _FOUND, settled, claimed_on=factories.MONTH, claim_document="иск"),
    copy_of("an_overpayment_is_its_months", overpaid.overpayment, number="b"),
    *kept("Overpayment", overpaid.overpayment),
    doing("OverpaymentPart", "accrual_is_in_an_overpayment_once", overpaid.part, lambda row: copy(row, {"roubles": 0.01})),
    doing("OverpaymentPart", "overpaid_part_is_positive", overpaid.part, lambda row: copy(row, {"roubles": 0})),
    doing("OverpaymentPart", "no_more_is_overpaid_than_was_accrued", overpaid.part, more_of_the_month),
    doing("OverpaymentPart", "no_more_is_overpaid_than_was_accrued", overpaid.part, month_of_another),
    doing("OverpaymentPart", "a_month_joins_its_overpayment", overpaid.part, another_month),
    *written_once("OverpaymentPart", overpaid.part),
]  # fmt: skip

WITHHELD = [
    doing("Withholding", "nothing_is_withheld_without_consent", overpaid.withholding, without_consent, withhold_again),
    doing("Withholding", "nothing_is_withheld_without_consent", overpaid.withholding, again(percent=Decimal(30))),
    doing("Withholding", "nothing_is_withheld_without_consent", overpaid.withholding, again(due=Decimal(101))),
    doing("Withholding", "nothing_is_withheld_without_consent", overpaid.withholding, of_a_stranger),
    doing("Withholding", "a_listed_sum_is_not_withheld_from", overpaid.withholding, of_a_listed_accrual),
    doing("Withholding", "overpayments_share_one_limit", overpaid.withholding, beside_another),
    doing("Withholding", "a_balance_follows_the_former_one", overpaid.withholding, again(balance=Decimal(61))),
    doing(
        "Withholding", "what_is_withheld_from_is_listed", overpaid.withholding, again(is_listed=False), withhold_again
    ),
    doing("Withholding", "lines_join_an_open_list", overpaid.withholding, into_a_list_handed_over),
    doing("Withholding", "a_withholding_lessens_the_rest", overpaid.withholding, again(lessens=False), withhold_again),
    doing("Withholding", "withheld_is_within_its_percent", overpaid.withholding, again(withheld=Decimal("20.01"))),
    doing("Withholding", "withheld_is_positive", overpaid.withholding, again(withheld=Decimal(0))),
    doing("Withholding", "withholding_balance_is_not_negative", overpaid.withholding, more_than_is_left),
    doing("Withholding", "overpayment_is_withheld_of_an_accrual_once", overpaid.withholding, the_same_again),
    *written_once("Withholding", overpaid.withholding),
]

LESSENED = [
    doing("Repayment", "repaid_sum_is_positive", overpaid.repayment, lambda row: copy(row, {"roubles": 0})),
    doing("Repayment", "repayment_has_its_document", overpaid.repayment, lambda row: copy(row, {"document": ""})),
    doing("Repayment", "a_repayment_lessens_the_rest", overpaid.repayment, repay_unnoticed),
    *written_once("Repayment", overpaid.repayment),
    set_of("WriteOff", "write_off_is_confirmed_as_a_whole", overpaid.write_off, confirmed_at=factories.AT),
    set_of("WriteOff", "write_off_is_confirmed_as_a_whole", overpaid.write_off, roubles=100),
    doing("WriteOff", "write_off_is_not_confirmed_by_its_author", overpaid.write_off, confirm_oneself),
    set_of("WriteOff", "write_off_has_ground_and_document", overpaid.write_off, document=""),
    set_of("WriteOff", "write_off_has_ground_and_document", overpaid.write_off, ground=""),
    doing("WriteOff", "a_write_off_lessens_the_rest", overpaid.write_off, confirm_unnoticed),
    set_of("WriteOff", "a_confirmed_write_off_is_kept", overpaid.confirmed, ground="иное"),
    copied("payments.WriteOff", "unique overpayment", overpaid.write_off, fine=None, ground="иное"),
    *kept("WriteOff", overpaid.write_off),
]

PAID = [doing("PaymentLine", "a_line_pays_what_is_not_withheld", rows.line, pay_a_kopeck_less)]

OVERPAYMENTS: list[Violation] = [*PAID, *FOUND, *WITHHELD, *LESSENED]
