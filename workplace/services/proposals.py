"""What the pension fund says is decided together with what it does to months already accrued (3.3, 3.4)."""

import datetime as dt

from django.db import transaction

from calculations.models import Recalculation
from calculations.services.certificates import order_of_certificate
from exchange.models import PensionDifference
from exchange.services.pension_decisions import decide_difference
from offices.models import Staff
from recipients.models import Entitlement

Kind = PensionDifference.Kind


@transaction.atomic
def decide_proposal(
    *, difference_id: int, decision: str, by: Staff, at: dt.datetime, reason: str = "", source_id: int | None = None
) -> tuple[PensionDifference, list[Recalculation]]:
    """Decide about a proposal; a certificate taken from it prepares an order for the accrued months that differ.

    Raises RunIsBeingCalculated and the refusals of `decide_difference` and of the order.
    """
    before = _certificates(difference_id)
    row = decide_difference(
        difference_id=difference_id, decision=decision, by=by, at=at, reason=reason, source_id=source_id
    )
    document = f"сведения за {row.file.month:%m.%Y}, файл {row.file}"
    orders = [
        order_of_certificate(right_id=right_id, former_valid_to=former, document=document, by=by, at=at)
        for right_id, former in before.items()
    ]
    return row, [order for order in orders if order is not None]


def _certificates(difference_id: int) -> dict[int, dt.date | None]:
    """Return when the certificates end that a proposal about a certificate may touch, by right."""
    found = PensionDifference.objects.filter(pk=difference_id, kind=Kind.CERTIFICATE)
    rights = Entitlement.objects.filter(
        recipient__in=found.values("recipient"), disabled_person__in=found.values("person")
    )
    return dict(rights.order_by("pk").values_list("pk", "certificate_valid_to"))
