"""A consent to withholding that its recipient takes back: it was voluntary (dossier 1.3)."""

import datetime as dt

from django.db import transaction

from offices.calendar import day_of
from offices.models import Staff
from offices.refusals import Refusal
from payments.models import Overpayment
from payments.services.overpayments import locked, tell_journal
from recipients.services import own_case


class NothingToWithdraw(Refusal):
    """No consent is in force, or the withdrawal is not told as a whole."""


@transaction.atomic
def withdraw_consent(
    *, overpayment_id: int, withdrawn_on: dt.date, document: str, by: Staff, at: dt.datetime
) -> Overpayment:
    """Record that the recipient takes the consent back: the next list withholds nothing, what was withheld stays.

    The rest is paid back by the recipient or claimed in court. Raises NothingToWithdraw, OwnCase.
    """
    one = locked(overpayment_id)
    own_case.require_stranger(by=by, persons=[one.recipient.person])
    if not one.is_withheld_now or one.consent_on is None:
        raise NothingToWithdraw(f"По переплате № {one.number} нет действующего согласия на удержание: отзывать нечего.")
    if not document.strip():
        raise NothingToWithdraw("Укажите документ: заявление получателя об отзыве согласия.")
    if not one.consent_on <= withdrawn_on <= day_of(at):
        raise NothingToWithdraw("День отзыва — не раньше дня согласия и не позже сегодняшнего.")
    one.withdrawn_on, one.withdrawal_document, one.status = withdrawn_on, document.strip(), Overpayment.Status.WITHDRAWN
    one.withdrawal_recorded_at, one.withdrawal_recorded_by = at, by
    one.save(
        update_fields=[
            "withdrawn_on", "withdrawal_document", "withdrawal_recorded_at", "withdrawal_recorded_by", "status",
        ]
    )  # fmt: skip
    tell_journal(one, "отозвано согласие на удержание", one.rest, by=by, at=at)
    return one
