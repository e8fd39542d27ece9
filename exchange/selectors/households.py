"""The dwellings of an office's recipients in a month, read in a handful of queries for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from exchange.register_content import RegisteredAccount
from housing.models import DwellingFacts, Residence, SupportedDwelling
from offices.models import Office
from offices.months import next_month
from providers.models import ConnectedService

Row = dict[str, Any]


class Households:
    """Dwellings of the office's recipients with facts, residents and accounts, read once for all."""

    def __init__(self, office: Office, month: dt.date) -> None:
        end = next_month(month)
        supported = SupportedDwelling.objects.touching(month, end).filter(recipient__office=office)
        dwellings = supported.order_by().values("dwelling_id")
        self.supported = _grouped(_supported_rows(supported), "recipient_id")
        self.facts = _grouped(
            DwellingFacts.objects.touching(month, end)
            .filter(dwelling__in=dwellings)
            .order_by("valid_from", "pk")
            .values("dwelling_id", "total_area", "has_central_heating", "rooms", "valid_from", "valid_to"),
            "dwelling_id",
        )
        self.residences = _grouped(
            Residence.objects.touching(month, end)
            .filter(dwelling__in=dwellings)
            .order_by("pk")
            .values("dwelling_id", "valid_from", "valid_to"),
            "dwelling_id",
        )
        self.accounts = {
            dwelling_id: _accounts(rows)
            for dwelling_id, rows in _grouped(_connected(dwellings, month, end), "dwelling_id").items()
        }


def _supported_rows(supported: Any) -> Any:
    return supported.order_by("valid_from", "pk").values(
        "recipient_id",
        "dwelling_id",
        "valid_from",
        "valid_to",
        house=F("dwelling__address__house"),
        building=F("dwelling__address__building"),
        flat=F("dwelling__address__flat"),
        room=F("dwelling__address__room"),
        postal_index=F("dwelling__address__postal_index"),
        street_code=F("dwelling__address__street__code"),
        street=F("dwelling__address__street__name"),
        settlement_code=F("dwelling__address__street__settlement__code"),
        settlement_kind=F("dwelling__address__street__settlement__kind"),
        settlement_name=F("dwelling__address__street__settlement__name"),
        district=F("dwelling__address__street__settlement__district__code"),
    )


def _connected(dwellings: Any, month: dt.date, end: dt.date) -> Any:
    """Return a row for each supported service of each account that is open in the month."""
    return (
        ConnectedService.objects.touching(month, end)
        .filter(account__dwelling__in=dwellings, account__valid_from__lt=end, service__is_supported=True)
        .exclude(account__valid_to__lte=month)
        .order_by("account_id", "service_id", "pk")
        .values(
            "account_id", "service_id", "account__number", "account__provider_id", dwelling_id=F("account__dwelling")
        )
    )


def _grouped(rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped


def _accounts(rows: Iterable[Row]) -> tuple[RegisteredAccount, ...]:
    """Gather the services of each account; a number opened anew inside the month is the newer account."""
    ids: dict[tuple[int, str], int] = {}
    services: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in rows:
        key = row["account__provider_id"], row["account__number"]
        ids[key] = row["account_id"]
        if row["service_id"] not in services[key]:
            services[key].append(row["service_id"])
    return tuple(
        RegisteredAccount(ids[provider_id, number], provider_id, number, tuple(services[provider_id, number]))
        for provider_id, number in ids
    )
