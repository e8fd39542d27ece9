"""How files of region-wide providers are exchanged in a month: one for the region, or one for each district (3.8)."""

import datetime as dt

from django.db.models import QuerySet

from exchange.models import ProviderFileScope
from providers.models import Provider


def one_file_providers(*, month: dt.date) -> set[int]:
    """Return the ids of the providers whose files of a month are one for the region."""
    rows = ProviderFileScope.objects.valid_on(month).filter(is_one_file=True, confirmed_at__isnull=False)
    return set(rows.values_list("provider_id", flat=True))


def is_one_file(*, provider_id: int, month: dt.date) -> bool:
    """Tell whether a provider's files of a month are one for the region."""
    return provider_id in one_file_providers(month=month)


def scopes_of(*, provider: Provider) -> "QuerySet[ProviderFileScope]":
    """Return what was said of a provider's files, the latest first, what waits for confirmation among it."""
    rows = ProviderFileScope.objects.filter(provider=provider).select_related("entered_by", "confirmed_by")
    return rows.order_by("-valid_from", "-pk")
