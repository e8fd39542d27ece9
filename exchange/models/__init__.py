"""Files and what was found in them; Django finds the models of an app here."""

from exchange.models.discrepancies import Discrepancy, DiscrepancyDecision, DiscrepancyProtocol
from exchange.models.files import ExchangeFile
from exchange.models.layouts import FileLayout, ProviderLayout
from exchange.models.matching import RememberedMatch
from exchange.models.pension import PensionDifference, PensionRecord
from exchange.models.registers import RecipientRegister, RegisterRow
from exchange.models.rows import RequestRow, ReturnedLine, ReturnedRow

__all__ = [
    "Discrepancy",
    "DiscrepancyDecision",
    "DiscrepancyProtocol",
    "ExchangeFile",
    "FileLayout",
    "PensionDifference",
    "PensionRecord",
    "ProviderLayout",
    "RecipientRegister",
    "RegisterRow",
    "RememberedMatch",
    "RequestRow",
    "ReturnedLine",
    "ReturnedRow",
]
