"""When things happen in a played month: fixed days and hours of the month billed and the one after."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from django.utils.timezone import get_default_timezone

from offices.months import shift_month


class Moment(Enum):
    """A moment of the month: months after the one billed, day, hour."""

    OPENING = (0, 1, 9)
    APPLICATIONS = (0, 10, 10)
    DECISIONS = (0, 14, 11)
    CARDS = (0, 28, 15)
    CARDS_ACCEPTED = (0, 28, 16)
    PENSION_FILE = (0, 18, 9)
    REGISTRY_LISTS = (0, 18, 11)
    PENSION_DECISIONS = (0, 18, 15)
    CHANGES = (0, 19, 10)
    CHANGES_SENT = (0, 19, 14)
    CHANGES_ACCEPTED = (0, 19, 16)
    TERMINATIONS = (0, 20, 9)
    TERMINATIONS_CONFIRMED = (0, 20, 11)
    REGISTERS = (0, 20, 14)
    REGISTERS_HANDED = (0, 21, 10)
    REGISTERS_ANSWERED = (0, 21, 15)
    REGISTERS_AGAIN = (0, 22, 10)
    REGISTERS_HANDED_AGAIN = (0, 22, 12)
    REGISTERS_ANSWERED_AGAIN = (0, 22, 15)
    REQUESTS = (0, 24, 10)
    ACKNOWLEDGED = (0, 25, 12)
    RETURNS = (1, 3, 9)
    RECEIVING_CLOSED = (1, 6, 18)
    VERIFICATION = (1, 7, 9)
    PROTOCOLS = (1, 7, 11)
    LOADING = (1, 7, 14)
    CALCULATION = (1, 8, 9)
    SUBMISSION = (1, 8, 15)
    REVIEW = (1, 9, 9)
    RETURNED_RUN = (1, 9, 10)
    CALCULATION_AGAIN = (1, 9, 12)
    SUBMISSION_AGAIN = (1, 9, 15)
    REVIEW_AGAIN = (1, 10, 9)
    APPROVAL = (1, 10, 11)
    HEIRS = (1, 10, 12)
    HEIRS_CONFIRMED = (1, 10, 16)
    LISTS = (1, 11, 9)
    LISTS_HANDED = (1, 11, 11)
    PAYMENT_REGISTERS = (1, 11, 14)
    RELEASE = (1, 12, 10)
    ANSWERS = (1, 24, 10)
    CLARIFICATIONS = (1, 26, 10)
    NEW_REQUISITES = (1, 26, 9)
    WAITING = (1, 11, 12)
    FUEL_APPLICATIONS = (0, 12, 10)
    FUEL_ASSIGNED = (0, 17, 11)
    DEBTS_ASKED = (1, 14, 10)
    DEBTS_ANSWERED = (1, 18, 11)
    COURT_ACTS = (1, 19, 10)
    SUSPENSIONS_CONFIRMED = (1, 19, 15)
    OVERPAYMENTS = (1, 25, 10)
    CONSENTS = (1, 26, 11)
    FACTS_CHANGED = (1, 27, 10)
    FACTS_CHANGED_APPROVED = (1, 27, 15)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The moments of one month billed, in the region's time zone."""

    month: dt.date

    def at(self, moment: Moment, *, days_later: int = 0) -> dt.datetime:
        """Return a moment, or the same hour some days later."""
        months, day, hour = moment.value
        first = shift_month(self.month, months)
        on = first.replace(day=day) + dt.timedelta(days=days_later)
        return dt.datetime.combine(on, dt.time(hour), tzinfo=get_default_timezone())

    def arrival(self, place: int, whole: int, *, days_later: int = 0) -> dt.datetime:
        """Return when a provider's file arrives; `place`, of `whole`, is its turn."""
        return self.at(Moment.RETURNS, days_later=days_later)

    def on(self, moment: Moment) -> dt.date:
        """Return the day of a moment."""
        return self.at(moment).date()
