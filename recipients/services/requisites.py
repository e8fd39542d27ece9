"""What a way of payment needs to pay by, and to whom it may pay (regulation, items 2.4.1 and 3.15.1)."""

import datetime as dt
from dataclasses import dataclass

from offices import accounts
from offices.models import Bank, PostOffice
from offices.refusals import Refusal
from recipients import selectors
from recipients.models import PaymentChannel, Person, Recipient


class RequisitesIncomplete(Refusal):
    """The requisites do not suffice for the way of payment, or belong to another one."""


class AccountDoesNotFit(Refusal):
    """The account is not a citizen's, or its key does not fit the bank."""


class NotThePayee(Refusal):
    """The money may go only to the recipient or to a representative with authority on the day."""


@dataclass(frozen=True, slots=True)
class Requisites:
    """A way of payment: bank and account, post office, or words for another way."""

    kind: str
    bank: Bank | None = None
    account: str = ""
    post_office: PostOffice | None = None
    other: str = ""


def require_complete(*, requisites: Requisites) -> None:
    """Check that the requisites are those of the way chosen, whole and payable.

    Raises RequisitesIncomplete, AccountDoesNotFit.
    """
    given = {
        "bank": requisites.bank is not None and requisites.account != "",
        "post": requisites.post_office is not None,
        "other": requisites.other.strip() != "",
    }
    foreign = {
        "bank": requisites.post_office is not None or requisites.other != "",
        "post": requisites.bank is not None or requisites.account != "" or requisites.other != "",
        "other": requisites.bank is not None or requisites.account != "" or requisites.post_office is not None,
    }
    if not given[requisites.kind] or foreign[requisites.kind]:
        raise RequisitesIncomplete(
            "Реквизиты не подходят к способу: банку нужны БИК и счёт из 20 знаков, почте — отделение, "
            "иному способу — описание, и ничего сверх этого."
        )
    if requisites.kind == PaymentChannel.Kind.BANK:
        _require_account(requisites)


def require_payee(*, recipient: Recipient, payee: Person, on: dt.date) -> None:
    """Raise NotThePayee unless the payee is the recipient, or acts for the recipient on the day."""
    if payee.death_date is not None:
        raise NotThePayee(f"{payee}: дата смерти {payee.death_date:%d.%m.%Y}. Укажите другого получателя денег.")
    if payee == recipient.person:
        return
    if selectors.authority_of(representative=payee, represented=recipient.person, on=on) is None:
        raise NotThePayee(
            f"{payee} не имеет полномочий получать деньги за {recipient.person} на {on:%d.%m.%Y}: "
            "внесите законного представителя или доверенность."
        )


def _require_account(requisites: Requisites) -> None:
    bik = requisites.bank.bik if requisites.bank else ""
    if not accounts.account_key_is_valid(bik, requisites.account):
        raise AccountDoesNotFit(
            f"Контрольный ключ счёта {requisites.account} не подходит к БИК {bik}: проверьте цифры счёта и банк."
        )
    if not accounts.is_personal_account(requisites.account):
        raise AccountDoesNotFit(
            f"Счёт {requisites.account} не открывают гражданам: нужен счёт, начинающийся с 40817, 40820, 423 или 426."
        )
