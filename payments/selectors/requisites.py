"""How recipients are paid on a day, by value, or what stands in the way."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from housing.models import PersonAddress
from payments.models import HeirRequisites
from payments.selectors.claims import requisites_to_pay_by
from recipients.models import Application, PaymentChannel, Recipient

_ACTUAL = (PersonAddress.Kind.ACTUAL, PersonAddress.Kind.STAY, PersonAddress.Kind.RESIDENCE)
_POSTAL = (PersonAddress.Kind.POSTAL, *_ACTUAL)


class Obstacle(StrEnum):
    """Why an accrual does not become a line; the code is the held reason of the balance."""

    ZERO = "zero"
    DIED = "died"
    AFTER_DEATH = "after_death"
    NO_CHANNEL = "no_channel"
    NOT_CONFIRMED = "not_confirmed"
    NOT_HANDED_OVER = "not_handed_over"
    PAYEE_DIED = "payee_died"
    NO_ADDRESS = "no_address"
    OLD_REQUISITES = "old_requisites"
    UNWRITABLE = "unwritable"

    @property
    def label(self) -> str:
        """The reason for a screen or a protocol."""
        return _LABELS[self]


_LABELS = {
    Obstacle.ZERO: "начислен ноль",
    Obstacle.DIED: "получатель умер: сумму получают члены семьи",
    Obstacle.AFTER_DEATH: "получатель умер до этого месяца: начисление аннулируют",
    Obstacle.NO_CHANNEL: "не указан способ выплаты",
    Obstacle.NOT_CONFIRMED: "реквизиты не подтверждены",
    Obstacle.NOT_HANDED_OVER: "карточка не принята отделом выплат",
    Obstacle.PAYEE_DIED: "умер тот, кому выплачивается",
    Obstacle.NO_ADDRESS: "нет адреса",
    Obstacle.OLD_REQUISITES: "после возврата нужны новые реквизиты",
    Obstacle.UNWRITABLE: "имя или адрес не записать в файл реестра",
}


@dataclass(frozen=True, slots=True)
class Requisites:
    """The way a recipient is paid, copied from the card, or an heir, copied from the claim (`heir_requisites_id`)."""

    channel_id: int | None
    payee_id: int
    kind: str
    bank_id: str | None
    account: str
    post_office_id: str | None
    payee_name: str
    address: str
    postal_address: str
    heir_requisites_id: int | None = None


def heirs_requisites_on(part_ids: Collection[int], *, day: dt.date) -> dict[int, Requisites | Obstacle]:
    """Tell for each heir's part the last confirmed requisites of its claimant, or the obstacle.

    Addresses are the claimant's on `day`; where none is recorded, the one of the claim's application.
    """
    known = requisites_to_pay_by(part_ids)
    addresses = _addresses([row.claim.claimant_id for row in known.values()], day)
    return {
        part: _of_claimant(known[part], addresses.get(known[part].claim.claimant_id, {}))
        if part in known
        else Obstacle.NOT_CONFIRMED
        for part in part_ids
    }


def _of_claimant(row: HeirRequisites, known: Mapping[str, str]) -> Requisites | Obstacle:
    claimant, applied_from = row.claim.claimant, row.claim.application.address
    if claimant.death_date is not None:
        return Obstacle.PAYEE_DIED
    address = _first(known, _ACTUAL) or applied_from
    if not address:
        return Obstacle.NO_ADDRESS
    return Requisites(
        channel_id=None,
        payee_id=claimant.pk,
        kind=row.kind,
        bank_id=row.bank_id,
        account=row.account,
        post_office_id=row.post_office_id,
        payee_name=claimant.full_name,
        address=address,
        postal_address=_first(known, _POSTAL) or applied_from,
        heir_requisites_id=row.pk,
    )


def requisites_on(recipient_ids: Collection[int], *, day: dt.date) -> dict[int, Requisites | Obstacle]:
    """Tell for each recipient the requisites in force on `day`, or the first obstacle.

    A channel counts when it is confirmed, handed over with the cards and accepted by the payments unit
    (3.3.2 з). Addresses are the payee's; where none is recorded, the one of the recipient's application.
    """
    dead = set(
        Recipient.objects.filter(pk__in=recipient_ids, person__death_date__isnull=False).values_list("pk", flat=True)
    )
    channels = {
        channel.recipient_id: channel
        for channel in PaymentChannel.objects.valid_on(day)
        .filter(recipient_id__in=recipient_ids)
        .select_related("payee", "handedcard__handover")
    }
    addresses = _addresses([channel.payee_id for channel in channels.values()], day)
    applied_from = _application_addresses(recipient_ids)
    found: dict[int, Requisites | Obstacle] = {}
    for recipient_id in recipient_ids:
        channel = channels.get(recipient_id)
        if recipient_id in dead:
            found[recipient_id] = Obstacle.DIED
        elif channel is None:
            found[recipient_id] = Obstacle.NO_CHANNEL
        else:
            known = addresses.get(channel.payee_id, {})
            found[recipient_id] = _requisites(channel, known, applied_from.get(recipient_id, ""))
    return found


def _requisites(channel: PaymentChannel, known: Mapping[str, str], applied_from: str) -> Requisites | Obstacle:
    if channel.confirmed_at is None:
        return Obstacle.NOT_CONFIRMED
    card = getattr(channel, "handedcard", None)
    if card is None or card.handover.accepted_at is None:
        return Obstacle.NOT_HANDED_OVER
    if channel.payee.death_date is not None:
        return Obstacle.PAYEE_DIED
    address = _first(known, _ACTUAL) or applied_from
    if not address:
        return Obstacle.NO_ADDRESS
    return Requisites(
        channel_id=channel.pk,
        payee_id=channel.payee_id,
        kind=channel.kind,
        bank_id=channel.bank_id,
        account=channel.account,
        post_office_id=channel.post_office_id,
        payee_name=channel.payee.full_name,
        address=address,
        postal_address=_first(known, _POSTAL) or applied_from,
    )


def _first(known: Mapping[str, str], kinds: Collection[str]) -> str:
    return next((known[kind] for kind in kinds if kind in known), "")


def _addresses(person_ids: Collection[int], day: dt.date) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = (
        PersonAddress.objects.valid_on(day)
        .filter(person_id__in=person_ids)
        .select_related("address__street__settlement")
    )
    for row in rows:
        found.setdefault(row.person_id, {})[row.kind] = str(row.address)
    return found


def _application_addresses(recipient_ids: Collection[int]) -> dict[int, str]:
    """The address of each recipient's last granted application for the equivalent."""
    rows = Application.objects.filter(
        recipient_id__in=recipient_ids, kind=Application.Kind.EQUIVALENT, status=Application.Status.GRANTED
    ).order_by("received_on", "pk")
    return dict(rows.values_list("recipient_id", "address"))
