"""Matches by hand that are remembered: whom a provider means by its account and name, and since when."""

from django.db.models import QuerySet

from exchange.checks.matching import SentKey
from exchange.models import ExchangeFile, RememberedMatch, ReturnedRow


def remembered_of(request: ExchangeFile, /) -> dict[SentKey, tuple[int, int]]:
    """Return what the asked provider means in the request's month: recipient and account ids by what it sends.

    A match that was taken back counts no more, not even in its own month.
    """
    rows = RememberedMatch.objects.valid_on(request.month).filter(
        office=request.office_id, provider=request.provider_id
    )
    rows = rows.exclude(ended_at__isnull=False, row__match=ReturnedRow.Match.UNKNOWN)
    found = rows.values_list("sent_account", "sent_name", "recipient_id", "account_id")
    return {(account, name): (recipient_id, account_id) for account, name, recipient_id, account_id in found}


def matches_of(matches: "QuerySet[RememberedMatch]", /) -> "QuerySet[RememberedMatch]":
    """Return remembered matches with whom they mean, where they come from, who entered and ended them."""
    return matches.select_related(
        "provider", "recipient__person", "account__provider", "row__file", "entered_by", "ended_by"
    )


def confirmed_by_memory(file: ExchangeFile, /) -> dict[int, tuple[str, str]]:
    """Return, by request row, the account and name a provider sends where an earlier file's match is remembered."""
    rows = ReturnedRow.objects.filter(file=file, match=ReturnedRow.Match.REMEMBERED, request_row__isnull=False)
    return {
        request_row_id: (str(content["who"]["account"]), str(content["who"]["name"]))
        for request_row_id, content in rows.values_list("request_row_id", "content")
    }
