"""A good row of arrears, and every rule of its table broken by raw SQL."""

import datetime as dt
from decimal import Decimal

from providers.models import Arrears
from tests import factories as make
from tests.constraints import changed, copied
from tests.factories import MONTH

TABLE = "providers.Arrears"


def arrears(**given: object) -> Arrears:
    """Two months of arrears for cold water, in an open month."""
    make.open_month()
    account = given.get("account") or make.account()
    recipient = given.get("recipient") or make.recipient()
    told = {"debt": Decimal("512.40"), "months": 2, "status": "agreed_paid", "agreed": Decimal("100.00")}
    facts = {"recipient": recipient, "account": account, "provider": account.provider, "office": recipient.office}
    return Arrears.objects.create(month=MONTH, service=make.service(), file_sha256="ab" * 32, **told | facts | given)


ARREARS = [
    copied(TABLE, "arrears_are_told_once_a_month", arrears, fine=None, debt=1),
    changed(TABLE, "arrears_month_is_a_first_day", arrears, month=dt.date(2026, 10, 2)),
    changed(TABLE, "arrears_are_owed", arrears, debt=0),
    changed(TABLE, "agreed_arrears_are_owed", arrears, agreed=-1),
    changed(TABLE, "providers_arrears_months_check", arrears, months=-1),
    copied(TABLE, "month_is_open", arrears, fine=None, month=dt.date(2026, 11, 1)),
]
