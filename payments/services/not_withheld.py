"""What an approved order takes from who has no right any more becomes an overpayment: no payment bears it (3.12, 3.15)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction

from calculations.inputs.without_right import differences_without_right
from calculations.models import Recalculation, RecalculationMonth
from calculations.services.endings import end_months
from offices.calendar import day_of
from offices.models import Staff
from offices.months import month_name
from payments.models import Overpayment
from payments.selectors.overpayments import PaidMonth, paid_months
from payments.services.overpayments import OverpaymentNotPossible, record_overpayment
from recipients.models import Recipient

LONGEST = 500


@transaction.atomic
def overpay_difference(*, order_id: int, recipient_id: int, cause: str, by: Staff, at: dt.datetime) -> Overpayment:
    """Record what an order takes from a recipient without a right as overpaid, and end the order's months by it.

    The months that are worth less are named first, then the last ones that were paid.
    Raises OverpaymentNotPossible, NothingToEnd, RunWillTakeIt, OwnCase and the refusals of `record_overpayment`.
    """
    order = Recalculation.objects.select_for_update(of=("self",)).select_related("office").get(pk=order_id)
    recipient = Recipient.objects.select_related("person").get(pk=recipient_id)
    difference = differences_without_right(office_ids=[order.office_id]).get((order_id, recipient_id), Decimal(0))
    if difference >= 0:
        raise OverpaymentNotPossible("Переплаты по этому перерасчёту нет: получателю причитается доплата, или её нет.")
    months = list(RecalculationMonth.objects.waiting().filter(order=order, recipient=recipient).order_by("month"))
    parts = _parts(-difference, [row.month for row in months if row.recalculated < row.accrued], paid_months(recipient))
    told = ", ".join(month_name(row.month) for row in months)
    description = f"Перерасчёт № {order.number}: {order.what}. Пересчитано за {told}; права на меру больше нет."
    made = record_overpayment(
        office=recipient.office,
        recipient_id=recipient_id,
        cause=cause,
        description=description[:LONGEST],
        found_on=day_of(at),
        parts=parts,
        by=by,
        at=at,
    )
    end_months(order_id=order_id, recipient_id=recipient_id, because=str(made), by=by, at=at)
    return made


def _parts(roubles: Decimal, touched: Iterable[dt.date], paid: Sequence[PaidMonth]) -> list[tuple[int, Decimal]]:
    """Share the roubles out over paid accruals, those of the touched months first, then the newest."""
    wanted = set(touched)
    parts: list[tuple[int, Decimal]] = []
    for one in sorted(paid, key=lambda one: (one.month not in wanted, -one.month.toordinal(), one.accrual_id)):
        part = min(roubles, one.left)
        if part > 0:
            parts.append((one.accrual_id, part))
            roubles -= part
    if roubles > 0:
        raise OverpaymentNotPossible(
            "Выплачено меньше, чем снимает перерасчёт: остальное начислено, но ещё не выплачено. Дождитесь выплаты или "
            "возврата этих сумм."
        )
    return parts
