"""What a bank or the post does not return after a recipient's death becomes an overpayment of the case (2.4.5, 3.15.4)."""

import datetime as dt

from django.db import transaction

from offices.calendar import day_of
from offices.models import Staff
from offices.months import month_name
from payments.models import Overpayment
from payments.selectors.after_death import not_returned
from payments.services.after_death import POST, NothingAfterDeath
from payments.services.overpayments import OverpaymentNotPossible, record_overpayment

CAUSES = (Overpayment.Cause.RECIPIENT, Overpayment.Cause.AUTHORITY)
"""The death was not told in time, or it was known and the payment was not stopped."""
LONGEST = 500


@transaction.atomic
def overpay_not_returned(*, line_id: int, cause: str, answer: str, by: Staff, at: dt.datetime) -> Overpayment:
    """Record as overpaid what a letter asked back in vain; `answer` is why the bank or the post does not return it.

    The office that keeps the case goes on with it: receipts, the court, writing off.
    Raises NothingAfterDeath and the refusals of `record_overpayment`.
    """
    line = not_returned().filter(pk=line_id).select_for_update(of=("self",)).first()
    if line is None:
        raise NothingAfterDeath("Эту выплату вернули, или вернуть её ещё не просили: обновите страницу.")
    if cause not in CAUSES:
        raise OverpaymentNotPossible("Укажите, почему выплатили: о смерти не сообщили или выплату не остановил отдел.")
    if not answer.strip():
        raise OverpaymentNotPossible("Укажите, что ответил банк или почта: номер, дату и причину.")
    death, notice = line.recipient.person.death_date, line.asked_back.notice
    told = (
        f"За {month_name(line.accrual.month)} года выплачено после смерти получателя {death:%d.%m.%Y}. "
        f"{line.bank or POST}, письмо № {notice.number} от {day_of(notice.made_at):%d.%m.%Y}: "
    )
    return record_overpayment(
        office=line.recipient.office,
        recipient_id=line.recipient_id,
        cause=cause,
        description=told + answer.strip()[: LONGEST - len(told)],
        found_on=day_of(at),
        parts=[(line.accrual_id, line.payable)],
        by=by,
        at=at,
    )
