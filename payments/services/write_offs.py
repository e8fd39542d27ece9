"""Writing an overpayment off: one person prepares, another confirms what is left then."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from offices.models import Staff
from offices.money import format_sum
from offices.refusals import Refusal
from payments.models import Overpayment, WriteOff
from payments.services.overpayments import ENDED, OverpaymentEnded, locked, tell_journal
from recipients.services import own_case


class WriteOffNotYours(Refusal):
    """Who prepared a write-off may not confirm it."""


class WriteOffNotPossible(Refusal):
    """The ground or the document is missing, or the rest is not the one that was shown."""


@transaction.atomic
def prepare_write_off(*, overpayment_id: int, ground: str, document: str, by: Staff, at: dt.datetime) -> WriteOff:
    """Propose to write off what is left; until it is confirmed it may be proposed anew.

    Raises WriteOffNotPossible, OverpaymentEnded, OwnCase.
    """
    one = locked(overpayment_id)
    own_case.require_stranger(by=by, persons=[one.recipient.person])
    if one.status in ENDED:
        raise OverpaymentEnded(f"По переплате № {one.number} списывать нечего.")
    if not ground.strip() or not document.strip():
        raise WriteOffNotPossible("Укажите, почему переплата списывается, и документ.")
    facts = {"ground": ground.strip(), "document": document.strip(), "prepared_at": at, "prepared_by": by}
    proposed, _ = WriteOff.objects.update_or_create(overpayment=one, defaults=facts)
    tell_journal(one, "предложено списать переплату", one.rest, by=by, at=at)
    return proposed


@transaction.atomic
def confirm_write_off(*, overpayment_id: int, rest: Decimal, by: Staff, at: dt.datetime) -> Overpayment:
    """Write off what is left, by another person than who proposed it; `rest` is the sum that was shown.

    Raises WriteOffNotYours, WriteOffNotPossible, OverpaymentEnded, OwnCase.
    """
    one = locked(overpayment_id)
    own_case.require_stranger(by=by, persons=[one.recipient.person])
    if one.status in ENDED:
        raise OverpaymentEnded(f"По переплате № {one.number} списывать нечего.")
    proposed = WriteOff.objects.filter(overpayment=one).first()
    if proposed is None:
        raise WriteOffNotPossible("Списание ещё не предложено: сначала его готовит специалист.")
    if by.pk == proposed.prepared_by_id:
        raise WriteOffNotYours("Списание утверждает не тот, кто его подготовил.")
    if rest != one.rest:
        raise WriteOffNotPossible(f"Остаток изменился: теперь {format_sum(one.rest)} руб. Проверьте и утвердите снова.")
    proposed.roubles, proposed.confirmed_at, proposed.confirmed_by = one.rest, at, by
    proposed.save(update_fields=["roubles", "confirmed_at", "confirmed_by"])
    one.rest, one.status = Decimal("0.00"), Overpayment.Status.WRITTEN_OFF
    one.save(update_fields=["rest", "status"])
    tell_journal(one, "списана переплата", rest, by=by, at=at)
    return one
