"""The days payments depend on: of listing, of the post's package, of an heir's claim."""

import calendar
import datetime as dt

from offices.calendar import day_of
from offices.months import last_day, shift_month

POST_DAYS_BEFORE_PAYMENT = 3
CLAIM_MONTHS = 4


def listing_day(*, paid_month: dt.date, at: dt.datetime) -> dt.date:
    """Return the day whose requisites a list takes: today, kept within the month of payment.

    Requisites that begin later in the month of payment are not in force yet when the list is made.
    """
    return min(max(day_of(at), paid_month), last_day(paid_month))


def last_day_for_post(payment_day: dt.date) -> dt.date:
    """Return the last day on which the post may be given its package.

    Source: Regulation 369 of 30.10.2007, item 3.15.3 (not later than three days before the payment).
    """
    return payment_day - dt.timedelta(days=POST_DAYS_BEFORE_PAYMENT)


def claim_term_end(death: dt.date) -> dt.date:
    """Return the calendar day on which the four months for a claim run out, before any shift.

    The term ends on the same number of the fourth month, or on its last day where there is none.
    Source: Civil Code, articles 1183 (2), 1114, 191, 192 (3).
    """
    month = shift_month(death.replace(day=1), CLAIM_MONTHS)
    return month.replace(day=min(death.day, calendar.monthrange(month.year, month.month)[1]))
