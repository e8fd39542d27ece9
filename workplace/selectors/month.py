"""Whom a month is about."""

import datetime as dt

from exchange.models import RecipientRegister, RegisterRow


def recipients_in(month: dt.date, /) -> int:
    """Count the recipients in the month's accepted registers."""
    accepted = RegisterRow.objects.filter(register__month=month, register__status=RecipientRegister.Status.ACCEPTED)
    return accepted.values("recipient").distinct().count()
