"""What a decision on a deceased recipient's sums says, read from the decision and its claim."""

import datetime as dt
from collections.abc import Sequence

from config.pdf import Signature
from payments.documents.decisions import HeirPaper, MonthPart
from payments.models import HeirClaim, HeirDecision
from payments.selectors.claims import channel_in_words
from payments.selectors.heirs import UnreceivedAccrual, service_sums
from recipients.models import DocumentKind


def heir_paper(decision: HeirDecision, *, signatures: Sequence[Signature], on: dt.date) -> HeirPaper:
    """Gather the decision's paper as it is confirmed on a day."""
    claim = HeirClaim.objects.select_related("application").get(pk=decision.application_id)
    application = claim.application
    requisites = claim.requisites.select_related("bank", "post_office").order_by("-pk").first()
    return HeirPaper(
        number=decision.number,
        decided_on=on,
        office=decision.office,
        deceased=decision.recipient.person,
        case_number=decision.recipient.case_number,
        claimant=decision.claimant,
        is_heir=claim.kind == HeirClaim.Kind.HEIR,
        quality=str(claim.get_kind_display()),
        relation=decision.relation,
        application=str(application),
        documents=[_document(*row) for row in application.documents.order_by("pk").values_list("kind", "note")],
        channel=channel_in_words(requisites) if requisites else application.channel,
        last_day_to_claim=claim.term_ends_on,
        months=_months(decision),
        signatures=tuple(signatures),
        executor=str(decision.prepared_by),
    )


def _document(kind: str, note: str) -> str:
    label = DocumentKind(kind).label
    return f"{label}: {note}" if note else label


def _months(decision: HeirDecision) -> list[MonthPart]:
    parts = list(decision.parts.select_related("accrual").order_by("accrual__month", "accrual_id"))
    accruals = [
        UnreceivedAccrual(part.accrual_id, part.accrual.month, part.accrual.accrued, part.payable, part.payable)
        for part in parts
    ]
    sums = service_sums(accruals)
    return [
        MonthPart(
            month=part.accrual.month,
            services=[(one.service, one.accrued) for one in sums if one.accrual_id == part.accrual_id],
            accrued=part.accrual.accrued,
            payable=part.payable,
        )
        for part in parts
    ]
