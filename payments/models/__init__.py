"""Lists, registers, returns and heirs; Django finds the models of an app here."""

from payments.models.answers import RegisterAnswer, ReturnedPayment, ReturnReason
from payments.models.heirs import HeirDecision, HeirPart
from payments.models.lists import PaymentLine, PaymentList
from payments.models.registers import PaymentDocument, PaymentRegister, RegisterEntry

__all__ = [
    "HeirDecision",
    "HeirPart",
    "PaymentDocument",
    "PaymentLine",
    "PaymentList",
    "PaymentRegister",
    "RegisterAnswer",
    "RegisterEntry",
    "ReturnReason",
    "ReturnedPayment",
]
