"""Resuming a payment that was suspended because of a debt, with what is due for the suspended months.

Source: Housing Code, article 160, item 3; dossier 1.1 (`arrears_rule`).
"""

import datetime as dt
from dataclasses import dataclass

from calculations.models import Recalculation, Suspension
from calculations.services.fact_changes import Applied, require_past
from calculations.services.suspensions import DebtNotPossible, Status, locked_suspension, note
from offices.models import Staff
from recipients.services import own_case


@dataclass(frozen=True, slots=True)
class Resumption:
    """A suspended payment goes on: the debt is paid, or an agreement on it is made, as the document says.

    A change of facts like any other: what it does to the accrued months is seen before, and their back pay is an order
    of recalculation. `changed_from` is the first suspended month.
    """

    suspension_id: int
    because: str
    resumed_on: dt.date
    document: str
    changed_from: dt.date
    cause: str = Recalculation.Cause.RESUMED

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Resume the payment. Raises SuspensionDecided, DebtNotPossible, ChangeNotPossible, OwnCase."""
        require_past(self.resumed_on, at=at)
        suspension = locked_suspension(suspension_id=self.suspension_id, status=Status.CONFIRMED)
        recipient, act = suspension.recipient, suspension.court_act
        own_case.require_stranger(by=by, persons=[recipient.person])
        since = act.decided_on if act else suspension.answer and suspension.answer.answered_on
        if since and self.resumed_on < since:
            raise DebtNotPossible(f"Долг подтверждён {since:%d.%m.%Y}: погасить его раньше нельзя, проверьте дату.")
        if not self.document.strip():
            raise DebtNotPossible("Укажите документ: справку об отсутствии долга, квитанцию или соглашение.")
        suspension.status, suspension.resumed_because = Status.RESUMED, self.because
        suspension.resumed_on, suspension.resumed_document = self.resumed_on, self.document.strip()
        suspension.resumed_at, suspension.resumed_by = at, by
        suspension.save()
        if act and self.because == Suspension.Resumed.PAID:
            act.settled_on = self.resumed_on
            act.save(update_fields=["settled_on"])
        told = f"{suspension.get_resumed_because_display()} {self.resumed_on:%d.%m.%Y}"
        note(
            recipient=recipient,
            told=f"{suspension}: {told}, {self.document.strip()}",
            event="выплата возобновлена",
            by=by,
            at=at,
        )
        return Applied(
            what=f"Выплата, приостановленная с {suspension.starts_on:%d.%m.%Y}, возобновлена: {told}",
            recipient_ids=(recipient.pk,),
        )
