"""Providers, directories, charges and what is written to providers; Django finds the models of an app here."""

from providers.models.ability import AbilityChange
from providers.models.arrears import Arrears
from providers.models.charges import Charge
from providers.models.directories import ConsumptionNorm, Tariff
from providers.models.fuel import FuelPrice, SaleNorm
from providers.models.inquiries import ProviderInquiry
from providers.models.letters import ReminderLetter
from providers.models.providers import (
    Agreement,
    ConnectedService,
    Provider,
    ProviderDistrict,
    Service,
    ServiceAccount,
)
from providers.models.reminders import Reminder
from providers.models.transfers import AccountTransfer, AccountTransferLine

__all__ = [
    "AbilityChange",
    "AccountTransfer",
    "AccountTransferLine",
    "Agreement",
    "Arrears",
    "Charge",
    "ConnectedService",
    "ConsumptionNorm",
    "FuelPrice",
    "Provider",
    "ProviderDistrict",
    "ProviderInquiry",
    "Reminder",
    "ReminderLetter",
    "SaleNorm",
    "Service",
    "ServiceAccount",
    "Tariff",
]
