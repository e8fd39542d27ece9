"""Closing a month: the checklist of every floor, then the freeze."""

import datetime as dt

from django.db import transaction

from offices import journal
from offices.models import BillingMonth, Office, Staff
from offices.months import month_name
from offices.selectors import unit_of_kind
from offices.services import months
from workplace.selectors.closing import closing_checklist


@transaction.atomic
def close_month(*, month: dt.date, by: Staff, at: dt.datetime) -> BillingMonth:
    """Close a month whose checklist is done; nothing of it changes afterwards.

    Raises MonthNotOpen, and MonthNotReady naming what is not done.
    """
    closed = months.close_month(month=month, checklist=closing_checklist(month), by=by, at=at)
    paper = journal.Paper(subject=f"месяц {month_name(month)}", item="3.15", month=month)
    journal.record(office=unit_of_kind(kind=Office.Kind.MANAGEMENT), event="закрыт", paper=paper, by=by, at=at)
    return closed
