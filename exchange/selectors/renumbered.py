"""Accounts that were renumbered or passed to another provider: both numbers are known for a time."""

from exchange.models import ExchangeFile, RequestRow
from providers.selectors import other_numbers


def other_numbers_asked(request: ExchangeFile, /) -> dict[int, tuple[str, ...]]:
    """Return, by account, the numbers that an answer to a request may carry besides the one asked about."""
    accounts = RequestRow.objects.filter(file=request).values_list("account_id", flat=True)
    return other_numbers(accounts=set(accounts), on=request.month)
