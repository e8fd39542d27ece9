"""The card: how a recipient is paid, and the passing of new cards to the payments unit (regulation, item 3.3)."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from offices import balances, journal
from offices import selectors as office_selectors
from offices.balances import Amount, Balance
from offices.calendar import day_of
from offices.journal import Paper
from offices.models import Bank, JournalEntry, Office, PostOffice, Staff
from offices.refusals import Refusal
from offices.services.months import require_open
from offices.services.succession import end_former
from recipients import selectors
from recipients.models import CardHandover, HandedCard, PaymentChannel, Person, Recipient
from recipients.services import own_case
from recipients.services.requisites import Requisites, require_complete, require_payee

ITEM = "3.3"
UNCONFIRMED = "unconfirmed"


class ChannelConfirmed(Refusal):
    """The way of payment was confirmed before."""


class ConfirmedByItsAuthor(Refusal):
    """Requisites are confirmed by another person than the one who entered them."""


class NothingToHandOver(Refusal):
    """The office has no confirmed card that was not handed over."""


class HandoverAccepted(Refusal):
    """The hand-over was accepted before."""


class AcceptedByItsSender(Refusal):
    """A hand-over is accepted by another person than the one who sent it."""


@transaction.atomic
def record_channel(
    *,
    recipient_id: int,
    kind: str,
    payee: Person,
    valid_from: dt.date,
    bank: Bank | None = None,
    account: str = "",
    post_office: PostOffice | None = None,
    other: str = "",
    by: Staff,
    at: dt.datetime,
) -> PaymentChannel:
    """Record the way of payment a recipient chose from a day on; the former one ends there (2.4.1).

    Nothing is paid by it until another person confirms it. Entered anew from the same day, an
    unconfirmed one is corrected.
    Raises OwnCase, NotThePayee, RequisitesIncomplete, AccountDoesNotFit, StartsBeforeFormer.
    """
    recipient: Recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("person", "office").get(pk=recipient_id)
    )
    own_case.require_stranger(by=by, persons=[recipient.person, payee])
    requisites = Requisites(kind=kind, bank=bank, account=account, post_office=post_office, other=other.strip())
    require_complete(requisites=requisites)
    require_payee(recipient=recipient, payee=payee, on=valid_from)
    channels = PaymentChannel.objects.filter(recipient=recipient)
    channel = channels.filter(valid_from=valid_from, confirmed_at__isnull=True).first()
    if channel is None:
        end_former(rows=channels, starts_on=valid_from, what="Способ выплаты")
        channel = PaymentChannel(recipient=recipient, valid_from=valid_from)
    channel.kind, channel.payee = requisites.kind, payee
    channel.bank, channel.account = requisites.bank, requisites.account
    channel.post_office, channel.other = requisites.post_office, requisites.other
    channel.entered_at, channel.entered_by = at, by
    channel.save()
    _journal(channel, "способ выплаты внесён", by=by, at=at)
    return channel


@transaction.atomic
def confirm_channel(*, channel_id: int, by: Staff, at: dt.datetime) -> PaymentChannel:
    """Confirm requisites that another person entered; from now on they may be paid by.

    Raises ChannelConfirmed, ConfirmedByItsAuthor, OwnCase, NotThePayee.
    """
    channel: PaymentChannel = (
        PaymentChannel.objects.select_for_update(of=("self",))
        .select_related("recipient__person", "recipient__office", "payee")
        .get(pk=channel_id)
    )
    if channel.confirmed_at is not None:
        raise ChannelConfirmed(f"Способ выплаты уже подтверждён {channel.confirmed_at:%d.%m.%Y}.")
    if channel.entered_by_id == by.pk:
        raise ConfirmedByItsAuthor("Реквизиты подтверждает не тот, кто их ввёл: попросите другого сотрудника.")
    own_case.require_stranger(by=by, persons=[channel.recipient.person, channel.payee])
    require_payee(recipient=channel.recipient, payee=channel.payee, on=channel.valid_from)
    channel.confirmed_at, channel.confirmed_by = at, by
    channel.save(update_fields=["confirmed_at", "confirmed_by"])
    _journal(channel, "способ выплаты подтверждён", by=by, at=at)
    return channel


@transaction.atomic
def hand_over_cards(*, office: Office, month: dt.date, by: Staff, at: dt.datetime) -> CardHandover:
    """Hand the office's new confirmed cards and requisites over to the payments unit (3.3.2 з).

    Those not confirmed yet are held; the next hand-over of the month takes them.
    Raises MonthNotOpen, NothingToHandOver, UnitNotFound.
    """
    require_open(month)
    Office.objects.select_for_update(of=("self",), no_key=True).get(pk=office.pk)
    waiting = list(selectors.channels_to_hand_over(office=office, on=day_of(at)).select_for_update(of=("self",)))
    confirmed = [channel for channel in waiting if channel.confirmed_at is not None]
    if not confirmed:
        raise NothingToHandOver(f"{office}: новых подтверждённых карточек нет, передавать нечего.")
    former = CardHandover.objects.filter(office=office, month=month).aggregate(last=Max("number"))["last"] or 0
    handover: CardHandover = CardHandover.objects.create(
        office=office, month=month, number=former + 1, handed_at=at, handed_by=by
    )
    HandedCard.objects.bulk_create(HandedCard(handover=handover, channel=channel) for channel in confirmed)
    balances.strike(
        month=month,
        item=ITEM,
        stage="передача карточек",
        office=office,
        subject=f"передача {handover.number}",
        balance=Balance(
            taken=Amount(len(waiting)),
            handed_on=Amount(len(confirmed)),
            held={UNCONFIRMED: Amount(len(waiting) - len(confirmed))},
        ),
        at=at,
    )
    unit = office_selectors.unit_of_kind(kind=Office.Kind.PAYMENTS)
    paper = Paper(subject=f"карточки получателей, {handover}"[:300], item=ITEM, month=month, rows=len(confirmed))
    journal.record_handover(sender=office, receiver=unit, paper=paper, by=by, at=at)
    return handover


@transaction.atomic
def accept_cards(*, handover_id: int, by: Staff, at: dt.datetime) -> CardHandover:
    """Note that the payments unit accepted a hand-over of cards.

    Raises HandoverAccepted, AcceptedByItsSender.
    """
    handover: CardHandover = (
        CardHandover.objects.select_for_update(of=("self",)).select_related("office").get(pk=handover_id)
    )
    if handover.accepted_at is not None:
        raise HandoverAccepted(f"Передача {handover.number} уже принята.")
    if handover.handed_by_id == by.pk:
        raise AcceptedByItsSender("Передачу принимает не тот, кто её отправил.")
    handover.accepted_at, handover.accepted_by = at, by
    handover.save(update_fields=["accepted_at", "accepted_by"])
    unit = office_selectors.unit_of_kind(kind=Office.Kind.PAYMENTS)
    paper = Paper(subject=f"карточки получателей, {handover}"[:300], item=ITEM, month=handover.month)
    journal.record(office=unit, event="принято", paper=paper, by=by, at=at, counterpart=str(handover.office))
    return handover


def _journal(channel: PaymentChannel, event: str, *, by: Staff, at: dt.datetime) -> None:
    subject = f"{channel.recipient}: {channel.get_kind_display()} с {channel.valid_from:%d.%m.%Y}"
    paper = Paper(subject=subject[:300], item=ITEM, way=JournalEntry.Way.PAPER)
    journal.record(office=channel.recipient.office, event=event, paper=paper, by=by, at=at)
