"""How every row of a protocol ended: by the decision, and by the corrected file where there is one (3.10.4)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from exchange.models import Discrepancy, DiscrepancyProtocol, ExchangeFile, RequestRow, ReturnedLine

Outcome = Discrepancy.Outcome
Row = tuple[int, int, str]
"""Recipient, account, service; the service is empty for the whole row."""


def provider_address(protocol: DiscrepancyProtocol, /) -> str:
    """Return to whom a protocol is sent unless said otherwise: the provider's e-mail, or the provider."""
    provider = protocol.file.provider
    return (provider.email or str(provider))[:150] if provider else ""


def corrected_files(protocol: DiscrepancyProtocol, /) -> QuerySet[ExchangeFile]:
    """Return the checked files of the provider that may answer a protocol: taken after it was sent, this month's or later.

    After the month's charges were loaded, the correction comes as a recalculation in a later month's file.
    """
    standing = ExchangeFile.objects.filter(
        kind=ExchangeFile.Kind.RETURN,
        office=protocol.office_id,
        provider=protocol.file.provider_id,
        month__gte=protocol.month,
        status__in=[ExchangeFile.Status.VERIFIED, ExchangeFile.Status.LOADED],
    )
    if protocol.sent_at is None:
        return standing.none()
    return standing.filter(at__gte=protocol.sent_at).exclude(pk=protocol.file_id).order_by("-pk")


def outcomes_of(protocol: DiscrepancyProtocol, /) -> dict[int, str]:
    """Return the outcome of every told discrepancy by its key.

    Corrected is what the linked file says no more (this month's) or recalculates (a later month's). What is left is
    charged as sent where it was accepted, not charged where it held a line, and otherwise only noted.
    """
    told = list(protocol.discrepancies.select_related("request_row", "line").order_by("pk"))
    corrected = _corrected(protocol, told)
    return {one.pk: _outcome(one, corrected) for one in told}


def _outcome(one: Discrepancy, corrected: set[int]) -> str:
    if one.decision == Discrepancy.Decision.ACCEPT:
        return Outcome.ACCEPTED
    if one.pk in corrected:
        return Outcome.CORRECTED
    return Outcome.NOT_CHARGED if one.is_blocking else Outcome.NOTED


def _corrected(protocol: DiscrepancyProtocol, told: Iterable[Discrepancy]) -> set[int]:
    file = protocol.answer_file
    if file is None:
        return set()
    if file.month == protocol.month:
        standing = {_key(one) for one in file.discrepancies.select_related("line")}
        answered = set(file.returned_rows.values_list("request_row_id", flat=True))
        return {
            one.pk
            for one in told
            if _key(one) not in standing and (one.request_row_id is None or one.request_row_id in answered)
        }
    recalculated = _recalculated(file, protocol)
    return {one.pk for one in told if one.request_row and _place(one, one.request_row) in recalculated}


def _key(one: Discrepancy) -> tuple[object, ...]:
    """Name what a discrepancy is about, in whatever file: a row of ours and service, or a stray row's content."""
    if one.request_row_id is None:
        return None, one.code, one.found
    return one.request_row_id, one.code, one.line.service_id if one.line else None


def _place(one: Discrepancy, asked: RequestRow) -> Row:
    return asked.recipient_id, asked.account_id, (one.line.service_id or "") if one.line else ""


def _recalculated(file: ExchangeFile, protocol: DiscrepancyProtocol) -> set[Row]:
    lines = ReturnedLine.objects.filter(
        ~Q(adjustment=0), row__file=file, row__request_row__isnull=False, adjustment_month=protocol.month
    )
    facts = lines.values_list("row__request_row__recipient_id", "row__request_row__account_id", "service_id")
    found = {(recipient, account, service or "") for recipient, account, service in facts}
    return found | {(recipient, account, "") for recipient, account, _ in found}
