"""Months of an approved order that no run can take, because their recipient has no right any more (3.12).

What is still due for them is paid by the next run all the same; what was paid too much is no run's to take back: it
becomes an overpayment, and the months end by it.
"""

import datetime as dt

from django.db import transaction

from calculations.inputs.without_right import differences_without_right
from calculations.models import Recalculation, RecalculationMonth
from calculations.services.taking import settle
from offices import journal
from offices.models import JournalEntry, Staff
from offices.months import month_name
from offices.refusals import Refusal
from recipients.models import Recipient
from recipients.services import own_case

ITEM = "3.12"


class NothingToEnd(Refusal):
    """No month of the order waits for this recipient."""


class RunWillTakeIt(Refusal):
    """The recipient has a right, or something is still due: the next run of the district takes the months."""


@transaction.atomic
def end_months(*, order_id: int, recipient_id: int, because: str, by: Staff, at: dt.datetime) -> Recalculation:
    """End the months of an order that wait for a recipient without a right; `because` says what the difference became.

    The order is done when nothing of it waits any more. Raises NothingToEnd, RunWillTakeIt, OwnCase.
    """
    order = Recalculation.objects.select_for_update(of=("self",)).select_related("office").get(pk=order_id)
    waiting = RecalculationMonth.objects.waiting().filter(order=order, recipient=recipient_id)
    months = list(waiting.order_by("month"))
    if not months:
        raise NothingToEnd(f"Перерасчёт № {order.number}: месяцев этого получателя, которые ждут расчёта, нет.")
    recipient = Recipient.objects.select_related("person").get(pk=recipient_id)
    own_case.require_stranger(by=by, persons=[recipient.person])
    difference = differences_without_right(office_ids=[order.office_id]).get((order.pk, recipient_id))
    if difference is None or (difference >= 0 and recipient.person.death_date is None):
        raise RunWillTakeIt(
            f"Перерасчёт № {order.number}: разницу за эти месяцы начислит ближайший расчёт района, оканчивать его "
            "без расчёта нельзя."
        )
    for month in months:
        month.ended_at, month.ended_by, month.ended_because, month.is_open = at, by, because[:300], False
        month.save(update_fields=["ended_at", "ended_by", "ended_because", "is_open"])
    settle(Recalculation.objects.filter(pk=order.pk))
    told = ", ".join(month_name(month.month) for month in months)
    subject = f"{order}, дело № {recipient.case_number}: {told}. {because}"
    paper = journal.Paper(subject=subject[:300], item=ITEM, roubles=abs(difference), way=JournalEntry.Way.PAPER)
    journal.record(office=order.office, event="перерасчёт окончен без расчёта", paper=paper, by=by, at=at)
    order.refresh_from_db()
    return order
