"""Lists, registers, returns and heirs; Django finds the models of an app here."""

from payments.models.after_death import CancelledAccrual, ReturnNotice, ReturnNoticeLine
from payments.models.answers import RegisterAnswer, ReturnedPayment, ReturnReason
from payments.models.claims import HeirClaim, HeirRequisites
from payments.models.heirs import HeirDecision, HeirPart
from payments.models.lists import PaymentLine, PaymentList
from payments.models.overpayments import Overpayment, OverpaymentPart, Repayment, WriteOff
from payments.models.registers import PaymentDocument, PaymentRegister, RegisterEntry
from payments.models.withholdings import Withholding

__all__ = [
    "CancelledAccrual",
    "HeirClaim",
    "HeirDecision",
    "HeirPart",
    "HeirRequisites",
    "Overpayment",
    "OverpaymentPart",
    "PaymentDocument",
    "PaymentLine",
    "PaymentList",
    "PaymentRegister",
    "RegisterAnswer",
    "RegisterEntry",
    "Repayment",
    "ReturnNotice",
    "ReturnNoticeLine",
    "ReturnReason",
    "ReturnedPayment",
    "Withholding",
    "WriteOff",
]
