"""The card of a recipient of a played region: do its boxes and causes add up, with what is withheld of the sum."""

import datetime as dt
from decimal import Decimal

from django.db.models import Sum

from calculations.models import Accrual
from offices.models import Staff
from offices.months import shift_month
from payments.models import Withholding
from workplace.selectors.card.accruals import accruals_tab
from workplace.selectors.card.identity import identity_of

ZERO = Decimal("0.00")


def check_card(recipient_id: int, month: dt.date, *, staff: Staff) -> set[dt.date | None]:
    """See that the boxes make the sum to be paid and the causes the difference to the month before.

    Return the past months that the card's services correct.
    """
    identity = identity_of(recipient_id, staff=staff, on=month)
    assert identity is not None
    shown = accruals_tab(identity, month=month, year=month.year, opened=[month], own_office=None).shown
    assert (shown.faults, shown.table.accrued) == ((), shown.accrued)
    if shown.boxes:
        _, half, *parts, payable = shown.boxes
        assert half.amount + sum((one.amount for one in parts), ZERO) == payable.amount
        assert payable.amount == shown.accrued - _withheld(recipient_id, month)
    if shown.previous:
        difference = _approved(recipient_id, month) - _approved(recipient_id, shift_month(month, -1))
        assert sum((one.roubles for one in shown.changes), ZERO) == difference
    return {row.corrects_month for row in shown.table.rows}


def _withheld(recipient_id: int, month: dt.date) -> Decimal:
    rows = Withholding.objects.filter(accrual__recipient=recipient_id, accrual__month=month)
    found: Decimal = rows.aggregate(sum=Sum("withheld", default=ZERO))["sum"]
    return found


def _approved(recipient_id: int, month: dt.date) -> Decimal:
    accruals = Accrual.objects.filter(recipient=recipient_id, month=month, run__status="approved")
    found: Decimal = accruals.aggregate(sum=Sum("accrued", default=ZERO))["sum"]
    return found
