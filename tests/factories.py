"""Minimal valid rows for tests: plain functions, one for each kind of thing, keywords change anything.

Every function writes one row (with what it needs) and returns it; what is not given is made or takes the defaults
below. Numbers, codes and names never repeat within a test. All people are invented.

Ground floor: district, office, unit, staff, bank, post_office, decree, open_month
People:       person, recipient, ground, application, entitlement, entitled_person, channel, representative
Housing:      settlement, address, dwelling (with facts), residence, supported_dwelling
Providers:    provider, agreement, service, account, connected_service, tariff, norm, charge
Exchange:     layout, provider_layout
Whole things: entitled_household (a paid recipient with right, dwelling, residence and channel)
"""

from tests.rows.ground import (
    AT,
    LONG_AGO,
    MONTH,
    MOSCOW,
    bank,
    decree,
    district,
    office,
    open_month,
    post_office,
    staff,
    unit,
)
from tests.rows.homes import (
    EntitledHousehold,
    address,
    dwelling,
    dwelling_facts,
    entitled_household,
    residence,
    settlement,
    street,
    supported_dwelling,
)
from tests.rows.people import (
    account_at,
    application,
    channel,
    ended,
    entitled_person,
    entitlement,
    ground,
    person,
    recipient,
    representative,
    snils,
)
from tests.rows.provided import (
    account,
    agreement,
    charge,
    connected_service,
    layout,
    norm,
    provider,
    provider_layout,
    service,
    tariff,
)

__all__ = [
    "AT",
    "LONG_AGO",
    "MONTH",
    "MOSCOW",
    "EntitledHousehold",
    "account",
    "account_at",
    "address",
    "agreement",
    "application",
    "bank",
    "channel",
    "charge",
    "connected_service",
    "decree",
    "district",
    "dwelling",
    "dwelling_facts",
    "ended",
    "entitled_household",
    "entitled_person",
    "entitlement",
    "ground",
    "layout",
    "norm",
    "office",
    "open_month",
    "person",
    "post_office",
    "provider",
    "provider_layout",
    "recipient",
    "representative",
    "residence",
    "service",
    "settlement",
    "snils",
    "staff",
    "street",
    "supported_dwelling",
    "tariff",
    "unit",
]
