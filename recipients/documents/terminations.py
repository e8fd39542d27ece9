"""The decision that a right ends: the form of appendix 6 (3.16.2 в)."""

import datetime as dt
from decimal import Decimal

from offices.dated import last_valid_day
from offices.money import format_sum, roubles_in_words
from offices.months import month_name, month_of
from recipients.documents.decisions import name_in, print_decision, snils_of
from recipients.models import Termination
from recipients.names import GrammaticalCase


def print_termination(*, termination: Termination, overpaid: Decimal | None) -> bytes:
    """Print a termination whose moment and author of confirmation are set.

    `overpaid` is roubles paid for the time after the right ended, zero where nothing was; with None
    the line is left to be filled by hand when the sum is known.
    """
    assert termination.confirmed_at is not None
    right = termination.entitlement
    application = right.application
    return print_decision(
        "pdf/termination.html",
        office=termination.office,
        number=termination.number,
        at=termination.confirmed_at,
        by=termination.prepared_by,
        signed_by=termination.confirmed_by,
        facts={
            "kind": "Решение",
            "subject": "о прекращении начисления и выплаты денежного эквивалента",
            "termination": termination,
            "right": right,
            "person": right.recipient.person,
            "disabled_person": right.disabled_person,
            "in_genitive": name_in(GrammaticalCase.GENITIVE, right.recipient.person),
            "snils": snils_of(right.recipient.person),
            "address": application.address,
            "ground": termination.ground,
            "decree": termination.ground.decree,
            "last_day": last_valid_day(termination.ends_on),
            "last_month": month_name(last_month_of_right(termination.ends_on)),
            "overpaid": None if overpaid is None else format_sum(overpaid),
            "overpaid_in_words": roubles_in_words(overpaid) if overpaid else "",
            "is_overpaid": bool(overpaid),
        },
    )


def last_month_of_right(ends_on: dt.date) -> dt.date:
    """Return the last month for which an accrual is made: the one of the last day of the right."""
    return month_of(ends_on - dt.timedelta(days=1))
