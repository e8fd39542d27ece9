"""What stood before a returned file: last month's charges, the months it recalculates, the services of the dwellings."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from exchange.models import ExchangeFile, RequestRow, ReturnedLine
from offices.months import next_month, shift_month
from providers.models import Charge, ConnectedService
from providers.selectors import former_accounts

Key = tuple[int, int, str]
"""Recipient, account, service."""


@dataclass(frozen=True, slots=True)
class Past:
    """Accepted roubles of a provider's earlier months, by month; the number of the account they stood on.

    `residents` are those registered by last month's charges, where they told them.
    """

    last: dt.date
    billed: Mapping[Key, Mapping[dt.date, Decimal]]
    accounts: Mapping[tuple[int, str], str]
    residents: Mapping[Key, int]

    def billed_before(self, key: Key) -> Decimal | None:
        return self.billed.get(key, {}).get(self.last)

    def account_before(self, key: Key) -> str:
        """Return the account last month's charge stood on, where there is none on this one; empty otherwise."""
        recipient, _, service = key
        return "" if self.last in self.billed.get(key, {}) else self.accounts.get((recipient, service), "")


@dataclass(frozen=True, slots=True)
class Connected:
    """Services of the dwellings: by meter or not, by account and service; who supplies the others, by dwelling."""

    metered: Mapping[tuple[int, str], bool]
    elsewhere: Mapping[int, Mapping[str, str]]


def past_of(file: ExchangeFile, asked: QuerySet[RequestRow], /) -> Past:
    """Read last month's charges of the persons asked about, and those of the months the file recalculates.

    Of a corrected charge the last number counts, of what was billed late the latest. What was billed before a
    renumbering or a merger of providers counts on the account that follows. In three queries.
    """
    followed_by = {former: account for account, former in former_accounts(accounts=_accounts(asked)).items()}
    last = shift_month(file.billed_month, -1)
    lines = ReturnedLine.objects.filter(row__file=file, adjustment_month__lt=file.billed_month).order_by()
    recalculated = lines.values_list("adjustment_month", flat=True).distinct()
    months = {last, *(month for month in recalculated if month is not None)}
    own = Q(provider=file.provider_id) | Q(account__in=followed_by)
    charges = Charge.objects.billing(*months).filter(own, office=file.office_id)
    charges = charges.filter(recipient__in=asked.order_by().values("recipient_id")).order_by("month", "number", "pk")
    facts = charges.annotate(bills=Coalesce("billed_for", "month")).values_list(
        "bills", "recipient_id", "account_id", "account__number", "service_id", "billed", "residents"
    )
    billed: dict[Key, dict[dt.date, Decimal]] = defaultdict(dict)
    accounts: dict[tuple[int, str], str] = {}
    residents: dict[Key, int | None] = {}
    for month, recipient, account, number, service, roubles, registered in facts:
        key = recipient, followed_by.get(account, account), service
        billed[key][month] = roubles
        if month == last:
            accounts[recipient, service] = number
            residents[key] = registered
    return Past(last, billed, accounts, {key: registered for key, registered in residents.items() if registered})


def _accounts(asked: QuerySet[RequestRow]) -> set[int]:
    return set(asked.order_by().values_list("account_id", flat=True))


def connected_of(file: ExchangeFile, asked: QuerySet[RequestRow], /) -> Connected:
    """Read the services connected in the month at the dwellings asked about, in one query.

    A service that changed from norm to meter within the month is neither.
    """
    rows = ConnectedService.objects.touching(file.billed_month, next_month(file.billed_month)).filter(
        account__dwelling__in=asked.order_by().values("account__dwelling_id")
    )
    facts = rows.values_list(
        "account_id", "account__dwelling_id", "account__provider_id", "account__provider__short_name", "service_id",
        "is_metered",
    )  # fmt: skip
    told: dict[tuple[int, str], set[bool]] = defaultdict(set)
    elsewhere: dict[int, dict[str, str]] = defaultdict(dict)
    for account, dwelling, provider, name, service, is_metered in facts:
        if provider == file.provider_id:
            told[account, service].add(is_metered)
        else:
            elsewhere[dwelling][service] = name
    return Connected({key: one.pop() for key, one in told.items() if len(one) == 1}, elsewhere)
