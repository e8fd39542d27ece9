"""Providers, directories and charges; Django finds the models of an app here."""

from providers.models.charges import Charge
from providers.models.directories import ConsumptionNorm, Tariff
from providers.models.providers import (
    Agreement,
    ConnectedService,
    Provider,
    ProviderDistrict,
    Service,
    ServiceAccount,
)
from providers.models.reminders import Reminder

__all__ = [
    "Agreement",
    "Charge",
    "ConnectedService",
    "ConsumptionNorm",
    "Provider",
    "ProviderDistrict",
    "Reminder",
    "Service",
    "ServiceAccount",
    "Tariff",
]
