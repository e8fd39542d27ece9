"""New certificates of disability: what a right is worth again in the months accrued without them."""

import datetime as dt
from dataclasses import dataclass

from calculations.services.fact_changes import Applied, Cause, require_past
from offices.dated import last_valid_day
from offices.models import Staff
from recipients.eligibility import first_day_after_month_of_last
from recipients.models import Entitlement
from recipients.services.certificates import prolong_certificate


@dataclass(frozen=True, slots=True)
class CertificateChange:
    """A new certificate goes on where the former one ended; days without one count from the month after."""

    right_id: int
    former_valid_to: dt.date
    certificate: str
    certificate_valid_to: dt.date | None
    established_on: dt.date
    cause: str = Cause.CERTIFICATE

    @property
    def changed_from(self) -> dt.date:
        return first_day_after_month_of_last(self.former_valid_to)

    @property
    def document(self) -> str:
        return self.certificate

    def apply(self, *, by: Staff, at: dt.datetime) -> Applied:
        """Write the new certificate. Raises OwnCase, ChangeNotPossible, CertificateNotProlonged."""
        require_past(self.established_on, at=at)
        right = prolong_certificate(
            entitlement_id=self.right_id,
            former_valid_to=self.former_valid_to,
            certificate=self.certificate,
            certificate_valid_to=self.certificate_valid_to,
            established_on=self.established_on,
            by=by,
            at=at,
        )
        return Applied(what=_told(right), recipient_ids=(right.recipient_id,))


def _told(right: Entitlement) -> str:
    last = last_valid_day(right.certificate_valid_to)
    term = f"по {last:%d.%m.%Y}" if last else "бессрочно"
    return f"{right.disabled_person.full_name}: справка {right.certificate} действует {term}"
