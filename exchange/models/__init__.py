"""Files and what was found in them; Django finds the models of an app here."""

from exchange.models.acknowledgements import Acknowledgement
from exchange.models.change_files import ProviderRequestLayout, RequestedChanges
from exchange.models.discrepancies import Discrepancy, DiscrepancyDecision, DiscrepancyProtocol
from exchange.models.files import ExchangeFile
from exchange.models.layouts import FileLayout, LayoutDraft, ProviderLayout
from exchange.models.matching import RememberedMatch
from exchange.models.pension import DifferenceSource, PensionDecision, PensionDifference, PensionRecord
from exchange.models.pension_papers import FundNotice, PaperDelivery
from exchange.models.region_files import ProviderFileScope, RegionFile, RegionPart, RegionStray
from exchange.models.registers import RecipientRegister, RegisterRow
from exchange.models.rows import RequestRow, ReturnedLine, ReturnedRow

__all__ = [
    "Acknowledgement",
    "DifferenceSource",
    "Discrepancy",
    "DiscrepancyDecision",
    "DiscrepancyProtocol",
    "ExchangeFile",
    "FileLayout",
    "FundNotice",
    "LayoutDraft",
    "PaperDelivery",
    "PensionDecision",
    "PensionDifference",
    "PensionRecord",
    "ProviderFileScope",
    "ProviderLayout",
    "ProviderRequestLayout",
    "RecipientRegister",
    "RegionFile",
    "RegionPart",
    "RegionStray",
    "RegisterRow",
    "RememberedMatch",
    "RequestRow",
    "RequestedChanges",
    "ReturnedLine",
    "ReturnedRow",
]
