"""Persons, applications and rights; Django finds the models of an app here."""

from recipients.models.applications import (
    Application,
    ApplicationDocument,
    Category,
    DocumentKind,
    Ground,
)
from recipients.models.channels import (
    CardHandover,
    Change,
    ChangeBatch,
    HandedCard,
    PaymentChannel,
)
from recipients.models.entitlements import EntitledPerson, Entitlement, Termination
from recipients.models.persons import CaseDocument, LegalRepresentative, Person, Recipient
from recipients.models.views import CardView

__all__ = [
    "Application",
    "ApplicationDocument",
    "CardHandover",
    "CardView",
    "CaseDocument",
    "Category",
    "Change",
    "ChangeBatch",
    "DocumentKind",
    "EntitledPerson",
    "Entitlement",
    "Ground",
    "HandedCard",
    "LegalRepresentative",
    "PaymentChannel",
    "Person",
    "Recipient",
    "Termination",
]
