"""Overpayments as their list draws them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from offices.lists.columns import State
from payments.models import Overpayment
from payments.selectors.overpayments import plan_ends

Status = Overpayment.Status
KINDS = {
    Status.OPEN: "warn",
    Status.AGREED: "run",
    Status.WITHHELD: "run",
    Status.SETTLED: "ok",
    Status.WRITTEN_OFF: "idle",
    Status.CLAIMED: "wait",
    Status.WITHDRAWN: "warn",
}


@dataclass(frozen=True, slots=True)
class OverpaymentRow:
    """A row of the list; `until` is the month billed whose list withholds the last kopeck, None where there is no plan."""

    pk: int
    number: str
    found_on: dt.date
    person: str
    case_number: str
    office: str
    cause: str
    total: Decimal
    gone: Decimal
    rest: Decimal
    until: dt.date | None
    state: State


def ready_rows(found: list[Overpayment]) -> list[OverpaymentRow]:
    """Make the rows of a page ready; four queries for all."""
    ends = plan_ends(found)
    return [
        OverpaymentRow(
            pk=one.pk,
            number=one.number,
            found_on=one.found_on,
            person=one.recipient.person.full_name,
            case_number=one.recipient.case_number,
            office=str(one.office.district or one.office),
            cause=one.get_cause_display(),
            total=one.total,
            gone=one.total - one.rest,
            rest=one.rest,
            until=ends.get(one.pk),
            state=state_of(one),
        )
        for one in found
    ]


def state_of(one: Overpayment) -> State:
    """Say how far an overpayment is."""
    return State(KINDS[Status(one.status)], one.get_status_display())
