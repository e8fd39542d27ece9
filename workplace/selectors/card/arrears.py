"""What the providers told of a recipient's arrears, the last twelve months."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from offices.months import shift_month
from providers.models import Arrears

MONTHS = 12


@dataclass(frozen=True, slots=True)
class ArrearsRow:
    """Arrears for a service as of a month's file, in roubles; None where the provider told only that there are some."""

    month: dt.date
    service: str
    provider: str
    account: str
    debt: Decimal | None
    months: int | None
    status: str
    agreed: Decimal | None


def arrears_of(recipient_id: int, /, *, month: dt.date) -> tuple[ArrearsRow, ...]:
    """Return the arrears told in the year up to a month, the newest first; a month without a row had none told."""
    told = Arrears.objects.filter(
        recipient=recipient_id, month__lte=month, month__gt=shift_month(month, -MONTHS)
    ).select_related("service", "provider", "account")
    return tuple(
        ArrearsRow(
            month=row.month,
            service=row.service.name,
            provider=row.provider.short_name,
            account=row.account.number,
            debt=row.debt,
            months=row.months,
            status=row.get_status_display() if row.status else "",
            agreed=row.agreed,
        )
        for row in told.order_by("-month", "service_id", "pk")
    )
