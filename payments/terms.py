"""The days payments depend on: of listing, of the post's package."""

import datetime as dt

from offices.calendar import day_of
from offices.months import last_day

POST_DAYS_BEFORE_PAYMENT = 3


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
