"""Addresses and dwellings; Django finds the models of an app here."""

from housing.models.addresses import Address, PersonAddress, Settlement, Street
from housing.models.dwellings import Dwelling, DwellingFacts, Residence, SupportedDwelling

__all__ = [
    "Address",
    "Dwelling",
    "DwellingFacts",
    "PersonAddress",
    "Residence",
    "Settlement",
    "Street",
    "SupportedDwelling",
]
